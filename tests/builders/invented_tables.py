"""Performance tables of offices that do not exist: layouts and words by chance, with the answers."""

from collections.abc import Sequence
from itertools import groupby
from random import Random
from typing import Final

from tests.builders.invented_words import (
    GOALS,
    HEADS,
    OFFICES,
    PROJECTS,
    Answer,
    Draft,
    Rows,
    answer_of,
    cell_of,
    invent_habits,
    invent_indicators,
)
from tests.builders.printed_tables import Printed, Sheet

_WIDTH: Final = {
    "name": 2.4,
    "level1": 1.0,
    "level2": 1.2,
    "annual_target": 1.5,
    "period_target": 1.5,
    "explanation": 2.2,
}
_WIDTH_ELSE: Final = 1.0


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
    rows: Rows,
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
    for one, members in groupby(indicators, key=lambda each: each["level1"]):
        group = list(members)
        rows.cells.append(Printed(row, start, one, len(group), 1, upright=upright and len(group) > 2))
        inner = row
        for two, pairs in groupby(group, key=lambda each: each["level2"]):
            count = len(list(pairs))
            rows.cells.append(Printed(inner, start + 1, two, count))
            inner += count
        row += len(group)


def _indicator_rows(
    rows: Rows,
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
        rows = Rows(width)
        answer = head_rows(rows, random, kind, width, start, named=not titled)
        above = _titles(random, kind, answer.fields["name"] if titled else "")
        indicators = invent_indicators(random, random.choice((4, 7, 12, 30)), levels=kind != "flat")
        head_row = rows.row
        heads_placed = zip(heads, columns, strict=True)
        rows.line(*[(head, spans.get(column, 1)) for head, column in heads_placed], start=start)
        first = rows.row
        _indicator_rows(rows, random, columns, indicators, start, merged=merged, upright=upright, spans=spans)
        if side:
            label = random.choice(("绩效指标", "年度绩效指标", "绩\n效\n指\n标"))
            rows.cells.append(Printed(head_row, 0, label, rows.row - head_row, upright=upright))
        if evaluation and random.random() < 0.7:
            _total_row(rows, columns.index("weight") + start + spans["name"] - 1, width)
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


def _total_row(rows: Rows, weights: int, width: int) -> None:
    rows.put(0, "总分", weights)
    rows.put(weights, "100")
    rows.put(weights + 1, "95.5")
    rows.put(weights + 2, "", width - weights - 2)
    rows.row += 1


def _goal_rows(rows: Rows, random: Random, kind: str, goal: str, left: int, rest: int) -> dict[str, str]:
    """Print the goal, and give what else than the goal of the year is printed."""
    if kind == "evaluation":
        rows.put(0, "年度总体目标", left, 2)
        mid = rest // 2
        rows.line(("预期目标", mid), ("实际完成情况", rest - mid), start=left)
        rows.line((goal, mid), ("各项目标均已按计划完成。", rest - mid), start=left)
        return {}
    fields = {}
    label = random.choice(("年度总体目标", "年度绩效目标", "总体目标", "年度目标", "绩效目标"))
    if kind == "horizon":
        fields["goal_period"] = "三年内建成覆盖全域的监测网络。"
        rows.line(("实施期总目标", left), (fields["goal_period"], rest))
        label = "年度总体目标"
    rows.put(0, label, left)
    rows.put(left, goal, rest, align="left")
    rows.row += 1
    return fields


def head_rows(rows: Rows, random: Random, kind: str, width: int, start: int, *, named: bool) -> Answer:
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
    fields |= _goal_rows(rows, random, kind, goal, left, rest)
    return Answer(fields, amounts)


def _funds(rows: Rows, random: Random, kind: str, left: int, rest: int, amounts: dict[str, str]) -> None:
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


def _funds_with_execution(rows: Rows, left: int, rest: int, amounts: dict[str, str]) -> None:
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


def _list_heads(
    rows: Rows, random: Random, project_heads: Sequence[str], heads: Sequence[str], *, tall: bool
) -> None:
    """Print the heads in one row, or those of the indicators below one for all of them."""
    if not tall:
        rows.line(*[(head, 1) for head in (*project_heads, *heads)])
        return
    start = len(project_heads)
    for index, head in enumerate(project_heads):
        rows.put(index, head, rows=2)
    rows.put(start, random.choice(("绩效指标", "年度绩效指标")), len(heads))
    rows.row += 1
    rows.line(*[(head, 1) for head in heads], start=start)


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
    rows = Rows(width)
    tall = random.random() < 0.5
    start = len(project_columns)
    _list_heads(rows, random, [texts[column] for column in project_columns], heads, tall=tall)
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
    rows: Rows, random: Random, columns: Sequence[str], name: str, unit: str, count: int
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
