"""Make the samples: ``python -m samples FOLDER [--truths FOLDER]``."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from random import Random

from samples.drafts import draft_table
from samples.ink import load_font
from samples.layouts import Layout, blocks, plain_text, serialised_list, web_page, workbook
from samples.pictures import Scanner, scanned
from samples.vocabulary import DEPARTMENTS

_SEED = 20260101
_PLAN: tuple[tuple[str, Layout, int, int], ...] = (
    ("文旅局2025年项目支出绩效目标表.pdf", serialised_list, 0, 2025),
    ("文旅局2026年项目支出绩效目标表.pdf", serialised_list, 0, 2026),
    ("水务局2026年部门预算.pdf", blocks, 1, 2026),
    ("交通局2025年项目支出绩效目标表.pdf", serialised_list, 2, 2025),
    ("交通局2026年部门预算.pdf", blocks, 2, 2026),
    ("卫健局2026年项目支出绩效目标表.pdf", serialised_list, 3, 2026),
    ("水务局2025年项目支出绩效目标表.xlsx", workbook, 1, 2025),
    ("卫健局2025年项目支出绩效目标表.html", web_page, 3, 2025),
    ("教育局项目支出绩效目标表.txt", plain_text, 4, 2026),
)


def make_samples(folder: Path, truths: Path) -> list[Path]:
    """Draw every sample and write the answer of each; the same bytes each time."""
    load_font()
    folder.mkdir(parents=True, exist_ok=True)
    truths.mkdir(parents=True, exist_ok=True)
    made = [_make(name, layout, department, year, folder, truths) for name, layout, department, year in _PLAN]
    return [*made, _scan(folder, truths), _error_page(folder)]


def _make(name: str, layout: Layout, department: int, year: int, folder: Path, truths: Path) -> Path:
    table = draft_table(
        Random(f"{_SEED} {name}"),
        year=year,
        department=DEPARTMENTS[department],
        one_source=layout is plain_text,
    )
    content, answer = layout(table)
    (folder / name).write_bytes(content)
    _write_answer(truths, name, answer)
    return folder / name


def _scan(folder: Path, truths: Path) -> Path:
    """A scan without a text layer, a little askew: only OCR can read it."""
    name = "城管局2024年项目支出绩效目标表（扫描件）.pdf"
    content, answer = serialised_list(
        draft_table(Random(f"{_SEED} scan"), year=2024, department=DEPARTMENTS[5])
    )
    (folder / name).write_bytes(scanned(content, Scanner(dpi=200, skew_degrees=0.6, noise=4)))
    _write_answer(truths, name, answer)
    return folder / name


def _write_answer(truths: Path, name: str, answer: Mapping[str, object]) -> None:
    (truths / f"{name}.json").write_text(json.dumps({"file": name, **answer}, ensure_ascii=False, indent=1))


def _error_page(folder: Path) -> Path:
    """What an interrupted download leaves: an error page with the name of a budget."""
    path = folder / "下载失败的预算.pdf"
    path.write_text("<!DOCTYPE html><html><title>404</title><body>您访问的页面不存在。</body></html>")
    return path


def main() -> None:
    """Read the arguments and make the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truths", type=Path, help="where the answers go (default: FOLDER/../truths)")
    arguments = parser.parse_args()
    for path in make_samples(arguments.folder, arguments.truths or arguments.folder.parent / "truths"):
        print(path)


if __name__ == "__main__":
    main()
