"""Posts the new answers of saved searches: signed, a hundred at a time, again until somebody takes them."""

import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from typing import Final

from services.search.documents.archive import Archive
from services.search.saved_searches.feeds import answers_in
from services.search.saved_searches.outward import NotAllowed, NotTaken, Outward
from services.search.saved_searches.subscriptions import KeptSubscription, Subscriptions
from services.search.words.wording import target_of
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.ledger import DocumentEntry
from shared.contracts.records import Record
from shared.contracts.search import IndexNeedsRebuild, QueryError
from shared.runtime.telemetry import logger

SIGNATURE: Final = "X-Jixiao-Signature"
LOOK_SECONDS: Final = 60.0
_PAUSES_SECONDS: Final = (0.0, 1.0, 4.0)
_MOST_SENT: Final = 100
_MOST_REMEMBERED: Final = 2000
_DOCUMENTS_AT_ONCE: Final = 50

_log = logger(__name__)


def tell_all(archive: Archive, outward: Outward, *, pauses: tuple[float, ...] = _PAUSES_SECONDS) -> int:
    """Tell every subscriber what is new; answer to how many something was sent."""
    book = Subscriptions(archive.store)
    return sum(
        _tell(archive, outward, book, kept, pauses) for kept in list(book.all()) if not kept.is_given_up
    )


def _tell(
    archive: Archive, outward: Outward, book: Subscriptions, kept: KeptSubscription, pauses: tuple[float, ...]
) -> bool:
    documents = _new_documents(archive, kept)
    if not documents:
        return False
    told = set(kept.told)
    answers = answers_in(archive, kept.request(), documents)
    try:
        fresh = list(islice((one for one, _ in answers if one.record_id not in told), _MOST_SENT + 1))
    except QueryError:  # a newer version may understand less
        return False
    sent = fresh[:_MOST_SENT]
    if sent and not _post(outward, kept, sent, pauses):
        book.save(kept.model_copy(update={"failures": kept.failures + 1}))
        return False
    remembered = (*kept.told, *(record.record_id for record in sent))[-_MOST_REMEMBERED:]
    # What is left of a full message is found again: its documents are not passed by yet.
    until = kept.seen_until if len(fresh) > _MOST_SENT else documents[-1].changed_at
    book.save(kept.model_copy(update={"told": remembered, "seen_until": until, "failures": 0}))
    return bool(sent)


def _new_documents(archive: Archive, kept: KeptSubscription) -> list[DocumentEntry]:
    """Documents received since the subscription began that were indexed since the last look."""
    entries = (
        entry
        for entry in archive.ledger.documents("indexed")
        if entry.received_at >= kept.created_at and entry.changed_at > kept.seen_until
    )
    return sorted(entries, key=lambda entry: entry.changed_at)[:_DOCUMENTS_AT_ONCE]


def _post(outward: Outward, kept: KeptSubscription, records: list[Record], pauses: tuple[float, ...]) -> bool:
    body = json.dumps(_message(kept, records), ensure_ascii=False).encode()
    for pause in pauses:
        time.sleep(pause)
        headers = {"Content-Type": "application/json", SIGNATURE: sign(kept.secret, body)}
        try:
            outward.post(kept.url, body, headers)
        except (NotTaken, NotAllowed) as reason:
            _log.warning("notice_not_taken", extra={"subscription": kept.id, "detail": str(reason)})
            continue
        return True
    return False


def sign(secret: str, body: bytes, *, moment: int | None = None) -> str:
    """Sign a message together with the time, so that an old one cannot be sent again unnoticed."""
    stamp = int(time.time()) if moment is None else moment
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def _message(kept: KeptSubscription, records: list[Record]) -> dict[str, object]:
    return {
        "subscription": kept.id,
        "query": kept.query,
        "filters": dict(kept.filters),
        "hits": [_hit(record, kept.site) for record in records],
    }


def _hit(record: Record, site: str) -> dict[str, object]:
    shown = target_of(record)
    return {
        "record_id": record.record_id,
        "name": record.name,
        "target": shown.target.text if shown else None,
        "project": record.project,
        "department": record.department,
        "budget_unit": record.budget_unit,
        "fiscal_year": record.fiscal_year,
        "document_id": record.document_id,
        "file_name": record.file_name,
        "page": record.page,
        "url": f"{site}/records/{record.record_id}",
    }


@contextmanager
def noticing(archive: Archive, outward: Outward, *, look_seconds: float = LOOK_SECONDS) -> Iterator[None]:
    """Look again and again, beside the service, until it ends."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(look_seconds):
            try:
                tell_all(archive, outward)
            except (DependencyUnavailable, IndexNeedsRebuild) as reason:
                _log.warning("notices_postponed", extra={"detail": str(reason)})

    thread = threading.Thread(target=look, name="notices", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
