"""Which engines are installed, and how they call themselves; none is started to find out."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

EngineName = Literal["auto", "rapidocr", "tesseract", "none"]

READING_VERSION: Final = "3"
"""Raised whenever the same picture may give other words: what older versions left is read again."""

_ANSWER_SECONDS = 20
_PICTURES: Final = ("cv2", "numpy")


@dataclass(frozen=True, slots=True)
class EngineVersion:
    """An engine that can be started; ``version`` names it and its model, as records carry it."""

    name: EngineName
    version: str


def installed_engines(name: EngineName = "auto") -> tuple[EngineVersion, ...]:
    """List the engines that may be used, the best first; none where nothing of what is asked for is there."""
    if not all(map(find_spec, _PICTURES)):
        return ()
    wanted = [each for each in _VERSIONS if name in ("auto", each)]
    named = [(each, _VERSIONS[each]()) for each in wanted]
    return tuple(EngineVersion(each, f"{says}, reading {READING_VERSION}") for each, says in named if says)


def model_path(kind: str) -> Path:
    """Find a model that RapidOCR ships; FileNotFoundError where there is none."""
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent / "models" if package and package.origin else Path("rapidocr")
    found = next(folder.glob(f"PP-OCR*_{kind}_*.onnx"), None)
    if found is None:
        raise FileNotFoundError(f"model {kind} of rapidocr")
    return found


@cache
def tesseract_version(languages: str) -> str | None:
    """Name Tesseract with its language data; None where program, binding or one language is missing."""
    program = shutil.which("tesseract")
    if program is None or not find_spec("pytesseract"):
        return None
    if not set(languages.split("+")) <= set(_answer(program, "--list-langs").split()):
        return None
    return f"tesseract {_answer(program, '--version').split()[1]} {languages}"


def _answer(program: str, question: str) -> str:
    done = subprocess.run(  # noqa: S603 (found on the path, no shell)
        [program, question], capture_output=True, text=True, timeout=_ANSWER_SECONDS, check=False
    )
    return done.stdout or done.stderr


def _rapid_version() -> str | None:
    if not find_spec("openvino"):
        return None
    try:
        return f"rapidocr {version('rapidocr')} {model_path('rec').stem}, openvino {version('openvino')}"
    except (PackageNotFoundError, FileNotFoundError):
        return None


def _tesseract_version() -> str | None:
    return tesseract_version("chi_sim+eng")


_VERSIONS: Final[Mapping[EngineName, Callable[[], str | None]]] = {
    "rapidocr": _rapid_version,
    "tesseract": _tesseract_version,
}
