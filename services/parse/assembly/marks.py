"""Writes the codes of findings beside what they are about."""

from collections.abc import Iterable, Sequence

from shared.contracts.records import Finding, Indicator, Project


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
