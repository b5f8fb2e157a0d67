"""Reads what an S3 server tells when something happened in a bucket."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote_plus

from pydantic import BaseModel, Field, ValidationError

from services.ingest.hints import HINT_NAMES
from shared.contracts.events import DocumentUploaded, UploadRemoved

_LONGEST_SEQUENCER: Final = 64
_METADATA_PREFIX: Final = "x-amz-meta-"

Told = DocumentUploaded | UploadRemoved


class NotANotification(ValueError):
    """The body is not what an S3 server sends."""


class _Bucket(BaseModel):
    name: str


class _Object(BaseModel):
    key: str
    etag: str | None = Field(default=None, alias="eTag")
    sequencer: str = ""
    metadata: dict[str, str] = Field(default_factory=dict, alias="userMetadata")


class _Entity(BaseModel):
    bucket: _Bucket
    object: _Object


class _Record(BaseModel):
    event_name: str = Field(alias="eventName")
    s3: _Entity


class _Notification(BaseModel):
    records: list[_Record] = Field(default_factory=list, alias="Records")


def read_notification(body: bytes) -> list[Told]:
    """
    List what happened, of each key only the latest.

    The sequencer orders the events of one key; between two notifications nothing has to be
    ordered, because who handles an event looks at what lies in the bucket by then.
    """
    try:
        notification = _Notification.model_validate_json(body)
    except ValidationError as error:
        raise NotANotification(error.errors(include_input=False, include_url=False)[0]["msg"]) from error
    return [event for record in _latest(notification.records) if (event := _event(record))]


def _latest(records: Iterable[_Record]) -> Iterable[_Record]:
    latest: dict[tuple[str, str], _Record] = {}
    for record in sorted(records, key=_order):
        latest[record.s3.bucket.name, record.s3.object.key] = record
    return latest.values()


def _order(record: _Record) -> str:
    """Sequencers of different lengths are compared as if the shorter one ended in zeros."""
    return record.s3.object.sequencer.upper().ljust(_LONGEST_SEQUENCER, "0")


def _event(record: _Record) -> Told | None:
    bucket, found = record.s3.bucket.name, record.s3.object
    key, name = unquote_plus(found.key), record.event_name.removeprefix("s3:")
    if name.startswith("ObjectCreated:"):
        return DocumentUploaded(bucket=bucket, key=key, version=found.etag, hints=_hints(found.metadata))
    if name.startswith("ObjectRemoved:"):
        return UploadRemoved(bucket=bucket, key=key)
    return None


def _hints(metadata: dict[str, str]) -> dict[str, str]:
    """Keep what is a hint; the rest of the metadata is the uploader's business."""
    plain = {name.lower().removeprefix(_METADATA_PREFIX): text for name, text in metadata.items()}
    return {name: plain[name] for name in (*HINT_NAMES, "fiscal-year", "fiscal_year") if name in plain}
