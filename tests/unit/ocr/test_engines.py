"""Either engine alone reads a scan; one that is missing is not chosen."""

import subprocess
import sys

import pytest

from samples.pictures import Scanner
from services.ocr.engines.choice import NoEngine, choose_engine
from services.ocr.engines.installed import installed_engines
from tests.builders.scans import folded, read_scan, small_sample, text_of

SCANNER = Scanner(dpi=200, skew_degrees=0.5, noise=3)
WITHOUT = (
    "import sys; sys.modules[{missing!r}] = None\n"
    "from services.ocr.engines.installed import installed_engines\n"
    "print(*(engine.name for engine in installed_engines()))"
)


def engine_or_skip(name):
    if not installed_engines(name):
        pytest.skip(f"{name} is not installed")
    return choose_engine(name)


@pytest.mark.parametrize(("name", "least"), [("rapidocr", 1.0), ("tesseract", 0.8)])
def test_either_engine_alone_reads_names_and_amounts(name, least):
    engine = engine_or_skip(name)
    pdf, answer = small_sample()

    page = read_scan(pdf, SCANNER, engine=engine)

    read = text_of(page)
    printed = [answer["name"], f"{answer['total']:.2f}", *(each["name"] for each in answer["indicators"])]
    found = [folded(text) in read for text in printed]
    assert sum(found) >= least * len(printed), [
        text for text, is_there in zip(printed, found, strict=True) if not is_there
    ]
    assert page.engine.startswith(name)


@pytest.mark.parametrize("missing", ["rapidocr", "openvino"])
def test_where_the_first_engine_is_missing_the_second_is_chosen(missing):
    expected = [engine.name for engine in installed_engines("tesseract")]

    left = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=missing)], capture_output=True, text=True, check=True
    ).stdout.split()

    assert left == expected


@pytest.mark.parametrize("missing", ["cv2", "numpy"])
def test_without_the_library_of_pictures_there_is_no_engine(missing):
    left = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=missing)], capture_output=True, text=True, check=True
    ).stdout.split()

    assert left == []


def test_an_engine_that_is_not_there_is_no_engine():
    with pytest.raises(NoEngine):
        choose_engine("none")


@pytest.mark.parametrize("name", ["rapidocr", "tesseract"])
def test_an_empty_picture_is_read_as_nothing(name):
    import numpy as np

    engine = engine_or_skip(name)

    (reading,) = engine.read_lines([np.zeros((1, 0), np.uint8)])

    assert reading.text == ""
    assert engine.read_lines([]) == []
