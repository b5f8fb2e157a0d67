"""Starts parse: ``celery --app services.parse.worker worker``."""

from functools import partial

from services.parse.document import read_document
from services.parse.handle import parse_document
from services.parse.paper import lay_out_pages
from shared.contracts.events import DocumentIdentified, PagesRecognised
from shared.runtime.celery_queue import Bench, worker_app
from shared.runtime.metrics import pages_counted
from shared.runtime.ports import connect
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import ReadingSettings


def open_bench() -> Bench:
    """Connect the handler of parse; bytes are opened in the sandbox."""
    ports = connect()
    sandbox = Sandbox(ReadingSettings().sandbox_limits(), preload=("services.parse.document",))
    parse = partial(
        parse_document,
        store=ports.store,
        ledger=ports.ledger,
        read=pages_counted("parse", sandbox.confined(read_document)),
        lay_out=sandbox.confined(lay_out_pages),
    )
    return Bench({DocumentIdentified: parse, PagesRecognised: parse}, ports.ledger, ports.locks)


app = worker_app("parse", open_bench)
