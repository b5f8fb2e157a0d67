"""What every search index promises: each test runs against every engine, and against the plain judge."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.contracts.search import FILTERS, UNSTATED, USUAL_FACETS, QueryError, SearchRequest
from shared.search.language import FIELD_NAMES
from shared.search.normalise import normalise
from tests.builders.engines import engine
from tests.builders.satisfaction import SPELLINGS, TIERS
from tests.builders.search import record, various_query, various_records
from tests.fakes.search import BruteForceIndex

SORTS = ("relevance", "amount_desc", "amount_asc", "year_desc", "year_asc", "target_desc", "target_asc")

NARROWED = (
    {},
    {},
    {"year": ("2024",)},
    {"unit": ("%", "家"), "level1": ("产出",)},
    {"place": ("云山省▸临江市▸东湖区", "海东省"), "form": ("list",)},
    {"amount_range": ("below_100k",), "review": ("needs_look",)},
    {"indicator": ("游客满意度", "及时率")},
    {"place": ("云山省",), "year": ("2024", "2023"), "form": ("list",)},
    {"unit": ("%",), "level1": ("产出",), "operator": ("ge",), "review": ("needs_look",)},
    {
        "year": ("2024", "无此值"),
        "city": ("临江市", "望潮市"),
        "unit": ("%", "场"),
        "level2": ("质量", "数量"),
    },
    {"year": ("-", "2024"), "level2": ("-",)},
    {"department": ("-",)},
    {"province": ("云山省",), "findings": ("level_blank",), "project_name": ("河道清淤2.0", "校舍修缮")},
)

SIGNS = "()（）\"“”|-＋:：≥≦<>=%％.,，0159 \u3000～至␟\ud800\x00ſİ*?[]\\^$~'满意度绿地"
PIECES = (*FIELD_NAMES, *SIGNS, " OR ", " NOT ", "或", "以上", "不低于", "满意度", "万", "..", "≥95%", "年:")


@pytest.fixture(params=["brute_force", "tantivy", "elasticsearch"])
def index(request, tmp_path):
    with engine(request.param, request, tmp_path) as empty:
        yield empty


@pytest.fixture(scope="module")
def records():
    return various_records(random.Random(7), 60)


class Remembering:
    """An index that is asked the same question once."""

    def __init__(self, index):
        self._index = index
        self._answers = {}

    def search(self, request):
        key = repr(request)
        if key not in self._answers:
            self._answers[key] = self._index.search(request)
        return self._answers[key]


@pytest.fixture(scope="module")
def judge(records):
    """The judge; what it said once it need not think about again for the next engine."""
    judge = BruteForceIndex()
    fill(judge, records)
    return Remembering(judge)


@pytest.fixture(scope="module", params=["tantivy", "elasticsearch"])
def judged(request, records, judge, tmp_path_factory):
    """An engine and the judge with the same records, and those records."""
    with engine(request.param, request, tmp_path_factory.mktemp("judged")) as filled:
        fill(filled, records)
        yield filled, judge, records


def fill(index, records):
    with index.batch():
        for document_id in dict.fromkeys(one.document_id for one in records):
            index.replace(document_id, [one for one in records if one.document_id == document_id])


def found(index, query="", **more):
    return [hit.record.record_id for hit in index.search(SearchRequest(query=query, **more)).hits]


def every_page(index, request):
    hits, after = [], None
    while True:
        answer = index.search(request.model_copy(update={"after": after}))
        hits += answer.hits
        after = answer.next
        if after is None:
            return hits
        assert len(answer.hits) == request.size


def test_an_empty_index_answers_nothing(index):
    answer = index.search(SearchRequest(query="公园"))

    assert (answer.total, answer.hits, answer.next) == (0, (), None)
    assert set(answer.facets) == set(USUAL_FACETS)
    assert index.document_counts() == {}


def test_a_record_comes_back_whole(index):
    kept = record(
        goal="绿地", amount="12.50", boxes={"name": ({"page": 1, "x0": 1, "top": 2, "x1": 3, "bottom": 4},)}
    )
    index.replace("document-a", [kept])

    assert index.get(kept.record_id) == kept
    assert index.search(SearchRequest(query="绿地")).hits[0].record == kept


def test_a_record_that_is_not_there_is_a_key_error(index):
    with pytest.raises(KeyError, match="nothing"):
        index.get("nothing")


def test_replacing_a_document_forgets_its_former_records_and_no_others(index):
    index.replace("document-a", [record("旧指标"), record("旧指标二")])
    index.replace("document-b", [record("别的", document_id="document-b")])
    index.replace("document-a", [record("新指标")])

    assert [hit.record.name for hit in index.search(SearchRequest(query="指标")).hits] == ["新指标"]
    assert index.document_counts() == {"document-a": 1, "document-b": 1}


def test_replacing_twice_with_the_same_records_changes_nothing(index):
    records = [record(), record()]
    index.replace("document-a", records)
    index.replace("document-a", records)

    assert index.document_counts() == {"document-a": 2}


def test_a_removed_document_is_found_no_more(index):
    one = record()
    index.replace("document-a", [one])
    index.remove("document-a")
    index.remove("never-there")

    assert found(index) == []
    assert index.document_counts() == {}
    with pytest.raises(KeyError):
        index.get(one.record_id)


def test_records_that_fail_half_way_leave_the_document_as_it_was(index):
    kept = record("旧")
    index.replace("document-a", [kept])

    with pytest.raises(ZeroDivisionError):
        index.replace("document-a", (record("新") if number else 1 / 0 for number in (1, 0)))

    assert found(index) == [kept.record_id]


@pytest.mark.parametrize("query", ['"', "(", "年:何时"])
def test_a_query_that_cannot_be_understood_says_so(index, query):
    with pytest.raises(QueryError):
        index.search(SearchRequest(query=query))


def test_a_forged_cursor_or_an_unknown_filter_is_refused(index):
    for wrong in ({"after": "forged"}, {"filters": {"colour": ("red",)}}, {"facets": ("colour",)}):
        with pytest.raises(QueryError):
            index.search(SearchRequest(**wrong))


@pytest.mark.parametrize("typed", ["\ud800", "\x00", " ", "％" * 900])
def test_text_that_is_no_text_finds_nothing_and_breaks_nothing(index, typed):
    index.replace("document-a", [record()])

    assert index.search(SearchRequest(filters={"unit": (typed,)})).total == 0
    assert index.search(SearchRequest(query=f"计量单位:古{typed}")).total == 0
    with pytest.raises(KeyError):
        index.get(typed)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_typed_both_answer_the_same_or_refuse_it(judged, seed):
    engine, judge, _ = judged
    dice = random.Random(seed)
    for _ in range(100):
        typed = "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 8)))
        assert total_or_mistake(engine, typed) == total_or_mistake(judge, typed), typed


def total_or_mistake(index, typed):
    try:
        return index.search(SearchRequest(query=typed, size=0, facets=())).total
    except QueryError as mistake:
        return mistake.message


def test_no_facet_and_no_hit_need_be_asked_for(index):
    index.replace("document-a", [record()])
    answer = index.search(SearchRequest(size=0, facets=()))

    assert (answer.total, answer.hits, answer.facets, answer.next) == (1, (), {}, None)


@pytest.mark.parametrize("query", ["绿地", "满意度≥95%", ""])
def test_hits_and_facets_come_uncounted_where_nobody_looks(index, query):
    index.replace(
        "document-a", [record("绿地", goal=None), record("满意度", "≥96%"), record("目标", goal="绿地")]
    )
    for more in ({"facets": ()}, {"facets": ("code",), "filters": {"code": ("1",)}}, {"facets": ("year",)}):
        counted = SearchRequest(query=query, size=1, **more)
        plain = index.search(counted.model_copy(update={"counted": False}))

        assert plain.model_copy(update={"total": 0}) == index.search(counted).model_copy(update={"total": 0})
    assert index.search(SearchRequest(query=query, facets=(), counted=False)).total == 0


def test_values_of_a_facet_are_alternatives_and_its_counts_are_those_without_its_own_filter(index):
    kinds = ((2023, "list"), (2024, "list"), (2025, "block"))
    index.replace("document-a", [record(fiscal_year=year, form=form) for year, form in kinds])
    answer = index.search(SearchRequest(filters={"year": ("2023", "2025"), "form": ("list",)}))

    assert answer.total == 1
    assert {value.value: value.count for value in answer.facets["year"].values} == {"2023": 1, "2024": 1}
    assert {value.value: value.count for value in answer.facets["form"].values} == {"list": 1, "block": 1}


def test_a_facet_is_counted_with_the_filters_of_its_neighbours(index):
    promised = (
        ("≥90%", 2023, "list"),
        ("≥90%", 2024, "block"),
        ("≥5场", 2023, "list"),
        ("≤2小时", 2023, "block"),
    )
    index.replace(
        "document-a", [record("培训", target, fiscal_year=year, form=form) for target, year, form in promised]
    )
    answer = index.search(SearchRequest(filters={"year": ("2023",), "form": ("list",), "unit": ("%",)}))

    assert answer.total == 1
    assert {value.value: value.count for value in answer.facets["year"].values} == {"2023": 1}
    assert {value.value: value.count for value in answer.facets["form"].values} == {"list": 1}
    assert {value.value: value.count for value in answer.facets["unit"].values} == {"%": 1, "场": 1}


def test_a_facet_shows_its_most_frequent_values_and_how_many_there_are(index):
    offices = ["甲局"] * 3 + ["乙局"] * 2 + ["丁局", "丙局"]
    index.replace("document-a", [record(department=office) for office in offices])
    facet = index.search(SearchRequest(facet_size=3)).facets["department"]

    assert [(value.value, value.count) for value in facet.values] == [("甲局", 3), ("乙局", 2), ("丁局", 1)]
    assert facet.distinct == 4


def test_what_does_not_say_its_year_is_told_and_found(index):
    said = [
        record(record_id=f"a{n}", document_id="a", fiscal_year=year)
        for n, year in enumerate((2024, 2024, 2025))
    ]
    unsaid = [record(record_id="b1", document_id="b", fiscal_year=None)]
    index.replace("a", said)
    index.replace("b", unsaid)

    year = index.search(SearchRequest(facets=("year",))).facets["year"]
    answer = index.search(SearchRequest(filters={"year": (UNSTATED,)}, facets=("year", "form")))
    without = index.search(SearchRequest(without={"year": (UNSTATED,)}, facets=()))
    looked_for = index.search(SearchRequest(facets=("year",), facet_text="2")).facets["year"]

    assert ([(one.value, one.count) for one in year.values], year.distinct, year.unstated) == (
        [("2024", 2), ("2025", 1)],
        2,
        1,
    )
    assert [hit.record.record_id for hit in answer.hits] == ["b1"]
    assert (answer.facets["year"].unstated, answer.facets["form"].values[0].count) == (1, 1)
    assert without.total == 3
    assert (looked_for.distinct, looked_for.unstated) == (2, 0)


def test_a_place_is_counted_with_all_that_lies_in_it_and_opened_by_choosing_it(index):
    places = (
        ("云山省", "临江市", "东湖区"),
        ("云山省", "临江市", None),
        ("云山省", None, None),
        (None, "望潮市", None),
    )
    records = [
        record(province=province, city=city, district=district, department=f"{province}教育厅")
        for province, city, district in places
    ]
    index.replace("document-a", records)

    def counts(**more):
        facet = index.search(SearchRequest(facets=("place",), **more)).facets["place"]
        return {value.value: value.count for value in facet.values}

    assert counts() == {"云山省": 3, "望潮市": 1}
    assert counts(filters={"place": ("云山省▸临江市",)}) == {
        "云山省": 3,
        "云山省▸临江市": 2,
        "云山省▸云山省教育厅": 1,
        "云山省▸临江市▸东湖区": 1,
        "云山省▸临江市▸云山省教育厅": 1,
        "望潮市": 1,
    }
    assert found(index, filters={"place": ("云山省▸临江市",)}) == found(index, filters={"city": ("临江市",)})
    assert counts(facet_text="湖") == {"云山省▸临江市▸东湖区": 1}


def test_an_office_is_one_with_and_without_its_printed_code(index):
    index.replace(
        "document-a", [record(department=name) for name in ("320_省审计厅", "[320]省审计厅", "省审计厅")]
    )
    facet = index.search(SearchRequest()).facets["department"]

    assert [(value.value, value.count) for value in facet.values] == [("省审计厅", 3)]
    assert len(found(index, "部门:320")) == len(found(index, "编码:320")) == 2
    assert len(found(index, "部门:320_省审计厅")) == 3


def test_what_is_left_out_does_not_make_it_another_question(index):
    index.replace("document-a", [record(), record()])
    index.replace("document-b", [record(document_id="document-b") for _ in range(3)])
    first = SearchRequest(size=1, facets=())
    rest = first.model_copy(update={"without": {"document_id": ("document-a",)}, "size": 10})

    assert index.search(rest).total == 3
    assert index.search(rest.model_copy(update={"after": index.search(first).next})).total == 3


def test_a_facet_of_many_values_is_searched_for_some(index):
    index.replace("document-a", [record(department=f"第{number}小学") for number in range(30)] + [record()])
    facet = index.search(SearchRequest(facet_text="1小", facet_size=2)).facets["department"]

    assert [value.value for value in facet.values] == ["第11小学", "第1小学"]
    assert facet.distinct == 3


def test_hits_come_unmarked_where_nobody_looks(index):
    index.replace("document-a", [record("绿地"), record("满意度", "≥96%")])

    assert index.search(SearchRequest(query="绿地", marked=False)).hits[0].highlights == {}
    assert index.search(SearchRequest(query="满意度≥95%", marked=False)).hits[0].tier == 3


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_condition_finds_what_promises_it_literally_first(index, spelling):
    records = [record(name, target) for name, target, _ in TIERS]
    index.replace("document-a", records)
    answer = index.search(SearchRequest(query=spelling, size=100))

    promising = {one.record_id for one, (_, _, tier) in zip(records, TIERS, strict=True) if tier}
    assert {hit.record.record_id for hit in answer.hits} == promising
    assert [hit.tier for hit in answer.hits] == sorted(hit.tier for hit in answer.hits)
    assert answer.hits[0].tier == 1


def test_records_without_a_sort_value_come_last_either_way(index):
    records = [record(amount=amount) for amount in ("5", None, "12")]
    index.replace("document-a", records)
    five, none, twelve = (one.record_id for one in records)

    assert found(index, sort="amount_asc") == [five, twelve, none]
    assert found(index, sort="amount_desc") == [twelve, five, none]


def test_records_that_tie_in_every_key_are_all_found_page_by_page(index, monkeypatch):
    monkeypatch.setattr("shared.search.entry.crc32", lambda _: 0)
    records = [record() for _ in range(25)]
    index.replace("document-a", records)
    hits = every_page(index, SearchRequest(size=4, facets=()))

    assert [hit.record.record_id for hit in hits] == [one.record_id for one in records]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", ["", "满意度≥90%", "绿地"])
def test_pages_follow_each_other_without_gap_or_repetition(judged, sort, query):
    engine, judge, _ = judged
    whole = found(judge, query, sort=sort, size=1000)
    pages = every_page(engine, SearchRequest(query=query, sort=sort, size=7, facets=()))

    assert [hit.record.record_id for hit in pages] == whole


@pytest.mark.parametrize("filters", [{"year": ("2024", "2023")}, {"form": ("list",), "unit": ("%",)}])
def test_pages_of_filtered_answers_with_facets_follow_each_other_too(judged, filters):
    engine, judge, _ = judged
    request = SearchRequest(filters=filters, facets=("year", "form", "unit"), size=7)
    pages = every_page(engine, request)

    assert [hit.record.record_id for hit in pages] == found(judge, filters=filters, size=1000)


@pytest.mark.parametrize("seed", range(10))
def test_an_engine_answers_as_the_judge_does(judged, seed):
    engine, judge, records = judged
    dice = random.Random(seed)
    for _ in range(100):
        request = SearchRequest(
            query=various_query(dice, records),
            filters=dice.choice(NARROWED),
            without=dice.choice(({}, {}, {"unit": ("%",)}, {"place": ("云山省▸临江市",)})),
            facets=dice.choice(((), ("place", "year", "unit"), USUAL_FACETS, FILTERS)),
            facet_text=dice.choice(("", "", "园")),
            sort=dice.choice(SORTS),
            size=dice.choice((1, 10, 1000)),
            facet_size=dice.choice((2, 50)),
        )
        assert plainly(engine.search(request)) == plainly(judge.search(request)), request


def plainly(answer):
    """An answer without its cursor, whose form is the engine's own affair."""
    return answer.model_dump(exclude={"next"}) | {"more": answer.next is not None}


