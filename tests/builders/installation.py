"""A whole installation as on servers: every service a process, every server real."""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from minio import Minio
from redis import Redis
from sqlalchemy import text

from shared.contracts.search import SearchRequest
from shared.runtime.celery_queue import CeleryBus, celery_app
from shared.runtime.database import open_postgres
from shared.runtime.elastic_index import Aliases, ElasticIndex
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.server_settings import BrokerSettings, TaskSettings
from tests.builders.command import wait_for
from tests.builders.databases import new_broker_database, new_database
from tests.builders.elastic import WRITER, client_of, new_prefix, password_of_writer
from tests.builders.workers import ROOT, Service, celery_worker
from tests.servers.process import free_port, new_folder
from tests.servers.programs import Server, running_minio

WORD = "a-token-for-this-test"
LISTENER = "arn:minio:sqs::INGEST:webhook"
KEY_HOLDERS = ("ingest", "ocr", "parse", "index", "search", "reconciler")
INDEX_ROLES = {"search": "search", "index": "index", "reconciler": "index"}
STAGES = ("ingest", "ocr", "parse", "index")
ENDS = {"indexed", "no_records", "waiting_for_ocr", "quarantined", "superseded", "removed"}
UPLOADS = "inbox"  # as at home, so that both forms leave the same


def secret_of(service):
    return f"secret-of-{service}-for-this-test"


@dataclass
class Servers:
    """The servers of one installation."""

    store: Server
    broker: Server
    database: Server
    search: Server
    webhook_port: int
    listener: str = ""


@contextmanager
def minio_that_tells(data=None):
    """Start a MinIO that sends its notifications to a port where the webhook will listen."""
    port, queue = free_port(), new_folder()
    told = {
        "MINIO_NOTIFY_WEBHOOK_ENABLE_INGEST": "on",
        "MINIO_NOTIFY_WEBHOOK_ENDPOINT_INGEST": f"http://127.0.0.1:{port}/notifications",
        "MINIO_NOTIFY_WEBHOOK_AUTH_TOKEN_INGEST": f"Bearer {WORD}",
        "MINIO_NOTIFY_WEBHOOK_QUEUE_DIR_INGEST": str(queue),
        "MINIO_NOTIFY_WEBHOOK_QUEUE_LIMIT_INGEST": "20000",
    }
    with running_minio(data=data, **told) as server:
        yield server, port


