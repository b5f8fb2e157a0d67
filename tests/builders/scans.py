"""Scans for tests: samples of the project put through a scanner."""

import unicodedata
from dataclasses import replace
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

import pdfplumber
import pypdfium2

from samples.drafts import draft_table
from samples.ink import load_font
from samples.layouts import blocks, serialised_list
from samples.pictures import Scanner, scanned
from services.ocr.engines.choice import choose_engine
from services.ocr.page_reading import read_page
from services.ocr.picture import picture_of_page
from services.ocr.recogniser import Recogniser
from services.parse.tables.lines import group_into_lines
from shared.contracts.pages import Page


@cache
def digital_sample(seed: int = 1) -> bytes:
    """A sample with a text layer."""
    load_font()
    return serialised_list(draft_table(Random(seed), year=2026))[0]


@cache
def small_sample(seed: int = 3) -> tuple[bytes, dict[str, Any]]:
    """A form for one project on one page, with a text layer, and what it says."""
    load_font()
    table = draft_table(Random(seed), year=2026)
    content, answer = blocks(replace(table, projects=table.projects[:1]))
    return content, answer["forms"][0]


@cache
def rapid() -> Recogniser:
    """The default engine, loaded once."""
    return choose_engine("rapidocr", threads=2)


def printed_lines(pdf: bytes, number: int = 0) -> list[str]:
    """The lines that a page prints, each as one string without blanks."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        words = document.pages[number].extract_words(x_tolerance=3)
    return [folded(word["text"]) for word in words]


def read_scan(pdf: bytes, scanner: Scanner, *, number: int = 0, engine: Recogniser | None = None) -> Page:
    """Scan a sample and read one page of it."""
    picture = picture_of_page(pypdfium2.PdfDocument(scanned(pdf, scanner))[number])
    return read_page(picture, engine or rapid(), number=number + 1, reason="no_text_layer")


def text_of(page: Page) -> str:
    """All that was read on a page, line by line, as one string without blanks."""
    return folded("".join(word.text for line in group_into_lines(page.words) for word in line))


def folded(text: str) -> str:
    """Forget the width of characters, and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
