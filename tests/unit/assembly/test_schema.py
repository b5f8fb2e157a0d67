"""The published schema describes what is written."""

from shared.contracts.schema import record_schema


def test_every_field_that_is_written_is_described_and_required():
    definitions = record_schema()["$defs"]

    assert {"schema", "document_id", "tables", "findings"} <= set(definitions["Document"]["required"])
    assert {"record_id", "annual_target", "document_id", "goal"} <= set(definitions["Record"]["required"])
    assert "schema_" not in definitions["Document"]["properties"]


def test_unknown_fields_are_refused():
    assert all(
        definition["additionalProperties"] is False
        for definition in record_schema()["$defs"].values()
        if definition["type"] == "object"
    )
