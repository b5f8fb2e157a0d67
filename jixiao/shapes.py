"""What a person chooses from on the command line."""

from enum import StrEnum


class DocumentShape(StrEnum):
    """What ``extract`` writes: a document a line, a record a line, or rows for a spreadsheet."""

    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class OcrEngine(StrEnum):
    """Which engine reads scans; ``auto`` takes the best that is installed, ``none`` lets them wait."""

    auto = "auto"
    rapidocr = "rapidocr"
    tesseract = "tesseract"
    none = "none"
