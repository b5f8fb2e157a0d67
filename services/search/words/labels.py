"""Chinese words for the codes that records, documents and facets hold."""

from collections.abc import Mapping
from typing import Final

from shared.contracts import findings
from shared.contracts.search import MAY_BE_UNSTATED, UNSTATED, SortOrder
from shared.search.places import STEP

FACETS: Final[Mapping[str, str]] = {
    "place": "地区与部门",
    "province": "省份",
    "city": "城市",
    "district": "区县",
    "department": "部门",
    "budget_unit": "资金使用单位",
    "year": "年度",
    "kind": "文件性质",
    "form": "表式",
    "level1": "一级指标",
    "level2": "二级指标",
    "operator": "比较方式",
    "unit": "计量单位",
    "amount_range": "项目金额",
    "confidence": "识别把握",
    "review": "是否需要核对",
    "findings": "需留意",
    "level1_printed": "一级指标（原文）",
    "level2_printed": "二级指标（原文）",
    "document_id": "同一文件",
    "project_id": "同一项目",
    "same_id": "同一指标",
    "indicator": "指标名称",
    "project_name": "项目名称",
    "code": "部门编码",
}

AMOUNT_RANGES: Final[Mapping[str, str]] = {
    "below_100k": "不到 10 万元",
    "100k_to_1m": "10 万 – 100 万元",
    "1m_to_10m": "100 万 – 1000 万元",
    "10m_to_100m": "1000 万 – 1 亿元",
    "from_100m": "1 亿元及以上",
}

CONFIDENCES: Final[Mapping[str, str]] = {
    "text": "原文自带文字",
    "sure": "识别，把握 95% 以上",
    "fair": "识别，把握 80%–95%",
    "low": "识别，把握不到 80%",
}

REVIEWS: Final[Mapping[str, str]] = {"needs_look": "需要核对", "clear": "未见疑点"}

VIEWS: Final[Mapping[str, tuple[str, str]]] = {
    "": ("指标", "条指标"),
    "project": ("项目", "个项目"),
    "document": ("文件", "份文件"),
    "every": ("逐条", "条指标"),
}

FIELDS: Final[Mapping[str, str]] = {
    "name": "三级指标",
    "annual_target": "年度指标值",
    "period_target": "中长期指标值",
    "actual": "实际完成值",
    "level1": "一级指标",
    "level2": "二级指标",
    "level1_code": "一级编码",
    "level2_code": "二级编码",
    "sequence_printed": "序号",
    "explanation": "指标解释",
    "scoring": "评分标准",
    "weight": "分值（权重）",
    "core": "是否核心",
    "score": "得分",
    "deviation": "偏差原因",
    "activity": "活动",
    "note": "备注",
    "project": "项目",
    "project_code": "项目编码",
    "code": "项目编码",
    "budget_unit": "资金使用单位",
    "department": "部门",
    "type": "项目属性",
    "start": "开始",
    "end": "结束",
    "goal": "绩效目标",
    "goal_period": "中长期目标",
    "total": "总计",
    "fiscal": "财政拨款",
    "special_account": "财政专户拨款",
    "other": "其他资金",
    "carried_over": "上年结转",
    "central": "中央补助",
    "local": "地方资金",
    "budgeted": "年初预算",
    "adjusted": "全年预算",
    "executed": "全年执行",
    "execution_rate": "执行率",
}

OPERATORS: Final[Mapping[str, str]] = {
    "ge": "≥ 不低于",
    "gt": "＞ 高于",
    "le": "≤ 不高于",
    "lt": "＜ 低于",
    "eq": "＝ 等于",
    "range": "区间",
}

FINDINGS: Final[Mapping[str, str]] = {code: kind.label for code, kind in findings.FINDINGS.items()} | {
    "seal_over_text": "印章遮字",
    "no_indicators": "没有指标",
}

FORMS: Final[Mapping[str, str]] = {
    "project_list": "项目清单（指标合写一格）",
    "goal_list": "项目清单（仅目标）",
    "typed_list": "项目清单（符号、单位分栏）",
    "scored_list": "项目清单（含评分标准）",
    "explained_list": "项目清单（含指标解释）",
    "sideways_list": "项目清单（二级指标分栏）",
    "paired_list": "项目清单（名称、指标值按级分栏）",
    "flat_list": "项目清单（不分级）",
    "levelled_list": "项目清单（分级）",
    "self_evaluation": "绩效自评表",
    "monitoring": "绩效监控表",
    "transfer_block": "转移支付区域目标表",
    "period_block": "目标申报表（含实施期）",
    "activity_block": "整体支出表（按任务）",
    "flat_block": "项目目标表（不分级）",
    "weighted_block": "项目目标表（含分值）",
    "levelled_block": "项目目标表（分级）",
    "general": "其他表式",
}

REASONS: Final[Mapping[str, str]] = {
    "no_text_layer": "没有文字层，需要文字识别",
    "garbled_text": "文字层是乱码，需要文字识别",
    "hidden_text_layer": "文字层是隐藏的，需要文字识别",
    "no_table": "没有绩效目标表",
    "table_unread": "有绩效目标表，但没有把握读出",
    "empty_form": "表是空的",
    "prose_only": "绩效目标只写在文字里",
    "no_indicators": "没有指标",
}

