"""A new tantivy index beside the one that is searched, which takes its folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from shared.contracts.records import Record
from shared.contracts.search import IndexNeedsRebuild
from shared.runtime.search_index.tantivy_index import TantivyIndex, erase_index, former_of
from shared.search.fingerprint import Fingerprint

_PATIENCE_SECONDS: Final = 60.0


class TantivyRebuild:
    """
    Fills a new index in a folder beside; see ``Rebuild``.

    Other processes may search and write the former index meanwhile. Should this one die between the
    two renames of a switch, the index is found empty, as after a loss.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next = _next_of(folder)
        self._former = former_of(folder)
        erase_index(self._next)
        self._beside = TantivyIndex(self._next)

    def fill(self, documents: Iterable[tuple[str, Sequence[Record]]]) -> frozenset[str]:
        """Write documents in one transaction; tantivy refuses none."""
        target = self._beside if self._next.exists() else TantivyIndex(self._folder)
        with target.batch():
            for document_id, records in documents:
                target.replace(document_id, records)
        return frozenset()

    def held(self) -> Mapping[str, Fingerprint]:
        """Give the fingerprints of the new index."""
        return self._beside.fingerprints()

    def former(self) -> Mapping[str, Fingerprint] | None:
        """Give those of the index that is to be replaced; None where there is none, or it cannot tell."""
        folder = self._folder if self._next.exists() else self._former
        if not folder.exists():
            return None
        try:
            return TantivyIndex(folder).fingerprints()
        except IndexNeedsRebuild:
            return None

    def switch(self) -> None:
        """Put the new index in the folder of the former, which is kept beside."""
        erase_index(self._former)
        with _nobody_writes(self._folder):
            if self._folder.exists():
                self._folder.rename(self._former)
            self._next.rename(self._folder)

    def roll_back(self) -> None:
        """Put the former index back."""
        put_back(self._folder)

    def discard(self) -> None:
        """Throw the new index away."""
        erase_index(self._next)


def put_back(folder: Path) -> None:
    """Put the index back that another one took the place of, and throw that one away."""
    former, following = former_of(folder), _next_of(folder)
    if not former.exists():
        raise ValueError("there was no index before this one")
    erase_index(following)
    with _nobody_writes(folder):
        folder.rename(following)
        former.rename(folder)
    erase_index(following)


def _next_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.next")


@contextmanager
def _nobody_writes(folder: Path) -> Iterator[None]:
    """An index that cannot be opened is not written to either."""
    with ExitStack() as held:
        if folder.exists():
            with suppress(IndexNeedsRebuild):
                live = TantivyIndex(folder, patience_seconds=_PATIENCE_SECONDS)
                held.enter_context(live.nobody_writes())
        yield
