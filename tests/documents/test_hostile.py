"""Damaged, encrypted, recursive and fuzzed files: none takes its worker along."""

import pytest

from services.ingest.survey import survey_content
from services.parse.document import read_document
from shared.contracts.errors import DocumentRejected, ReaderFailed
from shared.runtime.sandbox import Sandbox, SandboxLimits

LIMITS = SandboxLimits(wall_seconds=15, cpu_seconds=15, memory_megabytes=1024)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(LIMITS, preload=["services.parse.document", "services.ingest.survey"]) as sandbox:
        yield sandbox


def read(sandbox, path):
    content = path.read_bytes()
    survey = sandbox.run(survey_content, content, file_name=path.name, page_limit=500)
    return sandbox.run(read_document, content, file_name=path.name, media_type=survey.media_type)


def pytest_generate_tests(metafunc):
    from tests.conftest import DOCUMENTS

    if "hostile" in metafunc.fixturenames:
        folders = [DOCUMENTS / "hostile", DOCUMENTS / "ofd"]
        paths = sorted(path for folder in folders if folder.is_dir() for path in folder.iterdir())
        metafunc.parametrize("hostile", paths, ids=[path.name for path in paths])


def outcome(sandbox, path):
    try:
        return read(sandbox, path)
    except DocumentRejected as reason:
        return reason


def test_it_ends_in_a_reading_or_in_a_coded_rejection_with_advice(documents, sandbox, hostile):
    ended = outcome(sandbox, hostile)

    if isinstance(ended, DocumentRejected):
        assert ended.code != DocumentRejected.code
        assert not isinstance(ended, ReaderFailed), "a reader let an error of its library fly"
        assert ended.advice_zh.format(**ended.facts) in ended.advice
    else:
        assert ended.tables or ended.findings


def test_the_worker_goes_on_with_good_files_after_them(documents, sandbox):
    for name in ("pdfjs_poppler-742-0-fuzzed.pdf", "qpdf_append-xref-loop-fixed.pdf"):
        outcome(sandbox, documents / "hostile" / name)

    good = read(sandbox, documents / "real" / "guangzhou_zsj_zhengti_2026.pdf")

    assert sum(len(project.indicators) for table in good.tables for project in table.projects) == 21
