from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.datastructures import QueryParams

from services.search.answering import answers_of
from services.search.papers.walking import walk_from
from services.search.questions.address import SearchAddress, read_address
from services.search.results import facet_choices, shown_hits
from shared.contracts.flattening import records_of
from shared.contracts.search import Facet, FacetValue, Hit, SearchAnswer
from tests.builders.web import document_of, indicator_at, project_of, promise, street_lights
from tests.fakes.search import BruteForceIndex


def index_of_many(count: int) -> BruteForceIndex:
    indicators = [indicator_at(f"第{number:03}项完成率", promise("100%")) for number in range(count)]
    document = document_of(project_of("绿化经费", *indicators))
    index = BruteForceIndex()
    index.replace(document.document_id, records_of(document))
    return index


def test_chosen_values_come_first_even_when_nothing_has_them() -> None:
    facet = Facet(values=(FacetValue(value="2025", count=3), FacetValue(value="2024", count=2)), distinct=2)

    choices = list(facet_choices(SearchAddress(filters={"year": ("1999", "2024")}), "year", facet))

    assert [(choice.label, choice.count, choice.chosen) for choice in choices] == [
        ("1999 年", 0, True),
        ("2024 年", 2, True),
        ("2025 年", 3, False),
    ]


def test_answers_that_do_not_say_come_last_and_are_no_value_more() -> None:
    facet = Facet(values=(FacetValue(value="2025", count=3),), distinct=1, unstated=4)

    choices = list(facet_choices(SearchAddress(), "year", facet))

    assert [(choice.label, choice.count) for choice in choices] == [("2025 年", 3), ("未注明", 4)]
    assert "year=-" in choices[-1].href


def test_a_count_that_was_not_told_is_not_made_up() -> None:
    facet = Facet(values=(FacetValue(value="2025", count=3),), distinct=9)

    chosen = next(facet_choices(SearchAddress(filters={"year": ("1999",)}), "year", facet))

    assert chosen.count is None


def test_a_heading_stands_where_a_new_kind_of_answer_begins() -> None:
    records = list(records_of(street_lights()))
    hits = tuple(Hit(record=record, tier=tier) for record, tier in zip(records, (1, 1, 3), strict=True))

    shown = shown_hits(SearchAddress(), SearchAnswer(total=3, hits=hits))

    assert [hit.tier_starts for hit in shown] == [True, False, True]


def test_walking_on_from_hit_to_hit_meets_every_answer_once() -> None:
    index, address, met = index_of_many(45), SearchAddress(query="完成率"), []
    order = [
        hit.record.record_id for hit in index.search(address.request().model_copy(update={"size": 45})).hits
    ]
    record_id = order[0]

    while walk := walk_from(index, address, record_id):
        met.append((walk.position, record_id))
        if walk.after is None:
            break
        address, record_id = follow(walk.after)

    assert met == list(enumerate(order, start=1))


def test_walking_back_over_the_edge_of_a_page_meets_the_last_hit_of_the_page_before() -> None:
    first_page, index = SearchAddress(query="完成率"), index_of_many(45)
    answer = index.search(first_page.request())
    second_page = first_page.page_after(answer.next or "")
    first_there = index.search(second_page.request()).hits[0].record.record_id

    walk = walk_from(index, second_page, first_there)

    assert walk is not None
    assert walk.before is not None
    assert follow(walk.before) == (SearchAddress(query="完成率"), answer.hits[-1].record.record_id)


def test_a_record_that_does_not_answer_is_walked_nowhere() -> None:
    assert walk_from(index_of_many(3), SearchAddress(query="完成率"), "r-别的") is None


def test_walking_passes_by_what_the_list_folds_behind_another_hit() -> None:
    own, of_department = (
        document_of(
            project_of(
                "绿化经费", indicator_at("绿地面积", promise("100%")), indicator_at(own_name, promise("1"))
            ),
            name=name,
        )
        for name, own_name in (("甲.pdf", "甲项"), ("乙.pdf", "乙项"))
    )
    index = BruteForceIndex()
    for document in (own, of_department):
        records = [
            one.model_copy(update={"record_id": one.record_id + document.file_name})
            for one in records_of(document)
        ]
        index.replace(document.document_id, records)
    address = SearchAddress(query="绿化")
    listed = [hit.record.record_id for hit in answers_of(index, address).hits]
    folded = {hit.record.record_id for hit in index.search(address.request()).hits} - set(listed)

    met, record_id = [], listed[0]
    while walk := walk_from(index, address, record_id):
        met.append(record_id)
        if walk.after is None:
            break
        _, record_id = follow(walk.after)

    assert met == listed
    assert len(folded) == 1
    assert walk_from(index, address, folded.pop()) is not None


def follow(href: str) -> tuple[SearchAddress, str]:
    parts = urlsplit(href)
    address = read_address(QueryParams(parse_qsl(parts.query, keep_blank_values=True)))
    return address, unquote(parts.path.removeprefix("/records/"))
