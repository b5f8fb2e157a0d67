"""A first look says which pages have to be read; it never hides a table."""

from services.parse.readers.pdf import candidate_pages, read_needed_pages
from tests.builders.pdf_files import HEIGHT, WIDTH, chinese_pdf, pdf, show

COVER = ["某市某局二〇二四年部门预算"]
OTHER = ["收入预算表", "工资福利支出 12.00"]
GOALS = ["项目支出绩效目标表", "产出指标 数量指标 巡查次数"]
REST = ["养护里程 12公里"]


def reasons(*pages: list[str], ruled: bool = False) -> list[str]:
    return [glance.reason for glance in candidate_pages(chinese_pdf(*pages, ruled=ruled))]


def test_pages_that_speak_of_performance_are_candidates_and_others_are_not():
    assert reasons(COVER, COVER, OTHER, GOALS) == ["cover", "cover", "other", "words"]


def test_a_page_with_rules_behind_a_candidate_is_one_too():
    assert reasons(COVER, GOALS, REST, REST, ruled=True) == ["cover", "words", "goes_on", "goes_on"]


def test_nor_does_a_table_end_on_a_page_that_names_no_indicator():
    satisfied = ["居民满意度 90%", *REST]

    assert reasons(COVER, GOALS, satisfied, REST, ruled=True) == ["cover", "words", "words", "goes_on"]


def test_without_rules_it_is_one_if_it_promises_something():
    assert reasons(COVER, GOALS, ["养护里程 ≥12公里"], ["出行条件 定性 改善"]) == [
        *("cover", "words", "goes_on", "goes_on"),
    ]


def test_without_rules_or_with_a_title_of_its_own_it_is_not():
    assert reasons(COVER, GOALS, REST) == ["cover", "words", "other"]
    assert reasons(COVER, GOALS, OTHER, ruled=True) == ["cover", "words", "other"]


def test_blank_pages_and_pictures_are_looked_at_closely():
    picture = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"

    glances = candidate_pages(pdf(show("A", 9, 9), show("A", 9, 9), "", picture + show("Page", 100, 100)))

    assert [glance.reason for glance in glances] == ["cover", "cover", "no_text", "picture"]
    assert not glances[2].has_text


def test_every_page_is_given_and_those_passed_over_have_their_size():
    pages = list(read_needed_pages(chinese_pdf(COVER, COVER, OTHER, GOALS)))

    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert [bool(page.words) for page in pages] == [True, True, False, True]
    assert (pages[2].width, pages[2].height, pages[2].reason) == (WIDTH, HEIGHT, "no_performance_words")
