"""The models that RapidOCR ships, run by OpenVINO on the processor."""

from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import openvino

from services.ocr.picture import Pixels
from services.ocr.recogniser import LineReading

_HEIGHT = 48
_MIN_WIDTH = 320
_STEP = 32
_BLANK = 0


class RapidRecogniser:
    """
    Reads one line at a time: batches of one are the fastest on two cores.

    Core pinning is off, because two workers would otherwise share one core.
    """

    name = "rapidocr"

    def __init__(self, *, threads: int = 2) -> None:
        model_path = _model_path("rec")
        core = openvino.Core()
        model = core.read_model(model_path)
        self._alphabet = ["", *model.get_rt_info("framework")["character"].splitlines(), " "]
        settings = {
            "INFERENCE_NUM_THREADS": threads,
            "ENABLE_CPU_PINNING": False,
            "PERFORMANCE_HINT": "LATENCY",
        }
        self._network = core.compile_model(model, "CPU", settings).create_infer_request()
        self.version = f"rapidocr {version('rapidocr')} {model_path.stem}, openvino {version('openvino')}"

    def read_line(self, grey: Pixels) -> LineReading:
        """Recognise a line; an empty picture gives empty text."""
        if min(grey.shape) < 2:
            return LineReading("", (0.0,), ())
        network_input, ratio = _scaled(grey)
        chances = self._network.infer([network_input])[0][0]
        best = chances.argmax(axis=1)
        return _decode(
            best, chances[np.arange(len(best)), best], self._alphabet, self._step(network_input, best) / ratio
        )

    @staticmethod
    def _step(network_input: np.ndarray, steps: np.ndarray) -> float:
        return float(network_input.shape[3]) / len(steps)


def _model_path(kind: str) -> Path:
    package = find_spec("rapidocr")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("rapidocr")
    return next((Path(package.origin).parent / "models").glob(f"PP-OCR*_{kind}_*.onnx"))


def _scaled(grey: Pixels) -> tuple[np.ndarray, float]:
    ratio = _HEIGHT / grey.shape[0]
    width = max(1, round(grey.shape[1] * ratio))
    resized = cv2.resize(grey, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    padded = np.zeros((1, 3, _HEIGHT, max(_MIN_WIDTH, -(-width // _STEP) * _STEP)), np.float32)
    padded[0, :, :, :width] = resized / 127.5 - 1.0
    return padded, ratio


def _decode(best: np.ndarray, chances: np.ndarray, alphabet: list[str], step: float) -> LineReading:
    """Collapse repeated labels (CTC) and place each character where its label was strongest."""
    starts = np.flatnonzero((best != _BLANK) & (best != np.concatenate(([_BLANK], best[:-1]))))
    text, centres, confidences = [], [], []
    for start in starts.tolist():
        end = start
        while end + 1 < len(best) and best[end + 1] == best[start]:
            end += 1
        text.append(alphabet[int(best[start])])
        centres.append((start + end + 1) / 2 * step)
        confidences.append(float(chances[start : end + 1].max()))
    return LineReading("".join(text), _edges(centres), tuple(confidences))


def _edges(centres: list[float]) -> tuple[float, ...]:
    """Put the border between two characters midway between their centres."""
    if not centres:
        return (0.0,)
    between = [(left + right) / 2 for left, right in pairwise(centres)]
    half = float(np.median(np.diff(centres))) / 2 if len(centres) > 1 else 8.0
    return (max(0.0, centres[0] - half), *between, centres[-1] + half)
