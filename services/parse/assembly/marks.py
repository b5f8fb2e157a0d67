"""Writes the codes of findings beside what they are about."""

from collections.abc import Iterable, Mapping, Sequence

from shared.contracts.records import Finding, Indicator, Project, Table


def not_yet_raised(found: Iterable[Finding], raised: Iterable[Finding]) -> list[Finding]:
    """
    Leave out what a form has already said of the same project or record.

    A form that raised a doubt saw the cell and knows more than the check that notices the
    same afterwards.
    """
    known = {(finding.code, finding.record_id) for finding in raised}
    return [finding for finding in found if (finding.code, finding.record_id) not in known]


def mark(project: Project, findings: Sequence[Finding]) -> Project:
    """Give a project and its indicators the codes of the findings about each of them."""
    by_record: dict[str | None, list[str]] = {}
    for finding in findings:
        codes = by_record.setdefault(finding.record_id, [])
        if finding.code not in codes:
            codes.append(finding.code)
    return project.model_copy(
        update={
            "findings": tuple(by_record.get(None, ())),
            "indicators": tuple(_mark(indicator, by_record) for indicator in project.indicators),
        }
    )


def _mark(indicator: Indicator, by_record: dict[str | None, list[str]]) -> Indicator:
    codes = by_record.get(indicator.record_id)
    return indicator.model_copy(update={"findings": tuple(codes)}) if codes else indicator


def add_marks(table: Table, findings: Sequence[Finding]) -> Table:
    """Give the indicators of a table that findings of the whole document are about their codes, too."""
    added = {finding.record_id: finding.code for finding in findings if finding.record_id}
    if not any(each.record_id in added for project in table.projects for each in project.indicators):
        return table
    return table.model_copy(
        update={
            "projects": tuple(
                project.model_copy(
                    update={"indicators": tuple(_add(each, added) for each in project.indicators)}
                )
                for project in table.projects
            )
        }
    )


def _add(indicator: Indicator, added: Mapping[str, str]) -> Indicator:
    code = added.get(indicator.record_id)
    return indicator.model_copy(update={"findings": (*indicator.findings, code)}) if code else indicator
