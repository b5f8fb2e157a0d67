"""What a person may be about to type: departments, units, projects and indicators, each with its answers."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query

from services.search.api import PROBLEMS, ArchiveHere
from services.search.questions.parameters import LONGEST_QUERY
from shared.contracts.records import Model
from shared.contracts.search import QueryError, SearchIndex, SearchRequest
from shared.search.grouping import KEY_OF, gather
from shared.search.language import AND_WORDS, FIELD_NAMES, NOT_WORDS, OR_WORDS
from shared.values.spelling import fold

MOST_OF_A_KIND: Final = 4
_LOOKED_AT: Final = 8
_MOST_COUNTED: Final = 60_000
_LAST_WORD: Final = re.compile(
    r'(?P<before>(?:.*[\s(（|])?)(?P<field>[^\s:：()（）"“”|-]+[:：])?(?P<word>[^\s:：()（）"“”|-]+)',
    re.DOTALL,
)
_PLAIN: Final = re.compile(r"[^\W\d_]+(?:[^\W_]|%)*")

Kind = Literal["indicator", "project", "department", "budget_unit"]
_KEYS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("indicator", "指标", "indicator"),
    ("project", "项目", "project_name"),
)
_OFFICES: Final[tuple[tuple[Kind, str], ...]] = (("department", "部门"), ("budget_unit", "预算单位"))
_FIELD_OF: Final[dict[Kind, str]] = {"indicator": "name"}


class Completion(Model):
    """``text`` is what was completed, ``query`` the whole query with it, ``count`` its answers."""

    kind: Kind
    text: str
    query: str
    count: int


class Completions(Model):
    """What may be meant, the most frequent of each kind first."""

    completions: tuple[Completion, ...]


router = APIRouter(responses=PROBLEMS, tags=["search"])


@router.get("/api/suggest")
def suggest(
    archive: ArchiveHere,
    q: Annotated[str, Query(max_length=LONGEST_QUERY, examples=["满意", "年:2026 部门:教育"])] = "",
) -> Completions:
    """
    Complete the last word of a query.

    Counts are those of the whole query with the completion, so that one leads nowhere never.
    """
    try:
        return Completions(completions=tuple(_completions(archive.index, q)))
    except QueryError:  # what stands before the word is not finished yet, or wrong: the search will tell
        return Completions(completions=())


def _completions(index: SearchIndex, typed: str) -> Iterator[Completion]:
    found = _LAST_WORD.fullmatch(typed)
    if not found or fold(found["word"]) in OR_WORDS | AND_WORDS | NOT_WORDS:
        return
    asked = _field_asked(found["field"])
    before = found["before"] if asked is None or asked != "" else f"{found['before']}{found['field']}"
    if asked == "" or before.rstrip().endswith(("(", "（", "|")):
        return
    for kind, label, key in _KEYS:
        if asked in (None, _FIELD_OF.get(kind, kind)):
            yield from _names(index, before, found["word"], kind=kind, label=label, key=key)
    yield from _offices(index, before, found["word"], asked)


def _field_asked(prefix: str | None) -> str | None:
    """Say which field the word is for: None where none is named, nothing where it is no name's field."""
    if prefix is None:
        return None
    field = FIELD_NAMES.get(fold(prefix).rstrip(":").casefold(), "")
    return field if field in ("name", "project", "department", "budget_unit", "unit_or_office") else ""


def _names(
    index: SearchIndex, before: str, word: str, *, kind: Kind, label: str, key: str
) -> Iterator[Completion]:
    for text, count in _most_frequent(index, f'{before} {label}:"{word}"', word, key)[:MOST_OF_A_KIND]:
        yield Completion(kind=kind, text=text, query=f"{before}{label}:{_quoted(text)}", count=count)


def _most_frequent(index: SearchIndex, query: str, word: str, key: str) -> list[tuple[str, int]]:
    """
    Count names; where there may be more different ones than an engine can count, take those first found.

    A name that begins with what was typed comes before others that are as frequent.
    """
    request = SearchRequest(query=query, size=_LOOKED_AT, facets=(), marked=False, facet_text=word)
    if index.search(request.model_copy(update={"size": 0})).total <= _MOST_COUNTED:
        counting = {"size": 0, "facets": (key,), "facet_size": _LOOKED_AT}
        values = index.search(request.model_copy(update=counting)).facets[key].values
        found = [(value.value, value.count) for value in values]
    else:
        hits = gather(index, request, key).hits
        found = [(KEY_OF[key](hit.record), hit.group.count) for hit in hits if hit.group]
    return sorted(found, key=lambda name: (-name[1], not name[0].startswith(word), name[0]))


def _offices(index: SearchIndex, before: str, word: str, asked: str | None) -> Iterator[Completion]:
    kinds = [(kind, label) for kind, label in _OFFICES if asked in (None, kind, "unit_or_office")]
    request = SearchRequest(
        query=before,
        size=0,
        facets=tuple(kind for kind, _ in kinds),
        facet_size=MOST_OF_A_KIND,
        facet_text=word,
    )
    facets = index.search(request).facets if kinds else {}
    for kind, label in kinds:
        for value in facets[kind].values:
            query = f"{before}{label}:{_quoted(value.value)}"
            yield Completion(kind=kind, text=value.value, query=query, count=value.count)


def _quoted(text: str) -> str:
    """Write a name so that the query language takes all of it for one word."""
    if _PLAIN.fullmatch(text):
        return text
    inside = re.sub(r'["“”„＂]', " ", text).strip()
    return f'"{inside}"'
