"""Why a table was taken for a form, and its heads for fields: what ``explain`` shows to people."""

from dataclasses import dataclass

from services.parse.passage import Passage


@dataclass(frozen=True, slots=True)
class HeadTaken:
    """A printed head or label and the field it was taken for; None where its words are not known."""

    printed: Passage
    field: str | None


@dataclass(frozen=True, slots=True)
class FormRefused:
    """A form that the table was not taken for; ``reason`` is Chinese."""

    form: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    What became of one table found on paper.

    ``form`` is None for a table that was refused as a whole; ``reason`` says why, in Chinese.
    """

    first_page: int
    last_page: int
    form: str | None
    reason: str
    title: Passage = Passage()
    columns: tuple[HeadTaken, ...] = ()
    labels: tuple[HeadTaken, ...] = ()
    refused: tuple[FormRefused, ...] = ()
