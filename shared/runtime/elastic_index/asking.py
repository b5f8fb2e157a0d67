"""Questions to the index, each answered from one state in which every document is whole."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from elasticsearch import Elasticsearch

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.elastic_index.clauses import Clause, any_of, every

_HASTY_TRIES: Final = 2
_MOST_IN_TRANSITION: Final = 10_000
_HELD_FOR: Final = "1m"
_LAST_PLACE: Final = (1 << 63) - 1
_IN_TRANSITION: Final[Clause] = {"exists": {"field": "transition"}}
_NO_GENERATION: Final = "-"

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What records are meant, and what is wanted of them."""

    meant: Clause
    wanted: Mapping[str, Any] = field(default_factory=dict)


def transition_of(document_id: str, shown: str | None) -> str:
    """Say that of a document that is being replaced only one generation of records is shown, or none."""
    return f"{document_id} {shown or _NO_GENERATION}"


class Asking:
    """
    Asks questions of one index or alias.

    A bulk request may become visible in part. The manifest of a document that is being replaced
    lies in its shard and says which generation is shown; it came there before the first record of
    another one. An answer tells which manifests were visible to it, and is believed only if the
    question had taken just these into account: in quiet times the first answer is.
    """

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index
        self._transitions: frozenset[str] = frozenset()

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer questions; several are answered from the same state of the index."""
        if len(questions) == 1:
            for _ in range(_HASTY_TRIES):
                answers = self._once(questions)
                if answers is not None:
                    return answers
        return self._held_still(questions)

    def _held_still(self, questions: Sequence[Question]) -> list[Answer]:
        """A state that is held does not change between the question that learns and the one that knows."""
        with self._point_in_time() as held:
            for _ in range(_HASTY_TRIES):
                answers = self._once(questions, held)
                if answers is not None:
                    return answers
        raise DependencyUnavailable("search index: its state could not be held")

    def _once(self, questions: Sequence[Question], held: str | None = None) -> list[Answer] | None:
        assumed = self._transitions
        bodies = [_body(question, assumed) for question in questions]
        answers = self._search_held(bodies, held) if held else [self._search(bodies[0])]
        self._transitions = frozenset().union(*map(_transitions_in, answers))
        if any(_transitions_in(answer) != assumed for answer in answers):
            return None
        return [_without_manifests(answer) for answer in answers]

    def _search(self, body: Mapping[str, Any]) -> Answer:
        found = self._client.search(index=self._index, body=dict(body), allow_partial_search_results=False)
        return dict(found.body)

    def _search_held(self, bodies: list[dict[str, Any]], held: str) -> list[Answer]:
        lines: list[Mapping[str, Any]] = []
        for body in bodies:
            lines += [{"allow_partial_search_results": False}, _on_held_state(body, held)]
        answers: list[Answer] = self._client.msearch(searches=lines).body["responses"]
        for answer in answers:
            if "error" in answer:
                raise _failure(answer)
        return answers

    @contextmanager
    def _point_in_time(self) -> Iterator[str]:
        held = str(self._client.open_point_in_time(index=self._index, keep_alive=_HELD_FOR)["id"])
        try:
            yield held
        finally:
            self._client.close_point_in_time(id=held)


def _on_held_state(body: Mapping[str, Any], held: str) -> dict[str, Any]:
    """Elasticsearch adds a key of its own to the order of a held state: a place lies behind its own hit."""
    told = {**body, "pit": {"id": held, "keep_alive": _HELD_FOR}}
    if "search_after" in told:
        told["search_after"] = [*told["search_after"], _LAST_PLACE]
    return told


def _failure(answer: Answer) -> Exception:
    """One of several searches failed though the request as a whole did not."""
    status, reason = answer.get("status"), answer["error"].get("reason")
    if status in (429, 500, 503):
        return DependencyUnavailable(f"search index: {status} {reason}")
    return RuntimeError(f"search index: {status} {answer['error']}")


def _body(question: Question, assumed: frozenset[str]) -> dict[str, Any]:
    """
    Ask for what is shown, and beside it for the manifests that say what is.

    Hits are not counted: a page is read off the beginning of the index, and what is counted is
    counted by aggregations, in which a manifest has no part.
    """
    shown = every([question.meant], without=map(_hidden, sorted(assumed)))
    query: Clause = {"bool": {"filter": [any_of([shown, _IN_TRANSITION])]}}
    counted = {"terms": {"field": "transition", "size": _MOST_IN_TRANSITION}}
    aggregations = {**question.wanted.get("aggregations", {}), "transition": counted}
    return {"query": query, "track_total_hits": False, **question.wanted, "aggregations": aggregations}


def _hidden(transition: str) -> Clause:
    document_id, _, shown = transition.rpartition(" ")
    return every([{"term": {"document_id": document_id}}], without=[{"term": {"generation": shown}}])


def _transitions_in(answer: Answer) -> frozenset[str]:
    return frozenset(bucket["key"] for bucket in answer["aggregations"]["transition"]["buckets"])


def _without_manifests(answer: Answer) -> Answer:
    """Manifests count nowhere and come last in every order."""
    if not answer["aggregations"]["transition"]["buckets"]:
        return answer
    hits = answer["hits"]
    records = [hit for hit in hits["hits"] if "record" in hit.get("_source", {})]
    return {**answer, "hits": {**hits, "hits": records}}
