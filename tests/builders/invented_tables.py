"""Performance tables of offices that do not exist, with what is printed in them: layout, heads and words by chance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Final

from tests.builders.printed_tables import Habits, Printed, Sheet

LEVELS: Final = (
    ("成本指标", ("经济成本指标", "社会成本指标", "生态环境成本指标")),
    ("产出指标", ("数量指标", "质量指标", "时效指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
NAMES: Final = (
    *("设备采购数量", "培训班举办期数", "巡查河道里程", "受益群众满意度", "资金支付及时率", "验收合格率"),
    *(
        "项目总成本控制在预算批复范围以内的程度",
        "年度宣传活动举办场次",
        "维修改造房屋面积（平方米）",
        "系统故障修复响应时间",
    ),
    *(
        "带动就业人数",
        "单位面积能耗下降比例",
        "档案数字化加工页数",
        "对提升基层公共文化服务能力的可持续影响程度",
    ),
    *("补助发放准确率", "办结率", "人均培训成本", "绿化养护面积", "投诉处理及时率", "课程开发数量（门）"),
    *("培训人员考核通过率和继续教育学分登记完成率", "公众知晓率", "苗木成活率", "数据共享接口调用量"),
)
VALUES: Final = (
    *(("≥", "95", "%"), ("≥", "12", "个"), ("≤", "500", "万元"), ("＝", "100", "%"), ("≥", "3000", "人次")),
    *(("=", "2", "套"), ("＞", "80", "%"), ("≤", "24", "小时"), ("≥", "1.5", "万平方米"), ("＜", "5", "天")),
)
WORDS: Final = (
    "有效提升",
    "逐步改善",
    "按时完成",
    "优",
    "2026年12月底前完成",
    "显著",
    "长期稳定运行并持续发挥作用",
)
GOALS: Final = (
    "完成全年设备更新任务，保障业务系统稳定运行，提升服务群众的能力和水平。",
    "目标1：开展巡查和整治工作；\n目标2：完成年度养护计划；\n目标3：提高群众满意度。",
    "通过项目实施，改善办公和服务条件，全年举办各类培训不少于12期，培训人员3000人次以上，进一步提高基层干部的履职能力，"
    "确保各项重点工作按计划推进，资金使用安全规范有效。",
)
OFFICES: Final = (
    "临江市水务局",
    "安平县文化和旅游局",
    "云岭市第二人民医院",
    "东湖区城市管理局",
    "海晏市机关事务服务中心",
)
PROJECTS: Final = (
    *(
        "河道清淤与岸线整治工程",
        "业务系统运行维护经费",
        "基层公共文化服务补助资金",
        "老旧设备更新改造项目（二期）",
    ),
    *(
        "2026年农村公路养护补助资金",
        "综合业务工作经费",
        "青少年科普活动专项",
        "城区排水管网检测与修复及配套道路恢复工程项目经费",
    ),
)
HEADS: Final = {
    "level1": ("一级指标", "一级绩效指标", "一级\n指标", "一级指标名称"),
    "level2": ("二级指标", "二级绩效指标", "二级\n指标", "二级指标名称"),
    "name": ("三级指标", "指标名称", "三级绩效指标", "绩效指标名称", "三级指标名称", "具体指标"),
    "annual_target": (
        "指标值",
        "目标值",
        "年度指标值",
        "绩效指标值",
        "全年目标值",
        "预期指标值",
        "年度目标值",
        "指标值（包含数字及文字描述）",
    ),
    "operator": ("指标性质", "绩效指标性质", "计算符号", "运算符号", "指标值符号"),
    "unit": ("度量单位", "计量单位", "绩效度量单位", "单位", "指标值单位"),
    "weight": ("权重", "分值", "分值（权重）", "指标权重(%)", "分值权重（90分）", "权重（分）"),
    "explanation": ("指标解释", "指标说明", "绩效指标描述", "指标解释及计算公式", "指标内容解释"),
    "scoring": ("评分标准", "评（扣）分标准", "计分方法", "评分规则"),
    "note": ("备注", "说明"),
    "basis": ("指标值确定依据", "数据来源", "指标类型", "指标方向性", "指标属性", "计算公式"),
    "actual": ("实际完成值", "全年实际完成值", "完成值", "年度完成值", "实际完成指标值"),
    "score": ("得分", "自评得分", "指标得分"),
    "deviation": ("偏差原因分析及改进措施", "未完成原因分析", "偏差原因", "未完成原因和改进措施"),
    "core": ("是否核心指标", "是否核心"),
    "period_target": ("实施周期指标值", "中期指标值", "实施期指标值"),
}
_WIDTH: Final = {
    "name": 2.4,
    "level1": 1.0,
    "level2": 1.2,
    "annual_target": 1.5,
    "period_target": 1.5,
    "explanation": 2.2,
}
_WIDTH_ELSE: Final = 1.0


@dataclass(slots=True)
class Answer:
    """A project as printed: its fields, its money, its indicators (fields of the record, targets as text)."""

    fields: dict[str, str]
    amounts: dict[str, str] = field(default_factory=dict)
    indicators: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A document: its tables, how they are printed, and the answer."""

    sheets: list[Sheet]
    habits: Habits
    answers: list[Answer]
    layout: str


