"""Prints scores as one table for people, or as JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from unicodedata import east_asian_width

from tests.accuracy.score import Score

_HEAD = (
    f"{'document':<42}{'form':<26}{'projects':>9}{'exact':>7}{'amounts':>8}{'goals':>9}"
    f"{'indicators':>12}{'recall':>8}{'precis.':>8}{'exact':>9}{'seconds':>9}"
)


def table(scores: Sequence[Score]) -> Iterator[str]:
    """Give a line for each document, then for each form and each source."""
    yield _HEAD
    yield "-" * len(_HEAD)
    for each in scores:
        yield (
            _line(each)
            if each.state == "read"
            else f"{each.document[:41]:<42}{each.form[:25]:<26}  {each.state}"
        )
    yield "-" * len(_HEAD)
    done = [each for each in scores if each.state == "read"]
    for form in dict.fromkeys(each.form for each in done):
        yield _line(total([each for each in done if each.form == form], "all of this form", form))
    for source in dict.fromkeys(each.source for each in done):
        yield _line(total([each for each in done if each.source == source], "ALL", f"source: {source}"))
    waiting = sum(each.state == "waiting_for_ocr" for each in scores)
    if waiting:
        yield f"{waiting} documents wait for OCR and are not counted"


def _line(each: Score) -> str:
    projects = f"{each.projects_read}/{each.projects_expected}"
    return (
        f"{_pad(each.document, 42)}{_pad(each.form, 26)}{projects:>9}{each.projects_exact:>7}"
        f"{each.amounts_exact:>8}{f'{each.goals_exact}/{each.goals_expected}':>9}"
        f"{f'{each.read}/{each.expected}':>12}{each.recall:>8.2%}{each.precision:>8.2%}"
        f"{f'{each.exact}/{each.stated}':>9}{each.seconds:>9.1f}"
    )


def _pad(text: str, width: int) -> str:
    """Cut and fill a text to so many columns of a terminal, of which a Chinese character takes two."""
    cut, used = "", 0
    for character in text:
        used += 2 if east_asian_width(character) in "WF" else 1
        if used >= width:
            break
        cut += character
    return cut + " " * (width - sum(2 if east_asian_width(each) in "WF" else 1 for each in cut))


def total(scores: Iterable[Score], document: str, form: str) -> Score:
    """Add scores up."""
    summed = Score(document, form)
    for each in scores:
        for counted in fields(Score):
            value = getattr(each, counted.name)
            if isinstance(value, int | float | Counter):
                setattr(summed, counted.name, getattr(summed, counted.name) + value)
    return summed


def faults(scores: Iterable[Score], most: int) -> Iterator[str]:
    """List the faults of each document with their pages, the worst document first."""
    for each in sorted(scores, key=lambda each: -len(each.faults)):
        if each.faults:
            yield f"\n{each.document}: {len(each.faults)} faults"
            yield from (f"  {fault[:300]}" for fault in each.faults[:most])
            if len(each.faults) > most:
                yield f"  … and {len(each.faults) - most} more (--faults N shows N)"


def as_json(scores: Iterable[Score]) -> str:
    """Write everything, for programs."""
    rows = [
        {counted.name: getattr(each, counted.name) for counted in fields(each)}
        | {"recall": each.recall, "precision": each.precision, "exactness": each.exactness}
        for each in scores
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)
