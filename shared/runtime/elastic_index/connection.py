"""The way to Elasticsearch: the client, its failures by our names, and writing in bulk."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from elasticsearch import ApiError, Elasticsearch, TransportError
from pydantic import SecretStr
from pydantic_core import to_json

from shared.contracts.errors import DependencyUnavailable

_ANSWER_SECONDS: Final = 30
_ATTEMPTS: Final = 6
_FIRST_PAUSE_SECONDS: Final = 0.25
_LARGEST_BODY_BYTES: Final = 8_000_000
_TOLD: Final = ("items.*.status", "items.*.error", "items.*._seq_no", "items.*._primary_term")
_BUSY: Final = frozenset((429, 503))
_WORLD: Final = frozenset((401, 403, 408, 429, 500, 502, 503, 504))
_WHAT_TO_CHECK: Final = {
    401: "Elasticsearch does not know this user: check JIXIAO_INDEX_USER and JIXIAO_INDEX_PASSWORD",
    403: "this user of Elasticsearch may not do that: check JIXIAO_INDEX_USER and its rights",
}


def connect(
    url: str, *, user: str = "", password: SecretStr | None = None, api_key: SecretStr | None = None
) -> Elasticsearch:
    """
    Make a client; nothing is sent before the first question.

    The client itself repeats only what did not arrive: how busy answers are repeated is said here.
    """
    known: dict[str, Any] = {}
    if api_key is not None:
        known["api_key"] = api_key.get_secret_value()
    elif password is not None:
        known["basic_auth"] = (user, password.get_secret_value())
    return Elasticsearch(
        url,
        request_timeout=_ANSWER_SECONDS,
        max_retries=1,
        retry_on_status=(),
        retry_on_timeout=False,
        **known,
    )


@contextmanager
def failures_named() -> Iterator[None]:
    """
    Translate the client's errors, so that no caller needs to know the client.

    What a server refuses because of what we sent is our own mistake, and flies.
    """
    try:
        yield
    except TransportError as error:
        raise DependencyUnavailable(
            f"search index: Elasticsearch did not answer ({error.message})"
        ) from error
    except ApiError as error:
        if error.status_code in _WORLD:
            raise DependencyUnavailable(f"search index: {_fault(error)}") from error
        raise


def _fault(error: ApiError) -> str:
    advice = _WHAT_TO_CHECK.get(error.status_code)
    if advice is None:
        return f"{error.status_code} {error.message}"
    said = error.body.get("error") if isinstance(error.body, Mapping) else None
    return f"{advice} ({_reason(said) if isinstance(said, Mapping) else error.message})"


def tell_forbidden(error: Mapping[str, Any]) -> None:
    """Raise for a part of a request that this user may not do: no document and no record is to blame."""
    if error.get("type") == "security_exception":
        raise DependencyUnavailable(f"search index: {_WHAT_TO_CHECK[403]} ({_reason(error)})")


@dataclass(frozen=True, slots=True)
class Operation:
    """
    One thing to do to one document of the index.

    ``guard`` says under which version it may be done; ``routing`` keeps what belongs together in
    one shard, where things are done in the order in which they are sent.
    """

    action: Literal["index", "create", "delete"]
    name: str
    routing: str
    source: bytes | None = None
    guard: Mapping[str, int | str] = field(default_factory=dict)

    def lines(self) -> bytes:
        """Write it as the lines of a bulk request."""
        head = to_json({self.action: {"_id": self.name, "routing": self.routing, **self.guard}})
        return b"\n".join((head, b"") if self.source is None else (head, self.source, b""))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an operation; ``status`` is HTTP's, ``sequence`` guards the next change."""

    status: int
    reason: str = ""
    sequence: Mapping[str, int] = field(default_factory=dict)


def write(client: Elasticsearch, index: str, operations: Sequence[Operation]) -> list[Outcome]:
    """
    Do operations in bulk, in order, and say of each what became of it.

    What the server is too busy for, a part or the whole, is sent again after a pause that grows;
    what it is still too busy for after that is ``DependencyUnavailable``.
    """
    outcomes: list[Outcome] = []
    for chunk in _chunks(operations):
        outcomes += _write_chunk(client, index, chunk)
    return outcomes


def _chunks(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    chunk: list[Operation] = []
    size = 0
    for operation in operations:
        length = len(operation.source or b"")
        if chunk and size + length > _LARGEST_BODY_BYTES:
            yield chunk
            chunk, size = [], 0
        chunk.append(operation)
        size += length
    if chunk:
        yield chunk


def _write_chunk(client: Elasticsearch, index: str, operations: list[Operation]) -> list[Outcome]:
    outcomes: list[Outcome] = [Outcome(429)] * len(operations)
    waiting = list(range(len(operations)))
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_FIRST_PAUSE_SECONDS * 2 ** (attempt - 1))
        for place, outcome in zip(
            waiting, _send(client, index, [operations[n] for n in waiting]), strict=True
        ):
            outcomes[place] = outcome
        waiting = [place for place in waiting if outcomes[place].status in _BUSY]
        if not waiting:
            return outcomes
    raise DependencyUnavailable(f"search index: too busy for {len(waiting)} of {len(operations)} writes")


def _send(client: Elasticsearch, index: str, operations: list[Operation]) -> list[Outcome]:
    lines = [operation.lines() for operation in operations]
    try:
        answer = client.bulk(index=index, operations=lines, filter_path=_TOLD)  # type: ignore[arg-type]  # bytes are sent as they are
    except ApiError as error:
        if error.status_code != 429:
            raise
        return [Outcome(429, str(error.message))] * len(operations)
    return [_outcome(next(iter(item.values()))) for item in answer["items"]]


def _outcome(item: Mapping[str, Any]) -> Outcome:
    sequence = (
        {"if_seq_no": item["_seq_no"], "if_primary_term": item["_primary_term"]} if "_seq_no" in item else {}
    )
    error = item.get("error") or {}
    tell_forbidden(error)
    return Outcome(int(item["status"]), _reason(error), sequence)


def _reason(error: Mapping[str, Any]) -> str:
    cause = error.get("caused_by") or {}
    return " ".join(str(part) for part in (error.get("reason"), cause.get("reason")) if part)[:300]
