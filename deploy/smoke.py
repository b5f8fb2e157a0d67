"""
Does with a running installation what people do: puts files into its bucket and searches.

``python -m deploy.smoke put FILE…`` uploads with an S3 client, ``post FILE…`` to the search service with its
write key; ``found COUNT`` waits until every upload has come to its end and prints what a search finds, the
same line for the same records.
"""

import hashlib
import json
import os
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, Final

from minio import Minio

_WAIT_SECONDS: Final = 240
_UNDER_WAY: Final = ("received", "parsed", "waiting_for_ocr")
_SEARCH: Final = os.environ.get("SMOKE_SEARCH", "http://127.0.0.1:8000")


def put(files: list[str]) -> None:
    """Upload files under a folder of their own; the bucket was made by the system itself."""
    client = Minio(
        os.environ.get("SMOKE_S3", "127.0.0.1:9000"),
        access_key=os.environ["JIXIAO_S3_ACCESS_KEY"],
        secret_key=os.environ["JIXIAO_S3_SECRET_KEY"],
        secure=False,
    )
    for file in files:
        client.fput_object("uploads", f"样例 samples/{Path(file).name}", file)


def post(files: list[str]) -> None:
    """Upload as a program does that knows nothing of buckets."""
    for file in files:
        address = f"{_SEARCH}/api/uploads/{urllib.parse.quote(Path(file).name)}"
        bears = {"Authorization": f"Bearer {os.environ['JIXIAO_WRITE_KEY']}"}
        asked = urllib.request.Request(address, Path(file).read_bytes(), bears, method="PUT")  # noqa: S310 (the address is ours)
        with urllib.request.urlopen(asked, timeout=30) as reply:  # noqa: S310 (the same)
            print(json.load(reply)["key"])


def found(uploads: int, seconds: float = _WAIT_SECONDS) -> str:
    """Wait until ``uploads`` files are done with, and say what can be found then."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            status = _answer("/api/status")
            if _is_done(status, uploads):
                return _tell(status)
        except OSError as error:
            status = {"unavailable": str(error)}
        if time.monotonic() > deadline:
            raise SystemExit(f"not done after {seconds:.0f} s: {json.dumps(status)}")
        time.sleep(0.5)


def _is_done(status: dict[str, Any], uploads: int) -> bool:
    counts = status["documents"]
    ended = sum(count for state, count in counts.items() if state not in _UNDER_WAY)
    waiting = any(counts.get(state) for state in _UNDER_WAY)
    refused_early = max(0, int(status["quarantined"]) - int(counts.get("quarantined", 0)))
    return not waiting and ended + refused_early >= uploads


def _tell(status: dict[str, Any]) -> str:
    answer = _answer("/api/search?" + urllib.parse.urlencode({"q": "满意度", "size": 50}))
    records = hashlib.sha256(json.dumps(answer["hits"], sort_keys=True).encode()).hexdigest()[:12]
    if not answer["total"]:
        raise SystemExit(f"nothing is found: {json.dumps(status)}")
    return json.dumps({**status, "found": answer["total"], "hits": records}, sort_keys=True)


def _answer(path: str) -> dict[str, Any]:
    with urllib.request.urlopen(_SEARCH + path, timeout=30) as reply:  # noqa: S310 (the address is ours)
        said: dict[str, Any] = json.load(reply)
        return said


if __name__ == "__main__":
    if sys.argv[1] == "put":
        put(sys.argv[2:])
    elif sys.argv[1] == "post":
        post(sys.argv[2:])
    else:
        print(found(int(sys.argv[2])))
