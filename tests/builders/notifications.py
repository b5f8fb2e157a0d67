"""Notifications as an S3 server sends them."""

import json
from urllib.parse import quote_plus


def record(key, *, bucket="uploads", event="s3:ObjectCreated:Put", etag="e1", sequencer="18E9", **metadata):
    thing = {"key": quote_plus(key), "size": 5, "eTag": etag, "sequencer": sequencer}
    return {
        "eventName": event,
        "s3": {"bucket": {"name": bucket}, "object": {**thing, "userMetadata": metadata}},
    }


def notification(*records):
    return json.dumps({"EventName": "…", "Key": "…", "Records": list(records)}).encode()
