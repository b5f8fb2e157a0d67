"""Draw a page of words and rules as SVG: how a document without paper of its own is shown."""

import re
from typing import Final
from xml.sax.saxutils import escape

from shared.contracts.pages import Page, Rule, Word

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONTS: Final = "PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
BASELINE: Final = 0.82  # of a word's height, from its top


def draw_text_page(page: Page) -> str:
    """
    Draw it on white paper, every word exactly as wide as its box.

    The width is forced because the reader's fonts are not known: the marks laid over the
    page must meet the characters that they mark.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {page.width:g} {page.height:g}" '
        f'width="{page.width:g}" height="{page.height:g}" font-family="{_FONTS}" fill="#1b1f24">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *(_rule(rule) for rule in page.rules),
        *(_word(word) for word in page.words if word.text.strip()),
        "</svg>",
    ]
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    box = rule.box
    return (
        f'<rect x="{box.x0:g}" y="{box.top:g}" width="{max(box.width, 0.5):g}" '
        f'height="{max(box.height, 0.5):g}" fill="#7a828c"/>'
    )


def _word(word: Word) -> str:
    box = word.box
    text = escape(_NOT_XML.sub("\ufffd", word.text))
    return (
        f'<text x="{box.x0:g}" y="{box.top + box.height * BASELINE:g}" font-size="{box.height * 0.86:g}" '
        f'textLength="{box.width:g}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">{text}</text>'
    )
