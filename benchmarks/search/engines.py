"""The engines that are measured, each with its own way to load, to weigh and to say what it used."""

import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from elasticsearch import Elasticsearch

from shared.contracts.records import Record
from shared.contracts.search import SearchIndex
from shared.runtime.elastic_index import Aliases, ElasticIndex, connect
from shared.runtime.elastic_index.rebuilding import ElasticRebuild
from shared.runtime.search_index import TantivyIndex
from tests.builders.elastic import administrator
from tests.servers.programs import running_elasticsearch

_MERGE_SECONDS = 1800

Documents = Iterable[tuple[str, Sequence[Record]]]


class Engine(Protocol):
    """An engine with an empty index."""

    name: str
    index: SearchIndex

    def load(self, documents: Documents) -> None: ...
    def size_bytes(self) -> int: ...
    def processor_seconds(self) -> float: ...
    def memory(self) -> str: ...


class TantivyEngine:
    """tantivy in this process."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tantivy = TantivyIndex(folder)
        self.index: SearchIndex = self._tantivy

    def load(self, documents: Documents) -> None:
        """Load in one transaction."""
        with self._tantivy.batch():
            for document_id, records in documents:
                self._tantivy.replace(document_id, records)

    def size_bytes(self) -> int:
        """Weigh the folder."""
        return sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())

    def processor_seconds(self) -> float:
        """Processor time of all threads."""
        return time.process_time()

    def memory(self) -> str:
        """What the process takes, the index's pages that are mapped into it among that."""
        return f"{_resident_megabytes()} MB resident, {_most_megabytes()} MB at most"


class ElasticEngine:
    """Elasticsearch on this machine, asked over HTTP."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, prefix: str, shards: int) -> None:
        self._client = client
        self._aliases = Aliases(client, prefix, shards=shards)
        self.index: SearchIndex = ElasticIndex(self._aliases)

    def load(self, documents: Documents) -> None:
        """Load beside, as a rebuild does, switch, and wait until the server has joined its pieces."""
        beside = ElasticRebuild(self._aliases)
        beside.fill(documents)
        beside.held()
        beside.switch()
        patient = self._client.options(request_timeout=_MERGE_SECONDS)
        patient.indices.forcemerge(index=beside.name, max_num_segments=1)

    def size_bytes(self) -> int:
        """Weigh what the server keeps."""
        told = self._client.indices.stats(index=self._aliases.read, metric="store")
        return int(told["_all"]["primaries"]["store"]["size_in_bytes"])

    def processor_seconds(self) -> float:
        """Processor time of the server and of this process, which asks and reads the answers."""
        (node,) = self._client.nodes.stats(metric="process")["nodes"].values()
        return time.process_time() + float(node["process"]["cpu"]["total_in_millis"]) / 1000

    def memory(self) -> str:
        """What the server's objects take; its pages of files are the system's."""
        (node,) = self._client.nodes.stats(metric="jvm")["nodes"].values()
        heap = node["jvm"]["mem"]
        used, most = (heap[f"heap_{name}_in_bytes"] / 1e6 for name in ("used", "max"))
        return f"{used:.0f} of {most:.0f} MB heap, and {_resident_megabytes()} MB resident here"

    def delete(self) -> None:
        """Leave nothing behind."""
        for index in self._client.indices.get(index=f"{self._aliases.prefix}-*").body:
            self._client.indices.delete(index=index)


def _resident_megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1_000_000


def _most_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


@contextmanager
def tantivy_engine(kept: Path | None) -> Iterator[Engine]:
    """An index in a folder that is ``kept``, or deleted at the end."""
    if kept is not None:
        yield TantivyEngine(kept)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield TantivyEngine(Path(folder) / "index")


@contextmanager
def elastic_engine(url: str | None, prefix: str | None, shards: int) -> Iterator[Engine]:
    """An index on a server at ``url`` that is kept under ``prefix`` or deleted, or on one started for it."""
    with ExitStack() as stack:
        client = connect(url) if url else administrator(stack.enter_context(running_elasticsearch()))
        engine = ElasticEngine(client, prefix or f"bench{time.time_ns()}", shards)
        try:
            yield engine
        finally:
            if prefix is None:
                engine.delete()
