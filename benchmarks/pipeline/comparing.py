"""What comparing costs by itself: a real ledger, with a bucket and an index made up while they are listed."""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, bindparam, make_url, text

from services.reconciler.rounds import Patience, Rounds
from services.reconciler.sweep import Sweep
from shared.contracts.events import Event
from shared.runtime.database import Instant, now, open_postgres, open_sqlite
from shared.runtime.ledger import DatabaseLedger
from tests.builders.databases import new_database
from tests.servers.programs import running_postgres

_BUCKET, _VERSION, _RECORDS, _AT_ONCE, _MISSING = "uploads", "1", 40, 1000, 100
_NUMBERS = {
    "sqlite": (
        "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)",
        "numbers",
        "printf('%064d', n)",
        "printf('2026/%08d.pdf', n)",
    ),
    "postgresql": (
        "",
        "generate_series(0, :count - 1) AS n",
        "lpad(n::text, 64, '0')",
        "'2026/' || lpad(n::text, 8, '0') || '.pdf'",
    ),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """An object of the bucket."""

    key: str
    version: str = _VERSION


@dataclass(frozen=True, slots=True)
class MadeUpBucket:
    """So many objects, listed in the order of their keys."""

    count: int

    def uploads(self, *, after: str, limit: int) -> Iterator[list[Upload]]:
        first = int(after[5:13]) + 1 if after else 0
        for start in range(first, min(first + limit, self.count), _AT_ONCE):
            end = min(start + _AT_ONCE, first + limit, self.count)
            yield [Upload(f"2026/{number:08d}.pdf") for number in range(start, end)]


@dataclass(slots=True)
class Announced:
    """Empty queues, which count what is announced."""

    events: list[Event] = field(default_factory=list)

    def announce(self, event: Event, *, bulk: bool = False) -> None:  # noqa: ARG002 (as the port names it)
        self.events.append(event)

    def waiting(self) -> Mapping[str, int]:
        return {}

    def oldest_seconds(self) -> Mapping[str, float]:
        return {}


def measure(count: int) -> None:
    """Print what a sweep through everything costs on each database, without and with something amiss."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_postgres())
        for url in (f"sqlite:///{folder}/ledger.db", new_database(server.url)):
            _fill(_opened(url), count)
            for missing in (0, _MISSING):
                _forget(_opened(url), missing)
                _print_sweep(url, count, missing)


def _opened(url: str) -> Engine:
    path = make_url(url).database
    return open_sqlite(Path(path)) if url.startswith("sqlite") and path else open_postgres(url)


def _fill(engine: Engine, count: int) -> None:
    DatabaseLedger(engine)
    series, numbers, document_id, key = _NUMBERS[engine.dialect.name]
    sources = (
        f"{series} INSERT INTO sources (bucket, key, version, document_id, hints, recorded_at) "  # noqa: S608 (all of it stands above)
        f"SELECT '{_BUCKET}', {key}, '{_VERSION}', {document_id}, '{{}}', :moment FROM {numbers}"
    )
    documents = (
        f"{series} INSERT INTO documents (document_id, file_name, state, records, received_at, changed_at) "  # noqa: S608 (the same)
        f"SELECT {document_id}, {key}, 'indexed', {_RECORDS}, :moment, :moment FROM {numbers}"
    )
    with engine.begin() as connection:
        for statement in (sources, documents):
            asked = text(statement).bindparams(bindparam("moment", type_=Instant))
            connection.execute(asked, {"count": count, "moment": now()})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _forget(engine: Engine, missing: int) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("DELETE FROM sources WHERE document_id < :first"), {"first": f"{missing:064d}"}
        )


def _print_sweep(url: str, count: int, missing: int) -> None:
    command = [sys.executable, "-m", "benchmarks.pipeline.comparing", url, str(count)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    engine, told = make_url(url).get_backend_name(), answer.stdout.strip()
    print(
        f"{engine:<10} {count} documents, {missing} missing: {processor:.1f} s of our processor, {told}",
        flush=True,
    )


def sweep(url: str, count: int) -> None:
    """Compare everything once, in as many rounds as that takes by default, the last with the index."""
    ledger, queues, patience = DatabaseLedger(_opened(url)), Announced(), Patience()
    bucket = Sweep(MadeUpBucket(count), _BUCKET, ledger, is_upload=bool)
    indexed = ((f"{number:064d}", _RECORDS) for number in range(count))
    rounds = Rounds(bucket, ledger, queues, lambda: indexed, patience)
    at_start = _most_megabytes()
    last = count // patience.listed_at_once
    seconds = [rounds.compare(with_index=number == last)["milliseconds"] / 1000 for number in range(last + 1)]
    told = {name: sum(type(one).__name__ == name for one in queues.events) for name in _names(queues.events)}
    print(
        f"{len(seconds)} rounds, the longest {max(seconds):.1f} s, all {sum(seconds):.1f} s by the clock; "
        f"at most {_most_megabytes()} MB, {at_start} MB before the first; told {json.dumps(told)}"
    )


def _most_megabytes() -> int:
    """Read what this program had in memory at most; ``getrusage`` would tell of its parent's, too."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) // 1024


def _names(events: list[Event]) -> list[str]:
    return sorted({type(event).__name__ for event in events})


if __name__ == "__main__":
    sweep(sys.argv[1], int(sys.argv[2]))