class _Rows:
    """Collects the cells of a table row by row."""

    def __init__(self, columns: int) -> None:
        self.columns, self.row = columns, 0
        self.cells: list[Printed] = []

    def put(self, column: int, text: str, span: int = 1, rows: int = 1, **how: object) -> None:
        self.cells.append(Printed(self.row, column, text, rows, span, **how))

    def line(self, *cells: tuple[str, int], start: int = 0) -> None:
        """Fill a row with (text, columns) from the left."""
        for text, span in cells:
            self.put(start, text, span)
            start += span
        self.row += 1


def invent_indicators(random: Random, count: int, *, levels: bool = True) -> list[dict[str, str]]:
    places = [(one, two) for one, twos in LEVELS for two in twos]
    chosen = sorted(random.choices(range(len(places)), k=count))
    found = []
    for place in chosen:
        word = random.random() < 0.25
        operator, number, unit = ("定性", random.choice(WORDS), "") if word else random.choice(VALUES)
        each = {"name": random.choice(NAMES), "operator": operator, "number": number, "unit": unit}
        each["level1"], each["level2"] = places[place] if levels else ("", "")
        each["weight"] = str(random.choice((5, 10, 15, 2.5)))
        each["explanation"] = random.choice(
            (
                "反映工作任务完成的程度",
                "实际完成数与计划完成数的比率，用以反映目标实现程度。",
                "考核年度内实际开展的数量",
            )
        )
        each["scoring"] = random.choice(("未完成不得分", "每低1个百分点扣1分，扣完为止。", "按完成比例得分"))
        each["note"] = random.choice(("", "", "按年度统计"))
        each["basis"] = random.choice(("历史标准", "工作计划", "行业标准"))
        each["core"] = random.choice(("是", "否"))
        each["score"] = each["weight"]
        each["deviation"] = random.choice(("", "", "因招标流程较长，支付进度略有滞后，下一步将加快进度。"))
        found.append(each)
    return found


def value_of(each: dict[str, str], columns: Sequence[str]) -> str:
    """Write the value as the columns of a table have it."""
    operator = "" if "operator" in columns or each["operator"] == "定性" else each["operator"]
    unit = "" if "unit" in columns else each["unit"]
    return f"{operator}{each['number']}{unit}"


def cell_of(each: dict[str, str], column: str, columns: Sequence[str]) -> str:
    if column in ("annual_target", "period_target", "actual"):
        return value_of(each, columns)
    return each.get(column, "")


