"""A service whose one handler does what the first character of a document's id tells it."""

import os
import signal
import time
from pathlib import Path

from shared.contracts.errors import DamagedDocument, DependencyUnavailable
from shared.contracts.events import DocumentIdentified, DocumentParsed
from shared.runtime.celery_queue import Bench, worker_app
from shared.runtime.database import open_postgres
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.locks import DatabaseLocks
from shared.runtime.server_settings import DatabaseSettings

NOTES = Path(os.environ.get("NOTES", "notes"))


def handled(document_id):
    """Count how often a document was begun."""
    return sum(line == f"begin {document_id}" for line in NOTES.read_text().splitlines())


def note(what, document_id):
    with NOTES.open("a") as file:
        file.write(f"{what} {document_id}\n")


def handle(event):
    note("begin", event.document_id)
    behave(event.document_id[0], handled(event.document_id))
    note("end", event.document_id)
    return [] if event.document_id[0] == "8" else [DocumentParsed(document_id=event.document_id)]


def behave(kind, time_begun):
    if kind == "1" and time_begun == 1:
        raise DependencyUnavailable("index")
    if kind == "2":
        raise DamagedDocument(detail="no pages")
    if kind == "3" or (kind == "4" and time_begun == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "5":
        raise LookupError("ours")
    if kind in "68":
        time.sleep(1)
    if kind == "7" and time_begun == 1:
        time.sleep(60)


def open_bench():
    engine = open_postgres(DatabaseSettings().url.get_secret_value())
    return Bench({DocumentIdentified: handle}, DatabaseLedger(engine), DatabaseLocks(engine))


app = worker_app("parse", open_bench) if "JIXIAO_BROKER_URL" in os.environ else None
