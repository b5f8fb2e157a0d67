"""More lists and blocks of offices that do not exist: sums, blank levels, values side by side, activities."""

from itertools import groupby
from random import Random
from typing import Final

from tests.builders.invented_tables import head_rows
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
    value_of,
)
from tests.builders.printed_tables import Printed, Sheet

_FIRST_LEVELS: Final = ("成本指标", "产出指标", "效益指标", "满意度指标")


def summed_list(random: Random) -> Draft:
    """A list with its total and a row for each unit; levels are printed once, the cells below are blank."""
    columns = ["level1", "level2", "name", "operator", "annual_target", "unit", "weight"]
    heads = [random.choice(HEADS[column]) for column in columns]
    rows = Rows(4 + len(columns))
    rows.line(*[(head, 1) for head in ("项目名称", "资金总额", "财政拨款", "绩效目标", *heads)])
    answers: list[Answer] = []
    units = random.sample(OFFICES, random.randint(1, 3))
    drafts = [(unit, [_priced(random) for _ in range(random.randint(1, 3))]) for unit in units]
    total = sum(money for _, projects in drafts for _, money in projects)
    style = random.choice(("blank", "merged", "printed"))
    _sum_row(rows, "合计", total, len(columns))
    for unit, projects in drafts:
        _sum_row(rows, unit, sum(money for _, money in projects), len(columns))
        for name, money in projects:
            indicators = invent_indicators(random, random.choice((1, 3, 7)))
            answers.append(_summed_project(rows, random, (name, money), columns, indicators, style))
    sheet = Sheet(
        tuple(rows.cells),
        (2, 1, 1, 2.4, 1, 1.2, 2, 0.8, 1.1, 0.8, 0.7),
        ("项目支出绩效目标表", "单位：万元"),
        (),
        (0, 1),
    )
    habits = invent_habits(random, wide=True, size=random.choice((6.0, 7.0)))
    return Draft([sheet], habits, answers, f"summed list {style}")


def _priced(random: Random) -> tuple[str, int]:
    return random.choice(PROJECTS), random.randint(100, 999999)


def _money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def _sum_row(rows: Rows, name: str, cents: int, columns: int) -> None:
    rows.line((name, 1), (_money(cents), 1), (_money(cents), 1), *[("", 1)] * (columns + 1))


def _summed_project(
    rows: Rows,
    random: Random,
    project: tuple[str, int],
    columns: list[str],
    indicators: list[dict[str, str]],
    style: str,
) -> Answer:
    name, cents = project
    goal = random.choice(GOALS)
    for column, text in enumerate((name, _money(cents), _money(cents), goal)):
        rows.put(column, text, rows=len(indicators), align="left" if column == 3 else "centre")
    before: dict[str, str] = {}
    first = rows.row
    for each in indicators:
        for place, column in enumerate(columns, start=4):
            is_level = column in ("level1", "level2")
            text = cell_of(each, column, columns)
            if is_level and style == "merged":
                continue
            if (
                is_level
                and style == "blank"
                and before.get(column) == text
                and (column == "level1" or before.get("level1") == each["level1"])
            ):
                text = ""
            rows.put(place, text)
        before = each
        rows.row += 1
    if style == "merged":
        _merge(rows, indicators, first, 4)
    money = _money(cents).replace(",", "")
    printed = [answer_of(each, columns, {}) for each in indicators]
    if style == "blank":
        _blank_repeats(printed)
    return Answer({"name": name, "goal": goal.replace("\n", "")}, {"total": money, "fiscal": money}, printed)


def _blank_repeats(printed: list[dict[str, str]]) -> None:
    full = [(each["level1"], each["level2"]) for each in printed]
    for each, before, now in zip(printed[1:], full, full[1:], strict=False):
        if now[0] == before[0]:
            each["level1"] = ""
            each["level2"] = "" if now[1] == before[1] else each["level2"]


