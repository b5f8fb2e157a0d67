"""What reading a document gives: document, table, project, indicator, target and finding."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Final = 1

Operator = Literal["ge", "gt", "le", "lt", "eq", "range"]
UnitBasis = Literal["value", "column", "name", "inferred"]
Severity = Literal["info", "doubt", "error"]
Scope = Literal["project", "department", "transfer"]
DocumentKind = Literal["budget", "final_account", "self_evaluation", "transfer", "unknown"]
PlaceBasis = Literal["title", "department", "header", "path", "upload"]
YearBasis = Literal["title", "cover", "header", "upload", "path", "inferred"]


class Model(BaseModel):
    """A value that leaves the process: it never changes and has no unknown fields."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )


class PageBox(Model):
    """A rectangle in points of the unrotated page as shown, from its top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Finding(Model):
    """Something noticed about a document, project or record; ``message`` is Chinese."""

    code: str
    severity: Severity
    message: str
    page: int | None = None
    box: PageBox | None = None
    project: str | None = None
    record_id: str | None = None
    expected: str | None = None
    found: str | None = None


class Bound(Model):
    """One promise read from a target: decimal strings, an open end is None, 万 and 亿 multiplied out."""

    operator: Operator
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None
    unit_basis: UnitBasis | None = None
    part: str | None = None


class Target(Model):
    """What is promised: ``text`` as printed, and what could be read from it."""

    text: str
    operator_printed: str | None = None
    unit_printed: str | None = None
    display: str
    bounds: tuple[Bound, ...] = ()
    qualitative: bool = False
    date: str | None = None


class Amounts(Model):
    """Money as printed, decimal strings in ``unit``; a blank cell is None. ``total_yuan`` is in 元."""

    unit: str | None = None
    total: str | None = None
    fiscal: str | None = None
    special_account: str | None = None
    other: str | None = None
    carried_over: str | None = None
    central: str | None = None
    local: str | None = None
    budgeted: str | None = None
    adjusted: str | None = None
    executed: str | None = None
    execution_rate: str | None = None
    total_yuan: str | None = None


class Indicator(Model):
    """One indicator: the unit of search. ``boxes`` says for each field where it is printed."""

    record_id: str
    sequence: int
    sequence_printed: str | None = None
    level1: str | None = None
    level2: str | None = None
    level1_code: str | None = None
    level2_code: str | None = None
    level1_inferred: str | None = None
    level2_inferred: str | None = None
    level_basis: str | None = None
    name: str
    annual_target: Target | None = None
    period_target: Target | None = None
    explanation: str | None = None
    scoring: str | None = None
    weight: str | None = None
    core: str | None = None
    note: str | None = None
    actual: Target | None = None
    score: str | None = None
    deviation: str | None = None
    activity: str | None = None
    page: int
    boxes: dict[str, tuple[PageBox, ...]] = Field(default_factory=dict)
    confidence: float | None = None
    findings: tuple[str, ...] = ()


class Project(Model):
    """A project with its money, goal and indicators; one without indicators is still a project."""

    name: str
    code: str | None = None
    budget_unit: str | None = None
    department: str | None = None
    type: str | None = None
    start: str | None = None
    end: str | None = None
    goal: str | None = None
    goal_period: str | None = None
    amounts: Amounts
    page: int
    boxes: dict[str, tuple[PageBox, ...]] = Field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    findings: tuple[str, ...] = ()


class Total(Model):
    """A row such as 合计 or the sum of a budget unit."""

    kind: Literal["grand_total", "unit_total"]
    name: str
    amounts: Amounts
    page: int | None = None
    boxes: dict[str, tuple[PageBox, ...]] = Field(default_factory=dict)


class PageRange(Model):
    """First and last page of a table, both included."""

    first: int
    last: int


class Table(Model):
    """One official table of a document, in reading order."""

    table_id: str
    form: str
    title: str | None = None
    scope: Scope
    pages: PageRange
    department: str | None = None
    amount_unit: str | None = None
    rows_read: int
    projects: tuple[Project, ...] = ()
    totals: tuple[Total, ...] = ()


class PageSummary(Model):
    """How one page was read."""

    number: int
    width: float
    height: float
    source: Literal["text", "ocr", "none"]
    reason: str
    confidence: float | None = None
    rotation: int = 0


class Document(Model):
    """All that was read from one file."""

    schema_: Literal[1] = Field(default=SCHEMA, alias="schema")
    document_id: str
    file_name: str
    media_type: str
    size_bytes: int
    parser_version: str
    reader_versions: dict[str, str]
    pages: tuple[PageSummary, ...]
    province: str | None = None
    city: str | None = None
    district: str | None = None
    place_basis: PlaceBasis | None = None
    department: str | None = None
    fiscal_year: int | None = None
    fiscal_year_basis: YearBasis | None = None
    kind: DocumentKind = "unknown"
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()


class Record(Indicator):
    """An indicator complete in itself: one line of ``jsonl``, one entry of the search index."""

    document_id: str
    file_name: str
    form: str
    title: str | None = None
    scope: Scope
    province: str | None = None
    city: str | None = None
    district: str | None = None
    department: str | None = None
    budget_unit: str | None = None
    fiscal_year: int | None = None
    fiscal_year_basis: YearBasis | None = None
    kind: DocumentKind = "unknown"
    project: str
    project_code: str | None = None
    amounts: Amounts
    goal: str | None = None
    parser_version: str
