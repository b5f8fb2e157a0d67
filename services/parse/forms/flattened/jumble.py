"""Text in which the lines of cells that stand side by side run into each other."""

from typing import Final

from services.parse.readings import ProjectReading, TableReading
from shared.contracts.records import Finding

_SIGNS: Final = ("indicator_damaged", "text_mixed", "numbering_gap")
_FEWEST: Final = 3
_MOST: Final = 0.25
"""Signs for each indicator: damage done by OCR or by an office stays far below."""


def is_jumbled(table: TableReading) -> bool:
    """Judge by how many indicators are torn: those of a text that keeps its cells apart are whole."""
    projects = [member for member in table.members if isinstance(member, ProjectReading)]
    indicators = [indicator for project in projects for indicator in project.indicators]
    doubts = [doubt for project in projects for doubt in project.doubts]
    doubts += [doubt for indicator in indicators for doubt in indicator.doubts]
    signs = sum(doubt.code in _SIGNS for doubt in doubts)
    return signs >= _FEWEST and signs > _MOST * max(len(indicators), len(projects))


def refusal(table: TableReading) -> Finding:
    """Say why a table was not read, and what to do."""
    name = table.title.text or "绩效目标表"
    return Finding(
        code="columns_jumbled",
        severity="error",
        message=f"“{name}”的文本中各栏文字交错，无法可靠读取；请上传原始 PDF 或表格文件",
        page=table.first_page,
    )
