"""
Ask a search service from Python: the same questions and answers as on its page.

    from jixiao.client import Client

    archive = Client("http://127.0.0.1:8000")
    answer = archive.ask("满意度≥95%", year="2026", department=("教育局", "水务局"))
    print(answer.total, [hit.record.name for hit in answer.hits])
    for record in archive.records("满意度≥95%"):  # all of them, however many
        print(record.name, archive.link(record))
"""

import json
import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.records import Record
from shared.contracts.search import QueryError, SearchAnswer, SearchRequest, SortOrder
from shared.export import permanent_path
from shared.search.walking import every_record

_PATIENCE_SECONDS: Final = 30.0
_LONGEST_WAIT_SECONDS: Final = 60.0
_ATTEMPTS: Final = 5


class Refused(Exception):
    """The service has a reason not to answer; ``code`` never changes, ``message`` is for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


class Client:
    """
    Speaks to one search service.

    A ``QueryError`` says what cannot be understood, ``Refused`` why else there is no answer, and
    ``DependencyUnavailable`` that nobody answered. Who asks too often waits as long as the service says.
    """

    def __init__(self, address: str, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        if urlsplit(address).scheme not in ("http", "https"):
            raise ValueError(f"not the address of a service: {address}")
        self.address = address.rstrip("/")
        self._patience_seconds = patience_seconds

    def ask(
        self,
        query: str = "",
        *,
        sort: SortOrder = "relevance",
        size: int = 20,
        after: str | None = None,
        **chosen: str | tuple[str, ...],
    ) -> SearchAnswer:
        """Search; ``chosen`` are facet values, such as ``year="2026"``."""
        return self.search(
            SearchRequest(query=query, filters=_filters(chosen), sort=sort, size=size, after=after)
        )

    def records(
        self, query: str = "", *, sort: SortOrder = "relevance", **chosen: str | tuple[str, ...]
    ) -> Iterator[Record]:
        """Walk all records that answer."""
        return every_record(self, SearchRequest(query=query, filters=_filters(chosen), sort=sort))

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Put a whole question, as to an index in this process."""
        return SearchAnswer.model_validate_json(self._get(f"/api/search?{urlencode(_parameters(request))}"))

    def get(self, record_id: str) -> Record:
        """Give one record; one that is not there is a ``KeyError``."""
        try:
            return Record.model_validate_json(self._get(f"/api/records/{quote(record_id, safe='')}"))
        except Refused as reason:
            if reason.status == 404:
                raise KeyError(record_id) from reason
            raise

    def link(self, record: Record) -> str:
        """Give the permanent address of a record, where its cell is shown."""
        return f"{self.address}{permanent_path(record)}"

    def _get(self, path: str) -> bytes:
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._attempt(path)
            except _AskedTooOften as wait:
                time.sleep(wait.seconds)
        return self._attempt(path)

    def _attempt(self, path: str) -> bytes:
        request = Request(f"{self.address}{path}", headers={"Accept": "application/json"})  # noqa: S310 (http or https, see __init__)
        try:
            response: HTTPResponse
            with urlopen(request, timeout=self._patience_seconds) as response:  # noqa: S310 (the same)
                return response.read()
        except HTTPError as error:
            raise _refusal(error.code, error.headers.get("Retry-After"), error.read()) from error
        except (URLError, HTTPException, OSError) as error:
            raise DependencyUnavailable(f"search service at {self.address} did not answer") from error


class _AskedTooOften(Refused):
    seconds: float = 1.0


def _refusal(status: int, retry_after: str | None, body: bytes) -> Exception:
    try:
        told = json.loads(body)
        code, message = str(told["code"]), str(told["message_zh"])
    except (ValueError, KeyError, TypeError):
        return Refused(status, f"http_{status}", body[:200].decode("utf-8", "replace"))
    if code == "query_not_understood":
        return QueryError(message, start=told.get("start") or 0, end=told.get("end") or 0)
    if status == 503:
        return DependencyUnavailable(message)
    if status == 429:
        refused = _AskedTooOften(status, code, message)
        waits = float(retry_after) if retry_after and retry_after.isdigit() else 1.0
        refused.seconds = min(waits, _LONGEST_WAIT_SECONDS)
        return refused
    return Refused(status, code, message)


def _filters(chosen: dict[str, str | tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: (values,) if isinstance(values, str) else tuple(values) for name, values in chosen.items()}


def _parameters(request: SearchRequest) -> list[tuple[str, str]]:
    told = [
        ("q", request.query),
        ("sort", request.sort),
        ("size", str(request.size)),
        ("facet_size", str(request.facet_size)),
        ("facet_text", request.facet_text),
        ("marked", str(request.marked).lower()),
    ]
    told += [("after", request.after)] if request.after else []
    told += [("facets", name) for name in request.facets or ("none",)]
    return told + [(name, value) for name, values in request.filters.items() for value in values]
