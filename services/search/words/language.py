"""
The pages in English: templates are written in Chinese, and their words replaced before they are compiled.

No template calls a function for each of its words: what stands between two tags, in an
attribute or in a string of a template is looked up as a whole, ``第 {} 页`` with the place of
its expression. What has no translation stays Chinese, and a test finds it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, Literal

from jinja2 import Environment
from jinja2.ext import Extension

from services.search.words import labels
from services.search.words.english import ENGLISH
from services.search.words.wording import bound_in_words
from shared.contracts.records import Bound

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

_CODE: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_KEPT: Final = re.compile("\ue000([0-9]+)\ue001|\ue002([0-9]+)\ue001")
_BLOCK, _EXPRESSION = "\ue000{}\ue001", "\ue002{}\ue001"
_TAG: Final = re.compile(r"<[^>]*>")
_ATTRIBUTE: Final = re.compile(r'="([^"]*)"')
_LITERAL: Final = re.compile(r'"([^"]*)"')
_EXPRESSIONS: Final = re.compile("\ue002[0-9]+\ue001")
_BLOCKS: Final = re.compile("(\ue000[0-9]+\ue001)")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_CHINESE_OR_ITS_MARKS: Final = re.compile("[\u3400-\u9fff，。：；（）]")

Translate = Callable[[str], str]


def is_chinese(text: str) -> bool:
    """Say whether there is a Chinese character in a text."""
    return bool(_CHINESE.search(text))


def in_english(text: str) -> str:
    """Translate words of the pages; what is none of them stays as it is."""
    return ENGLISH.get(text, text)


def say_in_english(text: str) -> str:
    """Translate words that were put together in Python, such as ``去掉“培训”``."""
    if text in ENGLISH or not is_chinese(text):
        return in_english(text)
    for pattern, said in _patterns():
        if match := pattern.fullmatch(text):
            for part in match.groups():
                said = said.replace("{}", in_english(part), 1)
            return said
    return text


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Those words with a place for others in them, the longest first."""
    open_ended = sorted((words for words in ENGLISH if "{}" in words), key=len, reverse=True)
    return [
        (re.compile(re.escape(words).replace(r"\{\}", "(.+)"), re.DOTALL), ENGLISH[words])
        for words in open_ended
    ]


def bound_in_english(bound: Bound) -> str:
    """Write a bound as it was read, with where its unit came from."""
    said = bound_in_words(bound)
    for basis in filter(None, labels.UNIT_BASES.values()):
        said = said.replace(f"（{basis}）", f" ({in_english(basis)})")
    return said


class English(Extension):
    """Replaces the Chinese words of each template."""

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002 (Jinja's signature)
        filename: str | None = None,  # noqa: ARG002 (as above)
    ) -> str:
        return rewrite(source, in_english)


def rewrite(source: str, translate: Translate) -> str:
    """Hand each piece of Chinese in a template to ``translate``, and put its answer there."""
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        said = _LITERAL.sub(lambda literal: f'"{_said(literal[1], translate)}"', match.group())
        code.append(said)
        return (_EXPRESSION if said.startswith("{{") else _BLOCK).format(len(code) - 1)

    marked = _CODE.sub(keep, source)
    spoken = "".join(_piece(piece, translate) for piece in _pieces(marked))
    return _KEPT.sub(lambda match: code[int(match[1] or match[2])], spoken)


def chinese_in(source: str) -> list[str]:
    """List all pieces of Chinese in a template, as they are looked up."""
    met: list[str] = []

    def note(text: str) -> str:
        met.append(text)
        return text

    rewrite(source, note)
    return met


def _pieces(marked: str) -> Iterator[str]:
    end = 0
    for tag in _TAG.finditer(marked):
        yield marked[end : tag.start()]
        yield tag.group()
        end = tag.end()
    yield marked[end:]


def _piece(piece: str, translate: Translate) -> str:
    if piece.startswith("<"):
        return _ATTRIBUTE.sub(lambda match: f'="{_text(match[1], translate)}"', piece)
    return _text(piece, translate)


def _text(text: str, translate: Translate) -> str:
    return "".join(_run(run, translate) for run in _BLOCKS.split(text))


def _run(run: str, translate: Translate) -> str:
    """Translate a run of words; its expressions go to the places that the translation gives them."""
    words = run.strip()
    if run.startswith("\ue000") or not _CHINESE_OR_ITS_MARKS.search(words):
        return run
    written = _EXPRESSIONS.sub("{}", words)
    said = translate(written)
    if said != written:
        said = _with_blanks(written, said)
    for expression in _EXPRESSIONS.findall(words):
        said = said.replace("{}", expression, 1)
    return (run.lstrip() if said.startswith(",") else run).replace(words, said, 1)


def _with_blanks(written: str, said: str) -> str:
    """Put a blank where Chinese has none: its marks are as wide as a character and bring their own."""
    before = " " if written[0] in "，（" and (said[0].isalnum() or said[0] == "(") else ""
    return f"{before}{said}{' ' if written[-1] in '，。：' else ''}"


def _said(text: str, translate: Translate) -> str:
    return translate(text) if is_chinese(text) else text


class EnglishLabels:
    """The words for codes, in English; printed words among them stay as they are printed."""

    def __getattr__(self, name: str) -> object:
        value = getattr(labels, name)
        return _translated(value) if isinstance(value, Mapping) else value

    def facet_value(self, facet: str, value: str) -> str:
        """Say a facet's value in words."""
        return value if facet == "year" else _label(labels.facet_value(facet, value), value)

    def overview_value(self, name: str, value: str) -> str:
        """Say what an overview is narrowed to."""
        return value if name == "year" and value != "-" else _label(labels.overview_value(name, value), value)

    def reasons(self, codes: str) -> str:
        """Say why a document stands where it does."""
        return "; ".join(in_english(labels.reasons(code)) for code in codes.split(",") if code)


def _label(said: str, value: str) -> str:
    return value if said == value else in_english(said)


def _translated(words: Mapping[object, object]) -> dict[object, object]:
    return {key: _translated_one(value) for key, value in words.items()}


def _translated_one(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(in_english(str(part)) for part in value)
    return in_english(value) if isinstance(value, str) else value


def speak(templates: Environment, language: Language) -> None:
    """Give an environment the words of a language."""
    templates.globals["language"] = language
    templates.filters["say"] = say_in_english if language == "en" else str
    if language == "en":
        templates.add_extension(English)
        templates.globals.update(labels=EnglishLabels(), bound_in_words=bound_in_english)
