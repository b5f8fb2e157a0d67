"""
Measure both search engines: ``python -m benchmarks.search [--records 100000] [--engine tantivy]``.

Each engine loads the same made-up records and is asked for the same pages of 20 hits with all
facets; printed are the load rate, the size on disk, and for each kind of question the hits, the
milliseconds a person waits (p50 / p95), and those of processor that a page takes on average.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.search.engines import Engine, elastic_engine, tantivy_engine
from benchmarks.search.made_up import documents
from shared.contracts.records import Record
from shared.contracts.search import SearchIndex, SearchRequest, SortOrder

ROUNDS = 5
WARM_UPS = 8
MOST_EXPORTED = 20_000
_LOOK_SECONDS = 3

CHOSEN = {"year": ("2024", "2025"), "level1": ("产出", "效益"), "city": ("临江市", "望潮市")}
ORDERS: tuple[SortOrder, ...] = ("amount_desc", "amount_asc", "year_asc", "target_desc")


def _queries(typed: str) -> list[SearchRequest]:
    return [SearchRequest(query=query) for query in typed.split(";")]


QUESTIONS: dict[str, list[SearchRequest]] = {
    "everything": [SearchRequest()],
    "broad": _queries("指标;水平;产出;满意度;服务;产出 数量;临;1"),
    "about 5 %": _queries("指标:古树名木;指标:推广;检测及时率;部门:审计局;项目:维修;绿地 统计局"),
    "about 0.1 %": _queries(
        "部门:临江市东湖区统计局;公园绿地养护覆盖人数;指标:校舍清理成本;项目:停车监测专项"
    ),
    "rare": _queries('≥9473个;"8431";口岸查验评估及时率 清川市 东桥区;没有的词'),
    "condition": _queries('满意度≥95%;满意度 不低于 90%;成本≤10万元;人数≥1000人次;合格率>95%;"满意度≥95%"'),
    "multi-select": [SearchRequest(query=word, filters=CHOSEN) for word in ("指标", "服务", "")],
    "sorted": [SearchRequest(query="服务", sort=order) for order in ORDERS],
}


def main() -> None:
    """Load, ask, print; one engine after the other."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--engine", choices=("both", "tantivy", "elasticsearch"), default="both")
    arguments.add_argument("--url", help="an Elasticsearch that runs already")
    arguments.add_argument("--shards", type=int, default=2)
    arguments.add_argument("--keep", type=Path, help="folder of an index of tantivy that is used again")
    arguments.add_argument("--prefix", help="indices of Elasticsearch that are kept and used again")
    arguments.add_argument("--quiet", type=float, help="wait until the machine has less load than this")
    told = arguments.parse_args()
    if told.engine != "elasticsearch":
        with tantivy_engine(told.keep) as engine:
            _measure(engine, told.records, told.quiet)
    if told.engine != "tantivy":
        with elastic_engine(told.url, told.prefix, told.shards) as engine:
            _measure(engine, told.records, told.quiet)


def _measure(engine: Engine, records: int, quiet: float | None) -> None:
    print(f"{engine.name}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    if not engine.index.search(SearchRequest(size=0, facets=())).total:
        _load(engine, records)
    while quiet and os.getloadavg()[0] > quiet:
        time.sleep(_LOOK_SECONDS)
    print(f"size {engine.size_bytes() / 1e6:.0f} MB")
    _warm_up(engine.index)
    print(f"{'question':14}{'hits':>18}{'ms p50 / p95':>20}{'least':>10}{'processor':>12}{'load':>8}")
    for kind, requests in QUESTIONS.items():
        _ask(engine, kind, requests)
    _ask(engine, "deep page", [_deep(engine.index, SearchRequest(query="服务"))])
    _export(engine.index)
    _replace_one(engine.index)
    print(f"memory {engine.memory()}")
    print(f"load of the machine at the end {os.getloadavg()[0]:.1f}\n", flush=True)


def _load(engine: Engine, records: int) -> None:
    """Count what the engine does, not the making-up of records."""
    waits: list[tuple[float, float]] = []
    begin, worked = time.perf_counter(), engine.processor_seconds()
    engine.load(_made_up(records, waits))
    seconds = time.perf_counter() - begin - sum(wait for wait, _ in waits)
    processor = engine.processor_seconds() - worked - sum(made for _, made in waits)
    print(f"load {records} records in {seconds:.1f} s: {records / seconds:.0f} records/s")
    print(f"     {processor / records * 1e6:.0f} µs of processor time a record, of all threads together")


def _made_up(records: int, waits: list[tuple[float, float]]) -> Iterator[tuple[str, list[Record]]]:
    source = documents(records)
    while True:
        begin, worked = time.perf_counter(), time.thread_time()
        document = next(source, None)
        waits.append((time.perf_counter() - begin, time.thread_time() - worked))
        if document is None:
            return
        yield document


def _warm_up(index: SearchIndex) -> None:
    """A Java program is slow until it has compiled what it does often."""
    for _ in range(WARM_UPS):
        for request in (request for requests in QUESTIONS.values() for request in requests):
            index.search(request)


def _ask(engine: Engine, kind: str, requests: list[SearchRequest]) -> None:
    totals = [engine.index.search(request).total for request in requests]
    worked = engine.processor_seconds()
    wall = sorted(_milliseconds(engine.index, request) for _ in range(ROUNDS) for request in requests)
    processor = (engine.processor_seconds() - worked) * 1000 / len(wall)
    hits = f"{min(totals)}-{max(totals)}"
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"{kind:14}{hits:>18}{_told(wall):>20}{wall[0]:>10.1f}{processor:>12.1f}{load:>8}", flush=True)


def _told(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} / {times[min(int(len(times) * 0.95), len(times) - 1)]:.1f}"


def _milliseconds(index: SearchIndex, request: SearchRequest) -> float:
    begin = time.perf_counter()
    index.search(request)
    return (time.perf_counter() - begin) * 1000


def _deep(index: SearchIndex, request: SearchRequest) -> SearchRequest:
    """Give the request of a page from the middle of an answer."""
    steps = request.model_copy(update={"size": 1000, "facets": (), "marked": False})
    answer = index.search(steps)
    for _ in range(answer.total // 2000):
        answer = index.search(steps.model_copy(update={"after": answer.next}))
    return request.model_copy(update={"after": answer.next})


def _export(index: SearchIndex) -> None:
    request = SearchRequest(query="服务", size=1000, facets=(), marked=False)
    begin, taken = time.perf_counter(), 0
    answer = index.search(request)
    while answer.hits and taken < MOST_EXPORTED:
        taken += len(answer.hits)
        if answer.next is None:
            break
        answer = index.search(request.model_copy(update={"after": answer.next}))
    print(f"export {taken / (time.perf_counter() - begin):.0f} records/s")


def _replace_one(index: SearchIndex) -> None:
    document_id, records = next(documents(1_000, seed=2))
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        index.replace(document_id, records)
        times.append((time.perf_counter() - begin) * 1000)
    print(f"one document of {len(records)} records replaced in {_told(sorted(times))} ms")


if __name__ == "__main__":
    main()
