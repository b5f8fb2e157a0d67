"""What the search page shows: facets, chips and hits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from services.search.questions.address import SORT_ORDERS, VIEWS, SearchAddress
from services.search.questions.choices import Choice, place_choices
from services.search.questions.highlighting import excerpt, mark_spans
from services.search.words import labels
from services.search.words.wording import target_of
from shared.contracts.records import Record
from shared.contracts.search import FACETS, UNSTATED, Facet, Hit, SearchAnswer, Twin
from shared.search.entry import promised_target
from shared.search.facets import PLACE

SHOWN_AT_ONCE: Final = 8
LISTED: Final = frozenset({"name", "project", "budget_unit", "department", "level1", "level2"})


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: the values shown at once, those behind 更多, how many there are, and if any are left out."""

    name: str
    label: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    distinct: int
    is_cut: bool
    href: str

    @property
    def chosen(self) -> int:
        return sum(choice.chosen for choice in (*self.first, *self.more))


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen facet value; its link gives it up."""

    facet: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownHit:
    """
    A hit with its link and its marked texts; ``tier_starts`` where a new kind of answer begins.

    ``elsewhere`` are the words around what answers, where that is in none of the texts of the list.
    """

    record: Record
    href: str
    tier: int
    tier_starts: bool
    texts: dict[str, Markup]
    elsewhere: tuple[str, Markup] | None
    twins: tuple["ShownTwin", ...] = ()
    group: "ShownGroup | None" = None


@dataclass(frozen=True, slots=True)
class ShownTwin:
    """Where else a hit is printed; ``differs`` is the target there, where it is another one."""

    twin: Twin
    href: str
    differs: str | None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The project or document that a hit stands for, and the link to its answers."""

    count: int
    href: str


def facet_groups(address: SearchAddress, answer: SearchAnswer) -> list[FacetGroup]:
    """List the facets that tell answers apart, and those with a choice made."""
    groups = [_facet_group(address, name, answer.facets[name]) for name in FACETS if name in answer.facets]
    return [group for group in groups if _tells_apart(group)]


def _tells_apart(group: FacetGroup) -> bool:
    """Facets that say the same of every record, as ``text`` where nothing was scanned, say nothing."""
    if group.name in ("kind", "confidence") and not group.chosen:
        return group.distinct > 1
    return group.distinct > 0 or bool(group.chosen)


def _facet_group(address: SearchAddress, name: str, facet: Facet) -> FacetGroup:
    choices = list(facet_choices(address, name, facet))
    cut = max(SHOWN_AT_ONCE, _last_needed(choices))
    return FacetGroup(
        name=name,
        label=labels.FACETS[name],
        first=tuple(choices[:cut]),
        more=tuple(choices[cut:]),
        distinct=facet.distinct,
        is_cut=facet.distinct > len(facet.values),
        href=address.first_page().href(f"/facets/{name}"),
    )


def _last_needed(choices: list[Choice]) -> int:
    """The chosen values are seen at once, and of places the parts of what is chosen."""
    return max((place for place, choice in enumerate(choices, 1) if choice.chosen or choice.depth), default=0)


def facet_choices(address: SearchAddress, name: str, facet: Facet, *, flat: bool = False) -> Iterator[Choice]:
    """
    List a facet's values, the chosen ones first, also those that no answer has.

    Places are a tree unless ``flat`` asks for their whole names in a list.
    """
    if name == PLACE and not flat:
        yield from place_choices(address, facet)
        return
    counts = {found.value: found.count for found in facet.values}
    if facet.unstated:
        counts[UNSTATED] = facet.unstated
    chosen = address.filters.get(name, ())
    for value in (*chosen, *(value for value in counts if value not in chosen)):
        yield Choice(
            label=labels.facet_value(name, value),
            count=counts.get(value, None if facet.distinct > len(facet.values) else 0),
            chosen=value in chosen,
            href=address.toggled(name, value).href(),
        )


def chips(address: SearchAddress) -> list[Chip]:
    """List the choices made."""
    return [
        Chip(labels.FACETS[name], labels.facet_value(name, value), address.toggled(name, value).href())
        for name, value in address.facet_parameters()
    ]


@dataclass(frozen=True, slots=True)
class ViewLink:
    """One thing that can be listed: its name, how it is counted, its link, whether it is the present one."""

    name: str
    counted: str
    href: str
    chosen: bool


def view_links(address: SearchAddress) -> list[ViewLink]:
    """Offer what can be listed."""
    present = "" if address.view == "every" else address.view
    shown = (view for view in VIEWS if view != "every")
    return [ViewLink(*labels.VIEWS[view], address.listing(view).href(), view == present) for view in shown]


def sort_links(address: SearchAddress) -> list[tuple[str, str, bool]]:
    """Offer each order: its name, its link, whether it is the present one."""
    return [
        (labels.SORTS[sort], address.sorted_by(sort).href(), sort == address.sort) for sort in SORT_ORDERS
    ]


def shown_hits(address: SearchAddress, answer: SearchAnswer) -> list[ShownHit]:
    """Prepare the hits of a page."""
    tiers = [None, *(hit.tier for hit in answer.hits)]
    return [
        ShownHit(
            record=hit.record,
            href=address.href(f"/records/{hit.record.record_id}", fragment="cell"),
            tier=hit.tier,
            tier_starts=hit.tier != before,
            texts=_marked_texts(hit),
            elsewhere=_elsewhere(hit),
            twins=_twins(address, hit),
            group=_group(address, hit),
        )
        for hit, before in zip(answer.hits, tiers, strict=False)
    ]


def _twins(address: SearchAddress, hit: Hit) -> tuple[ShownTwin, ...]:
    promised = promised_target(hit.record)
    here = promised.text if promised else None
    return tuple(
        ShownTwin(
            twin=twin,
            href=address.listing("every").href(f"/records/{twin.record_id}", fragment="cell"),
            differs=None if twin.target == here else twin.target or "未印指标值",
        )
        for twin in (hit.group.twins if hit.group else ())
    )


def _group(address: SearchAddress, hit: Hit) -> ShownGroup | None:
    if hit.group is None or address.view not in ("project", "document"):
        return None
    inside = address.listing("").with_values(f"{address.view}_id", (hit.group.key,))
    return ShownGroup(hit.group.count, inside.href())


def _marked_texts(hit: Hit) -> dict[str, Markup]:
    return {
        field: mark_spans(text, hit.highlights.get(field, ())) for field, text in printed_texts(hit.record)
    }


def _elsewhere(hit: Hit) -> tuple[str, Markup] | None:
    shown = target_of(hit.record)
    if hit.highlights.keys() & (LISTED | {shown.field} if shown else LISTED):
        return None
    for field, text in printed_texts(hit.record):
        spans = hit.highlights.get(field)
        if spans and text:
            return labels.FIELDS[field], excerpt(text, spans)
    return None


def printed_texts(record: Record) -> Iterator[tuple[str, str | None]]:
    """List the texts of a record that a query may be found in, under their field names."""
    for field in ("name", "project", "budget_unit", "department", "level1", "level2"):
        yield field, getattr(record, field)
    for field in ("annual_target", "period_target", "actual"):
        target = getattr(record, field)
        yield field, target.text if target else None
    for field in ("goal", "explanation", "scoring", "note", "deviation"):
        yield field, getattr(record, field)