def answer_of(each: dict[str, str], columns: Sequence[str], meanings: dict[str, str]) -> dict[str, str]:
    found = {}
    for column in columns:
        if column == "basis":
            continue
        text = cell_of(each, column, columns).replace("\n", "")
        found[meanings.get(column, column)] = text
    return found


def invent_habits(random: Random, **fixed: object) -> Habits:
    chosen = {
        "wide": random.random() < 0.4,
        "size": random.choice((6.0, 7.0, 8.0, 9.0, 10.5)),
        "leading": random.choice((1.15, 1.3, 1.5)),
        "padding": random.choice((1.0, 2.0, 3.0, 5.0)),
        "rules": random.choice(("lines", "boxes", "strips", "dashed", "double", "no_sides")),
        "breaks": random.choice(("rows", "open_rows", "cut", "open_cut")),
        "merged": random.choice(("first", "middle", "repeated")),
        "repeats_head": random.random() < 0.4,
        "shades_head": random.random() < 0.3,
        "numbers_pages": random.random() < 0.7,
        "one_page_each": random.random() < 0.5,
        "top_aligned": random.random() < 0.3,
    }
    return Habits(**{**chosen, **fixed})


def _indicator_columns(random: Random, *, evaluation: bool = False, levels: bool = True) -> list[str]:
    columns = ["level1", "level2"] if levels else []
    columns.append("name")
    extra = random.choice(("before", "after", "none"))
    if extra == "before" and random.random() < 0.5:
        columns.append("explanation")
    typed = random.random() < 0.35
    if typed:
        columns += random.choice(
            (["operator", "annual_target", "unit"], ["operator", "annual_target"], ["annual_target", "unit"])
        )
    else:
        columns.append("annual_target")
    if evaluation:
        columns += ["actual", "weight", "score", "deviation"]
        return columns
    if random.random() < 0.4:
        columns.append("weight")
    if extra == "after":
        columns += random.sample(("scoring", "basis", "note", "explanation"), random.randint(1, 2))
    return columns


def _levels(
    rows: _Rows,
    random: Random,
    columns: Sequence[str],
    indicators: Sequence[dict[str, str]],
    first: int,
    start: int,
    *,
    upright: bool,
) -> None:
    """Print the levels in cells merged over equal neighbours."""
    row = first
    one_key = lambda each: each["level1"]
    for one, members in groupby(indicators, key=one_key):
        group = list(members)
        rows.cells.append(Printed(row, start, one, len(group), 1, upright=upright and len(group) > 2))
        inner = row
        for two, pairs in groupby(group, key=lambda each: each["level2"]):
            count = len(list(pairs))
            rows.cells.append(Printed(inner, start + 1, two, count))
            inner += count
        row += len(group)


def _indicator_rows(
    rows: _Rows,
    random: Random,
    columns: Sequence[str],
    indicators: Sequence[dict[str, str]],
    start: int,
    *,
    merged: bool,
    upright: bool,
    spans: dict[str, int],
) -> None:
    first = rows.row
    for each in indicators:
        column = start
        for name in columns:
            span = spans.get(name, 1)
            if not (merged and name in ("level1", "level2")):
                align = "left" if name in ("name", "explanation", "scoring", "deviation") else "centre"
                rows.put(column, cell_of(each, name, columns), span, align=align)
            column += span
        rows.row += 1
    if merged and "level1" in columns:
        _levels(rows, random, columns, indicators, first, start, upright=upright)


def _heads(random: Random, columns: Sequence[str]) -> list[str]:
    return [random.choice(HEADS[column]) for column in columns]


