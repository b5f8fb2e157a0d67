"""What a round of the reconciler costs when the bucket holds many objects and nothing is amiss."""

import json
import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import md5
from io import BytesIO

from sqlalchemy import text

from benchmarks.pipeline.servers import installation
from shared.runtime.database import open_postgres

# ``getrusage`` would count what this program had in memory before it became that one.
_ONCE = """
import atexit, runpy, sys
atexit.register(lambda: sys.stderr.write(open("/proc/self/status").read()))
sys.argv[1:] = ["--once"]
runpy.run_module("services.reconciler", run_name="__main__")
"""
_CONTENT = b"x"
_THREADS = 8
_LEAST_AT_ONCE = 1000  # what the setting allows
_SOURCES = """
    INSERT INTO sources (bucket, key, version, document_id, hints, recorded_at)
    SELECT :bucket, '2026/区 ' || n % 97 || '/表 ' || n || '.pdf', :version,
           lpad(n::text, 64, '0'), '{}', now()
    FROM generate_series(0, :count - 1) AS n
"""
_DOCUMENTS = """
    INSERT INTO documents (document_id, file_name, state, records, received_at, changed_at)
    SELECT lpad(n::text, 64, '0'), '表 ' || n || '.pdf', 'no_records', 0, now(), now()
    FROM generate_series(0, :count - 1) AS n
"""


def measure(count: int) -> None:
    """Fill a bucket and a ledger, and print what one whole round costs, index and all."""
    with installation() as running:
        for service in running.services.values():
            service.stop()
        running.bucket.delete_bucket_notification(running.uploads)
        began = time.monotonic()
        with ThreadPoolExecutor(_THREADS) as threads:
            list(threads.map(lambda number: _put(running, number), range(count)))
        print(f"{count} objects put in {time.monotonic() - began:.0f} s", flush=True)
        _note(running, count)
        for missing in (0, 0, 100):
            _forget(running, missing)
            _print_round(running, count, missing)


def _put(running: object, number: int) -> None:
    key = f"2026/区 {number % 97}/表 {number}.pdf"
    running.bucket.put_object(running.uploads, key, BytesIO(_CONTENT), len(_CONTENT))  # type: ignore[attr-defined]  # tests have no types


def _note(running: object, count: int) -> None:
    engine = open_postgres(running.environment["JIXIAO_DATABASE_URL"])  # type: ignore[attr-defined]  # the same
    version = md5(_CONTENT, usedforsecurity=False).hexdigest()
    with engine.begin() as connection:
        connection.execute(
            text(_SOURCES),
            {"bucket": running.uploads, "version": version, "count": count},  # type: ignore[attr-defined]  # the same
        )
        connection.execute(text(_DOCUMENTS), {"count": count})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _forget(running: object, missing: int) -> None:
    engine = open_postgres(running.environment["JIXIAO_DATABASE_URL"])  # type: ignore[attr-defined]  # the same
    with engine.begin() as connection:
        connection.execute(
            text("DELETE FROM sources WHERE document_id < lpad(:n, 64, '0')"), {"n": str(missing)}
        )


def _print_round(running: object, count: int, missing: int) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    at_once = {"JIXIAO_RECONCILER_LISTED_AT_ONCE": str(max(count + 1, _LEAST_AT_ONCE))}
    answer = subprocess.run(
        [sys.executable, "-c", _ONCE],
        env={**os.environ, **running.environment, **at_once},  # type: ignore[attr-defined]  # the same
        capture_output=True,
        text=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told, status = json.loads(answer.stdout), answer.stderr.splitlines()
    megabytes = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{count} objects, {missing} missing in the ledger: round {told['milliseconds'] / 1000:.1f} s, "
        f"{processor:.1f} s of processor with start, at most {megabytes} MB, told {told}",
        flush=True,
    )
