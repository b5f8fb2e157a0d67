"""The JSON Schema of the record, written from its models."""

import json
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from shared.contracts.records import Document, Record

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def record_schema() -> dict[str, Any]:
    """Describe a document as it is written; ``#/$defs/Record`` describes a line of ``jsonl``."""
    _, definitions = models_json_schema([(Document, "serialization"), (Record, "serialization")])
    return {
        "$schema": _DIALECT,
        "$ref": "#/$defs/Document",
        "title": "jixiao record",
        "$defs": definitions["$defs"],
    }


def record_schema_text() -> str:
    """Write the schema as it is committed."""
    return json.dumps(record_schema(), ensure_ascii=False, indent=2) + "\n"
