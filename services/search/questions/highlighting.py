"""Mark what answers a query in the text as printed."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from shared.contracts.search import Span


def mark_spans(text: str | None, spans: Iterable[Span] = ()) -> Markup:
    """Escape a text for HTML and put ``<mark>`` around the spans; overlapping ones become one."""
    printed = text or ""
    marked, written = Markup(), 0
    for start, end in _joined(spans, len(printed)):
        marked += escape(printed[written:start]) + Markup("<mark>{}</mark>").format(printed[start:end])
        written = end
    return marked + escape(printed[written:])


def excerpt(text: str, spans: Sequence[Span], *, around: int = 28) -> Markup:
    """Mark the spans in the part of a long text that holds the first of them."""
    start = max(0, min(span.start for span in spans) - around)
    end = min(len(text), start + 3 * around)
    inside = [Span(start=span.start - start, end=span.end - start) for span in spans]
    return (
        escape("…" if start else "") + mark_spans(text[start:end], inside) + ("…" if end < len(text) else "")
    )


def _joined(spans: Iterable[Span], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, span.start), min(span.end, length)) for span in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
