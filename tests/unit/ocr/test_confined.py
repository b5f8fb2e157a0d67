"""A page is read by the next engine where the first one crashes or reads nonsense."""

import pytest

from services.ocr.confined import ConfinedReader
from services.ocr.engines.installed import EngineVersion
from shared.contracts.errors import ReaderFailed
from shared.runtime.sandbox import Sandbox, SandboxLimits
from tests.fakes.engines import recognise_with_doubles


@pytest.fixture(scope="module")
def sandbox():
    limits = SandboxLimits(wall_seconds=30, cpu_seconds=30, memory_megabytes=1024, address_megabytes=8192)
    with Sandbox(limits) as sandbox:
        yield sandbox


def read(sandbox, *engines):
    versions = [EngineVersion(name, f"{name} 1") for name in engines]
    return ConfinedReader(sandbox, versions, recognise_with_doubles).read_page(b"", 1, "no_text_layer")


def texts(page):
    return {word.text for word in page.words}


def test_the_first_engine_reads_the_page_where_it_can(sandbox):
    page = read(sandbox, "steady", "crashing")

    assert page.engine == "steady 1"
    assert texts(page) == {"合计"}


def test_a_page_on_which_an_engine_crashes_is_read_by_the_next(sandbox):
    assert read(sandbox, "crashing", "steady").engine == "steady 1"


def test_a_page_of_which_an_engine_makes_nonsense_is_read_by_the_next(sandbox):
    page = read(sandbox, "garbling", "steady")

    assert page.engine == "steady 1"
    assert texts(page) == {"合计"}


def test_nonsense_is_better_than_nothing_and_says_how_little_it_is_believed(sandbox):
    page = read(sandbox, "garbling", "crashing")

    assert (page.engine, page.confidence) == ("garbling 1", 0.1)


def test_a_page_on_which_every_engine_crashes_is_refused(sandbox):
    with pytest.raises(ReaderFailed):
        read(sandbox, "crashing", "crashing")