@pytest.mark.parametrize("seed", range(2))
def test_words_cut_from_what_is_printed_find_it(judged, seed):
    engine, judge, records = judged
    dice = random.Random(seed)
    for _ in range(60):
        text = dice.choice(records).name + dice.choice(("", "≥95%", "1,200株"))
        start = dice.randrange(len(text))
        quoted = f'"{text[start : start + dice.randint(1, 8)]}"'
        assert found(engine, quoted, size=1000) == found(judge, quoted, size=1000), quoted


@pytest.mark.parametrize("query", ["满意度", "绿地", "95", "口岸 设施", "1200", "满意度≥95%"])
def test_what_is_marked_lies_in_the_printed_text_and_matches(judged, query):
    engine, _, _ = judged
    words = [normalise(word).strip("␂␃") for word in query.replace("≥95%", "").split()]
    for hit in engine.search(SearchRequest(query=query, size=200)).hits:
        assert hit.highlights, hit.record
        for field, spans in hit.highlights.items():
            value = getattr(hit.record, field)
            text = value if isinstance(value, str) else value.text
            for span in spans:
                assert 0 <= span.start < span.end <= len(text)
                whole = field == "annual_target" and (span.start, span.end) == (0, len(text))
                printed = normalise(text[span.start : span.end])
                assert whole or any(word in printed or printed in word for word in words)


def test_readers_in_other_threads_always_see_whole_documents(index):
    def read(_):
        return len(found(index, size=100))

    index.replace("document-a", [record() for _ in range(20)])
    with ThreadPoolExecutor(4) as readers:
        counts = readers.map(read, range(40))
        for _ in range(5):
            index.replace("document-a", [record() for _ in range(20)])
        assert set(counts) == {20}


def test_a_batch_is_seen_when_it_is_done(index):
    with index.batch():
        for number in range(3):
            index.replace(f"document-{number}", [record(document_id=f"document-{number}")])
        index.replace("document-1", [])

    assert index.document_counts() == {"document-0": 1, "document-2": 1}
