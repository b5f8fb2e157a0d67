"""What invented tables are made of: words, indicators, rows of cells, and the answers that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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


class Rows:
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
