"""Each service may do on the servers what it has to do, and nothing else."""

from secrets import token_hex
from subprocess import CalledProcessError
from types import SimpleNamespace

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import ProgrammingError

from services.reconciler.ledger_rights import READER, let_search_read
from services.search.health import pulse_of
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.ledger import Source
from shared.runtime.database import now, open_postgres
from shared.runtime.elastic_index import Aliases, ElasticIndex
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.s3_store import S3Store
from tests.builders.databases import new_database
from tests.builders.elastic import client_of
from tests.builders.installation import Installation, Servers, secret_of

SEARCH_PASSWORD = f"{token_hex()}'%:s\\"
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
def installation(minio, postgres, valkey, elasticsearch):
    servers = Servers(minio, valkey, postgres, elasticsearch, 0)
    installation = Installation(servers, uploads="uploads-of-access")
    installation.set_up()
    installation.index.document_counts()
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


def test_setup_leaves_the_accounts_of_the_index_alone_where_it_is_told_to(installation):
    installation.set_up(
        JIXIAO_SETUP_INDEX_GRANTS="false", JIXIAO_SETUP_INDEX_SEARCH_PASSWORD="of-somebody-elses-making"
    )
    client = client_of(installation.servers.search, *installation.account("search"))

    assert client.security.authenticate()["username"] == installation.account("search")[0]


def test_setup_with_a_wrong_password_says_which_one(installation):
    with pytest.raises(CalledProcessError) as ended:
        installation.set_up(JIXIAO_INDEX_PASSWORD="not-the-administrators")

    assert ended.value.returncode == 4
    assert "check JIXIAO_INDEX_USER and JIXIAO_INDEX_PASSWORD" in ended.value.stderr


def test_a_missing_key_is_missing_and_not_refused(installation):
    keys = {"access_key": "jixiao-ingest", "secret_key": secret_of("ingest")}
    uploads = S3Store(installation.servers.store.url, installation.uploads, **keys)

    with pytest.raises(KeyError):
        uploads.read("nothing")


@pytest.fixture(scope="module")
def ledgers(postgres):
    """The ledger as its owner sees it and as search does, after a set-up that was done twice."""
    url = new_database(postgres.url)
    owner = open_postgres(url)
    for password in ("an-earlier-password", SEARCH_PASSWORD):
        let_search_read(owner, SecretStr(password))
    whole = DatabaseLedger(owner)
    whole.record_source(Source(bucket="uploads", key="a", document_id="d" * 64), file_name="a", size_bytes=1)
    theirs = make_url(url).set(username=READER, password=SEARCH_PASSWORD)
    searching = open_postgres(theirs.render_as_string(hide_password=False))
    yield whole, DatabaseLedger(searching)
    owner.dispose()
    searching.dispose()


def test_search_needs_no_more_rights_to_tell_that_all_is_well(installation, ledgers):
    keys = {"access_key": "jixiao-search", "secret_key": secret_of("search")}
    store = S3Store(installation.servers.store.url, "archive", **keys)
    client = client_of(installation.servers.search, *installation.account("search"))
    index = ElasticIndex(Aliases(client, installation.environment["JIXIAO_INDEX_PREFIX"]))
    archive = SimpleNamespace(ledger=ledgers[1], index=index, store=store)

    assert pulse_of(archive).missing() == ()


def test_search_reads_the_ledger_and_may_do_what_a_replay_needs(ledgers):
    _, ledger = ledgers

    ledger.set_state("d" * 64, "received")
    ledger.release("nothing")

    assert ledger.document("d" * 64).state == "received"
    assert ledger.batches(since=now())
    assert ledger.work_done(since=now()) == {}


@pytest.mark.parametrize(
    "deed",
    [
        lambda ledger: ledger.drop_source("uploads", "a"),
        lambda ledger: ledger.forget("d" * 64),
        lambda ledger: ledger.begin_attempt("x"),
        lambda ledger: ledger.record_source(
            Source(bucket="uploads", key="b", document_id="e" * 64), file_name="b", size_bytes=1
        ),
        lambda ledger: ledger.set_state("d" * 64, "indexed", records=7),
    ],
    ids=["drop a source", "forget", "begin work", "invent an upload", "say how many records"],
)
def test_search_may_do_nothing_else_in_the_ledger(ledgers, deed):
    with pytest.raises(ProgrammingError, match="permission denied"):
        deed(ledgers[1])

    assert ledgers[0].source_at("uploads", "a")