STATES: Final[Mapping[str, str]] = {
    "received": "处理中",
    "waiting_for_ocr": "等待文字识别",
    "parsed": "待入库",
    "indexed": "可检索",
    "no_records": "无指标",
    "quarantined": "已搁置",
    "superseded": "已被新版本取代",
    "removed": "已移除",
}

STAGES: Final[Mapping[str, str]] = {
    "ingest": "收录",
    "ocr": "文字识别",
    "parse": "解析",
    "index": "入库",
}

KINDS: Final[Mapping[str, str]] = {
    "budget": "预算",
    "final_account": "决算",
    "self_evaluation": "绩效自评",
    "transfer": "转移支付",
    "unknown": "未注明",
}

SORTS: Final[Mapping[SortOrder, str]] = {
    "relevance": "相关度",
    "target_desc": "指标值从高到低",
    "target_asc": "指标值从低到高",
    "amount_desc": "金额从大到小",
    "amount_asc": "金额从小到大",
    "year_desc": "年度从近到远",
    "year_asc": "年度从远到近",
}

TIERS: Final[Mapping[int, tuple[str, str]]] = {
    1: ("原文一致", "页面上就是这样写的"),
    2: ("目标相同", "写法不同，承诺相同"),
    3: ("满足条件", "承诺的目标达到或高于所问"),
}

UNIT_BASES: Final[Mapping[str, str]] = {
    "value": "",
    "column": "单位见单位栏",
    "name": "单位见指标名称",
    "inferred": "单位为推断",
}

LEVEL_BASES: Final[Mapping[str, str]] = {
    "printed": "原文",
    "level2": "据二级指标",
    "code": "据编码",
    "name": "据名称",
    "neighbour": "据上一行",
}

YEAR_BASES: Final[Mapping[str, str]] = {
    "title": "见标题",
    "cover": "见封面",
    "header": "见表头",
    "upload": "由上传者提供",
    "path": "见文件路径",
    "inferred": "推断",
}

SCOPES: Final[Mapping[str, str]] = {"project": "项目", "department": "部门整体", "transfer": "转移支付"}

CHANGES: Final[Mapping[str, str]] = {
    "added": "新增",
    "lost": "取消",
    "changed": "有改动",
    "same": "未变",
}

VERDICTS: Final[Mapping[str, str]] = {
    "same": "未变",
    "reworded": "写法不同",
    "stricter": "更严",
    "looser": "放宽",
    "other": "改变",
    "now_printed": "补印",
    "not_printed": "不再印出",
}

SENSES: Final[Mapping[str, str]] = {
    "at_least": "不低于",
    "exactly": "等于或区间",
    "at_most": "不高于",
}

OVERVIEWS: Final[Mapping[str, str]] = {
    "state": "状态",
    "city": "城市",
    "district": "区县",
    "department": "部门",
    "year": "年度",
    "kind": "性质",
    "code": "发现",
}

_OF_FACET: Final[Mapping[str, Mapping[str, str]]] = {
    "operator": OPERATORS,
    "findings": FINDINGS,
    "form": FORMS,
    "kind": KINDS,
    "amount_range": AMOUNT_RANGES,
    "confidence": CONFIDENCES,
    "review": REVIEWS,
}

CODED: Final = frozenset(_OF_FACET)
"""Facets whose values are codes: people look for their labels."""


_NAMELESS: Final = frozenset(("document_id", "project_id", "same_id"))


_OF_COLUMN: Final[Mapping[str, Mapping[str, str]]] = {
    "form": FORMS,
    "kind": KINDS,
    "scope": SCOPES,
    "level_basis": LEVEL_BASES,
    "fiscal_year_basis": YEAR_BASES,
    "annual_operator": {code: said.split()[-1] for code, said in OPERATORS.items()},
}


def cell(column: str, value: str) -> str:
    """Say in words what a cell of an export holds, where that is a code; findings are several."""
    if column == "findings":
        return "；".join(FINDINGS.get(code, code) for code in value.split())
    return _OF_COLUMN.get(column, {}).get(value, value)


def reasons(codes: str) -> str:
    """Say why a document stands where it does; a ledger keeps several codes joined by commas."""
    return "；".join(REASONS.get(code, FINDINGS.get(code, code)) for code in codes.split(",") if code)


def facet_value(facet: str, value: str) -> str:
    """Say a facet's value in words; most are printed words already."""
    if value == UNSTATED and facet in MAY_BE_UNSTATED:
        return "未注明"
    if facet == "year":
        return f"{value} 年"
    if facet == "place":
        return value.replace(STEP, f" {STEP} ")
    if facet in _NAMELESS:
        return "已选定"
    return _OF_FACET.get(facet, {}).get(value, value)


def overview_value(name: str, value: str) -> str:
    """Say what an overview is narrowed to; ``-`` stands for documents that do not say."""
    if value == UNSTATED:
        return "未注明"
    words = {"state": STATES, "kind": KINDS, "code": FINDINGS}.get(name, {})
    return f"{value} 年" if name == "year" else words.get(value, value)
