"""The pages in English."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from services.search import help_pages
from services.search.problems import query_problem
from services.search.templates import FOLDER, advice_in
from services.search.words import labels
from services.search.words.english import ENGLISH
from services.search.words.language import (
    EnglishLabels,
    chinese_in,
    in_english,
    is_chinese,
    rewrite,
    say_in_english,
)
from shared.contracts.errors import UnsupportedMedia
from shared.contracts.search import QueryError
from shared.search.parser import parse

EXAMPLES = frozenset({"指标:满意度"})
"""Queries that are shown as examples are typed in Chinese in any language."""


@pytest.mark.parametrize(
    "template", sorted((FOLDER / "templates").glob("*.html")), ids=lambda path: path.name
)
def test_every_word_of_a_template_has_its_english(template: Path) -> None:
    missing = [words for words in chinese_in(template.read_text()) if words not in ENGLISH]

    assert set(missing) <= EXAMPLES


def test_every_label_has_its_english() -> None:
    words = {
        part
        for value in vars(labels).values()
        if isinstance(value, Mapping)
        for label in value.values()
        for part in (label if isinstance(label, tuple) else (label,))
        if isinstance(part, str) and is_chinese(part)
    }

    assert words - ENGLISH.keys() == set()


def test_as_many_places_are_filled_as_there_are_expressions() -> None:
    assert [words for words, said in ENGLISH.items() if said.count("{}") != words.count("{}")] == []


def test_words_are_found_in_text_attributes_and_strings_but_never_in_code() -> None:
    source = '<a title="第 {{ n }} 页">{% if n > 1 %}上一页{% endif %}{{ "无" if not n else 页 }}</a>'

    assert sorted(chinese_in(source)) == sorted(["无", "第 {} 页", "上一页"])
    assert (
        rewrite(source, lambda words: words.replace("第 {} 页", "page {}").replace("上一页", "back"))
        == '<a title="page {{ n }}">{% if n > 1 %}back{% endif %}{{ "无" if not n else 页 }}</a>'
    )


def test_a_template_that_says_nothing_else_is_left_as_it_is() -> None:
    for template in (FOLDER / "templates").glob("*.html"):
        assert rewrite(template.read_text(), lambda words: words) == template.read_text()


def test_what_is_put_together_in_python_is_translated_with_its_parts() -> None:
    assert say_in_english("去掉“培训”") == "without “培训”"
    assert say_in_english("2026 年") == "2026"
    assert say_in_english("广州市花都区商务局") == "广州市花都区商务局"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<b>35</b> 份文件，<b>9</b>", "<b>35</b> documents, <b>9</b>"),
        (
            "<b>{{ n }}</b> 个承诺值{% if u %}，单位 {{ u }}{% endif %}",
            "<b>{{ n }}</b> promised values{% if u %} in {{ u }}{% endif %}",
        ),
        ("筛选{% if n %}（{{ n }}）{% endif %}", "Filters{% if n %} ({{ n }}){% endif %}"),
        ("{{ n }}{% if m %}–{{ m }}{% endif %} 页，{{ f }}", "{{ n }}{% if m %}–{{ m }}{% endif %}, {{ f }}"),
    ],
)
def test_blanks_stand_where_chinese_marks_brought_their_own(written: str, said: str) -> None:
    assert rewrite(written, in_english) == said


@pytest.mark.parametrize(
    "query", ['"率', "率)", "()", "(率", "部门:", "率 或", "年:24", "金额:多", "页:末", "年:2026..2024"]
)
def test_what_is_wrong_with_a_query_is_said_in_english_too(query: str) -> None:
    with pytest.raises(QueryError) as met:
        parse(query)

    assert not is_chinese(query_problem(met.value).message_en.replace("万", "").replace("元", ""))


def test_printed_words_stay_as_they_are_printed() -> None:
    assert EnglishLabels().facet_value("level1", "成本") == "成本"
    assert EnglishLabels().facet_value("findings", "sum_mismatch") == "Sum mismatch"
    assert EnglishLabels().overview_value("city", "-") == "not stated"


def test_the_help_page_is_in_english_but_for_what_one_types() -> None:
    explained = [one for section in help_pages.SECTIONS for one in (section.title, section.lead)]
    explained += [example.finds for section in help_pages.SECTIONS for example in section.examples]
    explained += help_pages.FIELDS_HOLD.values()

    assert [words for words in explained if words not in ENGLISH] == []


def test_a_refusal_is_explained_in_the_readers_language_only() -> None:
    advice = UnsupportedMedia(media_type="application/ofd").advice

    assert advice_in("zh", advice) == "不支持这种文件（application/ofd），请另存为 PDF 或文本后再上传。"
    assert (
        advice_in("en", advice)
        == "Files of this kind (application/ofd) are not read: save it as PDF or text."
    )
    assert advice_in("en", "请重试") == "请重试"
