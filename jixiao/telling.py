"""What the command line tells a person: on standard error, so that standard output is data only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import typer
from rich.console import Console

from jixiao.following import End
from jixiao.home import HomeBusy
from shared.contracts.errors import DependencyUnavailable, DocumentRejected
from shared.contracts.ledger import DocumentEntry

REJECTED: Final = 3
UNAVAILABLE: Final = 4
INTERRUPTED: Final = 130

STATES: Final = {
    "received": "处理中 in progress",
    "waiting_for_ocr": "等待文字识别 waiting for OCR",
    "parsed": "待入库 parsed",
    "indexed": "可检索 searchable",
    "no_records": "无指标 no indicators",
    "quarantined": "已搁置 quarantined",
    "superseded": "已被新版本取代 superseded",
    "removed": "已移除 removed",
}
REASONS: Final = {
    "no_table": "没有绩效目标表 no such table",
    "table_unread": "有绩效目标表，但没有把握读出 a table whose rows and columns are not certain",
    "empty_form": "表是空的 the form is empty",
    "prose_only": "绩效目标只写在文字里 only in prose",
    "no_indicators": "没有指标 no indicators",
    "no_text_layer": "没有文字层 no text layer",
    "garbled_text": "文字层乱码 garbled text layer",
    "hidden_text_layer": "文字层是隐藏的 hidden text layer",
}

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def tell(message: str) -> None:
    """Say something to the person, exactly as it is."""
    errors.print(message, markup=False)


def fail(message: str, *, status: int = 1) -> NoReturn:
    """Say why it does not go on, and end with this exit status."""
    tell(message)
    raise typer.Exit(status)


def tell_rejection(name: str, reason: DocumentRejected) -> None:
    """Say why a file was refused and what to do about it."""
    tell(f"✗ {name}  [{reason.code}] {reason.advice}")


def tell_end(end: End) -> None:
    """Say how an upload ended."""
    if end.refusal:
        tell(f"✗ {end.key}  [{end.refusal.code}] {end.refusal.advice}")
    elif end.document:
        tell(f"{'✓' if end.state == 'indexed' else '·'} {end.key}  {describe(end.document)}")
    else:
        tell(f"· {end.key}  {STATES[end.state]}")


def describe(entry: DocumentEntry) -> str:
    """Put a document's state in words."""
    told = STATES.get(entry.state, entry.state)
    reasons = (entry.reason or "").split(",") if entry.state != "quarantined" else [entry.reason or ""]
    why = "、".join(REASONS.get(reason, reason) for reason in reasons if reason)
    count = f"，{entry.records} 条指标 indicators" if entry.records else ""
    return f"{told}{f'（{why}）' if why else ''}{count}"


@contextmanager
def stopping_told() -> Iterator[None]:
    """Say at once that Ctrl-C was heard, because what is at hand is given some seconds to end."""
    try:
        yield
    except KeyboardInterrupt:
        tell(
            "正在收尾，最多 10 秒；没做完的下次接着做。"
            " Finishing what is at hand, 10 seconds at most; the rest is kept for the next run."
        )
        raise


@contextmanager
def failures_told() -> Iterator[None]:
    """End with a sentence and an exit status instead of a traceback where nobody of us is at fault."""
    try:
        yield
    except HomeBusy as busy:
        fail(
            f"另一个 jixiao 进程（{busy.work.get('pid', '?')}）正在使用此目录，请先停止它。"
            " Another jixiao process works in this home: stop it first.",
            status=UNAVAILABLE,
        )
    except DependencyUnavailable as fault:
        fail(f"暂时无法继续：{fault}。 Not available now; try again later.", status=UNAVAILABLE)
    except KeyboardInterrupt:
        fail(
            "已停止，再次运行会从停下的地方继续。 Stopped; run it again to go on from here.",
            status=INTERRUPTED,
        )
