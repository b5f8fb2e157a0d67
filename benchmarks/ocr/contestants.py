"""Who reads: this pipeline, and both engines as they come."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2

from services.ocr.picture import picture_of_page
from services.ocr.recognition import recognise_page

Contestant = Callable[[bytes, int], str]


def read_here(content: bytes, number: int) -> str:
    """This pipeline, all stages, one thread; without the second reader it is called ``jixiao``."""
    page = recognise_page(content, number, "no_text_layer", engine="rapidocr", threads=1)
    return "".join(word.text for word in page.words)


def read_rapid(content: bytes, number: int) -> str:
    """RapidOCR as it comes: detection, direction, recognition, on the picture as embedded, by OpenVINO."""
    texts = getattr(_rapid()(_picture(content, number)), "txts", None)
    return "".join(texts or ())


def read_tesseract(content: bytes, number: int) -> str:
    """Tesseract as it comes, Chinese and English."""
    import pytesseract

    return str(pytesseract.image_to_string(_picture(content, number), lang="chi_sim+eng"))


def read_with_ocrmypdf(content: bytes, number: int) -> str:
    """OCRmyPDF as it comes, one page, its text beside the PDF; one thread, as a worker has."""
    with TemporaryDirectory() as folder:
        scan, said = Path(folder, "scan.pdf"), Path(folder, "said.txt")
        scan.write_bytes(content)
        wanted = ["--pages", str(number), "-l", "chi_sim+eng", "--jobs", "1", "--output-type", "pdf"]
        command = ["ocrmypdf", *wanted, "--sidecar", str(said), str(scan), str(Path(folder, "out.pdf"))]
        subprocess.run(command, check=True, capture_output=True)
        return said.read_text()


def is_installed(name: str) -> bool:
    """Say whether a contestant can take part: OCRmyPDF is no part of the project."""
    return name != "ocrmypdf" or shutil.which("ocrmypdf") is not None


_ENGINES: dict[str, Callable[..., object]] = {}


def _rapid() -> Callable[..., object]:
    from rapidocr import EngineType, RapidOCR

    if "rapid" not in _ENGINES:
        same_runtime = {f"{stage}.engine_type": EngineType.OPENVINO for stage in ("Det", "Cls", "Rec")}
        _ENGINES["rapid"] = RapidOCR(params=same_runtime)
    return _ENGINES["rapid"]


def _picture(content: bytes, number: int) -> np.ndarray:
    document = pypdfium2.PdfDocument(content)
    return np.ascontiguousarray(np.repeat(picture_of_page(document[number - 1]).grey[..., None], 3, axis=2))


CONTESTANTS: Mapping[str, Contestant] = {
    "jixiao": read_here,
    "rapidocr": read_rapid,
    "tesseract": read_tesseract,
    "ocrmypdf": read_with_ocrmypdf,
}
