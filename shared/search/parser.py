"""
From a typed query to its meaning.

    query     words, blanks mean AND; A OR B, A 或 B, A | B; -A, NOT A, 非 A; brackets
    word      口岸; "完全一致"; 部门:财政局; 年:2022..2024; 金额:>100万
    condition 满意度≥95%, 满意度 不低于 95%, 满意度95%以上, 指标:及时率≥90%
    figure    满意度 指标值:<90% (whose figure is below, be it ≥85% or 80%)

Whatever a person types is either understood or a ``QueryError`` that says where and why not.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from shared.contracts.search import QueryError
from shared.search.code_names import codes_named
from shared.search.comparison import COMPARISON, condition, figure
from shared.search.figures import in_digits
from shared.search.language import (
    DEEPEST_BRACKETS,
    LONGEST_QUERY,
    MEASURE_OR_OFFICE,
    MOST_TERMS,
    NUMBER_FIELDS,
    OFFICES,
    TEXT_FIELDS,
)
from shared.search.normalise import contained_patterns
from shared.search.office import read_office
from shared.search.query import (
    Among,
    Both,
    Contains,
    Either,
    Everything,
    Graded,
    NumberField,
    Query,
    TextField,
    Without,
)
from shared.search.spans import between
from shared.search.tokens import Token, cut, simplified
from shared.values.spelling import fold
from shared.values.units import is_known_unit, normalise_unit


@lru_cache(maxsize=1024)
def parse(query: str) -> Query:
    """Read a query; an empty one is answered by everything."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(f"查询太长，最多 {LONGEST_QUERY} 个字。", start=LONGEST_QUERY, end=len(query))
    meant = in_digits(query, simplified(query))
    try:
        return _read(meant.text)
    except QueryError as error:
        start, end = meant.typed(error.start), meant.typed(error.end)
        raise QueryError(error.message, start=start, end=end) from None


def _read(query: str) -> Query:
    tokens = cut(query)
    if len(tokens) > MOST_TERMS:
        raise QueryError(
            f"查询条件太多，最多 {MOST_TERMS} 个。", start=tokens[MOST_TERMS].start, end=len(query)
        )
    return _Reader(tokens, len(query)).read()


@dataclass(slots=True)
class _Reader:
    """Reads tokens from left to right: alternatives of conjunctions of (excluded) terms."""

    tokens: list[Token]
    length: int
    place: int = 0
    depth: int = 0
    fields: list[str] = field(default_factory=list)

    def read(self) -> Query:
        if not self.tokens:
            return Everything()
        query = self._alternatives()
        extra = self._peek()
        if extra:
            raise QueryError("多了一个右括号。", start=extra.start, end=extra.end)
        return query

    def _peek(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def _take(self, *kinds: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self.place += 1
        return token

    def _alternatives(self) -> Query:
        parts = [self._conjunction()]
        while self._take("or"):
            parts.append(self._conjunction())
        return _joined(parts, Either)

    def _conjunction(self) -> Query:
        parts = [self._term()]
        while (token := self._peek()) and token.kind not in ("or", "close"):
            self._take("and")
            parts.append(self._term())
        return _joined(parts, Both)

    def _term(self) -> Query:
        excluded = False
        while self._take("not"):
            excluded = not excluded
        term = self._group() or self._in_field() or self._plain()
        return Without(term) if excluded and not isinstance(term, Everything) else term

    def _group(self) -> Query | None:
        opening = self._take("open")
        if opening is None:
            return None
        self.depth += 1
        if self.depth > DEEPEST_BRACKETS:
            raise QueryError("括号套得太深。", start=opening.start, end=opening.end)
        inside = self._peek()
        if inside and inside.kind == "close":
            raise QueryError("括号里是空的。", start=opening.start, end=inside.end)
        query = self._alternatives()
        if not self._take("close"):
            raise QueryError("括号没有闭合，请补上右括号。", start=opening.start, end=self.length)
        self.depth -= 1
        return query

    def _in_field(self) -> Query | None:
        named = self._take("field")
        if named is None:
            return None
        following = self._peek()
        if following is None or following.kind not in ("open", "word", "quoted", "condition", "number"):
            raise QueryError("冒号后面缺少要查的内容。", start=named.start, end=named.end)
        self.fields.append(named.text)
        try:
            return self._group() or self._plain()
        finally:
            self.fields.pop()

    def _plain(self) -> Query:
        token = self._take("word", "quoted", "condition", "number")
        if token is None:
            raise self._nothing_to_look_for()
        return _leaf(token, self.fields[-1] if self.fields else "")

    def _nothing_to_look_for(self) -> QueryError:
        wrong = self._peek() or (self.tokens[self.place - 1] if self.place else None)
        start, end = (wrong.start, wrong.end) if wrong else (0, self.length)
        return QueryError("这里缺少要查的词。", start=start, end=end)


def _joined(parts: list[Query], join: type[Both] | type[Either]) -> Query:
    """Join what says something; a word of nothing but blanks or control characters does not."""
    wanted = tuple(part for part in parts if not isinstance(part, Everything))
    if len(wanted) == 1:
        return wanted[0]
    return join(wanted) if wanted else Everything()


def _leaf(token: Token, name: str) -> Query:
    if name == "figure":
        return _figure(token)
    if name in NUMBER_FIELDS:
        return between(cast(NumberField, name), token.text, start=token.start, end=token.end)
    if name in ("", "name"):
        found = _compared(token)
        if found:
            return found
    patterns = contained_patterns(token.text, closed=token.kind == "quoted")
    if not patterns:
        return Everything()
    if name in TEXT_FIELDS:
        return Contains((cast(TextField, name),), patterns)
    return _keyword(name, token.text, patterns) if name else _word(patterns)


def _figure(token: Token) -> Query:
    found = figure(token.text)
    if found is None:
        raise QueryError("指标值要写成 <90%、>=10万元 或 95%。", start=token.start, end=token.end)
    return found


def _compared(token: Token) -> Graded | None:
    if token.kind == "condition":
        return condition(token.name, token.target, closed_name=token.closed)
    if token.kind == "quoted":
        inside = COMPARISON.fullmatch(fold(token.text).strip())
        return condition(inside["name"], inside["target"], quoted=True) if inside else None
    return None


def _word(patterns: tuple[str, ...]) -> Graded:
    """A word counts most in the name, less in the other short texts, least in the goal or the remarks."""
    fields: tuple[tuple[TextField, ...], ...] = (("name",), ("text",), ("text", "goal", "remarks"))
    return Graded("word", tuple(Contains(places, patterns) for places in fields))


def _keyword(name: str, text: str, patterns: tuple[str, ...]) -> Query:
    if name == MEASURE_OR_OFFICE:
        name = "unit" if is_known_unit(text) else "budget_unit"
    if name in ("level1", "level2"):
        patterns = tuple(pattern.removesuffix("指标") or pattern for pattern in patterns)
    if name == "unit":
        normal = normalise_unit(text)
        return Among("unit", normal.unit if normal and normal.unit else text, whole=True)
    parts = [Among(name, pattern) for pattern in patterns]
    if name in OFFICES:
        parts = _office(name, text)
    parts += [Among(name, code, whole=True) for code in codes_named(name, text)]
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _office(name: str, text: str) -> list[Among]:
    """An office is found by its name, with or without the code before it, or by its code alone."""
    office = read_office(text.strip())
    patterns = contained_patterns(office.name, closed=False)
    parts = [Among(name, pattern) for pattern in patterns]
    if office.code is None and text.strip().isdecimal():
        parts.append(Among("code", fold(text).strip(), whole=True))
    return parts
