"""A whole installation that is disturbed again and again, and how it ends when nobody disturbs."""

from contextlib import ExitStack

import pytest

from samples.__main__ import make_samples
from tests.builders.command import Command
from tests.builders.installation import LISTENER, Installation, Servers, minio_that_tells
from tests.chaos.refusing_proxy import RefusingProxy
from tests.chaos.scenarios import SCAN_ENDS, SCENARIOS
from tests.chaos.trial import Trial, document_id
from tests.servers.binaries import ServerUnavailable
from tests.servers.small_disk import mounted_disk

TEXT = "教育局项目支出绩效目标表.txt"
PAPER = "文旅局2026年项目支出绩效目标表.pdf"
SCAN = "城管局2024年项目支出绩效目标表（扫描件）.pdf"
RECOGNISED_IN = ("child-ocr", "worker-ocr")
COPIES = 3


@pytest.fixture(scope="session")
def batches(tmp_path_factory):
    """For each scenario some files that no other scenario has."""
    folder = tmp_path_factory.mktemp("drawn")
    make_samples(folder / "samples", folder / "truths")
    text, paper = (folder / "samples" / TEXT).read_text(), (folder / "samples" / PAPER).read_bytes()
    for name in SCENARIOS:
        batch = folder / "batches" / name
        batch.mkdir(parents=True)
        for number in range(COPIES):
            (batch / f"第 {number} 份+.txt").write_text(f"{text}\n{name} {number}\n")
        (batch / "表.pdf").write_bytes(paper + f"\n%{name}\n".encode())
        if name in RECOGNISED_IN:
            scan = (folder / "samples" / SCAN).read_bytes()
            (batch / SCAN_ENDS).write_bytes(scan + f"\n%{name}\n".encode())
    return folder / "batches"


@pytest.fixture(scope="session")
def undisturbed(batches, tmp_path_factory):
    """The records of all batches, as they come out at home."""
    command = Command(tmp_path_factory.mktemp("undisturbed") / "home", engine="auto")
    command("add", batches)
    assert command.states() == {"indexed": len(SCENARIOS) * (COPIES + 1) + len(RECOGNISED_IN)}
    return command.records()


@pytest.fixture(scope="session")
def disk():
    with ExitStack() as stack:
        try:
            yield stack.enter_context(mounted_disk(megabytes=512))
        except ServerUnavailable:
            yield None


@pytest.fixture(scope="session")
def proxy(elasticsearch):
    with RefusingProxy(elasticsearch.url).running() as proxy:
        yield proxy


@pytest.fixture(scope="session")
def installation(valkey, postgres, elasticsearch, proxy, disk):
    times = {
        "JIXIAO_RECONCILER_EVERY_SECONDS": "3",
        "JIXIAO_RECONCILER_INDEX_EVERY_SECONDS": "6",
        "JIXIAO_RECONCILER_OVERDUE_SECONDS": "6",
        # Recognising a page, engine and all, may take long on a busy machine.
        "JIXIAO_TASK_SECONDS": "90",
    }
    more = {**times, "JIXIAO_OCR_ENGINE": "auto", "JIXIAO_INDEX_URL": proxy.url}
    with minio_that_tells(disk and disk.folder / "data") as (store, port):
        servers = Servers(store, valkey, postgres, elasticsearch, port, LISTENER)
        with Installation(servers, more=more).running() as installation:
            yield installation


@pytest.fixture
def trial(name, installation, batches, undisturbed, proxy, disk):
    paths = sorted((batches / name).iterdir())
    files = {path.relative_to(batches.parent).as_posix(): path.read_bytes() for path in paths}
    ids = [document_id(content) for content in files.values()]
    expected = [line for line in undisturbed if any(one in line for one in ids)]
    return Trial(installation, name, files, expected, proxy, disk)


@pytest.fixture
def table(tables):
    return tables.setdefault("chaos: no document lost, none doubled, records as undisturbed", [])
