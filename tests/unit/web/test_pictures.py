from pathlib import Path

import pytest

from services.search.documents.pictures import Pictures
from tests.builders.web import PICTURE, StillRenderer

DOCUMENT = "d" * 64


def unexpected() -> bytes:
    raise AssertionError("the original was opened again")


def test_a_page_is_drawn_once(tmp_path: Path) -> None:
    renderer = StillRenderer()
    pictures = Pictures(renderer, tmp_path)

    first = pictures.page(DOCUMENT, 1, lambda: b"%PDF")

    assert pictures.page(DOCUMENT, 1, unexpected) == first == PICTURE
    assert Pictures(renderer, tmp_path).page(DOCUMENT, 1, unexpected) == PICTURE
    assert renderer.drawn == 1


def test_the_folder_never_holds_more_than_its_limit(tmp_path: Path) -> None:
    pictures = Pictures(StillRenderer(pages=99), tmp_path, limit_bytes=3 * len(PICTURE))

    for page in range(1, 8):
        pictures.page(DOCUMENT, page, lambda: b"%PDF")

    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 3 * len(PICTURE)


def test_a_page_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(IndexError):
        Pictures(StillRenderer(pages=1), tmp_path).page(DOCUMENT, 2, lambda: b"%PDF")

    assert not list(tmp_path.iterdir())


def test_a_name_that_would_leave_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="escape"):
        Pictures(StillRenderer(), tmp_path).page("../escape", 1, unexpected)