@dataclass
class Installation:
    """The services, what a person sees of them, and ways to disturb them."""

    servers: Servers
    uploads: str = UPLOADS
    more: dict[str, str] = field(default_factory=dict)
    children: int = 1
    with_own_keys: bool = False
    with_metrics: bool = False
    services: dict[str, Service] = field(default_factory=dict)
    metrics_ports: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        url = new_database(self.servers.database.url)
        broker = new_broker_database(self.servers.broker.url)
        prefix, password = new_prefix(), password_of_writer(self.servers.search)
        store = self.servers.store
        self.environment = {
            "JIXIAO_S3_ENDPOINT": store.url,
            "JIXIAO_S3_ACCESS_KEY": store.access_key,
            "JIXIAO_S3_SECRET_KEY": store.secret_key,
            "JIXIAO_UPLOAD_BUCKET": self.uploads,
            "JIXIAO_S3_NOTIFICATION": self.servers.listener,
            "JIXIAO_DATABASE_URL": url,
            "JIXIAO_BROKER_URL": broker,
            "JIXIAO_INDEX_URL": self.servers.search.url,
            "JIXIAO_INDEX_PREFIX": prefix,
            "JIXIAO_INDEX_USER": WRITER,
            "JIXIAO_INDEX_PASSWORD": password,
            "JIXIAO_WEBHOOK_TOKEN": WORD,
            "JIXIAO_RECONCILER_EVERY_SECONDS": "2",
            "JIXIAO_RECONCILER_INDEX_EVERY_SECONDS": "4",
            "JIXIAO_RECONCILER_OVERDUE_SECONDS": "8",
            **self.more,
        }
        self._engine = open_postgres(url)
        self.ledger = DatabaseLedger(self._engine)
        self.index = ElasticIndex(Aliases(client_of(self.servers.search, WRITER, password), prefix))
        self.bus = CeleryBus(celery_app(BrokerSettings(url=broker), TaskSettings()))
        self._broker = Redis.from_url(broker)
        address = store.url.removeprefix("http://")
        self.bucket = Minio(address, store.access_key, store.secret_key, secure=False)

    @contextmanager
    def running(self):
        """Start everything, and stop it in the end."""
        if self.with_own_keys:
            self.set_up()
        with ExitStack() as stack:
            for name, service in self._prepared().items():
                self.services[name] = stack.enter_context(service)
            try:
                yield self
            finally:
                self._engine.dispose()

    def set_up(self, **more):
        """Give each service keys and accounts of its own, as at the first start on MinIO."""
        secrets = {f"JIXIAO_SETUP_{stage.upper()}_SECRET": secret_of(stage) for stage in KEY_HOLDERS}
        passwords = {
            "JIXIAO_SETUP_INDEX_SEARCH_PASSWORD": secret_of("search"),
            "JIXIAO_SETUP_INDEX_WRITER_PASSWORD": secret_of("index"),
        }
        administrator = {
            "JIXIAO_INDEX_USER": self.servers.search.access_key,
            "JIXIAO_INDEX_PASSWORD": self.servers.search.secret_key,
        }
        command = [sys.executable, "-m", "services.reconciler.setup"]
        # Nobody listens yet: telling the webhook is left to the reconciler.
        told = {**secrets, **passwords, **administrator, "JIXIAO_S3_NOTIFICATION": "", **more}
        environment = {**os.environ, **self.environment, **told}
        subprocess.run(command, env=environment, check=True, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def account(self, role):
        """Name the account that a role has in the search index after a set-up, and its password."""
        return f"{self.environment['JIXIAO_INDEX_PREFIX']}-{role}", secret_of(role)

    def _keys_of(self, service):
        keys = {"JIXIAO_S3_ACCESS_KEY": f"jixiao-{service}", "JIXIAO_S3_SECRET_KEY": secret_of(service)}
        if service in INDEX_ROLES:
            user, password = self.account(INDEX_ROLES[service])
            keys |= {"JIXIAO_INDEX_USER": user, "JIXIAO_INDEX_PASSWORD": password}
        return keys

    def environment_of(self, service):
        keys = self._keys_of(service) if self.with_own_keys else {}
        return {**self.environment, **keys, **(self._metrics_of(service) if self.with_metrics else {})}

    def _metrics_of(self, service):
        """Have a service tell its figures on a port of its own, those of a worker's children, too."""
        self.metrics_ports[service] = free_port()
        gathered = {"PROMETHEUS_MULTIPROC_DIR": str(new_folder())} if service in STAGES else {}
        return {"JIXIAO_METRICS_PORT": str(self.metrics_ports[service]), **gathered}

    def _prepared(self):
        web = [sys.executable, "-m", "uvicorn", "--factory", "services.ingest.app:open_app"]
        listen = ["--host", "127.0.0.1", "--port", str(self.servers.webhook_port)]
        reconciler = [sys.executable, "-m", "services.reconciler"]
        return {
            "webhook": Service(
                [*web, *listen], self.environment_of("webhook"), ready="Application startup complete"
            ),
            "reconciler": Service(reconciler, self.environment_of("reconciler"), ready="round_done"),
            **{stage: self._worker(stage) for stage in STAGES},
        }

    def _worker(self, stage):
        """Prepare a worker; reading can be shared, one writes into the index."""
        children = self.children if stage in ("ingest", "parse") else 1
        return celery_worker(f"services.{stage}.worker", self.environment_of(stage), children=children)

    def put(self, key, content, **hints):
        self.bucket.put_object(self.uploads, key, BytesIO(content), len(content), metadata=hints or None)

    def remove(self, key):
        self.bucket.remove_object(self.uploads, key)

    def states(self):
        """Count documents by state; refused uploads that became no document count as quarantined."""
        refused = sum(entry.document_id is None for entry in self.ledger.quarantined())
        return dict(Counter({**self.ledger.counts()}) + Counter({"quarantined": refused}))

    def records(self):
        """Export what can be found, in an order that does not depend on the index."""
        lines, request = [], SearchRequest(size=1000, facets=())
        while True:
            answer = self.index.search(request)
            lines += [hit.record.model_dump_json(by_alias=True) for hit in answer.hits]
            if answer.next is None:
                return sorted(lines)
            request = request.model_copy(update={"after": answer.next})

    def wait_until_all_ended(self, count, *, seconds=90):
        """Wait until as many documents are known as were put there, and each is in a stated end state."""

        def has_ended():
            # The work is looked at first: what is delivered twice goes through its states once more.
            if self.has_work():
                return False
            states = self.states()
            return sum(states.values()) >= count and set(states) <= ENDS

        try:
            wait_for(has_ended, seconds=seconds)
        except AssertionError as error:
            tails = {name: service.told()[-1500:] for name, service in self.services.items()}
            raise AssertionError(f"{self.states()} {dict(self.bus.waiting())}\n{tails}") from error

    def has_work(self):
        """Say whether an event waits, or is in somebody's hands and not yet acknowledged."""
        return any(self.bus.waiting().values()) or self._broker.hlen("unacked") > 0

    def kill_child(self, stage):
        """Kill the process that works for a stage; its worker starts another one."""
        for child in self.services[stage].children():
            os.kill(child, signal.SIGKILL)

    def restart(self, name):
        """Kill a service as a power cut would, and start it again."""
        self.services[name].kill()
        self.services[name].start()

    def attempts(self, work):
        """Say how often some work was begun and not ended."""
        asked = text("SELECT count FROM attempts WHERE work_id = :work")
        with self._engine.connect() as connection:
            return connection.execute(asked, {"work": work}).scalar() or 0
