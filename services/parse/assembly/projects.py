"""Turns a project as read into a project of the record."""

from dataclasses import dataclass

from services.parse.assembly.amounts import amount_doubts, assemble_amounts
from services.parse.assembly.fields import boxes_of, first_page_of, text_of
from services.parse.assembly.findings import finding_of
from services.parse.assembly.identity import Citations
from services.parse.assembly.indicators import assemble_indicator, weight_doubts
from services.parse.readings import ProjectReading, TotalReading
from shared.contracts.records import Finding, Indicator, Project, Total


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a project takes from the table and the rows above it."""

    citations: Citations
    first_page: int
    name: str = ""
    department: str | None = None
    budget_unit: str | None = None
    amount_unit: str | None = None


def assemble_project(reading: ProjectReading, around: Surroundings) -> tuple[Project, list[Finding]]:
    """Build a project and the findings that its doubts amount to."""
    name = text_of(reading.fields, "name") or around.name
    page = first_page_of((*reading.fields.values(), *reading.amounts.values()), around.first_page)
    indicators, findings = _assemble_indicators(reading, name, page, around.citations)
    doubts = (*reading.doubts, *amount_doubts(reading.amounts, around.amount_unit))
    project = Project(
        name=name,
        code=text_of(reading.fields, "code"),
        budget_unit=text_of(reading.fields, "budget_unit") or around.budget_unit,
        department=text_of(reading.fields, "department") or around.department,
        type=text_of(reading.fields, "type"),
        start=text_of(reading.fields, "start"),
        end=text_of(reading.fields, "end"),
        goal=text_of(reading.fields, "goal"),
        goal_period=text_of(reading.fields, "goal_period"),
        amounts=assemble_amounts(reading.amounts, around.amount_unit),
        page=page,
        boxes=boxes_of(reading.fields) | boxes_of(reading.amounts),
        indicators=tuple(indicators),
    )
    return project, [*(finding_of(doubt, project=name) for doubt in doubts), *findings]


def _assemble_indicators(
    reading: ProjectReading, project: str, page: int, citations: Citations
) -> tuple[list[Indicator], list[Finding]]:
    indicators: list[Indicator] = []
    findings: list[Finding] = []
    for sequence, row in enumerate(reading.indicators, start=1):
        indicator = assemble_indicator(row, sequence, page, citations)
        indicators.append(indicator)
        findings.extend(
            finding_of(doubt, project=project, record_id=indicator.record_id)
            for doubt in (*row.doubts, *weight_doubts(row.fields))
        )
    return indicators, findings


def assemble_total(reading: TotalReading, amount_unit: str | None, first_page: int) -> Total:
    """Build a row that sums others."""
    passages = (reading.name, *reading.amounts.values())
    return Total(
        kind="unit_total" if reading.kind == "unit_total" else "grand_total",
        name=reading.name.text.strip(),
        amounts=assemble_amounts(reading.amounts, amount_unit),
        page=first_page_of(passages, first_page),
        boxes=boxes_of({"name": reading.name, **reading.amounts}),
    )
