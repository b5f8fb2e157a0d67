"""Every word of the pages in English: ``english.tsv`` holds what templates say, and its translation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final


def _read(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


ENGLISH: Final[Mapping[str, str]] = _read(Path(__file__).with_name("english.tsv"))
