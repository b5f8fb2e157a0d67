"""Starts search on servers: ``uvicorn --factory services.search.start:open_app``."""

import atexit
import tempfile
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from services.search.app import create_app
from services.search.documents.rendering import SandboxedRenderer
from services.search.measuring import Measured
from services.search.overview.progress import ProgressBoard
from services.search.throttle import RateLimit
from services.search.uploads.bucket_intake import BucketIntake
from services.search.uploads.uploading import READ_ONLY, Uploading
from services.search.write_access import WriteAccess
from shared.runtime.connected_index import connect_index
from shared.runtime.metrics import serve_metrics
from shared.runtime.ports import Ports, connect, connect_bus
from shared.runtime.sandbox import Sandbox, SandboxLimits
from shared.runtime.server_settings import MetricsSettings, QueueSettings, UploadSettings
from shared.runtime.settings import LogSettings, PageSettings, RateSettings, ReadingSettings
from shared.runtime.telemetry import start_logging

_DRAWING: Final = SandboxLimits(wall_seconds=30, cpu_seconds=60, memory_megabytes=1024)


def open_app() -> FastAPI:
    """Build the application from the settings; drawn pages are kept until it ends."""
    start_logging(level=LogSettings().log_level, also=("uvicorn.error",))
    ports, drawing = connect(), Sandbox(_DRAWING, preload=("services.search.documents.page_drawing",))
    pictures = tempfile.TemporaryDirectory(prefix="jixiao-pages-")
    atexit.register(pictures.cleanup)
    atexit.register(drawing.close)
    app = create_app(
        index=connect_index(),
        store=ports.store,
        ledger=ports.ledger,
        renderer=SandboxedRenderer(drawing),
        pictures_folder=Path(pictures.name),
        limit=_rate_limit(RateSettings()),
        uploading=_uploading(ports),
    )
    if QueueSettings().url:
        app.state.progress = ProgressBoard(ports.ledger, connect_bus().waiting)
    app.add_middleware(Measured)
    if RateSettings().behind_proxy:
        # Links that leave the page (feeds, exports, notices) have to say https where the proxy does.
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts="*")
    serve_metrics(MetricsSettings().port)
    return app


def _uploading(ports: Ports) -> Uploading:
    """Take uploads where a write key is set; without one this service only reads, and needs no queue."""
    key = PageSettings().write_key
    if key is None:
        return READ_ONLY
    uploads = UploadSettings()
    intake = BucketIntake(
        uploads.bucket,
        ports.uploads,
        announce=connect_bus().announce,
        ledger=ports.ledger,
        folder=uploads.folder,
    )
    return Uploading(WriteAccess(key), intake, ReadingSettings().file_bytes)


def _rate_limit(settings: RateSettings) -> RateLimit | None:
    if not settings.per_second:
        return None
    return RateLimit(settings.per_second, settings.at_once, behind_proxy=settings.behind_proxy)
