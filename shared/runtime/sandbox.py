"""
Runs functions on untrusted bytes in a process that can be killed.

A fresh Python that has imported a PDF reader costs most of a second, so children are kept and
given one call after the other. A child that was killed, ran out of memory or failed in a way
nobody foresaw is replaced, because nobody knows what it left behind. The child answers in
JSON, never in pickles: bytes that take over a reader do not thereby take over its parent.
"""

import json
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, ParamSpec, TypeVar, get_type_hints

from pydantic import TypeAdapter

from shared.contracts.errors import (
    DependencyUnavailable,
    DocumentRejected,
    MemoryLimitExceeded,
    ReaderCrashed,
    ReaderFailed,
    TimeLimitExceeded,
)
from shared.runtime.telemetry import logger

P = ParamSpec("P")
T = TypeVar("T")

LENGTH = struct.Struct(">Q")
OUT_OF_MEMORY_STATUS = 97
_ANSWER_LIMIT_BYTES = 512 * 1024 * 1024
_START_SECONDS = 60
_CALLS_PER_CHILD = 200
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "TESSDATA_PREFIX", "COVERAGE_PROCESS_START")

_log = logger(__name__)


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """
    What one call may use; ``cpu_seconds`` ends a child whose parent is gone.

    ``address_megabytes`` is for programs that reserve far more addresses than they fill;
    None means no more than the memory. ``niceness`` above 0 makes the child give way to others.
    """

    wall_seconds: float = 120
    cpu_seconds: int = 240
    memory_megabytes: int = 2048
    file_megabytes: int = 64
    address_megabytes: int | None = None
    niceness: int = 0


class Sandbox:
    """
    Up to ``size`` children; a call waits for a free one.

    A DocumentRejected raised by the function is raised here as itself. A child that dies on a
    document is given it once more before the document is rejected, because it may have been
    killed by somebody else.
    """

    def __init__(self, limits: SandboxLimits, *, size: int = 1, preload: Sequence[str] = ()) -> None:
        self._limits = limits
        self._preload = tuple(preload)
        self._places: queue.SimpleQueue[_Child | None] = queue.SimpleQueue()
        for _ in range(size):
            self._places.put(None)
        self._living: set[_Child] = set()
        self._closed = False

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
        """Call a module's function there; its return annotation says what comes back."""
        try:
            answer = self._ask(function, arguments, named)
        except _ChildDied as death:
            _log.warning("sandbox_child_died", extra={"detail": str(death)})
            answer = self._ask_again(function, arguments, named)
        returned = TypeAdapter[T](get_type_hints(function)["return"])
        return returned.validate_json(answer)

    def confined(self, function: Callable[P, T]) -> Callable[P, T]:
        """Give the function as one that runs here whenever it is called."""

        def run(*arguments: P.args, **named: P.kwargs) -> T:
            return self.run(function, *arguments, **named)

        return run

    def close(self) -> None:
        """Kill the children; calls that wait for them end as DependencyUnavailable."""
        self._closed = True
        for child in tuple(self._living):
            child.kill()

    def child_ids(self) -> tuple[int, ...]:
        """List the process ids of the children that live."""
        return tuple(child.process.pid for child in tuple(self._living))

    def _ask_again(self, function: Callable[..., object], arguments: object, named: object) -> bytes:
        try:
            return self._ask(function, arguments, named)
        except _ChildDied as death:
            raise ReaderCrashed(detail=str(death)) from death

    def _ask(self, function: Callable[..., object], arguments: object, named: object) -> bytes:
        request = pickle.dumps((function.__module__, function.__qualname__, arguments, named))
        with self._child() as child:
            try:
                return child.ask(request, self._limits)
            except _ChildDied:
                if self._closed:
                    raise DependencyUnavailable("sandbox is closed") from None
                raise

    @contextmanager
    def _child(self) -> Iterator["_Child"]:
        place = self._places.get()
        try:
            if place is None or not place.is_fit:
                self._bury(place)
                place = self._start()
            yield place
        finally:
            self._places.put(place)

    def _start(self) -> "_Child":
        if self._closed:
            raise DependencyUnavailable("sandbox is closed")
        try:
            child = _Child(self._limits, self._preload)
        except _ChildDied as death:
            raise DependencyUnavailable("sandbox does not start") from death
        self._living.add(child)
        if self._closed:
            child.kill()
        return child

    def _bury(self, child: "_Child | None") -> None:
        if child is not None:
            child.kill()
            self._living.discard(child)


