"""Watches the inbox, processes what comes and answers searches, all in one process."""

import secrets
import signal
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import uvicorn
from pydantic import SecretStr
from rich.cells import cell_len
from rich.live import Live
from rich.text import Text

from jixiao.archive import Archive, open_archive
from jixiao.deposit import hand_over
from jixiao.home import Home
from jixiao.inbox import InboxWatch
from jixiao.intake import InboxIntake
from jixiao.telling import STATES, UNAVAILABLE, errors, fail, tell
from jixiao.workshop import Workshop, open_workshop
from services.search.app import create_app
from services.search.documents.rendering import SandboxedRenderer
from services.search.overview.progress import ProgressBoard
from services.search.papers.searchable import SandboxedTextLayer
from services.search.throttle import RateLimit
from services.search.uploads.uploading import Uploading
from services.search.write_access import WriteAccess
from shared.contracts.errors import DependencyUnavailable
from shared.runtime.sandbox import Sandbox, SandboxLimits
from shared.runtime.settings import PageSettings, RateSettings, ReadingSettings

_DRAWING: Final = SandboxLimits(wall_seconds=30, cpu_seconds=60, memory_megabytes=1024)
_LOOK_SECONDS: Final = 0.5
_BETWEEN: Final = " · "


def run(home: Home, host: str, port: int, *, feed: Sequence[Path]) -> None:
    """Serve until Ctrl-C; what is not done by then is done after the next start."""
    with _listening(host, port) as listener:
        archive = open_archive(home)
        address = _address(listener)
        with open_workshop(archive, ReadingSettings(), command="serve", address=address) as workshop:
            given = PageSettings().write_key
            write_key = given or _new_key()
            _welcome(home, address, new_key=None if given else write_key)
            with _watched(archive), _progress_shown(archive), Sandbox(_DRAWING) as drawing:
                hand_over(archive, feed, {})
                _answer(archive, workshop, drawing, listener, write_key)
            tell("正在停止 stopping…")


def _answer(
    archive: Archive, workshop: Workshop, drawing: Sandbox, listener: socket.socket, write_key: SecretStr
) -> None:
    app = create_app(
        index=workshop.index,
        store=archive.store,
        ledger=archive.ledger,
        renderer=SandboxedRenderer(drawing),
        pictures_folder=archive.home.pictures,
        limit=_rate_limit(RateSettings()),
        uploading=Uploading(WriteAccess(write_key), InboxIntake(archive), ReadingSettings().file_bytes),
    )
    app.state.text_layer = SandboxedTextLayer(drawing)
    app.state.progress = ProgressBoard(archive.ledger, archive.bus.waiting)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop is a Ctrl-C
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3, access_log=False)
    with suppress(KeyboardInterrupt):  # uvicorn stops first, then hands the signal on
        uvicorn.Server(config).run(sockets=[listener])


def _rate_limit(settings: RateSettings) -> RateLimit | None:
    if not settings.per_second:
        return None
    return RateLimit(settings.per_second, settings.at_once, behind_proxy=settings.behind_proxy)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything else, so that a second server says so at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            fail(
                f"无法监听 {host}:{port}（{error.strerror}），请用 --port 换一个端口。"
                " The port cannot be used: choose another one with --port.",
                status=UNAVAILABLE,
            )
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _new_key() -> SecretStr:
    """Make a write key for this run: whoever started the server reads it on the terminal."""
    return SecretStr(secrets.token_urlsafe(18))


def _welcome(home: Home, address: str, *, new_key: SecretStr | None) -> None:
    tell(f"检索 search   {address}")
    asked = f"?write_key={new_key.get_secret_value()}" if new_key else ""
    tell(f"上传 upload   {address}/uploads{asked}")
    tell(f"收件箱 inbox  {home.inbox.resolve()}")
    tell("把文件放进收件箱即可检索；Ctrl-C 停止。 Drop files into the inbox; Ctrl-C stops.")


@contextmanager
def _watched(archive: Archive) -> Iterator[None]:
    watch = InboxWatch(archive.home.inbox, announce=archive.bus.announce, ledger=archive.ledger)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


@contextmanager
def _progress_shown(archive: Archive) -> Iterator[None]:
    """Keep a line with the counts up to date; where nobody watches a terminal, a line for each change."""
    done = threading.Event()
    thread = threading.Thread(target=_show_counts, args=(archive, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(2)


def _show_counts(archive: Archive, done: threading.Event) -> None:
    told = ""
    with Live(console=errors, auto_refresh=False, transient=True) as live:
        while not done.wait(_LOOK_SECONDS):
            try:
                line = describe_counts(archive.ledger.counts(), archive.bus.waiting())
            except DependencyUnavailable:
                continue
            if line != told and errors.is_terminal:
                live.update(Text(fitting(line, errors.width)), refresh=True)
            elif line != told:
                tell(line)
            told = line


def describe_counts(states: Mapping[str, int], waiting: Mapping[str, int]) -> str:
    """Put in one line how many documents are in which state, and how much work waits."""
    shown = [f"{told} {states[state]}" for state, told in STATES.items() if states.get(state)]
    left = sum(waiting.values())
    return _BETWEEN.join([*shown, f"待办 to do {left}"] if left else shown) or "还没有文件 no files yet"


def fitting(line: str, columns: int) -> str:
    """Break a line between its counts where a terminal is too narrow for all of them."""
    lines: list[str] = []
    for part in line.split(_BETWEEN):
        joined = f"{lines[-1]}{_BETWEEN}{part}" if lines else part
        if lines and cell_len(joined) <= columns:
            lines[-1] = joined
        else:
            lines.append(part)
    return "\n".join(lines)
