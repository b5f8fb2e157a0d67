"""The fiscal year that a document states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.fiscal_year import FiscalYear, find_fiscal_year


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效目标表（2026年度）",
        "项目支出绩效目标表\n(2026年)",
        "2026年度",
        "2026年部门预算",
        "2026年武汉市信访局部门预算",
        "２０２６年度部门预算",
        "二〇二六年部门预算",
        "二○二六年度部门决算",
        "某局2026年项目支出绩效目标表",
        "某局2023-2024年运维项目绩效目标表（2026年度）",
        "预算年度：2026",
        "2026年度绿化项目绩效目标表",
        "附件2 2026年公园改造项目支出绩效目标申报表",
        "二〇二六年公共法律服务项目绩效目标表",
        "某市交通运输委员会2026年道路养护项目绩效自评表",
        "2026年度绿化项目绩效目标表\n2025年结转工程项目绩效目标表",
    ],
)
def test_a_stated_year_is_read(title):
    assert find_fiscal_year({"title": title}) == FiscalYear(2026, "title")


@pytest.mark.parametrize(
    "title",
    [
        "2026年汽车消费补贴费用",
        "2025-2026年运维项目绩效目标表",
        "2026年-2028年运维项目绩效目标表",
        "2025年结转工程项目绩效目标表",
        "2025年绿化项目绩效目标表\n2026年亮化项目绩效目标表",
        "提前下达2026年补助资金项目绩效目标表",
        "2026年1月",
        "2026年预算管理一体化系统建设项目",
        "到2026年建成",
        "",
    ],
)
def test_years_of_projects_and_dates_are_no_fiscal_years(title):
    assert find_fiscal_year({"title": title}) == FiscalYear()


def test_the_basis_is_the_first_text_that_states_it():
    assert find_fiscal_year({"title": "绩效目标表", "cover": "2026年部门预算"}) == FiscalYear(2026, "cover")


def test_texts_that_disagree_leave_the_year_open():
    texts = {"title": "绩效自评表（2024年度）", "cover": "2026年部门预算"}

    assert find_fiscal_year(texts) == FiscalYear(contradicts=True)


@given(st.text(max_size=60))
def test_any_text_is_searched_without_an_error(text):
    find_fiscal_year({"title": text})
