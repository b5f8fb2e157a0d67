"""An archive of documents that were really read, behind the real service and the real index."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.ingest.media_type import media_type_of
from services.parse.document import read_document
from services.parse.paper import lay_out_pages
from services.search.documents.rendering import SandboxedRenderer
from shared.contracts.media import LAID_OUT_TYPES
from shared.runtime.sandbox import Sandbox, SandboxLimits
from shared.runtime.search_index import TantivyIndex
from tests.builders.web import WebArchive


@contextmanager
def read_archive(folder: Path, files: list[tuple[str, bytes]]) -> Iterator[WebArchive]:
    """Read the files and serve what was read."""
    with Sandbox(SandboxLimits(), preload=("services.search.documents.page_drawing",)) as sandbox:
        archive = WebArchive(
            folder, index=TantivyIndex(folder / "index"), renderer=SandboxedRenderer(sandbox)
        )
        for name, content in files:
            add_file(archive, name, content)
        yield archive


def add_file(archive: WebArchive, name: str, content: bytes) -> None:
    media_type = media_type_of(content)
    document = read_document(content, file_name=name, media_type=media_type)
    archive.add(document, content)
    if media_type in LAID_OUT_TYPES:
        for page in lay_out_pages(content, media_type):
            archive.save_page(document, page)


def pictures(otherwise: Path) -> Path:
    """Where screenshots are kept: CI keeps them as artefacts."""
    folder = Path(os.environ.get("JIXIAO_SCREENSHOTS", otherwise))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
