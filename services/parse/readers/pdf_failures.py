"""The failures of the PDF libraries, in our own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import error as zlib_error

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pypdfium2 import PdfiumError

from shared.contracts.errors import DamagedDocument, DocumentRejected, EncryptedDocument, TruncatedDocument

_END_MARK = b"%%EOF"
_TAIL_BYTES = 2048

# What pdfminer raises on broken files besides its own errors: it trusts the types that it
# finds there. Nothing of ours runs inside, so that none of these can be our own mistake.
_BROKEN_TYPES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    UnicodeError,
    ValueError,
    zlib_error,
    EOFError,
    OSError,
)
_OWN = (PDFException, PSException, PdfminerException, MalformedPDFException, PdfiumError)


@contextmanager
def failures_named(content: bytes) -> Iterator[None]:
    """Translate whatever goes wrong inside the PDF libraries."""
    try:
        yield
    except DocumentRejected:
        raise
    except (*_OWN, *_BROKEN_TYPES) as failure:
        raise _named(failure, content) from failure


def _named(failure: BaseException, content: bytes) -> DocumentRejected:
    cause = failure.args[0] if isinstance(failure, PdfminerException) and failure.args else failure
    if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) or "password" in str(cause).lower():
        return EncryptedDocument()
    if _END_MARK not in content[-_TAIL_BYTES:]:
        return TruncatedDocument()
    return DamagedDocument(detail=type(cause).__name__)
