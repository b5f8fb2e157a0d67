"""Every word of the pages in English; the keys are what the templates and labels say."""

from collections.abc import Mapping
from typing import Final

ENGLISH: Final[Mapping[str, str]] = {}
