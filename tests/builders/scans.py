"""Scans for tests: samples of the project put through a scanner."""

import unicodedata
from functools import cache
from io import BytesIO
from random import Random

import pdfplumber
import pypdfium2

from samples.drafts import draft_table
from samples.ink import load_font
from samples.layouts import serialised_list
from samples.pictures import Scanner, scanned
from services.ocr.engines.choice import choose_engine
from services.ocr.page_reading import read_page
from services.ocr.picture import picture_of_page
from services.ocr.recogniser import Recogniser
from shared.contracts.pages import Page


@cache
def digital_sample(seed: int = 1) -> bytes:
    """A sample with a text layer."""
    load_font()
    return serialised_list(draft_table(Random(seed), year=2026))[0]


@cache
def rapid() -> Recogniser:
    """The default engine, loaded once."""
    return choose_engine("rapidocr", threads=2)


def printed_lines(pdf: bytes, number: int = 0) -> list[str]:
    """The lines that a page prints, each as one string without blanks."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        words = document.pages[number].extract_words(x_tolerance=3)
    return [folded(word["text"]) for word in words]


def read_scan(pdf: bytes, scanner: Scanner, *, number: int = 0) -> Page:
    """Scan a sample and read one page of it."""
    document = pypdfium2.PdfDocument(scanned(pdf, scanner))
    return read_page(picture_of_page(document[number]), rapid(), number=number + 1, reason="no_text_layer")


def folded(text: str) -> str:
    """Forget the width of characters, and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