def _merge(rows: Rows, indicators: list[dict[str, str]], first: int, start: int) -> None:
    row = first
    for one, members in groupby(indicators, key=lambda each: each["level1"]):
        group = list(members)
        rows.cells.append(Printed(row, start, one, len(group)))
        inner = row
        for two, pairs in groupby(group, key=lambda each: each["level2"]):
            count = len(list(pairs))
            rows.cells.append(Printed(inner, start + 1, two, count))
            inner += count
        row += len(group)


def paired_list(random: Random) -> Draft:
    """A list with name and value side by side below each first level."""
    rows = Rows(4 + 2 * len(_FIRST_LEVELS))
    heads = (
        random.choice(("单位编码（项目编码）", "项目编码")),
        random.choice(("项目单位（项目名称）", "项目名称")),
        "资金总额",
        "绩效目标",
    )
    for column, head in enumerate(heads):
        rows.put(column, head, rows=2)
    for index, level in enumerate(_FIRST_LEVELS):
        rows.put(4 + 2 * index, level, 2)
    rows.row += 1
    for index in range(len(_FIRST_LEVELS)):
        rows.put(4 + 2 * index, "三级指标")
        rows.put(5 + 2 * index, "指标值")
    rows.row += 1
    answers = []
    for number in range(random.randint(2, 5)):
        answers.append(_paired_project(rows, random, number))
    habits = invent_habits(random, wide=True, size=6.0)
    sheet = Sheet(
        tuple(rows.cells), (1.3, 1.6, 1, 2, *[1.5, 1] * 4), ("项目支出绩效目标表", "单位：万元"), (), (0, 2)
    )
    return Draft([sheet], habits, answers, "paired list")


def _paired_project(rows: Rows, random: Random, number: int) -> Answer:
    columns = {
        level: invent_indicators(random, random.randint(0, 3), levels=False) for level in _FIRST_LEVELS
    }
    if not any(columns.values()):
        columns["产出指标"] = invent_indicators(random, 2, levels=False)
    height = max(len(found) for found in columns.values())
    cents, name, goal = random.randint(100, 99999), random.choice(PROJECTS), random.choice(GOALS)
    code = f"4101000{number:05d}"
    for column, text in enumerate((code, name, _money(cents), goal)):
        rows.put(column, text, rows=height)
    found = []
    for offset in range(height):
        for index, level in enumerate(_FIRST_LEVELS):
            each = columns[level][offset] if offset < len(columns[level]) else None
            rows.put(4 + 2 * index, each["name"] if each else "")
            rows.put(5 + 2 * index, value_of(each, ()) if each else "")
            if each:
                found.append({"level1": level, "name": each["name"], "annual_target": value_of(each, ())})
        rows.row += 1
    found.sort(key=lambda each: _FIRST_LEVELS.index(each["level1"]))
    return Answer(
        {"name": name, "goal": goal.replace("\n", ""), "code": code},
        {"total": _money(cents).replace(",", "")},
        found,
    )


_HALVES = ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")


def halved_block(random: Random) -> Draft:
    """A block with the values of the whole period at the left and those of the year at the right."""
    rows = Rows(8)
    answer = head_rows(rows, random, "horizon", 8, 1, named=True)
    indicators = invent_indicators(random, random.choice((4, 9)))
    head_row = rows.row
    rows.line(*[(head, 1) for head in _HALVES], start=1)
    for each in indicators:
        half = (each["level2"], each["name"], value_of(each, ()))
        rows.line(*[(text, 1) for text in (each["level1"], *half, *half)], start=1)
    rows.cells.append(Printed(head_row, 0, "绩效指标", rows.row - head_row))
    answer.indicators = [
        {
            **{field: each[field] for field in ("level1", "level2", "name")},
            "annual_target": value_of(each, ()),
            "period_target": value_of(each, ()),
        }
        for each in indicators
    ]
    widths = (0.6, 1, 1.1, 2, 1.2, 1.1, 2, 1.2)
    above = ("项目支出绩效目标申报表", "（2026年度）")
    sheet = Sheet(tuple(rows.cells), widths, above, (), (head_row, head_row + 1))
    return Draft([sheet], invent_habits(random), [answer], "halved block")


