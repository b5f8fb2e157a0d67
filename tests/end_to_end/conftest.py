"""Samples drawn once, a command with a home of its own, and a browser."""

import os

import pytest

from samples.__main__ import make_samples
from tests.builders.browser import chromium
from tests.builders.command import Command


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "samples"
    make_samples(folder, folder.parent / "truths")
    return folder


@pytest.fixture
def jixiao(tmp_path):
    return Command(tmp_path / "home")


@pytest.fixture(scope="module")
def browser():
    path = chromium()
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield launched
        launched.close()
