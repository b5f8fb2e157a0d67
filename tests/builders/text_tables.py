"""Text documents with a list in them, and short views of what was read."""

from services.parse.forms.flattened.text_document import read_text_document
from services.parse.readings import ProjectReading, TableReading, TotalReading

HEAD = """
项目支出绩效目标表（含转移支付项目）

部门名称：某某市测试区档案局 单位：万元

项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标
"""
OCR_HEAD = "项目名称(资金 使用单位)\t总计\t财政拨款\t财政专户 拨款\t其他资金\t绩效目标\t绩效指标\n"
INDICATORS = "1、1-产出指标；11-数量指标；整理卷数；实施周期指标值:≥80卷；年度指标值:≥80卷。"
PLAIN = "1、产出指标:整理卷数,年度指标值:≥80卷。2、满意度指标:查档群众满意度,年度指标值:≥95%。"


def tables(text: str) -> tuple[TableReading, ...]:
    return read_text_document(text.encode())[1].tables


def table(text: str) -> TableReading:
    (only,) = tables(text)
    return only


def projects(reading: TableReading) -> list[ProjectReading]:
    return [member for member in reading.members if isinstance(member, ProjectReading)]


def kinds(reading: TableReading) -> list[tuple[str, str]]:
    """List what each row is, and its name."""
    return [
        (member.kind, member.name.text)
        if isinstance(member, TotalReading)
        else ("project", member.fields["name"].text)
        for member in reading.members
    ]


def amounts(member: ProjectReading | TotalReading) -> dict[str, str]:
    return {column: passage.text for column, passage in member.amounts.items() if passage}


def doubts(reading: TableReading) -> list[str]:
    """List the codes of a table's doubts and of its projects'."""
    return [doubt.code for doubt in (*reading.doubts, *(d for p in projects(reading) for d in p.doubts))]
