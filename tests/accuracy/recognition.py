"""Recognises the scanned pages of a document, as the ocr service would; what was read is kept."""

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from services.ocr.engines.installed import installed_engines
from shared.contracts.pages import Page
from shared.contracts.records import PageSummary

_SOURCES = Path(__file__).parents[2] / "services" / "ocr"
_PAGE = TypeAdapter(Page)


def recognise(content: bytes, pages: Iterable[PageSummary]) -> dict[int, Page]:
    """Read each page without a text layer; none where no engine is installed."""
    if not installed_engines():
        return {}
    document_id = hashlib.sha256(content).hexdigest()
    waiting = [page for page in pages if page.source == "none"]
    return {page.number: _recognised(content, document_id, page) for page in waiting}


def _recognised(content: bytes, document_id: str, page: PageSummary) -> Page:
    from services.ocr.recognition import recognise_page  # an engine may be absent

    kept = _shelf() / document_id / f"{page.number}.json"
    if kept.exists():
        return _PAGE.validate_json(kept.read_bytes())
    read = recognise_page(content, page.number, page.reason)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(_PAGE.dump_json(read))
    unfinished.replace(kept)
    return read


@cache
def _shelf() -> Path:
    """Keep what one state of the code has read outside of the checkout, so that it is read once."""
    code = hashlib.sha256("".join(engine.version for engine in installed_engines()).encode())
    for source in sorted(_SOURCES.rglob("*.py")):
        code.update(source.read_bytes())
    root = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return root / "jixiao" / "accuracy" / code.hexdigest()[:16]
