"""Cuts levels off a name that is printed right behind them: 产出指标质量指标扫描完成率."""

import re

from services.parse.passage import Passage

_LEVEL1 = r"(?:产出|效益|成本|满意度|一般性支出情况|管理效率|履职效能|社会效应|投入)指标"
_LEVEL2 = (
    r"(?:数量|质量|时效|成本|经济成本|社会成本|生态环境成本|环境成本|经济效益|社会效益|生态效益|环境效益"
    r"|可持续影响|可持续发展|服务对象满意度|社会公众满意度|社会公众或服务对象满意度|满意度)指标"
)
_LEVELS_AND_NAME = re.compile(
    rf"\s*(?P<level1>{_LEVEL1})[-—/、，,：:\s]*(?P<level2>{_LEVEL2})?[-—/、，,：:\s]*(?P<name>.*)", re.DOTALL
)


def split_levels(cell: Passage) -> dict[str, Passage]:
    """Give the levels and the name of a cell; a cell that begins with no level is all name."""
    match = _LEVELS_AND_NAME.fullmatch(cell.text)
    if match is None or not match["name"]:
        return {"name": cell}
    return {
        group: cell[match.start(group) : match.end(group)]
        for group in ("level1", "level2", "name")
        if match[group] is not None
    }
