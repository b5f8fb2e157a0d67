"""Characters that no office prints: glyphs for which the file gives no text."""

import re
from collections.abc import Iterator
from typing import Final

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Indicator, Project

_GARBLED: Final = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)")
_FIELDS: Final = ("name", "level1", "level2", "explanation", "scoring", "note")


def find(project: Project, _: Habits) -> Iterator[Finding]:
    """Report names, goals and indicators with replacement, private-use or control characters."""
    for field in ("name", "goal", "goal_period"):
        text: str | None = getattr(project, field)
        if text and _GARBLED.search(text):
            yield _remark(text).at_project(project, field)
    for indicator in project.indicators:
        for field, text in _texts(indicator):
            if _GARBLED.search(text):
                yield _remark(text).at_indicator(indicator, field, project=project.name)


def _texts(indicator: Indicator) -> Iterator[tuple[str, str]]:
    for field in _FIELDS:
        text: str | None = getattr(indicator, field)
        if text:
            yield field, text
    for field in ("annual_target", "period_target", "actual"):
        target = getattr(indicator, field)
        if target is not None:
            yield field, target.text


def _remark(text: str) -> Remark:
    return Remark("garbled_text", "error", f"文字含有无法识别的字符：“{text[:40]}”", found=text[:40])
