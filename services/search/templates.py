"""Render the pages for people."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.search import labels
from services.search.address import SearchAddress
from services.search.surroundings import table_lines
from services.search.wording import adds_to_print, bound_in_words, level_of, target_of

FOLDER: Final = Path(__file__).parent
STATIC: Final = FOLDER / "static"


def render_page(
    request: Request, name: str, context: Mapping[str, object], *, status: int = 200
) -> HTMLResponse:
    """Render a template; every page has the search box, so every page knows an address."""
    shown = {"address": SearchAddress(), "path": request.url.path, **context}
    return HTMLResponse(environment().get_template(name).render(shown), status_code=status)


@cache
def environment() -> Environment:
    """Set the templates up: escaping always on, an unknown name is an error."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(
        labels=labels,
        version=_static_version(),
        target_of=target_of,
        level_of=level_of,
        table_lines=table_lines,
        adds_to_print=adds_to_print,
        bound_in_words=bound_in_words,
    )
    templates.filters.update(number=group_digits, moment=in_minutes, size=in_units)
    return templates


def group_digits(number: str | int | None) -> str:
    """Write a number with thousands separators, its decimals as they are."""
    try:
        return f"{Decimal(number):,}" if number is not None else ""
    except InvalidOperation:
        return str(number)


def in_minutes(moment: datetime) -> str:
    """Write a moment as people here do, to the minute and in the time zone of the machine."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def in_units(size_bytes: int | None) -> str:
    """Write a file's size."""
    if size_bytes is None:
        return ""
    for unit, step in (("MB", 1024 * 1024), ("KB", 1024)):
        if size_bytes >= step:
            return f"{size_bytes / step:,.1f} {unit}"
    return f"{size_bytes} B"


def _static_version() -> str:
    """Name the style and script by what is in them, so that a browser never mixes versions."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
