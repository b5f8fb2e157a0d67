"""The Chinese names of codes, so that a query can say 疑点:合计不符 or 性质:决算."""

from collections.abc import Mapping
from typing import Final

from shared.contracts.findings import FINDINGS
from shared.search.normalise import normalise
from shared.values.operators import read_operator

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "findings": {code: kind.label for code, kind in FINDINGS.items()},
    "kind": {
        "budget": "预算",
        "final_account": "决算",
        "self_evaluation": "绩效自评",
        "transfer": "转移支付",
        "unknown": "未注明",
    },
}


def codes_named(field: str, text: str) -> tuple[str, ...]:
    """List the codes of a field whose names contain a text; of operators, the one that it means."""
    wanted = normalise(text)
    if field == "operator":
        return _operator(text)
    return tuple(code for code, name in _NAMES.get(field, {}).items() if wanted in normalise(name))


def _operator(text: str) -> tuple[str, ...]:
    found = read_operator(text)
    return () if found is None else (found,)
