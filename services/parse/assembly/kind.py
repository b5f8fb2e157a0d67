"""What kind of document this is: a budget, an account, an evaluation, a transfer."""

import re
from typing import Final

from services.parse.assembly.clues import Clues
from services.parse.readings import DocumentReading
from shared.contracts.records import DocumentKind

_ACCOUNT_OR_BUDGET: Final = re.compile("决算|预算")
_EVALUATION: Final = re.compile("自评")
_GOALS: Final = re.compile("预算|绩效目标")


def find_kind(reading: DocumentReading, clues: Clues) -> DocumentKind:
    """
    Go by the first of 预算 and 决算 on the cover, and then by what the tables are called.

    Tables of goals are drawn up with the budget, so that they are one even without a cover.
    """
    on_cover = _ACCOUNT_OR_BUDGET.search("\n".join(clues.cover))
    if on_cover:
        return "final_account" if on_cover[0] == "决算" else "budget"
    if any(_EVALUATION.search(title) for title in clues.titles):
        return "self_evaluation"
    if reading.tables and all(table.scope == "transfer" for table in reading.tables):
        return "transfer"
    titles = "\n".join(clues.titles)
    if "决算" in titles:
        return "final_account"
    return "budget" if reading.tables and (_GOALS.search(titles) or not titles) else "unknown"
