"""
Saved searches: a feed of what a search finds anew, for any feed reader.

Nobody knows when a record could first be found: a newer parser may have found it in an old
document. What the ledger does know for certain is when the document was received, and that is the
date of an entry. Its id is the record's, which no later reading of the same cell changes: a
reader shows what it has not met before, whatever its date.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated, Final
from urllib.parse import urlencode
from xml.etree import ElementTree as Tree

from fastapi import APIRouter, Query, Request, Response

from services.search.api import PROBLEMS, ArchiveHere
from services.search.documents.archive import Archive
from services.search.questions.parameters import Question
from services.search.words.wording import target_of
from shared.contracts.ledger import DocumentEntry
from shared.contracts.records import Record
from shared.contracts.search import SearchRequest

LONGEST: Final = 200
_DOCUMENTS_TOGETHER: Final = 50
_ATOM: Final = "http://www.w3.org/2005/Atom"
_MEDIA_TYPE: Final = "application/atom+xml"
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)

Tree.register_namespace("", _ATOM)
router = APIRouter(responses=PROBLEMS, tags=["search"])


class FeedParameters(Question):
    """A saved search, and how many of its newest answers are wanted."""

    size: Annotated[int, Query(ge=1, le=LONGEST)] = 50


@router.get(
    "/feed",
    response_class=Response,
    responses={200: {"content": {_MEDIA_TYPE: {}}, "description": "Atom，最近收录的在前"}},
)
def answer_feed(
    archive: ArchiveHere, request: Request, parameters: Annotated[FeedParameters, Query()]
) -> Response:
    """Send the newest answers to a search as an Atom feed, those of the latest documents first."""
    question = SearchRequest(query=parameters.q, filters=parameters.filters(), facets=(), marked=False)
    found = list(islice(_newest(archive, question), parameters.size))
    site = str(request.base_url).rstrip("/")
    feed = _feed(site, _address(parameters), parameters.q, found)
    return Response(Tree.tostring(feed, encoding="utf-8", xml_declaration=True), media_type=_MEDIA_TYPE)


def _newest(archive: Archive, question: SearchRequest) -> Iterator[tuple[Record, DocumentEntry]]:
    """Go through the documents from the latest to the first, as far as somebody reads."""
    archive.index.search(
        question.model_copy(update={"size": 0})
    )  # a wrong question is refused, whatever is held
    documents = sorted(archive.ledger.documents(), key=lambda one: (one.received_at, one.document_id))
    latest_first = reversed([one for one in documents if one.records])
    while together := list(islice(latest_first, _DOCUMENTS_TOGETHER)):
        yield from answers_in(archive, question, together)


def answers_in(
    archive: Archive, question: SearchRequest, documents: list[DocumentEntry]
) -> Iterator[tuple[Record, DocumentEntry]]:
    """Give what some documents answer, document by document."""
    ids = {one.document_id for one in documents}
    wanted = question.filters.get("document_id")
    ids = ids.intersection(wanted) if wanted else ids
    if not ids:
        return
    filters = {**question.filters, "document_id": tuple(sorted(ids))}
    narrowed = question.model_copy(update={"filters": filters, "size": 1000, "counted": False})
    answer = archive.index.search(narrowed)
    answers: dict[str, list[Record]] = defaultdict(list)
    for hit in answer.hits:
        answers[hit.record.document_id].append(hit.record)
    for entry in documents:
        if answer.next is None or entry.document_id not in ids:
            yield from ((record, entry) for record in answers[entry.document_id])
        else:  # too many to be held at once: document by document
            alone = {**question.filters, "document_id": (entry.document_id,)}
            hits = archive.index.search(narrowed.model_copy(update={"filters": alone})).hits
            yield from ((hit.record, entry) for hit in hits)


def _address(parameters: FeedParameters) -> str:
    chosen = [(name, value) for name, values in parameters.filters().items() for value in values]
    return urlencode([("q", parameters.q), *chosen])


def _feed(site: str, asked: str, query: str, found: list[tuple[Record, DocumentEntry]]) -> Tree.Element:
    feed = Tree.Element(_tag("feed"))
    _add(feed, "id", f"{site}/feed?{asked}")
    _add(feed, "title", f"绩效目标检索：{query or '全部指标'}")
    _add(feed, "updated", _moment(found[0][1].received_at if found else _LONG_AGO))
    _link(feed, "self", f"{site}/feed?{asked}")
    _link(feed, "alternate", f"{site}/?{asked}")
    _add(_add(feed, "author", None), "name", "绩效目标检索 jixiao")
    for record, entry in found:
        _entry(feed, record, entry, site)
    return feed


def _entry(feed: Tree.Element, record: Record, document: DocumentEntry, site: str) -> None:
    shown = target_of(record)
    entry = _add(feed, "entry", None)
    address = f"{site}/records/{record.record_id}"
    _add(entry, "id", f"urn:jixiao:record:{record.record_id}")
    _link(entry, "alternate", address)
    _add(
        entry,
        "title",
        " ".join(filter(None, (record.name, shown.target.text if shown else ""))) or "（无名指标）",
    )
    _add(entry, "updated", _moment(document.received_at))
    _add(entry, "published", _moment(document.received_at))
    told = (
        record.department,
        record.budget_unit if record.budget_unit != record.department else None,
        f"{record.fiscal_year} 年" if record.fiscal_year else None,
        f"项目：{record.project}" if record.project else None,
        f"{record.file_name} 第 {record.page} 页",
    )
    _add(entry, "summary", "，".join(filter(None, told)))


def _add(parent: Tree.Element, name: str, text: str | None) -> Tree.Element:
    child = Tree.SubElement(parent, _tag(name))
    child.text = None if text is None else "".join(filter(_is_in_xml, text))
    return child


def _link(parent: Tree.Element, relation: str, address: str) -> None:
    Tree.SubElement(parent, _tag("link"), {"rel": relation, "href": address})


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _is_in_xml(character: str) -> bool:
    return character >= " " and not "\ud800" <= character <= "\udfff" and character not in "\ufffe\uffff"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
