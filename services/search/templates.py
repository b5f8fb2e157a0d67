"""Render the pages for people."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.search.documents.surroundings import table_lines
from services.search.headers import next_pages
from services.search.questions.address import SearchAddress
from services.search.words import labels
from services.search.words.language import LANGUAGES, Language, speak
from services.search.words.wording import adds_to_print, bound_in_words, level_of, target_of
from shared.contracts.findings import FINDINGS

FOLDER: Final = Path(__file__).parent
STATIC: Final = FOLDER / "static"
_A_YEAR_SECONDS: Final = 365 * 24 * 3600


def render_page(
    request: Request, name: str, context: Mapping[str, object], *, status: int = 200
) -> HTMLResponse:
    """
    Render a template in the reader's language; a language in the address is remembered.

    Every page has the search box, so every page knows an address.
    """
    language = language_of(request)
    shown = {
        "address": SearchAddress(),
        "path": request.url.path,
        "other_language": _in_other_language(request, language),
        **context,
    }
    text = environment(language).get_template(name).render(shown)
    answer = HTMLResponse(text, status_code=status, headers=next_pages(_static_version()))
    if "lang" in request.query_params:
        answer.set_cookie("lang", language, max_age=_A_YEAR_SECONDS, samesite="lax", httponly=True)
    return answer


def language_of(request: Request) -> Language:
    """Say in which language to answer: as the address asks, else as was asked last, else Chinese."""
    asked = request.query_params.get("lang", request.cookies.get("lang", ""))
    return next((language for language in LANGUAGES if language == asked), "zh")


def _in_other_language(request: Request, language: Language) -> str:
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    other = next(one for one in LANGUAGES if one != language)
    return f"{quote(request.url.path)}?{urlencode([*rest, ('lang', other)])}"


@cache
def environment(language: Language = "zh") -> Environment:
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
        meanings={code: kind.meaning for code, kind in FINDINGS.items()},
    )
    templates.filters.update(number=group_digits, figure=figure, moment=in_minutes, size=in_units)
    templates.filters["advice"] = partial(advice_in, language)
    speak(templates, language)
    return templates


def group_digits(number: str | int | None) -> str:
    """Write a number with thousands separators, its decimals as they are."""
    try:
        return f"{Decimal(number):,}" if number is not None else ""
    except InvalidOperation:
        return str(number)


def figure(text: str | None) -> str:
    """Write a number with thousands separators, and nothing for what is none."""
    try:
        return f"{Decimal(text or ''):,}"
    except InvalidOperation:
        return ""


def advice_in(language: Language, advice: str | None) -> str:
    """Give the half of an advice that is in the reader's language: it is kept in Chinese, then in English."""
    chinese, _, english = (advice or "").partition("。 ")
    return (english if language == "en" else f"{chinese}。") if english else chinese


def in_minutes(moment: datetime) -> str:
    """Write a moment as people here do, to the minute and in the time zone of the machine."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def in_units(size_bytes: int | None) -> str:
    """Write a file's size."""
    if size_bytes is None:
        return ""
    for unit, step in (("MB", 1024 * 1024), ("KB", 1024)):
        if size_bytes >= step:
            return f"{size_bytes / step:,.1f} {unit}".replace(".0 ", " ")
    return f"{size_bytes} B"


@cache
def _static_version() -> str:
    """Name the style and script by what is in them, so that a browser never mixes versions."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