class _ChildDied(Exception):
    """The child ended without an answer; the message says how."""


class _Child:
    """One process that answers calls until it is killed or unfit."""

    def __init__(self, limits: SandboxLimits, preload: Sequence[str]) -> None:
        self.is_fit = True
        self._calls = 0
        self._overdue = threading.Event()
        settings = json.dumps({**asdict(limits), "preload": list(preload), "parent": os.getpid()})
        self.process = subprocess.Popen(  # noqa: S603 (our own program, no shell)
            [sys.executable, "-P", "-m", "shared.runtime.sandbox_child", settings],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
        try:
            with self._killed_after(_START_SECONDS):
                self._read(1)
        except _ChildDied:
            self.kill()
            raise

    def ask(self, request: bytes, limits: SandboxLimits) -> bytes:
        """Send a call, answer with the result's JSON or raise what went wrong."""
        self._calls += 1
        fit, self.is_fit = self._calls < _CALLS_PER_CHILD, False
        try:
            with self._killed_after(limits.wall_seconds):
                status, body = self._exchange(request)
        except _ChildDied:
            raise self._verdict(limits) from None
        self.is_fit = fit and status in (b"+", b"-")
        if status == b"+":
            return body
        raise _failure(status, body, limits)

    def kill(self) -> None:
        """End it and reap it; killing twice does no harm."""
        self.is_fit = False
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            _close_quietly(pipe)

    def _exchange(self, request: bytes) -> tuple[bytes, bytes]:
        pipe = self.process.stdin
        try:
            if pipe:
                pipe.write(LENGTH.pack(len(request)) + request)
                pipe.flush()
        except (OSError, ValueError) as error:
            raise _ChildDied from error
        status = self._read(1)
        (length,) = LENGTH.unpack(self._read(LENGTH.size))
        if length > _ANSWER_LIMIT_BYTES:
            raise _ChildDied
        return status, self._read(length)

    def _read(self, length: int) -> bytes:
        try:
            content = self.process.stdout.read(length) if self.process.stdout else b""
        except (OSError, ValueError) as error:
            raise _ChildDied from error
        if len(content) < length:
            raise _ChildDied(f"{len(content)} of {length} bytes")
        return content

    def _verdict(self, limits: SandboxLimits) -> Exception:
        self.process.kill()
        status = self.process.wait()
        if self._overdue.is_set() or status == -signal.SIGXCPU:
            return TimeLimitExceeded(seconds=limits.wall_seconds)
        if status == OUT_OF_MEMORY_STATUS:
            return MemoryLimitExceeded(megabytes=limits.memory_megabytes)
        return _ChildDied(_describe(status))

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        alarm = threading.Timer(seconds, self._expire)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()

    def _expire(self) -> None:
        self._overdue.set()
        self.process.kill()


def _failure(status: bytes, body: bytes, limits: SandboxLimits) -> Exception:
    told = json.loads(body)
    if status == b"-":
        return _rejection(told["code"], told["facts"])
    if status == b"M":
        return MemoryLimitExceeded(megabytes=limits.memory_megabytes)
    _log.error("reader_failed", extra={"detail": told["detail"], "traceback": told["traceback"]})
    return ReaderFailed(detail=told["detail"])


def _rejection(code: str, facts: dict[str, object]) -> DocumentRejected:
    kinds = {kind.code: kind for kind in _kinds_below(DocumentRejected)}
    return kinds.get(code, DocumentRejected)(**facts)


def _kinds_below(kind: type[DocumentRejected]) -> Iterator[type[DocumentRejected]]:
    for below in kind.__subclasses__():
        yield from _kinds_below(below)
        if "code" in vars(below):
            yield below


def _environment() -> dict[str, str]:
    """
    Give the child what it needs to start, and no secret.

    The fixed seed makes sets come in the same order in every child, so that the same bytes give
    the same answer even where a reader or a library goes through a set.
    """
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    ours = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
    return kept | ours


def _describe(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _close_quietly(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:
        pass  # what was still buffered for a dead child is nobody's
