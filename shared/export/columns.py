"""A record as a row: which columns there are, what they are called, and where the record is from."""

from collections.abc import Callable, Mapping
from typing import Final

from shared.contracts.records import Amounts, Record, Target

_TARGETS: Final = ("annual_target", "period_target", "actual")
_PLAIN: Final = tuple(
    name for name in Record.model_fields if name not in (*_TARGETS, "amounts", "boxes", "findings")
)
_AMOUNTS: Final = tuple(Amounts.model_fields)
_BOUNDS: Final = ("annual_operator", "annual_lower", "annual_upper", "annual_unit")

COLUMNS: Final = (
    *_PLAIN,
    *_TARGETS,
    *_BOUNDS,
    *(f"amount_{name}" for name in _AMOUNTS),
    "findings",
    "link",
)
NUMBERS: Final = frozenset(
    (
        "sequence", "page", "confidence", "fiscal_year", "weight", "score", "annual_lower", "annual_upper",
        *(f"amount_{name}" for name in _AMOUNTS if name not in ("unit", "execution_rate")),
    )
)  # fmt: skip
"""Columns whose cells are numbers wherever they hold one."""

HEADINGS: Final[Mapping[str, str]] = {
    "record_id": "记录编号", "sequence": "顺序", "sequence_printed": "序号", "level1": "一级指标",
    "level2": "二级指标", "level1_code": "一级编码", "level2_code": "二级编码",
    "level1_inferred": "一级指标（归类）", "level2_inferred": "二级指标（归类）", "level_basis": "归类依据",
    "name": "三级指标", "explanation": "指标解释", "scoring": "评分标准", "weight": "分值（权重）",
    "core": "是否核心", "note": "备注", "score": "得分", "deviation": "偏差原因", "activity": "活动",
    "page": "页码",
    "confidence": "识别把握", "document_id": "文件 SHA-256", "file_name": "文件", "form": "表式",
    "title": "表名", "scope": "范围", "province": "省份", "city": "城市", "district": "区县",
    "department": "部门", "budget_unit": "资金使用单位", "fiscal_year": "年度",
    "fiscal_year_basis": "年度依据", "kind": "性质", "project": "项目", "project_code": "项目编码",
    "goal": "绩效目标", "parser_version": "解析版本", "annual_target": "年度指标值",
    "period_target": "中长期指标值", "actual": "实际完成值", "annual_operator": "比较方式",
    "annual_lower": "下限", "annual_upper": "上限", "annual_unit": "计量单位", "amount_unit": "金额单位",
    "amount_total": "金额总计", "amount_fiscal": "财政拨款", "amount_special_account": "财政专户拨款",
    "amount_other": "其他资金", "amount_carried_over": "上年结转", "amount_central": "中央补助",
    "amount_local": "地方资金", "amount_budgeted": "年初预算", "amount_adjusted": "全年预算",
    "amount_executed": "全年执行", "amount_execution_rate": "执行率", "amount_total_yuan": "金额（元）",
    "findings": "需留意", "link": "链接",
}  # fmt: skip
"""What people call the columns; a column without a name here goes by its own."""


Words = Callable[[str, str], str]
"""Says, of a column, what a code in it means; what is no code it gives back."""


def row_of(record: Record, *, site: str | None, words: Words | None = None) -> list[str]:
    """Give the cells of a record; ``site`` is where a link leads, without it there is none."""
    cells = _cells(record, site)
    return [words(*named) for named in zip(COLUMNS, cells, strict=True)] if words else cells


def _cells(record: Record, site: str | None) -> list[str]:
    targets = [getattr(record, name) for name in _TARGETS]
    return [
        *(_text(getattr(record, name)) for name in _PLAIN),
        *(target.text if target else "" for target in targets),
        *_bounds(record.annual_target),
        *(_text(getattr(record.amounts, name)) for name in _AMOUNTS),
        " ".join(record.findings),
        link_of(record, site) or "",
    ]


def link_of(record: Record, site: str | None) -> str | None:
    """Give the permanent address of a record, which outlives a newer parser and an index."""
    return None if site is None else f"{site}{permanent_path(record)}"


def permanent_path(record: Record) -> str:
    """Name the place of a record by its document: the same bytes are the same document for ever."""
    return f"/documents/{record.document_id}/records/{record.record_id}?page={record.page}"


def _bounds(target: Target | None) -> list[str]:
    """Give the promise in columns of its own, where the cell holds exactly one."""
    if target is None or len(target.bounds) != 1:
        return ["", "", "", ""]
    (bound,) = target.bounds
    return [bound.operator, _text(bound.lower), _text(bound.upper), _text(bound.unit)]


def _text(value: object) -> str:
    return "" if value is None else str(value)
