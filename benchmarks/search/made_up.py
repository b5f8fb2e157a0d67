"""Made-up records in the manner of published budgets: as many as wanted, the same every time."""

import hashlib
from collections.abc import Iterator
from random import Random

from shared.contracts.records import Amounts, PageBox, Record
from shared.values.target import read_target

INDICATORS_EACH = 8
PROJECTS_EACH = 12

_CITIES = tuple(f"{a}{b}市" for a in "临望清宁安" for b in "江潮河川")
_DISTRICTS = tuple(f"{a}{b}区" for a in "东西南北" for b in "湖岭桥塘")
_NAMES = """
园林局 教育局 水务局 交通运输局 卫生健康局 文化旅游局 民政局 农业农村局 应急管理局 司法局 审计局 统计局
档案馆 图书馆 口岸办公室 住房和城乡建设局 生态环境局 市场监督管理局 科学技术局 人力资源和社会保障局
/
公园绿地 古树名木 中小学校舍 河道堤防 农村公路 社区医院 博物馆藏品 养老服务 高标准农田 消防站点 法律援助
内部审计 经济普查 档案数字化 公共阅读 口岸查验 老旧小区 空气质量 食品抽检 技能培训 城市照明 排水管网 智慧停车
图书采购 应急物资 森林防火 学前教育 残疾人康复 电子政务 道路保洁 地名标志 公共自行车 疫苗接种 种质资源
水库移民 信访接待
/
建设 维修 养护 运行 监测 宣传 采购 评估 改造 服务 管理 保障 补助 清理 调查 推广 更新 检测
"""
_OFFICES, _AREAS, _WORK = (names.split() for names in _NAMES.split("/"))
_MEASURES = (
    ("服务对象满意度", ("≥90%", "≥95%", "不低于95%", "≥98%", "95%以上", "≥85%"), "满意度", "服务对象满意度"),
    ("数量", ("≥{}个", "≥{}处", "{}项", "不少于{}次", "≥{}家"), "产出", "数量"),
    ("完成率", ("100%", "≥90%", "≥95%", "＝100％"), "产出", "质量"),
    ("合格率", ("≥98%", "100%", "≧95%"), "产出", "质量"),
    ("及时率", ("≥90%", "100%", "及时"), "产出", "时效"),
    ("覆盖人数", ("≥{}人次", "不少于{}人", "{}人以上"), "效益", "社会效益"),
    ("成本控制", ("≤{}万元", "不超过{}万元", "≤预算数"), "成本", "经济成本"),
    ("长效机制", ("健全", "持续改善", "进一步提升"), "效益", "可持续影响"),
)
_CLAUSES = (
    "按照年度工作计划推进{0}{1}",
    "进一步完善{0}相关制度",
    "提高{0}{1}水平",
    "保障{0}{1}工作正常开展",
    "切实解决群众反映的{0}问题",
    "全年完成{0}{1}任务不少于{2}项",
    "使服务对象满意度达到9{3}%以上",
    "为{0}高质量发展提供支撑",
)


def documents(records: int, *, seed: int = 1) -> Iterator[tuple[str, list[Record]]]:
    """Give documents of one department and year each, until there are so many records."""
    dice, made = Random(seed), 0
    while made < records:
        document_id = hashlib.sha256(f"{seed}-{made}".encode()).hexdigest()
        whole = [
            record for project in range(PROJECTS_EACH) for record in _project(dice, document_id, project)
        ]
        yield document_id, whole[: records - made]
        made += len(whole)


def _project(dice: Random, document_id: str, number: int) -> Iterator[Record]:
    office = Random(document_id)
    city, district = office.choice(_CITIES), office.choice(_DISTRICTS)
    department = f"{city}{district}{office.choice(_OFFICES)}"
    area, work = dice.choice(_AREAS), dice.choice(_WORK)
    amount = f"{dice.lognormvariate(4, 1.5):.2f}"
    known: dict[str, object] = {
        "document_id": document_id,
        "file_name": f"{department}.pdf",
        "form": office.choice(("list", "block", "serialised")),
        "scope": "project",
        "province": "云山省",
        "city": city,
        "district": district,
        "department": department,
        "budget_unit": f"{department}{office.choice(('本级', '机关服务中心', '第一事务所'))}",
        "fiscal_year": office.randint(2021, 2026),
        "project": f"{area}{work}{dice.choice(('项目', '经费', '专项', f'（{dice.randint(1, 9)}期）'))}",
        "amounts": Amounts(unit="万元", total=amount, total_yuan=str(int(float(amount) * 100) * 100)),
        "goal": "，".join(_clause(dice, area, work) for _ in range(7)) + "。",
        "parser_version": "1",
    }
    for sequence in range(1, INDICATORS_EACH + 1):
        yield _indicator(dice, known, number * INDICATORS_EACH + sequence, area, work)


def _clause(dice: Random, area: str, work: str) -> str:
    return dice.choice(_CLAUSES).format(area, work, dice.randint(2, 900), dice.randint(0, 9))


def _indicator(dice: Random, known: dict[str, object], sequence: int, area: str, work: str) -> Record:
    measure, targets, level1, level2 = dice.choice(_MEASURES)
    name = f"{area if dice.random() < 0.7 else dice.choice(_AREAS)}{work}{measure}"
    target = dice.choice(targets).format(dice.choice((3, 12, 95, 120, 950, 1500, dice.randint(1, 9999))))
    box = (PageBox(page=1, x0=100, top=20 * sequence, x1=180, bottom=20 * sequence + 14),)
    return Record.model_validate(
        known
        | {
            "record_id": hashlib.sha256(f"{known['document_id']}-{sequence}".encode()).hexdigest()[:24],
            "sequence": sequence,
            "level1": f"{level1}指标",
            "level2": f"{level2}指标",
            "level1_inferred": level1,
            "level2_inferred": level2,
            "name": name,
            "annual_target": read_target(target, name=name),
            "page": 1 + sequence // 30,
            "boxes": {"name": box, "annual_target": box, "level1": box, "level2": box},
            "findings": ("level_blank",) if dice.random() < 0.02 else (),
        }
    )
