"""Each image must hold what its service imports; nobody notices on a machine where all is installed."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

_ROOT = Path(__file__).parents[3]
_SERVICES = ("ingest", "ocr", "parse", "index", "reconciler", "search")
_OURS = ("shared", "services")
# Without the checkout, to which an editable installation leads back.
_START = """
import runpy, sys
sys.meta_path[:] = [each for each in sys.meta_path if not each.__module__.startswith("__editable__")]
sys.argv = ["jixiao", "--help"]
runpy.run_module("jixiao", run_name="__main__")
"""


@pytest.mark.parametrize("service", _SERVICES)
def test_an_image_installs_what_its_service_imports(service: str) -> None:
    installed = _with_dependencies(_group(f"image-{service}"))
    distributions = packages_distributions()
    missing = {
        name
        for name in _imported_by(service)
        if not {_normal(one) for one in distributions.get(name, [name])} & installed
    }
    assert not missing


@pytest.mark.parametrize("service", _SERVICES)
def test_the_dockerfile_has_a_stage_that_holds_one_service_only(service: str) -> None:
    assert re.findall(r"^COPY services/(\w+) ", _stage(service), flags=re.MULTILINE) == [service]


def test_the_engine_is_sent_whatever_the_dockerfile_copies() -> None:
    sent = re.findall(r"^!(.+)$", (_ROOT / ".dockerignore").read_text(), flags=re.MULTILINE)
    lines = re.findall(r"^COPY (?!--from)(.+)$", (_ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    copied = {source for line in lines for source in line.split()[:-1]}

    assert not {each for each in copied if not any(each == one or each.startswith(f"{one}/") for one in sent)}


def test_the_command_line_starts_with_what_its_image_holds(tmp_path: Path) -> None:
    for copied in re.findall(r"^COPY (?!--from)(.+)$", _stage("command"), flags=re.MULTILINE):
        *sources, target = copied.split()
        for source in sources:
            _copy(_ROOT / source, tmp_path / target.lstrip("/"))

    subprocess.run([sys.executable, "-c", _START], cwd=tmp_path, check=True, capture_output=True)


def _stage(name: str) -> str:
    dockerfile = (_ROOT / "Dockerfile").read_text()
    stages = re.split(r"^FROM .* AS ", dockerfile, flags=re.MULTILINE)
    [own] = [part for part in stages if part.startswith(f"{name}\n")]
    return own


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def _group(name: str) -> Iterator[Requirement]:
    groups: dict[str, list[Any]] = tomllib.loads((_ROOT / "pyproject.toml").read_text())["dependency-groups"]
    for one in groups[name]:
        if isinstance(one, dict):
            yield from _group(one["include-group"])
        else:
            yield Requirement(one)


def _with_dependencies(wanted: Iterator[Requirement]) -> set[str]:
    found: set[str] = set()
    todo = list(wanted)
    while todo:
        one = todo.pop()
        found.add(_normal(one.name))
        todo += [needed for needed in _required_by(one) if _normal(needed.name) not in found]
    return found


def _required_by(one: Requirement) -> Iterator[Requirement]:
    """List what a distribution needs, with the extras that are asked for."""
    try:
        lines = requires(one.name) or []
    except PackageNotFoundError:
        return
    for line in lines:
        needed = Requirement(line)
        if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in ("", *one.extras)):
            needed.marker = None
            yield needed


def _imported_by(service: str) -> set[str]:
    """Follow the imports of a service through our own modules; name the foreign ones."""
    todo = [*(_ROOT / "services" / service).rglob("*.py")]
    seen: set[Path] = set()
    foreign: set[str] = set()
    while todo:
        file = todo.pop()
        if file in seen:
            continue
        seen.add(file)
        for name in _imports(file):
            if name.partition(".")[0] in _OURS:
                todo += _files_of(name)
            else:
                foreign.add(name.partition(".")[0])
    return foreign - sys.stdlib_module_names


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files_of(name: str) -> Iterator[Path]:
    """Give the modules on the way to a name."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        place = _ROOT.joinpath(*parts[:length])
        yield from (file for file in (place.with_suffix(".py"), place / "__init__.py") if file.exists())


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
