"""Writes the scores as a page of the documentation, the same for the same scores."""

from collections.abc import Callable, Iterator, Sequence

from tests.accuracy.report import total
from tests.accuracy.score import Score
from tests.accuracy.values import ValueScore

_MOST_FAULTS = 20
_LONGEST_FAULT = 90
_HEAD = """# How true the records are

Written by `python -m tests.accuracy --write`, never by hand. Recall: the share of the expected
indicators that were read. Precision: the share of the read ones that were expected. Exact: the
share that is right in every field its answer states, blanks counted. The answers were made by
reading pages, never by this parser; `tests/documents/truth` says of each how it was checked.
CI holds every document to the floors in `tests/accuracy/floors.tsv`.
"""


def accuracy_page(scores: Sequence[Score], values: ValueScore | None) -> str:
    """Tell how true the records are: by source, form, field and document, and the worst rows."""
    done = [each for each in scores if each.state == "read"]
    parts = [
        _HEAD,
        "## By source\n",
        *_group(done, lambda each: each.source),
        "\n## By form\n",
        *_group(done, lambda each: f"{each.form}, {each.source}"),
        "\n## By field\n",
        *_fields(done),
        "\n## Published documents, page by page\n",
        *_pages(done),
        "\n## Worst rows\n",
        *_worst(done),
    ]
    if values:
        parts.append(f"\nTarget values read on their own: {values.exact} of {values.total} right.")
    waiting = [each.document for each in scores if each.state != "read"]
    if waiting:
        parts.append(f"\nNot read in this run: {', '.join(waiting)}.")
    return "\n".join(parts) + "\n"


def _group(scores: Sequence[Score], name: Callable[[Score], str]) -> Iterator[str]:
    yield "| | documents | projects exact | indicators | recall | precision | exact |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for group in dict.fromkeys(map(name, scores)):
        members = [each for each in scores if name(each) == group]
        sums = total(members, "", group)
        judged = sum(each.fields_stated["project name"] for each in members)
        yield (
            f"| {group} | {len(members)} | {sums.projects_exact} of {judged} | {sums.expected} "
            f"| {sums.recall:.2%} | {sums.precision:.2%} | {sums.exactness:.2%} |"
        )


def _fields(scores: Sequence[Score]) -> Iterator[str]:
    sources = list(dict.fromkeys(each.source for each in scores))
    sums = {source: total([each for each in scores if each.source == source], "", "") for source in sources}
    yield f"| field | {' | '.join(f'{source}: right | share' for source in sources)} |"
    yield f"|---|{'--:|--:|' * len(sources)}"
    for name in sorted(set().union(*(each.fields_stated for each in scores)), key=_field_order):
        cells = " | ".join(_field_cells(sums[source], name) for source in sources)
        yield f"| {name} | {cells} |"


def _field_order(name: str) -> tuple[bool, bool, str]:
    """Fields of indicators first, then of projects, then of documents."""
    return name.startswith("document "), name.startswith("project "), name


def _field_cells(score: Score, name: str) -> str:
    stated, right = score.fields_stated[name], score.fields_right[name]
    return f"{right} of {stated} | {right / stated:.2%}" if stated else " | "


def _pages(scores: Sequence[Score]) -> Iterator[str]:
    yield "| document | pages with the right count | indicators | recall | precision | exact |"
    yield "|---|--:|--:|--:|--:|--:|"
    for each in scores:
        if each.pages_expected:
            yield (
                f"| {each.document} | {each.pages_right} of {each.pages_expected} | {each.expected} "
                f"| {each.recall:.2%} | {each.precision:.2%} | {each.exactness:.2%} |"
            )


def _worst(scores: Sequence[Score]) -> Iterator[str]:
    """List rows for people to look at, the worst document first, no more than a few of each."""
    worst = sorted((each for each in scores if each.faults), key=lambda each: -len(each.faults))
    if not worst:
        yield "None."
    for each in worst:
        yield f"- {each.document}: {len(each.faults)}"
        yield from (f"    - {_plain(fault)}" for fault in each.faults[: _MOST_FAULTS // len(worst) or 1])


def _plain(fault: str) -> str:
    short = fault if len(fault) <= _LONGEST_FAULT else f"{fault[:_LONGEST_FAULT]}…"
    return "`" + short.replace("`", "'").replace("\n", " ") + "`"
