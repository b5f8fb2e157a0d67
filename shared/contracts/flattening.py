"""Makes of a document its records: the lines of ``jsonl``, the entries of the index."""

from collections.abc import Iterator

from shared.contracts.records import Document, Indicator, Project, Record, Table


def records_of(document: Document) -> Iterator[Record]:
    """List the records of a document in reading order, each complete in itself."""
    for table in document.tables:
        for project in table.projects:
            for indicator in project.indicators:
                yield _record(document, table, project, indicator)


def _record(document: Document, table: Table, project: Project, indicator: Indicator) -> Record:
    return Record(
        **dict(indicator),
        document_id=document.document_id,
        file_name=document.file_name,
        form=table.form,
        title=table.title,
        scope=table.scope,
        province=document.province,
        city=document.city,
        district=document.district,
        department=project.department or table.department or document.department,
        budget_unit=project.budget_unit,
        fiscal_year=document.fiscal_year,
        fiscal_year_basis=document.fiscal_year_basis,
        kind=document.kind,
        project=project.name,
        project_code=project.code,
        amounts=project.amounts,
        goal=project.goal,
        parser_version=document.parser_version,
    )
