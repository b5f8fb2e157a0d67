"""Starts ingest: ``celery --app services.ingest.worker worker``."""

from functools import partial

from services.ingest.handle import UploadLimits, ingest_upload, withdraw_upload
from services.ingest.survey import survey_content
from shared.contracts.events import DocumentUploaded, UploadRemoved
from shared.runtime.celery_queue import Bench, worker_app
from shared.runtime.ports import connect
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import ReadingSettings


def open_bench() -> Bench:
    """Connect the handlers of ingest."""
    ports, reading = connect(), ReadingSettings()
    sandbox = Sandbox(reading.sandbox_limits(), preload=("services.ingest.survey",))
    upload = partial(
        ingest_upload,
        uploads=ports.uploads,
        store=ports.store,
        ledger=ports.ledger,
        survey=sandbox.confined(survey_content),
        limits=UploadLimits(size_bytes=reading.file_bytes, pages=reading.pages),
        describe=ports.uploads.metadata,
    )
    removal = partial(withdraw_upload, uploads=ports.uploads, ledger=ports.ledger)
    return Bench({DocumentUploaded: upload, UploadRemoved: removal}, ports.ledger, ports.locks)


app = worker_app("ingest", open_bench)
