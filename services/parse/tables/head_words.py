"""Words that the heads of performance tables are made of."""

import re
from typing import Final

LONGEST_HEAD: Final = 16

_HEAD: Final = re.compile(
    "项目名称|绩效目标|绩效指标|指标名称|指标值|目标值|完成值|[一二三]级指标|总计|资金总额|项目总额|财政拨款|财政资金|其他资金"
    "|(?:度量|计量)单位|指标性质|权重|分值|得分|偏差原因|分标准|指标解释|指标说明"
)


def is_head(text: str) -> bool:
    """Say whether a short text looks like the head of a column."""
    return len(text) <= LONGEST_HEAD and bool(_HEAD.search(text))
