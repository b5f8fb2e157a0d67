"""What is read from the notifications of an S3 server."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.notification import NotANotification, read_notification
from shared.contracts.events import DocumentUploaded, UploadRemoved
from tests.builders.notifications import notification, record


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_key_comes_out_as_it_was_uploaded(key):
    (event,) = read_notification(notification(record(key)))

    assert event.key == key


def test_an_upload_is_known_by_its_checksum_and_tells_what_its_uploader_said():
    told = {
        "X-Amz-Meta-City": "%E5%B9%BF%E5%B7%9E",
        "X-Amz-Meta-Owner": "x",
        "content-type": "application/pdf",
    }

    (event,) = read_notification(notification(record("a.pdf", etag="e7", **told)))

    assert event == DocumentUploaded(
        bucket="uploads", key="a.pdf", version="e7", hints={"city": "%E5%B9%BF%E5%B7%9E"}
    )


@pytest.mark.parametrize("name", ["s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated"])
def test_a_removal_is_told_from_an_upload(name):
    assert read_notification(notification(record("a.pdf", event=name))) == [
        UploadRemoved(bucket="uploads", key="a.pdf")
    ]


def test_of_several_events_of_one_key_the_last_one_counts():
    first, last = record("a", etag="e1", sequencer="18E9FB"), record("a", etag="e2", sequencer="18E9FB0")
    last["s3"]["object"]["sequencer"] = "18E9FC"
    gone = record("a", event="s3:ObjectRemoved:Delete", sequencer="18E9FB5")

    assert [event.version for event in read_notification(notification(last, gone, first))] == ["e2"]


def test_what_is_neither_an_upload_nor_a_removal_is_left_alone():
    assert read_notification(notification(record("a", event="s3:ObjectAccessed:Get"))) == []
    assert read_notification(b"{}") == []


@pytest.mark.parametrize("body", [b"", b"[]", b"not json", b'{"Records": [{}]}', b'{"Records": 1}', b"\xff"])
def test_anything_else_is_refused(body):
    with pytest.raises(NotANotification):
        read_notification(body)


def test_recorded_notifications_of_minio_are_understood(documents):
    lines = (documents / "events" / "minio_webhook.jsonl").read_text().splitlines()
    told = [json.loads(line)["body"] for line in lines]

    events = [event for body in told for event in read_notification(json.dumps(body).encode())]

    assert [f"{event.bucket}/{event.key}" for event in events] == [body["Key"] for body in told]
    assert [type(event).__name__ for event in events] == ["DocumentUploaded"] * 3 + ["UploadRemoved"]
    assert len({event.version for event in events[:3]}) == 3
