"""Each service may do in the buckets what it has to do, and nothing else."""

import pytest

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.s3_store import S3Store
from tests.builders.installation import Installation, Servers, secret_of

SEARCH_ONLY = {"write originals", "write artifacts"}
WORKER = {"read uploads", "write uploads", "write originals", "list uploads"}
REFUSED = {
    "ingest": {"write uploads"},
    "ocr": WORKER,
    "parse": WORKER,
    "index": WORKER | {"read originals", "write artifacts"},
    "search": SEARCH_ONLY,
    "reconciler": {
        f"{what} {where}" for what in ("read", "write") for where in ("uploads", "originals", "artifacts")
    },
}


@pytest.fixture(scope="module")
def installation(minio, postgres, valkey):
    servers = Servers(minio, valkey, postgres, minio, 0)
    installation = Installation(servers, uploads="uploads-of-access")
    installation.set_up()
    installation.put("a", b"x")
    whole = S3Store(minio.url, "archive", access_key=minio.access_key, secret_key=minio.secret_key)
    for key in ("originals/a", "artifacts/a"):
        whole.write(key, b"x")
    return installation


def deeds(installation, service):
    keys = {"access_key": f"jixiao-{service}", "secret_key": secret_of(service)}
    url = installation.servers.store.url
    archive, uploads = S3Store(url, "archive", **keys), S3Store(url, installation.uploads, **keys)
    return {
        "read uploads": lambda: uploads.read("a"),
        "write uploads": lambda: uploads.write("b", b"x"),
        "list uploads": lambda: list(uploads.keys("")),
        "read originals": lambda: archive.read("originals/a"),
        "write originals": lambda: archive.write("originals/b", b"x"),
        "read artifacts": lambda: archive.read("artifacts/a"),
        "write artifacts": lambda: archive.write("artifacts/b", b"x"),
        "delete originals": lambda: archive.delete("originals/a"),
        "delete uploads": lambda: uploads.delete("a"),
    }


def is_refused(deed):
    try:
        deed()
    except DependencyUnavailable as refusal:
        return "AccessDenied" in str(refusal)
    return False


@pytest.mark.parametrize("service", REFUSED)
def test_a_service_may_do_what_it_has_to_and_nothing_else(installation, service):
    refused = {name for name, deed in deeds(installation, service).items() if is_refused(deed)}

    assert refused == REFUSED[service] | {"delete originals", "delete uploads"}


def test_setting_up_again_changes_nothing(installation):
    installation.set_up()

    assert deeds(installation, "ingest")["read uploads"]() == b"x"


def test_a_missing_key_is_missing_and_not_refused(installation):
    keys = {"access_key": "jixiao-ingest", "secret_key": secret_of("ingest")}
    uploads = S3Store(installation.servers.store.url, installation.uploads, **keys)

    with pytest.raises(KeyError):
        uploads.read("nothing")
