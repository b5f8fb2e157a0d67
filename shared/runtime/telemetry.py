"""Log lines: a static event name, fields beside it, the document at hand on every line."""

import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_ROOT = "jixiao"
_bound: ContextVar[dict[str, str] | None] = ContextVar("bound", default=None)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def logger(module: str) -> logging.Logger:
    """Name a module's logger below ours, so that one setting reaches all and no library's."""
    return logging.getLogger(f"{_ROOT}.{module}")


@contextmanager
def bound(**fields: str | None) -> Iterator[None]:
    """Put the fields on every line that is written within."""
    token = _bound.set({**(_bound.get() or {}), **{name: v for name, v in fields.items() if v is not None}})
    try:
        yield
    finally:
        _bound.reset(token)


def start_logging(*, level: str = "INFO", also: Sequence[str] = ()) -> None:
    """Write our lines, and those of the libraries named, to standard error, one JSON object each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in (_ROOT, *also):
        lines = logging.getLogger(name)
        lines.handlers[:] = [handler]
        lines.setLevel(level)
        lines.propagate = False


class JsonLines(logging.Formatter):
    """One line, one JSON object: when, how bad, what, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(_bound.get() or {})
        line.update({name: v for name, v in vars(record).items() if name not in _STANDARD})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
