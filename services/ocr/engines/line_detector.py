"""The detector that RapidOCR ships, for pages on which neither a grid nor level lines can be seen."""

import cv2
import numpy as np
import openvino

from services.ocr.engines.installed import model_path
from services.ocr.picture import Pixels

_LONG_SIDE = 1280
_STEP = 32


class LineDetector:
    """Says of each pixel how likely it is the core of a line of print."""

    def __init__(self, *, threads: int = 1) -> None:
        core = openvino.Core()
        settings = {
            "INFERENCE_NUM_THREADS": threads,
            "ENABLE_CPU_PINNING": False,
            "PERFORMANCE_HINT": "LATENCY",
        }
        self._network = core.compile_model(model_path("det"), "CPU", settings).create_infer_request()

    def line_cores(self, grey: Pixels) -> Pixels:
        """Give the likelihoods, 0 to 1, on a smaller picture of the same shape."""
        ratio = min(1.0, _LONG_SIDE / max(grey.shape))
        rows, columns = (max(_STEP, round(side * ratio / _STEP) * _STEP) for side in grey.shape)
        small = cv2.resize(grey, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)
        plane = small / 127.5 - 1.0
        likely: Pixels = self._network.infer([np.stack([plane] * 3)[None]])[0][0, 0]
        return likely
