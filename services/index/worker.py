"""Starts index: ``celery --app services.index.worker worker``."""

from functools import partial

from services.index.handle import index_document, withdraw_document
from shared.contracts.events import DocumentParsed, DocumentWithdrawn
from shared.runtime.celery_queue import Bench, worker_app
from shared.runtime.connected_index import connect_index, until_rebuilt
from shared.runtime.ports import connect


def open_bench() -> Bench:
    """Connect the handlers of index."""
    ports, index = connect(), connect_index()
    put = partial(index_document, store=ports.store, index=index, ledger=ports.ledger)
    withdraw = partial(withdraw_document, index=index, ledger=ports.ledger)
    handlers = {DocumentParsed: until_rebuilt(put), DocumentWithdrawn: until_rebuilt(withdraw)}
    return Bench(handlers, ports.ledger, ports.locks)


app = worker_app("index", open_bench)
