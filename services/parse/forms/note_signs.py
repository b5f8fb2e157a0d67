"""Signs before and behind a name that refer to a note (★部门, 教育局①): they are no part of it."""

import re
from typing import Final

from services.parse.passage import Passage

_NAME: Final = re.compile(r"[★☆▲△●○◆◇■□※＊*\s]*(?P<name>.*?)[①-⑳⑴-⒇※＊*★☆\s]*", re.DOTALL)


def without_note_signs(name: Passage) -> Passage:
    """Cut a name out of the signs around it."""
    match = _NAME.fullmatch(name.text)
    return name[match.start("name") : match.end("name")] if match else name
