"""Units' totals and projects that have nothing but an amount."""

from decimal import Decimal

from services.parse.forms.unit_rows import AmountRow, find_unit_rows


def row(total, *, bare=False, indent=None, grand=False, office=False):
    return AmountRow(
        is_bare=bare or grand, is_grand_total=grand, total=Decimal(total), indent=indent, is_office=office
    )


def test_a_name_set_in_as_far_as_projects_is_a_project():
    rows = [row(30, bare=True, indent=2.0), row(10, indent=42.0), row(20, bare=True, indent=42.0)]

    assert find_unit_rows(rows) == {0}


def test_a_bare_row_within_a_units_sum_is_a_project():
    rows = [row(60, grand=True), row(60, bare=True), row(10), row(20, bare=True), row(30)]

    assert find_unit_rows(rows) == {1}


def test_two_equal_amounts_are_no_unit_with_its_project():
    rows = [row(30, bare=True), row(10), row(5, bare=True), row(5), row(10)]

    assert find_unit_rows(rows) == {0}


def test_an_offices_name_makes_a_unit_where_sums_fail():
    rows = [row(30, bare=True), row(10), row(99, bare=True, office=True), row(5)]

    assert find_unit_rows(rows) == {0, 2}
