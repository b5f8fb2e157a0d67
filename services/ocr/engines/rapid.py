"""The models that RapidOCR ships, run by OpenVINO on the processor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import openvino

from services.ocr.engines.installed import model_path
from services.ocr.engines.look_alikes import DOUBLED, LEAST_CHANCE, LEAST_IF_CLEAR, RARER, has_two_bars
from services.ocr.picture import Pixels
from services.ocr.recogniser import LineReading

_HEIGHT = 48
_SQUEEZED = 0.85  # of the width: as true as full width on 514 lines; 0.72 lost a nought of 10000
_MIN_WIDTH = 160
_STEP = 32
_BLANK = 0
_TO_FULL_WIDTH = 0xFEE0

Chances = np.ndarray[Any, np.dtype[np.float32]]
"""Steps along the line, by the labels of the alphabet."""


class RapidRecogniser:
    """
    Reads one line at a time: batches of one are the fastest on two cores.

    Core pinning is off, because two workers would otherwise share one core.
    """

    name = "rapidocr"

    def __init__(self, version: str, *, threads: int = 2) -> None:
        self.version = version
        core = openvino.Core()
        model = core.read_model(model_path("rec"))
        self._alphabet = ["", *model.get_rt_info("framework")["character"].splitlines(), " "]
        self._indexes = {character: index for index, character in enumerate(self._alphabet)}
        self._width_twins = _width_twins(self._indexes)
        settings = {
            "INFERENCE_NUM_THREADS": threads,
            "ENABLE_CPU_PINNING": False,
            "PERFORMANCE_HINT": "LATENCY",
        }
        self._network = core.compile_model(model, "CPU", settings).create_infer_request()

    def read_lines(self, pictures: Sequence[Pixels]) -> list[LineReading]:
        """Recognise lines, those of one shape after the other: for each other shape the network is set up."""
        order = sorted(range(len(pictures)), key=lambda place: _input_width(_width(pictures[place])))
        readings = {place: self.read_line(pictures[place]) for place in order}
        return [readings[place] for place in range(len(pictures))]

    def read_line(self, grey: Pixels) -> LineReading:
        """Recognise a line; an empty picture gives empty text."""
        if min(grey.shape) < 2:
            return LineReading("", (0.0,), ())
        network_input, ratio = _scaled(grey)
        chances = self._network.infer([network_input], share_outputs=True)[0][0]
        labels = _collapse(chances)
        centres = [label.centre * network_input.shape[3] / len(chances) / ratio for label in labels]
        edges = _to_print(_edges(centres), grey)
        text = "".join(
            self._second_look(label, chances, grey[:, int(left) : int(right) + 1])
            for label, left, right in zip(labels, edges, edges[1:], strict=False)
        )
        return LineReading(text, edges, tuple(self._confidence(label, chances) for label in labels))

    def _confidence(self, label: "_Label", chances: Chances) -> float:
        """A doubt whether a mark is half or full width is no doubt about what is said."""
        twin = self._width_twins.get(label.index)
        return label.chance if twin is None else min(1.0, label.chance + float(chances[label.step, twin]))

    def _second_look(self, label: "_Label", chances: Chances, sign: Pixels) -> str:
        """Give the character of a label, or its look-alike that is rarer or has two bars."""
        read: str = self._alphabet[label.index]
        if read in RARER:
            rarer, least = RARER[read]
            return rarer if chances[label.step, self._indexes[rarer]] >= least * label.chance else read
        doubled = DOUBLED.get(read)
        if doubled is None or label.chance <= 0:
            return read
        chance = chances[label.step, self._indexes[doubled]] / label.chance
        is_clear = chance >= LEAST_IF_CLEAR and has_two_bars(sign, clear=True)
        return doubled if is_clear or (chance >= LEAST_CHANCE and has_two_bars(sign)) else read


@dataclass(frozen=True, slots=True)
class _Label:
    """A character of the alphabet, how sure, and where: ``centre`` counts the network's steps."""

    index: int
    chance: float
    step: int
    centre: float


def _width_twins(indexes: Mapping[str, int]) -> dict[int, int]:
    """Pair the labels of characters that differ in width only, such as ``:`` and ``：``."""
    pairs = ((chr(code), chr(code + _TO_FULL_WIDTH)) for code in range(0x21, 0x7F))
    known = [(indexes[half], indexes[full]) for half, full in pairs if half in indexes and full in indexes]
    return dict(known) | {full: half for half, full in known}


def _width(grey: Pixels) -> int:
    width: int = round(grey.shape[1] * (_SQUEEZED * _HEIGHT / max(1, grey.shape[0])))
    return max(1, width)


def _input_width(width: int) -> int:
    return max(_MIN_WIDTH, -(-width // _STEP) * _STEP)


def _scaled(grey: Pixels) -> tuple[np.ndarray, float]:
    """Give the network's input, and how wide a pixel of the line is in it."""
    ratio = _SQUEEZED * _HEIGHT / grey.shape[0]
    width = _width(grey)
    resized = cv2.resize(grey, (width, _HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)
    padded = np.zeros((1, 3, _HEIGHT, _input_width(width)), np.float32)
    padded[0, :, :, :width] = resized / 127.5 - 1.0
    return padded, ratio


def _collapse(chances: Chances) -> list[_Label]:
    """Take the likeliest label of each step, repeated labels once, blanks not at all (CTC)."""
    best = chances.argmax(axis=1)
    ends = [*np.flatnonzero(np.diff(best)).tolist(), len(best) - 1]
    starts = [0, *(end + 1 for end in ends[:-1])]
    labels = []
    for start, end in zip(starts, ends, strict=True):
        if best[start] != _BLANK:
            index = int(best[start])
            step = start + int(chances[start : end + 1, index].argmax())
            labels.append(_Label(index, float(chances[step, index]), step, (start + end + 1) / 2))
    return labels


def _edges(centres: list[float]) -> tuple[float, ...]:
    """Put the border between two characters midway between their centres."""
    if not centres:
        return (0.0,)
    between = [(left + right) / 2 for left, right in pairwise(centres)]
    half = float(np.median(np.diff(centres))) / 2 if len(centres) > 1 else 8.0
    return (max(0.0, centres[0] - half), *between, centres[-1] + half)


def _to_print(edges: tuple[float, ...], grey: Pixels) -> tuple[float, ...]:
    """Move both ends to where print begins and ends, if that is near: the network's steps are coarse."""
    dark = np.flatnonzero((grey < (np.median(grey) + grey.min()) / 2).any(axis=0))
    if len(edges) < 2 or not dark.size:
        return edges
    near = (edges[-1] - edges[0]) / (len(edges) - 1)
    first, last = float(dark[0]), float(dark[-1] + 1)
    left = first if abs(first - edges[0]) < near and first < edges[1] else edges[0]
    right = last if abs(last - edges[-1]) < near and last > edges[-2] else edges[-1]
    return (left, *edges[1:-1], right)
