"""One spelling for signs that look alike, character for character, so that positions stay true."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOK_ALIKES = {
    "\u3000": " ", "\u00a0": " ", "\t": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ",
    "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "﹥": ">", "﹤": "<", "〉": ">", "〈": "<", "﹦": "=",
    "﹪": "%", "—": "-", "–": "-", "‐": "-", "−": "-", "─": "-", "﹣": "-", "〜": "~", "∼": "~",
    "×": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/",
    "【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "［": "(", "］": ")",
    "﹙": "(", "﹚": ")",
    "﹐": ",", "﹔": ";", "﹕": ":", "∶": ":", "．": ".", "\r": "\n",
}  # fmt: skip
_TABLE = _FULL_WIDTH | str.maketrans(_LOOK_ALIKES)


def fold(text: str) -> str:
    """
    Write full-width and look-alike signs in one way; the length never changes.

    NFKC would not do: it leaves ≧ and ≥ apart and turns one character into several.
    A lone 》 or 《 before a number is a typed > or <, but not where it closes a title.
    """
    folded = text.translate(_TABLE)
    if ("》" in folded) != ("《" in folded):
        folded = _replace_typed_brackets(folded)
    return folded


def _replace_typed_brackets(text: str) -> str:
    characters = list(text)
    for position, character in enumerate(characters):
        if character in "《》" and text[position + 1 :].lstrip(" =")[:1].isdecimal():
            characters[position] = "<" if character == "《" else ">"
    return "".join(characters)
