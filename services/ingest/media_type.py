"""What kind of file the bytes are: told by the bytes, never by the name."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Final

from shared.contracts.errors import (
    ContentDiffersFromName,
    DamagedDocument,
    EmptyFile,
    EncryptedDocument,
    UnsupportedMedia,
)
from shared.contracts.media import (
    DOCX,
    HTML,
    IMAGE_TYPES,
    LAID_OUT_TYPES,
    ODS,
    OFD,
    PDF,
    TEXT,
    XLS,
    XLSB,
    XLSX,
)

UNKNOWN: Final = "application/octet-stream"
READ_TYPES: Final = frozenset({PDF}) | LAID_OUT_TYPES | IMAGE_TYPES

_DOC: Final = "application/msword"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90", "application/x-executable"),
)
_CLAIMS: Final = {
    ".pdf": PDF,
    ".txt": TEXT,
    ".htm": HTML,
    ".html": HTML,
    ".xls": XLS,
    ".et": XLS,
    ".xlsx": XLSX,
    ".xlsb": XLSB,
    ".ods": ODS,
    ".doc": _DOC,
    ".docx": DOCX,
    ".ofd": OFD,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".webp": "image/webp",
    ".zip": "application/zip",
}
_PACKAGES: Final = (
    ("OFD.xml", OFD),
    ("xl/workbook.bin", XLSB),
    ("xl/", XLSX),
    ("word/", DOCX),
    ("ppt/", f"{_OFFICE}.presentationml.presentation"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (("WordDocument", _DOC), ("Workbook", XLS), ("Book", XLS))
_PDF_HEADER_WITHIN: Final = 1024  # bytes of junk before it that PDF readers bear
_JUDGED_BYTES: Final = 64 * 1024
_MARKUP: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|script|table|title|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b")) + b"\x7f"
_COMMON: Final = re.compile("[\t\r\n -~\u2000-\u206f\u2190-\u25ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_LEAST_COMMON_SHARE: Final = 0.9


def media_type_of(content: bytes) -> str:
    """Name the kind of file; EmptyFile where there are only blanks."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise EmptyFile()
    head = content[:_JUDGED_BYTES]
    if _MARKUP.match(_without_mark(head)):
        return HTML
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_type(content)
    if head.startswith(_OLE):
        return _compound_type(content)
    return _type_by_signature(head) or (TEXT if _is_text(head) else UNKNOWN)


def readable_media_type(content: bytes, *, file_name: str) -> str:
    """
    Name the kind of a file that some reader opens, or say why none does.

    A name that claims something else does no harm as long as the content can be read; where it
    cannot, the contradiction is the better advice: most often an error page was saved.
    """
    media_type = media_type_of(content)
    suffix = PurePath(file_name).suffix.lower()
    if media_type in READ_TYPES and not _is_error_page(media_type, content, suffix):
        return media_type
    if media_type == UNKNOWN and suffix == ".pdf":
        raise DamagedDocument(detail="no PDF header")
    if suffix in _CLAIMS and _CLAIMS[suffix] != media_type:
        raise ContentDiffersFromName(claimed=suffix, media_type=media_type)
    raise UnsupportedMedia(media_type=media_type)


def _is_error_page(media_type: str, content: bytes, suffix: str) -> bool:
    """A web page under another kind's name is what was meant only where it holds a table."""
    if media_type != HTML or _CLAIMS.get(suffix, HTML) == HTML:
        return False
    return b"<table" not in content.replace(b"\0", b"").lower()


def _type_by_signature(head: bytes) -> str | None:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)


def _package_type(content: bytes) -> str:
    try:
        package = zipfile.ZipFile(BytesIO(content))
        names = package.namelist()
        if names[:1] == ["mimetype"] and package.getinfo("mimetype").file_size == len(ODS):
            return ODS if package.read("mimetype") == ODS.encode() else "application/zip"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DamagedDocument(detail="zip") from error
    for start, kind in _PACKAGES:
        if any(name.startswith(start) for name in names):
            return kind
    return "application/zip"


def _compound_type(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedDocument()
    found = (kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in content)
    return next(found, "application/x-ole-storage")


def _without_mark(head: bytes) -> bytes:
    """Drop a byte order mark, and the zeros that UTF-16 puts between Latin letters."""
    return head.lstrip(b"\xef\xbb\xbf\xfe\xff").replace(b"\0", b"")


def _is_text(head: bytes) -> bool:
    """
    Say whether it may be text: which encoding it is in, the reader finds out.

    Bytes without control characters are text; UTF-16 has them, and is known by its characters.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or len(head.translate(None, _CONTROLS)) == len(head):
        return True
    return any(_reads_as(head, encoding) for encoding in ("utf-16-le", "utf-16-be"))


def _reads_as(head: bytes, encoding: str) -> bool:
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
    return len(_COMMON.findall(text)) >= _LEAST_COMMON_SHARE * len(text)
