"""What every test may ask for, and the loud line about what was left out."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = Path(os.environ.get("JIXIAO_DOCUMENTS", ROOT.parent / "shared" / "documents"))

pytest_plugins = ["tests.servers.fixtures"]

# The quick tiers say first what is wrong; the browser, whose driver keeps an event loop, comes last.
TIERS = ("unit", "golden", "contract", "documents", "integration", "end_to_end")

_left_out: dict[str, int] = {}
_tables: dict[str, list[str]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _tier(item.path))


def _tier(path: Path) -> int:
    folder = path.relative_to(ROOT / "tests").parts[0]
    return TIERS.index(folder) if folder in TIERS else len(TIERS)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        _left_out[reason] = _left_out.get(reason, 0) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for title, rows in _tables.items():
        terminalreporter.section(title)
        for row in rows:
            terminalreporter.write_line(row)
    for reason, count in _left_out.items():
        terminalreporter.write_line(f"!!! LEFT OUT: {count} tests: {reason}", red=True, bold=True)


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of shared documents beside the checkout (see its README)."""
    if not DOCUMENTS.is_dir():
        pytest.skip(f"the shared documents are not beside the checkout ({DOCUMENTS.name})")
    return DOCUMENTS


@pytest.fixture(scope="session")
def tables() -> dict[str, list[str]]:
    """The rows that a run prints at its end, by the title above them."""
    return _tables
