"""A new tantivy index beside the one that is searched, which takes its folder."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from shared.contracts.records import Record
from shared.contracts.search import IndexNeedsRebuild
from shared.runtime.search_index.tantivy_index import TantivyIndex, erase_index
from shared.search.fingerprint import Fingerprint


class TantivyRebuild:
    """
    Fills a new index in a folder beside; see ``Rebuild``.

    Only one process may have the index open for writing meanwhile: the one that rebuilds it.
    Should it die between the two renames of a switch, the index is found empty, as after a loss.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next = folder.with_name(f"{folder.name}.next")
        self._former = folder.with_name(f"{folder.name}.former")
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
        if self._folder.exists():
            self._folder.rename(self._former)
        self._next.rename(self._folder)

    def roll_back(self) -> None:
        """Put the former index back."""
        if not self._former.exists():
            raise ValueError("there was no index before this one")
        self._folder.rename(self._next)
        self._former.rename(self._folder)

    def discard(self) -> None:
        """Throw the new index away."""
        erase_index(self._next)
