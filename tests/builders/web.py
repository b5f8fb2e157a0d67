"""A small archive behind the search service: documents in own words, every port a fake or in memory."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from services.search.app import create_app
from services.search.uploads.bucket_intake import BucketIntake
from services.search.uploads.uploading import Uploading
from services.search.write_access import WriteAccess
from shared.contracts.artifacts import PAGE, READING, original_key
from shared.contracts.errors import DocumentRejected
from shared.contracts.events import Event
from shared.contracts.flattening import records_of
from shared.contracts.ledger import Ledger, Source
from shared.contracts.pages import Box, Page, Rule, Word
from shared.contracts.records import (
    Amounts,
    Bound,
    Document,
    Finding,
    Indicator,
    PageBox,
    PageSummary,
    Project,
    Record,
    Target,
)
from shared.contracts.search import SearchIndex
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from tests.builders.records import table
from tests.fakes.object_store import MemoryStore
from tests.fakes.search import BruteForceIndex

PICTURE = b"\x89PNG\r\n\x1a\n a picture"


class StillRenderer:
    """Draws the same picture of every page that there is, and counts how often it was asked."""

    def __init__(self, *, pages: int = 2, failure: DocumentRejected | None = None) -> None:
        self.pages = pages
        self.failure = failure
        self.drawn = 0

    def render_page(self, content: bytes, *, page: int, pixels_per_point: float) -> bytes:
        if self.failure:
            raise self.failure
        if page > self.pages:
            raise IndexError(page)
        self.drawn += 1
        return PICTURE


class SyncClient:
    """Speaks to an application in this process; an error that the application lets fly, flies."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, path: str, params: object = None, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.send("GET", path, params=params, headers=headers)

    def send(self, method: str, path: str, **more: object) -> httpx.Response:
        # In a thread of its own: this one may hold the loop of a browser that another test drives.
        with ThreadPoolExecutor(1) as elsewhere:
            return elsewhere.submit(asyncio.run, self._send(method, path, more)).result()

    async def _send(self, method: str, path: str, more: dict[str, object]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://archive") as client:
            return await client.request(method, path, **more)  # type: ignore[arg-type]


@dataclass
class WebArchive:
    """The ports of a search service, the service itself, and a client that speaks to it."""

    folder: Path
    index: SearchIndex = field(default_factory=BruteForceIndex)
    renderer: StillRenderer = field(default_factory=StillRenderer)
    store: MemoryStore = field(default_factory=MemoryStore)
    write_key: str = ""
    limit_bytes: int = 1000

    def __post_init__(self) -> None:
        self.ledger: Ledger = DatabaseLedger(open_sqlite(self.folder / "ledger.sqlite"))
        self.app: FastAPI = create_app(
            index=self.index,
            store=self.store,
            ledger=self.ledger,
            renderer=self.renderer,
            pictures_folder=self.folder / "pictures",
            uploading=self._uploading(),
        )
        self.client = SyncClient(self.app)

    def _uploading(self) -> Uploading:
        """Whoever holds the key may write; what is announced is kept to be looked at."""
        self.uploads, self.announced = MemoryStore(), list[Event]()
        intake = BucketIntake("inbox", self.uploads, announce=self.announced.append, ledger=self.ledger)
        return Uploading(
            WriteAccess(SecretStr(self.write_key) if self.write_key else None), intake, self.limit_bytes
        )

    def add(self, document: Document, content: bytes = b"%PDF-1.7 sample") -> Document:
        records = list(records_of(document))
        self.store.write(original_key(document.document_id), content)
        READING.save(self.store, document.document_id, document)
        self.index.replace(document.document_id, records)
        self.receive(document)
        self.ledger.set_state(
            document.document_id, "indexed", pages=len(document.pages), records=len(records)
        )
        return document

    def receive(self, document: Document) -> None:
        self.ledger.record_source(
            Source(bucket="inbox", key=document.file_name, document_id=document.document_id),
            file_name=document.file_name,
            media_type=document.media_type,
            size_bytes=document.size_bytes,
        )

    def save_page(self, document: Document, page: Page) -> None:
        PAGE.save(self.store, document.document_id, page, part=str(page.number))

    def records(self, document: Document) -> list[Record]:
        return list(records_of(document))


def promise(text: str, *, lower: str | None = None, unit: str | None = None) -> Target:
    bounds = (
        (Bound(operator="ge", lower=lower, unit=unit, unit_basis="value" if unit else None),) if lower else ()
    )
    return Target(text=text, display=text, bounds=bounds, qualitative=not bounds)


def placed(page: int = 1, *, x0: float = 300, top: float = 200, width: float = 90) -> tuple[PageBox, ...]:
    return (PageBox(page=page, x0=x0, top=top, x1=x0 + width, bottom=top + 10),)


def indicator_at(name: str, target: Target | None, *, top: float = 200, **more: object) -> Indicator:
    boxes = {"name": placed(top=top)} | ({"annual_target": placed(x0=420, top=top)} if target else {})
    given = {
        "sequence": 1,
        "page": 1,
        "level1": "产出指标",
        "level1_inferred": "产出",
        "boxes": boxes,
        **more,
    }
    return Indicator.model_validate(
        {"record_id": f"r-{name}", "name": name, "annual_target": target, **given}
    )


def project_of(name: str, *indicators: Indicator, **more: object) -> Project:
    given = {
        "amounts": Amounts(unit="万元", total="1234.50", fiscal="1234.50", total_yuan="12345000"),
        "page": 1,
        "goal": "路灯常亮，市民夜间出行放心。",
        "boxes": {"name": placed(x0=40), "goal": placed(x0=120)},
        **more,
    }
    return Project.model_validate({"name": name, "indicators": indicators, **given})


def document_of(*projects: Project, name: str = "城管局2025年绩效目标表.pdf", **more: object) -> Document:
    identity = sha256(name.encode()).hexdigest()
    department = more.get("department", "云州市城市管理局")
    given = {
        "document_id": identity,
        "media_type": "application/pdf",
        "size_bytes": 4321,
        "parser_version": "0.1.0",
        "reader_versions": {"pdfplumber": "0.11"},
        "pages": tuple(
            PageSummary(number=number, width=842, height=595, source="text", reason="text_layer")
            for number in (1, 2)
        ),
        "city": "云州市",
        "district": "青川区",
        "department": department,
        "fiscal_year": 2025,
        "fiscal_year_basis": "title",
        "kind": "budget",
        "tables": (table(*projects, department=department, amount_unit="万元"),),
        **more,
    }
    return Document.model_validate({"file_name": name, **given})


def street_lights() -> Document:
    """A document of two projects with a finding for one of them."""
    repaired = indicator_at("路灯维修及时率", promise("≥95%", lower="95", unit="%"), sequence=1)
    lit = indicator_at("亮灯率", promise("≥98%", lower="98", unit="%"), top=212, sequence=2)
    content = indicator_at(
        "市民满意度", promise("≥90%", lower="90", unit="%"), top=300, findings=("level_blank",)
    )
    return document_of(
        project_of("路灯养护经费", repaired, lit, budget_unit="云州市路灯管理所"),
        project_of("市容巡查经费", content, budget_unit="云州市城市管理局"),
        findings=(
            Finding(
                code="level_blank",
                severity="doubt",
                message="二级指标一栏空白。",
                page=1,
                project="市容巡查经费",
                record_id="r-市民满意度",
            ),
        ),
    )


def text_page(*texts: str) -> Page:
    words = tuple(
        Word(
            text, Box(50, 40.0 + 20 * line, 50 + 10 * len(text), 52.0 + 20 * line), (50.0,) * (len(text) + 1)
        )
        for line, text in enumerate(texts)
    )
    return Page(1, 595, 842, "text", "plain_text", words, rules=(Rule(Box(40, 30, 555, 31)),))