def block(random: Random, *, kind: str) -> Draft:
    """One bordered form a project (or department, or transfer), key and value heads above the indicators."""
    evaluation = kind == "evaluation"
    columns = _indicator_columns(random, evaluation=evaluation, levels=kind != "flat")
    if kind == "horizon":
        columns = ["level1", "level2", "name", "period_target", "annual_target"]
    side = random.random() < 0.7 or kind == "flat"
    heads = _heads(random, columns)
    habits = invent_habits(random)
    start = 1 if side else 0
    spans = {"name": max(1, 7 - start - len(columns))}
    width = start + len(columns) - 1 + spans["name"]
    widths = [0.6] * start
    for column in columns:
        widths += [_WIDTH.get(column, _WIDTH_ELSE) / spans.get(column, 1)] * spans.get(column, 1)
    upright = random.random() < 0.3
    merged = random.random() < 0.75
    sheets, answers = [], []
    titled = random.random() < 0.15 and kind == "project"
    for _ in range(random.randint(1, 4)):
        rows = _Rows(width)
        answer = _head_rows(rows, random, kind, width, start, named=not titled)
        above = _titles(random, kind, answer.fields["name"] if titled else "")
        indicators = invent_indicators(random, random.choice((4, 7, 12, 30)), levels=kind != "flat")
        head_row = rows.row
        heads_placed = zip(heads, columns, strict=True)
        rows.line(*[(head, spans.get(column, 1)) for head, column in heads_placed], start=start)
        first = rows.row
        _indicator_rows(rows, random, columns, indicators, start, merged=merged, upright=upright, spans=spans)
        if side:
            rows.cells.append(
                Printed(
                    head_row,
                    0,
                    random.choice(("绩效指标", "年度绩效指标", "绩\n效\n指\n标")),
                    rows.row - head_row,
                    upright=upright,
                )
            )
        if evaluation and random.random() < 0.7:
            weights = columns.index("weight") + start + spans["name"] - 1
            rows.put(0, "总分", weights)
            rows.put(weights, "100")
            rows.put(weights + 1, "95.5")
            rows.put(weights + 2, "", width - weights - 2)
            rows.row += 1
        answer.indicators = [answer_of(each, columns, {}) for each in indicators]
        below = random.choice(((), (), ("注：绩效目标按预算编报时的情况设定。",)))
        sheets.append(Sheet(tuple(rows.cells), tuple(widths), above, below, (head_row, first)))
        answers.append(answer)
    return Draft(sheets, habits, answers, f"block {kind}")


def _titles(random: Random, kind: str, name: str) -> tuple[str, ...]:
    title = {
        "project": random.choice(
            ("项目支出绩效目标表", "部门预算项目绩效目标表", "项目绩效目标申报表", "政策和项目预算绩效目标表")
        ),
        "flat": "市级重点专项资金绩效目标表",
        "department": random.choice(("部门整体支出绩效目标表", "部门（单位）整体绩效目标申报表")),
        "transfer": random.choice(("专项转移支付区域绩效目标表", "中央对地方转移支付区域绩效目标表")),
        "evaluation": random.choice(("项目支出绩效自评表", "项目绩效自评表")),
        "horizon": "项目支出绩效目标申报表",
    }[kind]
    if name:
        return (f"{name}项目绩效目标表",)
    return (title, *random.choice(((), ("（2026年度）",), ("单位：万元",))))


