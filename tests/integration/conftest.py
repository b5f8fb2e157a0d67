"""Samples drawn once, and a command with a home of its own."""

import pytest

from samples.__main__ import make_samples
from tests.builders.command import Command


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "samples"
    make_samples(folder, folder.parent / "truths")
    return folder


@pytest.fixture
def jixiao(tmp_path):
    return Command(tmp_path / "home")
