"""Records to search for, made from the few words that a test is about."""

import re
from itertools import count
from typing import Any

from shared.contracts.records import Amounts, Record
from shared.values.amounts import to_yuan
from shared.values.target import read_target

_numbers = count(1)


def record(name: str = "服务质量", target: str | None = "≥90%", **known: Any) -> Record:
    """An indicator with its target read as the parser reads it; ``amount`` is in 万元."""
    amount = known.pop("amount", None)
    period = known.pop("period_target", None)
    given = {
        "record_id": f"record-{next(_numbers):06}",
        "sequence": 1,
        "name": name,
        "annual_target": None if target is None else read_target(target, name=name),
        "period_target": None if period is None else read_target(period, name=name),
        "page": 1,
        "document_id": "document-a",
        "file_name": "budget.pdf",
        "form": "list",
        "scope": "project",
        "department": "临江市园林局",
        "fiscal_year": 2024,
        "project": "公园养护",
        "amounts": Amounts(unit="万元", total=amount, total_yuan=to_yuan(amount, "万元") if amount else None),
        "parser_version": "1",
    }
    return Record.model_validate(given | known)


_PLACES = (
    ("云山省", "临江市", "东湖区"),
    ("云山省", "临江市", "西岭区"),
    ("海东省", "望潮市", None),
    (None, None, None),
)
_OFFICES = ("园林局", "教育局", "口岸办公室", "水务局")
_PROJECTS = ("公园养护（2024）", "校舍修缮", "口岸查验设施", "河道清淤2.0", "“一网通办”平台", "")
_NAMES = (
    "游客满意度",
    "滿意度",
    "及时率",
    "覆盖率(%)",
    "古树名木保护率",
    "新增绿地",
    "培训场次",
    "养护成本",
    "设备1.2.3验收",
    "A4打印",
)
_PROMISES = """
≥95% ≧９５％ 不低于95% 95%以上 ≥98% >95% 100% 95 ≥950% 95家 ≥195家 ≥3场，≥500人
≤9.5万元 ≤12万元 ＜5% 1,200株 ≥1200株 较高 2024年12月底前 10-20个
"""
_TARGETS = (*_PROMISES.split(), "", None)
_GOALS = ("保障游客满意度95%以上，绿地常绿。", "3，200名学生受益", "通关时间压缩98.5%. 2小时内办结", None)


def various_records(random: Any, documents: int, *, each: int = 6) -> list[Record]:
    """Records of several documents that share places, words, numbers and amounts, so that queries overlap."""
    return [_various(random, f"document-{document:03}") for document in range(documents) for _ in range(each)]


def _various(random: Any, document_id: str) -> Record:
    province, city, district = random.choice(_PLACES)
    level1, level2 = random.choice((("产出", "数量"), ("产出", "质量"), ("满意度", None), (None, None)))
    return record(
        random.choice(_NAMES),
        random.choice(_TARGETS),
        document_id=document_id,
        province=province,
        city=city,
        district=district,
        department=random.choice((*(f"{city or ''}{office}" for office in _OFFICES), None)),
        budget_unit=random.choice(("东湖公园管理处", "第一小学", None)),
        project=random.choice(_PROJECTS),
        goal=random.choice(_GOALS),
        explanation=random.choice(("按株统计", None, None)),
        period_target=random.choice(("≥90%", None)),
        fiscal_year=random.choice((2023, 2024, 2025, None)),
        amount=random.choice(("0", "5", "12.5", "1200.75", "-3", None)),
        page=random.randint(1, 9),
        form=random.choice(("list", "block")),
        level1_inferred=level1,
        level2_inferred=level2,
        findings=random.choice(((), (), ("level_blank",), ("value_missing", "low_confidence"))),
    )


_ATOMS = (
    """
满意度≥95%;满意度 不低于 95%;"满意度≥95%";≥95%;成本≤10万元;率>90%;绿地≥100株;人数≥400人;满意度≥95;活动≥3场
部门:园林;部门:（教育 OR 水务）;单位:%;单位:公园;项目:口岸;指标:率;指标:满意度;目标:游客;目标:9
指标值:<95%;指标值:>=10;说明:株;年:2024;年:2023..2024;年:>2024;市:临江;区:东湖;省:海东;一级:产出;二级:数量;形式:list;疑点:level
金额:>5万;金额:<0;金额:0;页:3..5;满意度;绿地;口岸;95;"95";95%;≥;%;率;9;产出;株;2.0;1.2.3;"1.2"
98.;.5%;3，200;1200;a4;临江市 园林局;“一网通办”;无此词
""".strip()
    .replace("\n", ";")
    .split(";")
)


def various_query(random: Any, records: list[Record], *, depth: int = 2) -> str:
    """A query of words cut from the records and of every other kind, joined in every way."""
    kind = random.random()
    if depth == 0 or kind < 0.45:
        return _excerpt(random, records) if random.random() < 0.3 else random.choice(_ATOMS)
    one, other = (various_query(random, records, depth=depth - 1) for _ in range(2))
    if kind < 0.7:
        return f"{one} {other}"
    if kind < 0.85:
        return f"({one} OR {other})"
    return f"-({one})" if kind < 0.93 else f"{one} -({other})"


def _excerpt(random: Any, records: list[Record]) -> str:
    chosen = random.choice(records)
    target = chosen.annual_target
    text = random.choice((chosen.name + (target.text if target else ""), chosen.project, chosen.goal or "园"))
    start = random.randrange(max(len(text), 1))
    words = re.sub(r'[\s()（）"“”|:：\-－]', "", text[start : start + random.randint(1, 5)])
    return words or "园"
