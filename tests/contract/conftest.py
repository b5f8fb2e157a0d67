"""Prints at the end on which adapters each contract was tried, and how often it held."""

import re
from collections import Counter, defaultdict

import pytest

_NODE = re.compile(r"tests/contract/test_(\w+)\.py::\w+(?:\[([a-z_]+)[^\]]*\])?")
_ALONE = "its own"

_tried: dict[str, Counter[str]] = defaultdict(Counter)
_held: dict[str, Counter[str]] = defaultdict(Counter)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    named = _NODE.match(report.nodeid)
    if named and (report.when == "call" or not report.passed):
        contract, adapter = named[1].replace("_", " "), named[2] or _ALONE
        _tried[contract][adapter] += 1
        _held[contract][adapter] += report.passed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _tried:
        return
    terminalreporter.section("contracts: the same tests on each adapter, held of tried")
    for contract, adapters in sorted(_tried.items()):
        counts = (f"{name} {_held[contract][name]}/{tried}" for name, tried in sorted(adapters.items()))
        terminalreporter.write_line(f"{contract:<20}{' · '.join(counts)}")