def activity_block(random: Random) -> Draft:
    """A department's block: activities with their indicators; levels and name stand in one cell."""
    rows = Rows(6)
    office, goal = random.choice(OFFICES), random.choice(GOALS)
    rows.line(("部门名称", 2), (office, 4))
    rows.line(("整体绩效目标", 2), (goal, 4))
    rows.line(("活动", 1), ("绩效指标", 2), ("绩效指标性质", 1), ("绩效指标值", 1), ("绩效度量单位", 1))
    found = []
    for _ in range(random.randint(2, 4)):
        activity = random.choice(PROJECTS)
        indicators = invent_indicators(random, random.randint(1, 4))
        rows.put(0, activity, rows=len(indicators))
        for each in indicators:
            joined = each["level1"] + each["level2"] + each["name"]
            rows.line((joined, 2), (each["operator"], 1), (each["number"], 1), (each["unit"], 1), start=1)
            found.append(
                {
                    **{key: each[key] for key in ("level1", "level2", "name", "operator", "unit")},
                    "annual_target": each["number"],
                    "activity": activity,
                }
            )
    sheet = Sheet(tuple(rows.cells), (2, 2, 2, 1, 1, 1), ("部门整体支出绩效目标表",), (), (2, 3))
    return Draft(
        [sheet],
        invent_habits(random),
        [Answer({"name": office, "goal": goal.replace("\n", "")}, {}, found)],
        "activity block",
    )


def tasked_block(random: Random) -> Draft:
    """A department's block with its tasks and their money between the goal and the indicators."""
    rows = Rows(6)
    office, goal = random.choice(OFFICES), random.choice(GOALS)
    rows.line(("部门（单位）名称", 2), (office, 4))
    money = random.randint(10000, 9999999) / 100
    tasks = random.randint(1, 3)
    rows.put(0, random.choice(("年度主要任务", "年度\n主要\n任务")), rows=tasks + 1)
    rows.line(("任务名称", 1), ("主要内容", 2), ("预算金额（万元）", 2), start=1)
    for _ in range(tasks):
        rows.line((random.choice(PROJECTS), 1), ("按计划组织实施", 2), (f"{money / tasks:.2f}", 2), start=1)
    if random.random() < 0.5:
        rows.line(("金额合计", 4), (f"{money:.2f}", 2))
    rows.line((random.choice(("年度总体目标", "整体绩效目标", "部门整体绩效目标")), 2), (goal, 4))
    indicators = invent_indicators(random, random.choice((4, 9)))
    rows.line(
        *[(head, 1) for head in ("年度绩效指标", "一级指标", "二级指标", "三级指标")],
        (random.choice(("指标值", "目标值")), 1),
        ("备注", 1),
    )
    first = rows.row
    for each in indicators:
        rows.line((each["name"], 1), (value_of(each, ()), 1), (each["note"], 1), start=3)
    rows.cells = [cell for cell in rows.cells if cell.text != "年度绩效指标"]
    rows.cells.append(Printed(first - 1, 0, "年度绩效指标", rows.row - first + 1))
    _merge(rows, indicators, first, 1)
    columns = ["level1", "level2", "name", "annual_target", "note"]
    answer = Answer(
        {"name": office, "goal": goal.replace("\n", "")},
        {},
        [answer_of(each, columns, {}) for each in indicators],
    )
    sheet = Sheet(
        tuple(rows.cells),
        (0.8, 1, 1.2, 2.4, 1.4, 1),
        ("部门整体支出绩效目标表", "（2026年度）"),
        (),
        (first - 1, first),
    )
    return Draft([sheet], invent_habits(random), [answer], "tasked block")


MORE: Final = (summed_list, paired_list, halved_block, activity_block, tasked_block)


def invent_more(seed: int) -> Draft:
    """Invent a document of one of these; the same seed gives the same one."""
    random = Random(seed)
    return random.choice(MORE)(random)
