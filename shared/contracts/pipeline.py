"""The whole flow on one screen: which service handles which event, and what it may announce."""

from collections.abc import Mapping
from typing import Literal

from shared.contracts.events import (
    DocumentIdentified,
    DocumentIndexed,
    DocumentParsed,
    DocumentUploaded,
    DocumentWithdrawn,
    Event,
    PagesRecognised,
    ScansFound,
    UploadRemoved,
)

Service = Literal["ingest", "ocr", "parse", "index"]

HANDLED_BY: Mapping[type[Event], Service] = {
    DocumentUploaded: "ingest",
    UploadRemoved: "ingest",
    ScansFound: "ocr",
    DocumentIdentified: "parse",
    PagesRecognised: "parse",
    DocumentParsed: "index",
    DocumentWithdrawn: "index",
}

ANNOUNCES: Mapping[Service, tuple[type[Event], ...]] = {
    "ingest": (DocumentIdentified, ScansFound, DocumentWithdrawn),
    "ocr": (ScansFound, PagesRecognised),
    "parse": (DocumentParsed,),
    "index": (DocumentIndexed,),
}

ENDS: tuple[type[Event], ...] = (DocumentIndexed,)
