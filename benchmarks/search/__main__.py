"""
Measure the search index: ``python -m benchmarks.search [--records 100000]``.

Builds an index of made-up records and asks it for pages of 20 hits with all facets; prints
the build rate, the size on disk, and for each kind of question the hits and the milliseconds (p50, p95).
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.search.made_up import documents
from shared.contracts.records import Record
from shared.contracts.search import SearchRequest, SortOrder
from shared.runtime.search_index import TantivyIndex

ROUNDS = 5

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
    """Build, ask, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=100_000)
    records = arguments.parse_args().records
    with tempfile.TemporaryDirectory() as folder:
        index = TantivyIndex(Path(folder) / "index")
        _build(index, records)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(f"size {size / 1e6:.0f} MB")
        print(f"{'question':14}{'hits':>16}{'ms p50 / p95':>20}{'processor ms':>20}")
        for kind, requests in QUESTIONS.items():
            _ask(index, kind, requests)
        _ask(index, "deep page", [_deep(index, SearchRequest(query="服务"))])
        _replace_one(index)


def _build(index: TantivyIndex, records: int) -> None:
    """Count what the index does, not the making-up of records."""
    waits: list[tuple[float, float]] = []
    begin, worked = time.perf_counter(), time.process_time()
    with index.batch():
        for document_id, made in _made_up(records, waits):
            index.replace(document_id, made)
    seconds = time.perf_counter() - begin - sum(wait for wait, _ in waits)
    processor = time.process_time() - worked - sum(made for _, made in waits)
    print(f"build {records} records in {seconds:.1f} s: {records / seconds:.0f} records/s")
    print(f"      {processor / records * 1e6:.0f} µs of processor time a record, of all threads together")


def _made_up(records: int, waits: list[tuple[float, float]]) -> Iterator[tuple[str, list[Record]]]:
    source = documents(records)
    while True:
        begin, worked = time.perf_counter(), time.thread_time()
        document = next(source, None)
        waits.append((time.perf_counter() - begin, time.thread_time() - worked))
        if document is None:
            return
        yield document


def _ask(index: TantivyIndex, kind: str, requests: list[SearchRequest]) -> None:
    totals = [index.search(request).total for request in requests]  # warms up, too
    spent = [_milliseconds(index, request) for _ in range(ROUNDS) for request in requests]
    wall, processor = (sorted(times) for times in zip(*spent, strict=True))
    hits = f"{min(totals)}-{max(totals)}"
    print(f"{kind:14}{hits:>16}{_told(wall):>20}{_told(processor):>20}")


def _told(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} / {times[min(int(len(times) * 0.95), len(times) - 1)]:.1f}"


def _milliseconds(index: TantivyIndex, request: SearchRequest) -> tuple[float, float]:
    """Time a page on the wall and on the processor, which others' work on the machine disturbs less."""
    begin, worked = time.perf_counter(), time.process_time()
    index.search(request)
    return (time.perf_counter() - begin) * 1000, (time.process_time() - worked) * 1000


def _deep(index: TantivyIndex, request: SearchRequest) -> SearchRequest:
    """Give the request of a page from the middle of an answer."""
    steps = request.model_copy(update={"size": 1000, "facets": ()})
    answer = index.search(steps)
    for _ in range(answer.total // 2000):
        answer = index.search(steps.model_copy(update={"after": answer.next}))
    return request.model_copy(update={"after": answer.next})


def _replace_one(index: TantivyIndex) -> None:
    document_id, records = next(documents(1_000, seed=2))
    begin = time.perf_counter()
    index.replace(document_id, records)
    print(f"one document of {len(records)} records replaced in {(time.perf_counter() - begin) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
