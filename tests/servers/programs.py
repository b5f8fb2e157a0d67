"""How each server is started: port, folder, credentials, and how one knows that it is ready."""

import base64
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import binaries
from tests.servers.process import ServerProcess, free_port, new_folder

_UNPRIVILEGED = "nobody"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, and the process that chaos tests may kill."""

    url: str
    process: ServerProcess
    access_key: str = ""
    secret_key: str = ""


@contextmanager
def running_valkey() -> Iterator[Server]:
    """Redis's protocol, data on disk after each write."""
    port, folder = free_port(), new_folder()
    command = [binaries.valkey(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    options = [
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
        "--save",
        "",
        "--maxmemory-policy",
        "noeviction",
        "--databases",
        "64",
    ]
    process = ServerProcess([*command, *options], folder=folder, ready=lambda: _pong(port))
    with _started(process):
        yield Server(f"redis://127.0.0.1:{port}/0", process)


@contextmanager
def running_postgres() -> Iterator[Server]:
    """An empty cluster with one database; only this machine may connect."""
    programs = binaries.postgres_programs()
    port, folder = free_port(), new_folder(_UNPRIVILEGED)
    data = folder / "data"
    _as_user(
        [programs / "initdb", "-D", data, "-U", "jixiao", "-A", "trust", "-E", "UTF8", "--no-locale"], folder
    )
    # -F does not wait for the disk: killing the process loses nothing, only a power cut would.
    command = [programs / "postgres", "-F", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder]
    process = ServerProcess(
        command, folder=folder, ready=lambda: _accepts(programs, port), user=_UNPRIVILEGED
    )
    with _started(process):
        yield Server(f"postgresql+psycopg://jixiao@127.0.0.1:{port}/postgres", process)


@contextmanager
def running_minio(*, data: Path | None = None, **environment: str) -> Iterator[Server]:
    """An object store that sends notifications; ``environment`` configures their targets."""
    port, folder = free_port(), new_folder()
    keys = {"MINIO_ROOT_USER": "jixiao-test", "MINIO_ROOT_PASSWORD": "only-for-this-test"}
    command = [
        binaries.minio(),
        "server",
        data or folder / "data",
        "--address",
        f"127.0.0.1:{port}",
        "--quiet",
    ]
    process = ServerProcess(
        command,
        folder=folder,
        ready=lambda: _is_ok(f"http://127.0.0.1:{port}/minio/health/live"),
        environment={**keys, "MINIO_BROWSER": "off", **environment},
    )
    with _started(process):
        yield Server(f"http://127.0.0.1:{port}", process, *keys.values())


@contextmanager
def running_seaweed() -> Iterator[Server]:
    """A second S3 server; it offers no bucket notifications."""
    folder, (s3, master, volume, filer) = new_folder(), (free_port() for _ in range(4))
    identity = (
        '{"identities":[{"name":"test","credentials":[{"accessKey":"jixiao-test",'
        '"secretKey":"only-for-this-test"}],"actions":["Admin","Read","Write","List","Tagging"]}]}'
    )
    (folder / "s3.json").write_text(identity)
    command = [binaries.weed(), "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-s3"]
    ports = [f"-s3.port={s3}", f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}"]
    grpc = [f"-{each}.port.grpc={free_port()}" for each in ("s3", "master", "volume", "filer")]
    limits = ["-volume.max=1000", "-master.volumeSizeLimitMB=64"]
    # Its other services listen on ports of their own, where a second test run would find them.
    options = [f"-s3.config={folder / 's3.json'}", *limits, "-s3.port.iceberg=0", "-s3.port.lance=0"]
    process = ServerProcess(
        [*command, *ports, *grpc, *options],
        folder=folder,
        ready=lambda: _is_ok(f"http://127.0.0.1:{s3}/status"),
    )
    with _started(process):
        yield Server(f"http://127.0.0.1:{s3}", process, "jixiao-test", "only-for-this-test")


@contextmanager
def running_elasticsearch() -> Iterator[Server]:
    """One node, bound to this machine; who is not known is refused."""
    home, port = binaries.elasticsearch_home(), free_port()
    folder = new_folder(_UNPRIVILEGED)
    keys = ("jixiao-test", "only-for-this-test")
    _configure_elasticsearch(home, folder, port)
    _let_in(*keys, folder / "config")
    _hand_over(folder)
    url = f"http://127.0.0.1:{port}"
    command = [
        shutil.which("java") or "java", "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC",
        "-Dcli.name=server", "-Dcli.script=./bin/elasticsearch", "-Dcli.libs=lib/tools/server-cli",
        f"-Des.path.home={home}", f"-Des.path.conf={folder / 'config'}",
        "-Des.distribution.type=tar", "-Des.java.type=JAVA_HOME",
        "-cp", f"{home}/lib/*:{home}/lib/cli-launcher/*", "org.elasticsearch.launcher.CliToolLauncher",
    ]  # fmt: skip
    process = ServerProcess(
        command,
        folder=folder,
        ready=lambda: _is_ok(f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s", *keys),
        environment={
            "ES_JAVA_OPTS": "-Xms768m -Xmx768m",
            "ES_TMPDIR": str(folder / "tmp"),
            "HOME": str(folder),
        },
        user=_UNPRIVILEGED,
        working_folder=home,
        seconds_to_start=180,
    )
    with _started(process):
        yield Server(url, process, *keys)


def _configure_elasticsearch(home: Path, folder: Path, port: int) -> None:
    config = folder / "config"
    for each in (config, folder / "tmp", folder / "data", folder / "logs"):
        each.mkdir()
    settings = {
        "cluster.name": "jixiao-test",
        "node.name": "one",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": free_port(),
        "path.data": folder / "data",
        "path.logs": folder / "logs",
        "xpack.security.enabled": "true",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "action.auto_create_index": "false",
    }
    (config / "elasticsearch.yml").write_text("".join(f"{key}: {value}\n" for key, value in settings.items()))
    shutil.copy(home / "config" / "log4j2.properties", config)
    options = (home / "config" / "jvm.options").read_text()
    (config / "jvm.options").write_text(options.replace("logs/gc.log", str(folder / "logs" / "gc.log")))


def _let_in(user: str, password: str, config: Path) -> None:
    """Make an administrator in files: a key store would take another two starts of Java."""
    salt, rounds = secrets.token_bytes(32), 10_000
    derived = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, rounds, dklen=32)
    written = [base64.b64encode(part).decode() for part in (salt, derived)]
    (config / "users").write_text(f"{user}:{{PBKDF2}}{rounds}${'$'.join(written)}\n")
    (config / "users_roles").write_text(f"superuser:{user}\n")


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            shutil.chown(path, _UNPRIVILEGED, "nogroup")


@contextmanager
def _started(process: ServerProcess) -> Iterator[None]:
    process.start()
    try:
        yield
    finally:
        process.stop()
        shutil.rmtree(process.folder, ignore_errors=True)


def _as_user(command: list[str | Path], folder: Path) -> None:
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        user=user,
        group="nogroup" if user else None,
        extra_groups=[] if user else None,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise binaries.ServerUnavailable(f"{Path(command[0]).name}: {result.stderr.strip()[-300:]}")


def _is_ok(url: str, user: str = "", password: str = "") -> bool:
    known = base64.b64encode(f"{user}:{password}".encode()).decode()
    bears = {"Authorization": f"Basic {known}"} if user else {}
    asked = urllib.request.Request(url, headers=bears)  # noqa: S310 (our own server)
    with urllib.request.urlopen(asked, timeout=2) as answer:  # noqa: S310 (the same)
        return bool(answer.status == 200)


def _pong(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        connection.sendall(b"PING\r\n")
        return connection.recv(16).startswith(b"+PONG")


def _accepts(programs: Path, port: int) -> bool:
    return not subprocess.run(
        [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], capture_output=True
    ).returncode
