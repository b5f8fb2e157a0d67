"""What is put into the bucket ends as the same records as at home, with and without notifications."""

import shutil
import time

import pytest

from samples.__main__ import make_samples
from tests.builders.command import Command
from tests.builders.installation import LISTENER, Installation, Servers, minio_that_tells
from tests.servers.process import free_port

REAL = (
    "beijing_caizheng_2026_no_table",
    "beijing_junmin_2026_empty_forms",
    "central_xinfang_2026",
    "changchun_xinfang_2026",
    "fuzhou_yibao_2026",
    "guangzhou_zsj_zhengti_2026",
    "quanzhou_truncated",
    "xian_shenji_2026",
    "yantai_xinfang_2026",
    "yulin_xinfang_scan",
)


@pytest.fixture(scope="module")
def batch(request, tmp_path_factory):
    """Five seeds and ten published budgets; our own samples where these are absent."""
    folder = tmp_path_factory.mktemp("batch") / "2026 年"
    make_samples(folder, folder.parent / "truths")
    shared = request.config.rootpath.parent / "shared" / "documents"
    if shared.is_dir():
        for seed in (shared / "seeds").iterdir():
            shutil.copy(seed, folder)
        for name in REAL:
            shutil.copy(shared / "real" / f"{name}.pdf", folder)
    return folder


@pytest.fixture(scope="module")
def at_home(batch, tmp_path_factory):
    command = Command(tmp_path_factory.mktemp("home") / "home")
    command("add", batch)
    return command


@pytest.fixture(params=["minio", "seaweed"])
def installation(request, valkey, postgres, elasticsearch):
    if request.param == "minio":
        with minio_that_tells() as (store, port):
            servers = Servers(store, valkey, postgres, elasticsearch, port, LISTENER)
            rarely = {"JIXIAO_RECONCILER_EVERY_SECONDS": "600"}
            yield Installation(servers, more=rarely, with_own_keys=True)
    else:
        store = request.getfixturevalue("seaweed")
        yield Installation(Servers(store, valkey, postgres, elasticsearch, free_port()))


@pytest.fixture
def table(tables):
    return tables.setdefault(
        "end to end: what is put into the bucket ends as the same records as at home", []
    )


def test_a_bucket_ends_as_the_inbox_at_home(request, installation, batch, at_home, table):
    files = sorted(path for path in batch.iterdir() if path.is_file())
    with installation.running():
        began = time.monotonic()
        for path in files:
            installation.put(f"{batch.name}/{path.name}", path.read_bytes())
        installation.wait_until_all_ended(sum(at_home.states().values()), seconds=240)
        seconds = time.monotonic() - began

        assert installation.states() == at_home.states()
        assert installation.records() == at_home.records()
    store, found = request.node.callspec.id, len(at_home.records())
    table.append(f"{store:<8} {len(files)} files, {found} records alike, {seconds:.1f} s, {at_home.states()}")
