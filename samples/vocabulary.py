"""The words that samples are made of; every figure and every project is invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """A publishing office and the units that spend its money."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """An indicator in the making: code and name of both levels, name, and a pattern of its value."""

    level2_code: str
    name: str
    value: str


LEVEL1 = {"1": "产出指标", "2": "效益指标", "3": "满意度指标", "4": "成本指标"}
LEVEL2 = {
    "11": "数量指标",
    "12": "质量指标",
    "13": "时效指标",
    "21": "经济效益",
    "22": "社会效益",
    "23": "生态效益",
    "24": "可持续影响",
    "31": "服务对象满意度",
    "41": "经济成本指标",
}

DEPARTMENTS = (
    Department("青岛市市南区文化和旅游局", ("青岛市市南区文化和旅游局", "青岛市市南区图书馆")),
    Department("成都市武侯区水务局", ("成都市武侯区水务局",)),
    Department("杭州市西湖区交通运输局", ("杭州市西湖区交通运输局", "杭州市西湖区公路养护中心")),
    Department("厦门市思明区卫生健康局", ("厦门市思明区卫生健康局", "厦门市思明区疾病预防控制中心")),
    Department("南京市玄武区教育局", ("南京市玄武区教育局",)),
    Department("武汉市江岸区城市管理执法局", ("武汉市江岸区城市管理执法局",)),
)

PROJECTS = (
    "公共图书馆延时开放服务经费",
    "社区文化活动室设备更新项目",
    "河道清淤与岸线整治工程",
    "城市内涝监测预警系统运维",
    "农村公路日常养护经费",
    "公交站台无障碍改造项目",
    "基层医疗机构能力提升经费",
    "重点传染病监测专项经费",
    "中小学课后服务补助资金",
    "校园安全设施改造项目",
    "生活垃圾分类宣传引导经费",
    "背街小巷环境整治项目（二期）",
    "政务服务大厅运行保障经费",
    "“一网通办”平台年度运维服务",
    "老旧档案数字化加工项目",
    "2025-2026年冬季供暖补贴资金",
)

GOALS = (
    "保障{project}按计划实施，完善服务设施，提高服务水平，方便群众就近享受公共服务。",
    "通过实施{project}，进一步规范管理流程，降低运行成本，确保各项任务在年底前完成。",
    "围绕年度重点工作，推进{project}，做到资金使用合规、进度可控、效果可查；持续改善群众的获得感。",
    "完成{project}的采购、实施与验收，形成长效机制，为下一年度工作打好基础。",
)

PROMISES = (
    Promise("11", "开展活动场次", "≥{count}场"),
    Promise("11", "服务人次", "≥{small}万人次"),
    Promise("11", "设备更新数量", "{count}台（套）"),
    Promise("11", "维护站点数量（个）", "≥{count}"),
    Promise("11", "巡查里程", "不少于{count}公里"),
    Promise("12", "验收合格率", "≥{percent}%"),
    Promise("12", "系统可用率", "≥99.{small}%"),
    Promise("12", "投诉办结率", "100%"),
    Promise("13", "项目完成及时率", "≥{percent}%"),
    Promise("13", "故障响应时间", "≤{small}小时"),
    Promise("13", "资金支付时限", "12月31日前完成支付"),
    Promise("21", "带动相关消费", "≥{count}万元"),
    Promise("22", "安全责任事故发生次数", "0次"),
    Promise("22", "居民知晓率", "{percent}%以上"),
    Promise("22", "公共服务水平", "有所提升"),
    Promise("23", "岸线水质达标率", "≥{percent}%"),
    Promise("24", "长效管理机制", "持续健全"),
    Promise("31", "服务对象满意度", "≥{percent}%"),
    Promise("31", "群众满意度", "不低于{percent}%"),
    Promise("31", "参与单位满意度，含社会组织", "≧{percent}%"),
    Promise("41", "项目总成本", "≤{count}万元"),
    Promise("41", "单位养护成本", "≤{small}.5万元/公里"),
)

NOTICE = "本表为软件演示样例，单位、项目与数字均为虚构。"
