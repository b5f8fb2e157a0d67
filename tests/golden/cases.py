"""Small documents in our own words, each with what is hard about one form."""

from collections.abc import Callable, Mapping
from pathlib import Path

from services.parse.absence import explain_absence
from services.parse.assemble import File, assemble
from services.parse.assembly.origin import find_origin
from services.parse.document import read_document
from services.parse.forms.read import read_tables
from services.parse.grid import Grid
from services.parse.readings import DocumentReading
from shared.contracts.pages import Page
from shared.contracts.records import Document
from tests.builders.grids import grid

BLOCK = """
项目名称       | 社区图书角更新     | <       | 主管部门 | 杭州市西湖区文旅局 | <
项目资金¶（万元） | 年度资金总额：     | 36.00   | <       | <               | <
^             | 其中：财政拨款     | 30.00   | <       | <               | <
^             | 其他资金          | 5.00    | <       | <               | <
年度总体目标    | 更新图书角，方便居民借阅。 | <   | <       | <               | <
绩效指标       | 一级指标          | 二级指标 | 三级指标  | 指标值           | 分值
^             | 产出指标          | 数量指标 | 更新图书册数 | ≥2万册        | 40
^             | ^                | 社会效益指标 | 借阅人次 | 5000人次以上    | 30
---
^             | 满意度指标        | 服务对象满意度指标 | 居民满意度 | ≥90%   | 25
"""

EMPTY_BLOCK = """
项目名称       |  | <       | 主管部门 |  | <
项目资金¶（万元） | 年度资金总额：     |    | <       | <               | <
年度总体目标    |  | <   | <       | <               | <
绩效指标       | 一级指标          | 二级指标 | 三级指标  | 指标值           | 分值
^             |           |  |  |         |
"""


def _of_text(case: str) -> Document:
    content = Path(__file__).with_name(f"{case}.txt").read_bytes()
    return read_document(content, file_name=f"{case}.txt", media_type="text/plain")


def _of_grids(*grids: Grid) -> Document:
    pages = tuple(
        Page(number, 842, 595, "text", "text_layer")
        for number in range(1, max(g.last_page for g in grids) + 1)
    )
    reading = read_tables(grids)
    absences = tuple(explain_absence(reading, pages, ()))
    reading = DocumentReading(reading.tables, (*reading.findings, *absences), reading.cover)
    file = File("0" * 64, "样例.pdf", "application/pdf", 0)
    return assemble(reading, file, pages, find_origin(reading, {}))


CASES: Mapping[str, Callable[[], Document]] = {
    "flattened_list": lambda: _of_text("flattened_list"),
    "ocr_rows": lambda: _of_text("ocr_rows"),
    "weighted_block": lambda: _of_grids(grid(BLOCK, heading=["社区图书角更新绩效目标表", "（2026年度）"])),
    "empty_block": lambda: _of_grids(grid(EMPTY_BLOCK, heading=["项目支出绩效目标表"])),
    "no_table": lambda: _of_text("no_table"),
}
