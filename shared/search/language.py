"""The names by which a query speaks of fields, and the words that join and exclude."""

from typing import Final

MEASURE_OR_OFFICE: Final = "unit_or_office"
"""单位 is both a unit of measure and an office that spends money; what follows decides."""

FIELD_NAMES: Final[dict[str, str]] = {
    "部门": "department", "主管部门": "department", "department": "department",
    "单位": MEASURE_OR_OFFICE,
    "预算单位": "budget_unit", "使用单位": "budget_unit", "资金使用单位": "budget_unit",
    "budget_unit": "budget_unit",
    "计量单位": "unit", "unit": "unit",
    "项目": "project", "项目名称": "project", "project": "project",
    "指标": "name", "指标名称": "name", "三级指标": "name", "name": "name",
    "目标": "goal", "绩效目标": "goal", "goal": "goal",
    "说明": "remarks", "备注": "remarks", "remarks": "remarks",
    "指标值": "figure", "目标值": "figure", "承诺": "figure", "figure": "figure",
    "年": "fiscal_year", "年份": "fiscal_year", "年度": "fiscal_year", "year": "fiscal_year",
    "金额": "amount", "预算": "amount", "资金": "amount", "amount": "amount",
    "页": "page", "页码": "page", "page": "page",
    "省": "province", "省份": "province", "province": "province",
    "市": "city", "城市": "city", "city": "city",
    "区": "district", "区县": "district", "县": "district", "district": "district",
    "一级": "level1", "一级指标": "level1", "level1": "level1",
    "二级": "level2", "二级指标": "level2", "level2": "level2",
    "形式": "form", "表式": "form", "form": "form",
    "符号": "operator", "operator": "operator",
    "编码": "code", "代码": "code", "code": "code",
    "性质": "kind", "kind": "kind",
    "发现": "findings", "疑点": "findings", "findings": "findings",
}  # fmt: skip

TEXT_FIELDS: Final = frozenset(("project", "name", "goal", "remarks"))
OFFICES: Final = frozenset(("department", "budget_unit"))
NUMBER_FIELDS: Final = frozenset(("fiscal_year", "amount", "page", "figure"))

OR_WORDS: Final = frozenset(("OR", "或", "或者", "|", "||"))
AND_WORDS: Final = frozenset(("AND", "且", "并且", "&", "&&"))
NOT_WORDS: Final = frozenset(("NOT", "非", "不含"))

LONGEST_QUERY: Final = 1000
MOST_TERMS: Final = 64
DEEPEST_BRACKETS: Final = 20
