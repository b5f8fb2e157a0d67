"""What a check has to say, and the cell it points to."""

from dataclasses import dataclass

from shared.contracts.records import Finding, Indicator, Project, Severity, Total


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding without its place; ``message`` is Chinese and holds the figures."""

    code: str
    severity: Severity
    message: str
    expected: str | None = None
    found: str | None = None

    def at_indicator(self, indicator: Indicator, field: str, *, project: str) -> Finding:
        """Point to a field of an indicator, or to its name where that field is blank."""
        return self._at(indicator, field, project=project, record_id=indicator.record_id)

    def at_project(self, project: Project, field: str) -> Finding:
        """Point to a field of a project, or to its name where that field is blank."""
        return self._at(project, field, project=project.name)

    def at_total(self, total: Total, column: str) -> Finding:
        """Point to an amount of a row that sums others."""
        return self._at(total, column)

    def _at(
        self,
        part: Indicator | Project | Total,
        field: str,
        *,
        project: str | None = None,
        record_id: str | None = None,
    ) -> Finding:
        box = next(iter(part.boxes.get(field) or part.boxes.get("name", ())), None)
        return Finding(
            code=self.code,
            severity=self.severity,
            message=self.message,
            page=box.page if box else part.page,
            box=box,
            project=project,
            record_id=record_id,
            expected=self.expected,
            found=self.found,
        )
