"""What two readings of a document have that the other has not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.difference_text import describe_difference, describe_sum
from jixiao.differences import FieldChange, compare, sum_up
from jixiao.items import of_document, of_records
from jixiao.record_sources import NotReadings, compare_sources
from shared.contracts.flattening import records_of
from tests.builders.records import document, indicator, project, table, target


def reading(*indicators, **more):
    return document(table(project("巡护", "10.00", indicators=indicators)), **more)


def changes(old, new):
    return compare(of_document(old), of_document(new)).changes


def test_equal_readings_do_not_differ():
    assert changes(reading(indicator()), reading(indicator(), parser_version="1.1.0")) == ()


def test_a_changed_field_says_old_and_new():
    old, new = reading(indicator(level2="质量")), reading(indicator(level2="质量指标"))

    assert changes(old, new) == (
        FieldChange("record", "changed", "巡护 › 办结率", 1, "level2", "质量", "质量指标"),
    )


def test_a_promise_read_otherwise_is_a_change_although_the_text_is_the_same():
    old = reading(indicator(annual_target=target("≥90%", lower="90")))
    new = reading(indicator(annual_target=target("≥90%", unit="%", lower="90")))

    assert [(each.field, each.old, each.new) for each in changes(old, new)] == [
        ("annual_target.bounds", "ge 90", "ge 90 %")
    ]


def test_records_of_one_side_only_are_added_or_lost():
    found = changes(reading(indicator("甲"), indicator("乙")), reading(indicator("甲"), indicator("丙")))

    assert [(each.what, each.label) for each in found] == [("lost", "巡护 › 乙"), ("added", "巡护 › 丙")]


def test_a_record_whose_place_is_read_otherwise_is_still_the_same():
    old, new = reading(indicator(record_id="a")), reading(indicator(record_id="b", weight="10"))

    assert [(each.what, each.field, each.new) for each in changes(old, new)] == [("changed", "weight", "10")]


def test_what_belongs_to_the_project_is_told_once():
    old = document(table(project("巡护", "10.00", indicators=(indicator("甲"), indicator("乙")))))
    new = document(table(project("巡护", "12.00", indicators=(indicator("甲"), indicator("乙")))))

    assert [(each.kind, each.field, each.new) for each in changes(old, new)] == [
        ("project", "amounts.total", "12.00")
    ]


def test_a_project_without_indicators_counts_too():
    old = document(table())
    new = document(table(project("空", None)))

    assert [(each.kind, each.what, each.label) for each in changes(old, new)] == [("project", "added", "空")]


def test_records_tell_the_same_as_their_document():
    old, new = reading(indicator(weight="1")), reading(indicator(weight="2"))
    sides = [of_records(list(records_of(each))) for each in (old, new)]

    assert compare(*sides).changes == changes(old, new)


def test_totals_are_by_field():
    old = reading(indicator("甲", weight="1"), indicator("乙", weight="1"))
    new = reading(indicator("甲", weight="2"), indicator("乙", weight="2"), indicator("丙"))

    total = sum_up([compare(of_document(old), of_document(new))])

    assert (total.documents, total.documents_changed) == (1, 1)
    assert total.fields == {"record weight": 2}
    assert total.items == {"record added": 1}
    assert any("weight" in line for line in describe_sum(total))


def test_a_document_of_one_side_only_is_told_with_all_it_holds():
    lost = compare(of_document(reading(indicator())), None)

    assert (lost.old_version, lost.new_version) == ("1.0.0", None)
    assert {each.what for each in lost.changes} == {"lost"}
    assert next(describe_difference(lost)).endswith("1.0.0 → —")


names = st.lists(st.sampled_from("甲乙丙"), max_size=5)


@given(names, names)
def test_every_record_is_paired_added_or_lost(old, new):
    sides = [
        reading(*(indicator(name, record_id=f"{side} {number}") for number, name in enumerate(listed)))
        for side, listed in (("old", old), ("new", new))
    ]
    found = changes(*sides)

    lost = sum(each.what == "lost" for each in found)
    added = sum(each.what == "added" for each in found)
    assert len(new) - len(old) == added - lost
    assert len(old) - lost == sum(min(old.count(name), new.count(name)) for name in "甲乙丙")


class TestFiles:
    def write(self, path, *models):
        path.write_text("".join(model.model_dump_json(by_alias=True) + "\n" for model in models))
        return path

    def test_a_file_of_documents_and_one_of_records_are_compared(self, tmp_path):
        old = reading(indicator(weight="1"))
        new = reading(indicator(weight="2"))
        before = self.write(tmp_path / "old.json", old)
        after = self.write(tmp_path / "new.jsonl", *records_of(new))

        (difference,) = compare_sources(before, after)

        assert [(each.field, each.new) for each in difference.changes] == [("weight", "2")]

    def test_a_file_of_something_else_is_told_with_its_line(self, tmp_path):
        good = self.write(tmp_path / "a.json", reading(indicator()))
        bad = tmp_path / "b.json"
        bad.write_text("\n[1]\nnot json\n")

        with pytest.raises(NotReadings) as caught:
            list(compare_sources(good, bad))
        assert caught.value.line == 1
