"""Scans on the command line: either engine, by name."""

import json

import pytest

from samples.pictures import Scanner, scanned
from services.ocr.engines.installed import installed_engines
from tests.builders.scans import small_sample


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    path = tmp_path_factory.mktemp("scan") / "一个项目（扫描件）.pdf"
    path.write_bytes(scanned(small_sample()[0], Scanner(dpi=200, skew_degrees=0.5, noise=3)))
    return path


@pytest.mark.parametrize("name", ["rapidocr", "tesseract"])
def test_the_engine_that_is_asked_for_reads_the_scan(jixiao, scan, name):
    if not installed_engines(name):
        pytest.skip(f"{name} is not installed")
    answer = small_sample()[1]

    document = json.loads(jixiao("extract", scan, "--engine", name).stdout)

    (page,) = document["pages"]
    (project,) = document["tables"][0]["projects"]
    assert page["source"] == "ocr"
    assert name in document["reader_versions"]["ocr"]
    assert project["amounts"]["total"] == f"{answer['total']:.2f}"
    assert len(project["indicators"]) == len(answer["indicators"])
    assert all(indicator["boxes"]["name"] for indicator in project["indicators"])


def test_an_engine_nobody_knows_is_a_mistake_in_the_command(jixiao, scan):
    assert jixiao("extract", scan, "--engine", "abacus").returncode == 2
