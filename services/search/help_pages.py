"""The help page: how to ask, with examples that are tried on real indexes by the tests."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from services.search.questions.address import SearchAddress
from services.search.templates import render_page
from shared.search.language import FIELD_NAMES


@dataclass(frozen=True, slots=True)
class Example:
    """A query as a person types it, and what it finds."""

    query: str
    finds: str

    @property
    def href(self) -> str:
        return SearchAddress(query=self.query).href()


@dataclass(frozen=True, slots=True)
class Section:
    """Examples of one kind, and what they have in common."""

    title: str
    lead: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """A field of the query language, by all its names."""

    names: tuple[str, ...]
    holds: str


SECTIONS: Final = (
    Section(
        "词与短语",
        "按字匹配，不分词：打出的字连着出现就能找到。全角半角、大小写、繁简、空格都不必在意。",
        (
            Example("满意度", "名称、项目、部门、目标里有“满意度”的指标；名称里有的排在前面"),
            Example("通关 时间", "两个词都有，先后不论"),
            Example('"通关时间"', "引号里逐字一致"),
            Example("滿意度", "繁体也找得到“满意度”"),
            Example("95", "含有 95，也找到 950、1950"),
            Example('"95"', "引号里的数字是整个数：不找 950"),
            Example("≥", "单个字、单个符号也可以查"),
        ),
    ),
    Section(
        "与、或、非、括号",
        "空格就是“并且”。“或”也可写作 OR 或 |，“非”也可写作 NOT 或减号。",
        (
            Example("培训 或 宣传", "有一个就行"),
            Example("培训 OR 宣传", "同上"),
            Example("培训 -人次", "有“培训”，没有“人次”"),
            Example("(培训 或 宣传) 非 满意度", "括号先算"),
            Example("部门:(教育 或 水务) 满意度", "括号也可以放在字段后面"),
        ),
    ),
    Section(
        "目标值的条件",
        "名称、比较、数字、单位连着写。先列原文就这样写的，再列写法不同而目标相同的，最后列达到或高于所问的。",
        (
            Example("满意度≥95%", "承诺满意度至少 95%：也找“95%以上”“不低于 98%”，不找“95 家”"),
            Example("满意度 不低于 95%", "用文字写比较也一样"),
            Example("指标:及时率>=90%", "限定在指标名称里；>= 和 ≧ 都是 ≥"),
            Example("成本≤10万元", "单位会换算：也找“≤9.5万元”“≤80000元”"),
            Example('"满意度≥95%"', "加引号：只要承诺正好是 95% 的"),
            Example("≥100%", "不写名称：任何指标"),
            Example("满意度 指标值:<90%", "数字本身小于 90%，不论承诺的是不低于还是等于：找谁定得低"),
        ),
    ),
    Section(
        "限定字段",
        "字段名加冒号。",
        (
            Example("部门:教育局 培训", "部门名称里有“教育局”"),
            Example("单位:第一小学", "资金使用单位；写成计量单位（单位:%）则按计量单位找"),
            Example("单位:%", "指标值以百分比计"),
            Example("项目:公园 指标:成活率", "项目名称与指标名称"),
            Example("市:临江 区:东湖", "地区"),
            Example("一级:效益", "一级、二级指标的标准名称"),
            Example("目标:出行", "绩效目标里的文字"),
            Example("疑点:level_blank", "有某种疑点的指标"),
            Example("编码:105", "印在部门或单位名称前的编码"),
        ),
    ),
    Section(
        "范围",
        "年、金额、页码可以写范围；金额不写单位就是元。",
        (
            Example("年:2024..2025", "2024 到 2025 年，两端都算"),
            Example("年:>=2025 满意度", "2025 年起"),
            Example("金额:>100万", "项目金额超过 100 万元"),
            Example("金额:50万..200万", "项目金额在 50 万与 200 万元之间"),
            Example("页:2", "印在第 2 页"),
        ),
    ),
)

FIELDS_HOLD: Final = {
    "department": "公布绩效目标表的部门；也可写编码",
    "budget_unit": "花这笔钱的单位；也可写编码",
    "unit": "计量单位",
    "unit_or_office": "是计量单位就按计量单位，否则按资金使用单位",
    "project": "项目名称",
    "name": "三级指标的名称；后面可以跟条件",
    "goal": "项目的绩效目标",
    "remarks": "指标解释、评分标准、备注、偏差原因",
    "figure": "指标值里的数字，如 <90%",
    "fiscal_year": "年度，可写范围",
    "amount": "项目金额，可写范围",
    "page": "页码，可写范围",
    "province": "省",
    "city": "市",
    "district": "区县",
    "level1": "一级指标的标准名称：成本 产出 效益 满意度",
    "level2": "二级指标的标准名称：数量 质量 时效 …",
    "form": "表式的代号",
    "kind": "文件性质的代号：budget final_account self_evaluation transfer",
    "operator": "比较方式的代号：ge gt le lt eq range",
    "code": "印在部门或单位名称前的编码",
    "findings": "疑点的代号",
}

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/help")
def show_help(request: Request) -> Response:
    """Show how to ask."""
    return render_page(request, "help.html", {"sections": SECTIONS, "fields": list_fields()})


def list_fields() -> list[FieldHelp]:
    """List the fields of the query language in the order of their explanations."""
    return [
        FieldHelp(tuple(name for name, meant in FIELD_NAMES.items() if meant == field), holds)
        for field, holds in FIELDS_HOLD.items()
    ]
