"""Starts the webhook of ingest: ``uvicorn --factory services.ingest.app:open_app``."""

from fastapi import FastAPI

from services.ingest.webhook import Intake, create_app
from shared.runtime.metrics import serve_metrics
from shared.runtime.ports import connect_bus
from shared.runtime.server_settings import BrokerSettings, MetricsSettings, UploadSettings, WebhookSettings
from shared.runtime.settings import LogSettings
from shared.runtime.telemetry import start_logging


def open_app() -> FastAPI:
    """Build the application from the settings."""
    start_logging(level=LogSettings().log_level, also=("uvicorn.error",))
    serve_metrics(MetricsSettings().port)
    webhook, uploads = WebhookSettings(), UploadSettings()
    intake = Intake(
        connect_bus(),
        bucket=uploads.bucket,
        is_wanted=uploads.is_upload,
        backlog=BrokerSettings().backlog,
        fresh_per_minute=webhook.fresh_per_minute,
    )
    return create_app(intake, token=webhook.token.get_secret_value(), body_bytes=webhook.body_bytes)
