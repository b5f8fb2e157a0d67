"""What a question that has no answer is loosened to."""

import pytest

from services.search.questions.address import SearchAddress
from services.search.questions.loosening import suggestions
from shared.contracts.flattening import records_of
from tests.builders.web import document_of, indicator_at, project_of, promise, street_lights
from tests.fakes.search import BruteForceIndex


def index_of_street_lights() -> BruteForceIndex:
    index = BruteForceIndex()
    index.replace("d", records_of(street_lights()))
    return index


def test_a_question_without_answers_is_loosened_one_step_at_a_time() -> None:
    address = SearchAddress(query="亮灯率 火箭", filters={"city": ("海州市",)})

    assert suggestions(address, index_of_street_lights()) == []

    loosened = suggestions(SearchAddress(query="亮灯率 火箭"), index_of_street_lights())
    assert [(found.label, found.count) for found in loosened] == [("去掉“火箭”", 1)]


def test_a_condition_is_loosened_to_its_name() -> None:
    loosened = suggestions(SearchAddress(query="满意度≥99%"), index_of_street_lights())

    assert [(found.label, found.count) for found in loosened] == [("只找“满意度”，不限指标值", 1)]


def test_a_long_word_is_parted_where_others_stand_between_its_halves() -> None:
    satisfaction = indicator_at("环卫工人对保障工作的满意度", promise("≥95%"))
    document = document_of(project_of("清扫保洁经费", satisfaction))
    index = BruteForceIndex()
    index.replace("d", records_of(document))

    loosened = suggestions(SearchAddress(query="环卫工人满意度≥95%"), index)

    assert [(found.label, found.count) for found in loosened] == [("分开写成“环卫工人 满意度≥95%”", 1)]


def test_a_word_of_several_is_parted_into_all_of_them() -> None:
    document = document_of(project_of("口岸经费", indicator_at("口岸整体通关进口时间", promise("≤30小时"))))
    index = BruteForceIndex()
    index.replace("d", records_of(document))

    loosened = suggestions(SearchAddress(query="口岸通关时间"), index)

    assert [found.label for found in loosened] == ["分开写成“口岸 通关 时间”"]


@pytest.mark.parametrize("query", ["亮灯率，路灯", "亮灯率、路灯", "亮灯率/路灯", "亮灯率:路灯"])
def test_words_parted_by_a_mark_are_offered_with_a_blank(query: str) -> None:
    loosened = suggestions(SearchAddress(query=query), index_of_street_lights())

    assert "分开写成“亮灯率 路灯”" in [found.label for found in loosened]
