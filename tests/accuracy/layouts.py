"""
Scores the drawn layouts that say as what they count: ``python -m tests.accuracy.layouts``.

An indicator is right when its name and its value are, below its own project; *in every field* when its
levels, weights and all else are too. The figures of a batch mean something once: before anybody mends
what it shows. They are kept in ``docs/unseen.md``.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from services.parse.document import read_document
from shared.contracts.records import Document
from tests.builders.drawn_layouts import MEDIA, Layout, every_layout, read_layout
from tests.builders.printed_answers import differences, texts_of

_KINDS: Final = ("known", "unknown", "none")


def main() -> None:
    scores = {kind: Counter() for kind in _KINDS}
    for name, medium in every_layout():
        layout = read_layout(name)
        if layout.weighs:
            scores[layout.weighs] += score(layout, medium)
    for kind in _KINDS:
        print(line(kind, scores[kind]))


def score(layout: Layout, medium: str) -> Counter:
    """Count what one printing of a layout holds, what was read of it, and what of that is right."""
    document = read_document(layout.content(medium), file_name="表", media_type=MEDIA[medium])
    printed, read = list(_printed(layout)), list(_read(document))
    unmatched = Counter(place for place, _ in read)
    right = sum(min(count, unmatched[place]) for place, count in Counter(p for p, _ in printed).items())
    counts = Counter(printings=1, printed=len(printed), read=len(read), right=right)
    counts["entire"] = sum(fields in read for fields in printed)
    counts[_verdict(layout, document)] += 1
    return counts


def line(kind: str, counts: Counter) -> str:
    precision, recall = _share(counts["right"], counts["read"]), _share(counts["right"], counts["printed"])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return (
        f"{kind}: {counts['exact']} of {counts['printings']} printings exact, {counts['wrong']} wrong,"
        f" {counts['refused']} refused; {counts['printed']} indicators, {counts['read']} read,"
        f" precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f},"
        f" in every field {_share(counts['entire'], counts['printed']):.4f}"
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _verdict(layout: Layout, document: Document) -> str:
    if not differences(layout.answers, document):
        return "exact"
    return "refused" if not any(_read(document)) and any(_printed(layout)) else "wrong"


def _printed(layout: Layout) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    for answer in layout.answers:
        for indicator in answer.indicators:
            yield _place(answer.fields["name"], indicator), _filled(indicator)


def _read(document: Document) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    for project in (project for table in document.tables for project in table.projects):
        for indicator in map(texts_of, project.indicators):
            yield _place(project.name, indicator), _filled(indicator)


def _place(project: str, indicator: dict[str, str]) -> tuple[str, ...]:
    value = indicator.get("annual_target") or indicator.get("period_target") or ""
    return tuple(text.replace(" ", "") for text in (project, indicator["name"], value))


def _filled(indicator: dict[str, str]) -> dict[str, str]:
    return {field: text.replace(" ", "") for field, text in indicator.items() if text}


if __name__ == "__main__":
    main()
