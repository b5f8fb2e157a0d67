"""A new index beside the one that is searched, which takes its place in one call."""

from collections.abc import Iterable, Mapping, Sequence

from shared.contracts.errors import RecordsRefused
from shared.contracts.records import Record
from shared.contracts.search import IndexNeedsRebuild
from shared.runtime.elastic_index.aliases import Aliases, OneIndex, check_layout
from shared.runtime.elastic_index.connection import failures_named
from shared.runtime.elastic_index.elastic_index import ElasticIndex, tell_refused
from shared.runtime.elastic_index.loading import Loading
from shared.runtime.elastic_index.replacing import Generation, Refusal
from shared.search.fingerprint import Fingerprint


class ElasticRebuild:
    """
    Fills a new index; see ``Rebuild``.

    The former index stays, so that one can go back to it, until ``delete_retired``: deleting an
    index in the moment it is replaced would fail the searches that are under way in it.
    """

    def __init__(self, aliases: Aliases) -> None:
        self._aliases = aliases
        with failures_named():
            self._former = aliases.current()
            self.name = aliases.create_next()
        self._beside = ElasticIndex(OneIndex(aliases.client, self.name))
        self._is_empty = True

    def fill(self, documents: Iterable[tuple[str, Sequence[Record]]]) -> frozenset[str]:
        """Write documents; nobody reads them yet, and so the first load needs no care for readers."""
        try:
            if self._is_empty:
                self._is_empty = False
                self._load(documents)
            else:
                self._replace(documents)
        except RecordsRefused as refusal:
            return frozenset(refusal.documents)
        return frozenset()

    def _load(self, documents: Iterable[tuple[str, Sequence[Record]]]) -> None:
        loading = Loading(self._write_unseen)
        try:
            for document_id, records in documents:
                loading.add(document_id, records)
            loading.finish()
        finally:
            loading.close()
        tell_refused(loading.refusals, loading.taken)

    def _replace(self, documents: Iterable[tuple[str, Sequence[Record]]]) -> None:
        with self._beside.batch():
            for document_id, records in documents:
                self._beside.replace(document_id, records)

    def _write_unseen(self, generation: Generation) -> list[Refusal]:
        with failures_named():
            return generation.write_unseen(self._aliases.client, self.name)

    def held(self) -> Mapping[str, Fingerprint]:
        """Give the fingerprints of the new index."""
        with failures_named():
            self._aliases.client.indices.refresh(index=self.name)
        return self._beside.fingerprints()

    def former(self) -> Mapping[str, Fingerprint] | None:
        """Give those of the index that is to be replaced; None where there is none, or it cannot tell."""
        if self._former is None:
            return None
        try:
            return ElasticIndex(OneIndex(self._aliases.client, self._former)).fingerprints()
        except IndexNeedsRebuild:
            return None

    def switch(self) -> None:
        """
        Let it be searched and written from now on.

        Meanwhile the server joins what was loaded in many pieces: each of them costs every search.
        """
        with failures_named():
            self._aliases.client.indices.forcemerge(
                index=self.name, max_num_segments=1, wait_for_completion=False
            )
            self._aliases.move(self.name)

    def roll_back(self) -> None:
        """Let the former index be searched and written again."""
        if self._former is None:
            raise ValueError("there was no index before this one")
        with failures_named():
            self._aliases.move(self._former)

    def discard(self) -> None:
        """Delete the new index, unless it is in use."""
        with failures_named():
            if self.name not in (self._aliases.current(), self._aliases.written()):
                self._aliases.client.indices.delete(index=self.name, ignore_unavailable=True)


def delete_retired(aliases: Aliases, *, keep: int = 0) -> list[str]:
    """Delete the indices that were replaced, but for the latest ``keep``; answer which."""
    with failures_named():
        retired = aliases.retired()
        deleted = retired[: len(retired) - keep]
        for index in deleted:
            aliases.client.indices.delete(index=index, ignore_unavailable=True)
    return deleted


def move_back(aliases: Aliases) -> None:
    """Let the index be searched and written again that was replaced last."""
    with failures_named():
        retired = aliases.retired()
        if not retired:
            raise ValueError("there was no index before this one")
        check_layout(aliases.client, retired[-1])
        aliases.move(retired[-1])