def _head_rows(rows: _Rows, random: Random, kind: str, width: int, start: int, *, named: bool) -> Answer:
    office, name = random.choice(OFFICES), random.choice(PROJECTS)
    fiscal, other = random.randint(10, 99999) / 100, random.choice((0.0, random.randint(10, 9999) / 100))
    goal = random.choice(GOALS)
    left = max(1, start + 1)
    fields = {"name": name, "goal": goal.replace("\n", "")}
    amounts = {"total": f"{fiscal + other:.2f}", "fiscal": f"{fiscal:.2f}", "other": f"{other:.2f}"}
    rest = width - left
    if kind == "department":
        fields["name"] = office
        rows.line((random.choice(("部门名称", "部门（单位）名称", "填报单位")), left), (office, rest))
    elif named:
        rows.line((random.choice(("项目名称", "项目（政策）名称", "专项名称")), left), (name, rest))
    half = max(1, rest // 3)
    if kind == "transfer":
        rows.line(("中央主管部门", left), (office, half), ("省级主管部门", 1), ("省水利厅", rest - half - 1))
    elif kind != "department":
        fields["budget_unit"] = "临江市河道管理所"
        rows.line(
            (random.choice(("主管部门", "主管部门及代码", "预算部门")), left),
            (office, half),
            (random.choice(("实施单位", "项目单位", "项目实施单位")), 1),
            ("临江市河道管理所", rest - half - 1),
        )
    if kind == "evaluation":
        _funds_with_execution(rows, left, rest, amounts)
    else:
        _funds(rows, random, kind, left, rest, amounts)
    if kind == "evaluation":
        rows.put(0, "年度总体目标", left, 2)
        mid = rest // 2
        rows.line(("预期目标", mid), ("实际完成情况", rest - mid), start=left)
        rows.line((goal, mid), ("各项目标均已按计划完成。", rest - mid), start=left)
    else:
        label = random.choice(("年度总体目标", "年度绩效目标", "总体目标", "年度目标", "绩效目标"))
        if kind == "horizon":
            fields["goal_period"] = "三年内建成覆盖全域的监测网络。"
            rows.line(("实施期总目标", left), (fields["goal_period"], rest))
            label = "年度总体目标"
        rows.put(0, label, left)
        rows.put(left, goal, rest, align="left")
        rows.row += 1
    return Answer(fields, amounts)


def _funds(rows: _Rows, random: Random, kind: str, left: int, rest: int, amounts: dict[str, str]) -> None:
    total = (
        "年度金额："
        if kind == "transfer"
        else random.choice(("年度资金总额", "资金总额", "年度预算资金总额：", "年度资金总额（万元）"))
    )
    names = [
        (total, "total"),
        (random.choice(("其中：财政拨款", "财政拨款", "其中：财政资金", "财政拨款资金")), "fiscal"),
        (random.choice(("其他资金", "其他资金：", "其它资金")), "other"),
    ]
    if kind == "transfer":
        names = [(total, "total"), ("其中：中央补助", "central"), ("地方资金", "local")]
        amounts.update(central=amounts.pop("fiscal"), local=amounts.pop("other"))
    label = random.choice(("项目资金\n（万元）", "资金情况（万元）", "项目资金（万元）", "预算资金（万元）"))
    if rest < 2:
        return
    rows.put(0, label, left, 3)
    half = max(1, rest // 2)
    for text, name in names:
        rows.line((text, half), (amounts[name], rest - half), start=left)


def _funds_with_execution(rows: _Rows, left: int, rest: int, amounts: dict[str, str]) -> None:
    heads = ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    wide = [1] * len(heads)
    wide[0] += rest - len(heads)
    if wide[0] < 1:
        amounts.clear()
        return
    rows.put(0, "项目资金（万元）", left, 4)
    rows.line(*zip(heads, wide, strict=True), start=left)
    executed = f"{float(amounts['total']) * 0.9:.2f}"
    rows.line(
        *zip(
            ("年度资金总额", amounts["total"], amounts["total"], executed, "10", "90%", "9"),
            wide,
            strict=True,
        ),
        start=left,
    )
    rows.line(
        *zip(
            ("其中：当年财政拨款", amounts["fiscal"], amounts["fiscal"], "", "—", "", "—"), wide, strict=True
        ),
        start=left,
    )
    rows.line(
        *zip(("其他资金", amounts["other"], amounts["other"], "", "—", "", "—"), wide, strict=True),
        start=left,
    )


def listed(random: Random, *, kind: str) -> Draft:
    """One long table: projects in merged cells at the left, their indicators in rows."""
    columns = _indicator_columns(random, levels=kind != "flat_list")
    heads = _heads(random, columns)
    project_heads = {"name": random.choice(("项目名称", "单位（项目）名称", "政策和项目名称"))}
    money = random.choice((["total"], ["total", "fiscal", "other"], []))
    goal = random.random() < 0.8
    project_columns = ["name", *money, *(["goal"] if goal else [])]
    if random.random() < 0.4:
        project_columns.insert(0, "budget_unit")
    if not money and not goal:
        project_columns.append("goal")
    texts = {
        "budget_unit": random.choice(("单位名称", "预算单位", "实施单位")),
        "total": random.choice(("资金总额", "年度资金总额(万元)", "项目金额", "预算金额", "合计")),
        "fiscal": "财政拨款",
        "other": "其他资金",
        "goal": random.choice(("绩效目标", "年度绩效目标", "项目绩效目标")),
        **project_heads,
    }
    habits = invent_habits(random, wide=True, size=random.choice((5.5, 6.5, 8.0)))
    width = len(project_columns) + len(columns)
    widths = [{"name": 1.6, "goal": 2.4, "budget_unit": 1.2}.get(column, 1.0) for column in project_columns]
    widths += [_WIDTH.get(column, _WIDTH_ELSE) for column in columns]
    rows = _Rows(width)
    tall = random.random() < 0.5
    start = len(project_columns)
    if tall:
        for index, column in enumerate(project_columns):
            rows.put(index, texts[column], rows=2)
        rows.put(start, random.choice(("绩效指标", "年度绩效指标")), len(columns))
        rows.row += 1
        rows.line(*[(head, 1) for head in heads], start=start)
    else:
        rows.line(*[(texts[column], 1) for column in project_columns], *[(head, 1) for head in heads])
    head_rows = (0, rows.row)
    answers = []
    unit = random.choice(OFFICES)
    merged = random.random() < 0.8
    for name in random.sample(PROJECTS, random.randint(2, 6)):
        indicators = invent_indicators(random, random.choice((2, 5, 9, 16)), levels=kind != "flat_list")
        answer = _list_project(rows, random, project_columns, name, unit, len(indicators))
        _indicator_rows(rows, random, columns, indicators, start, merged=merged, upright=False, spans={})
        answer.indicators = [answer_of(each, columns, {}) for each in indicators]
        answers.append(answer)
    above = (
        "项目支出绩效目标表",
        random.choice((f"部门名称：{unit}", f"部门：{unit}    单位：万元", "单位：万元")),
    )
    return Draft([Sheet(tuple(rows.cells), tuple(widths), above, (), head_rows)], habits, answers, kind)


def _list_project(
    rows: _Rows, random: Random, columns: Sequence[str], name: str, unit: str, count: int
) -> Answer:
    fiscal, other = random.randint(10, 99999) / 100, random.choice((0.0, random.randint(10, 9999) / 100))
    cells = {
        "name": name,
        "budget_unit": unit,
        "total": f"{fiscal + other:,.2f}",
        "fiscal": f"{fiscal:,.2f}",
        "other": f"{other:,.2f}" if other else "",
        "goal": random.choice(GOALS),
    }
    for index, column in enumerate(columns):
        align = {"goal": "left", "total": "right", "fiscal": "right", "other": "right"}.get(column, "centre")
        rows.put(index, cells[column], rows=count, align=align)
    fields = {
        field: cells[field].replace("\n", "") for field in ("name", "goal", "budget_unit") if field in columns
    }
    amounts = {
        field: cells[field].replace(",", "") for field in ("total", "fiscal", "other") if field in columns
    }
    return Answer(fields, amounts)


KINDS: Final = ("project", "flat", "department", "transfer", "evaluation", "horizon")
LIST_KINDS: Final = ("list", "flat_list")


def invent_document(seed: int) -> Draft:
    """Invent a document; the same seed gives the same one."""
    random = Random(seed)
    if random.random() < 0.6:
        return block(random, kind=random.choice(KINDS))
    return listed(random, kind=random.choice(LIST_KINDS))
