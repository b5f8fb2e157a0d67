"""From bytes to a document, and why there is nothing in it."""

import pytest

from services.parse.absence import explain_absence, name_pages, promises_in_prose
from services.parse.document import read_document
from services.parse.readings import DocumentReading
from services.parse.witness import Witness
from shared.contracts.errors import EmptyFile, UnsupportedMedia
from shared.contracts.flattening import records_of
from shared.contracts.pages import Box, Page, Word
from tests.builders.readings import project_reading, table_reading

NOTHING = DocumentReading(())


def page(number, text="", source="text", reason="text_layer"):
    words = [Word(text, Box(0, 0, 10.0 * len(text), 10), tuple(10.0 * n for n in range(len(text) + 1)))]
    return Page(number, 600, 800, source, reason, tuple(words) if text else ())


def codes(*pages, reading=NOTHING, prose_pages=()):
    return [finding.code for finding in explain_absence(reading, pages, prose_pages)]


def read(text, **more):
    return read_document(text.encode(), file_name="预算.txt", media_type="text/plain", **more)


def test_a_file_without_content_is_refused():
    with pytest.raises(EmptyFile):
        read(" \n ")


def test_a_media_type_that_no_reader_opens_is_refused():
    with pytest.raises(UnsupportedMedia):
        read_document(b"PK", file_name="预算.zip", media_type="application/zip")


def test_a_text_without_a_table_says_so():
    document = read("市档案局2026年工作要点\n\n做好档案工作。")

    assert document.tables == ()
    assert [finding.code for finding in document.findings] == ["no_table"]


def test_the_name_of_the_file_is_written_down_and_nothing_read_from_it():
    text = "市档案局工作要点"
    named = read_document(text.encode(), file_name="杭州市2026年部门预算.txt", media_type="text/plain")

    assert named.model_copy(update={"file_name": "预算.txt"}) == read(text)
    assert (named.file_name, named.fiscal_year, named.city) == ("杭州市2026年部门预算.txt", None, None)


def test_hints_fill_what_is_not_printed():
    document = read("工作要点", hints={"year": "2026", "city": "杭州市", "department": "市档案局"})

    assert (document.fiscal_year, document.fiscal_year_basis) == (2026, "upload")
    assert (document.province, document.city, document.place_basis) == ("浙江省", "杭州市", "upload")
    assert document.department == "市档案局"


def test_a_record_is_complete_in_itself():
    document = read(
        "项目支出绩效目标表\n\n部门名称：杭州市档案局 单位：万元\n\n"
        "项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标\n\n"
        "合计 8.00 8.00\n\n杭州市档案局 8.00 8.00\n\n    库房改造 8.00 8.00\n\n改造库房。\n\n"
        "1、1-产出指标；11-数量指标；改造间数；实施周期指标值:≥3间；年度指标值:≥3间。\n"
    )

    (record,) = records_of(document)

    assert (record.project, record.goal, record.budget_unit) == ("库房改造", "改造库房。", "杭州市档案局")
    assert (record.department, record.city, record.amounts.total) == ("杭州市档案局", "杭州市", "8.00")
    assert (record.document_id, record.parser_version) == (document.document_id, document.parser_version)


def test_pages_without_text_wait_and_nothing_is_said_of_tables_yet():
    assert codes(page(1), page(2, source="none", reason="no_text_layer")) == ["waiting_for_ocr"]


def test_a_text_layer_that_is_not_believed_is_reported():
    hidden = page(2, source="none", reason="hidden_text_layer")

    assert codes(page(1), hidden) == ["waiting_for_ocr", "text_layer_distrusted"]


def test_a_document_with_tables_lacks_none():
    assert codes(page(1), reading=DocumentReading((table_reading(project_reading()),))) == []


def test_goals_in_prose_are_reported_beside_the_lack_of_a_table():
    assert codes(page(1), prose_pages=(1,)) == ["no_table", "prose_only"]


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("本年度绩效目标：群众满意度不低于95分。", True),
        ("绩效目标：满意率90%。", True),
        ("满意率90%。绩效目标另行公布。", False),
        ("绩效目标管理的项目共12个。", False),
    ],
)
def test_figures_after_the_word_goal_are_promises_in_prose(text, promises):
    assert promises_in_prose(text) is promises


@pytest.mark.parametrize(("numbers", "named"), [([1, 2, 3, 7], "1–3、7"), ([4], "4"), ([2, 4], "2、4")])
def test_page_numbers_are_named_briefly(numbers, named):
    assert name_pages(numbers) == named


def test_a_recognised_page_stands_in_for_the_printed_one_whose_text_is_not_trusted():
    pages = [page(1, source="none", reason="no_text_layer"), page(2, "ƃƄƅ"), page(3, "正文")]
    recognised = {n: page(n, "识别", source="ocr", reason="recognised") for n in (1, 2)}
    witness = Witness()

    passed = list(witness.watch(pages, recognised))

    assert [each.words[0].text for each in passed] == ["识别", "识别", "正文"]
    assert [(each.source, each.words) for each in witness.pages] == [("ocr", ()), ("ocr", ()), ("text", ())]


def test_a_page_that_waits_is_summarised_but_not_passed_on():
    witness = Witness()

    assert list(witness.watch([page(1, source="none", reason="no_text_layer")], {})) == []
    assert [each.number for each in witness.pages] == [1]


def test_only_the_first_pages_are_kept_as_cover():
    witness = Witness()
    list(witness.watch([page(n, f"第{n}页") for n in (1, 2, 3)], {}))

    assert [line.text for line in witness.cover] == ["第1页", "第2页"]
