"""The child's side of the sandbox: ``python -m shared.runtime.sandbox_child SETTINGS``."""

import json
import os
import pickle
import resource
import sys
import threading
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, get_type_hints

from pydantic import TypeAdapter

from shared.contracts.errors import DocumentRejected
from shared.runtime.sandbox import LENGTH, OUT_OF_MEMORY_STATUS

_MEGABYTE = 1024 * 1024
_RESIDENT = Path("/proc/self/statm")
_WATCH_SECONDS = 0.2


def main() -> None:
    """Answer calls until the parent closes the pipe."""
    settings = json.loads(sys.argv[1])
    calls, answers = _private_pipes()
    _confine(settings)
    for module in settings["preload"]:
        import_module(module)
    os.dup2(1, 2)
    answers.write(b"!")
    answers.flush()
    while request := _next_request(calls):
        _allow_cpu(settings["cpu_seconds"])
        status, body = _answer(request)
        answers.write(status + LENGTH.pack(len(body)) + body)
        answers.flush()
        if status not in (b"+", b"-") or _resident_bytes() > settings["memory_megabytes"] * _MEGABYTE / 2:
            return


def _private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Keep the pipes to the parent, and give libraries that print a place where it does no harm."""
    calls = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return calls, answers


def _confine(settings: dict[str, Any]) -> None:
    """
    Set the limits that the kernel keeps, and a watch for those it may not.

    macOS takes RLIMIT_AS without keeping it, or refuses it: there the watch is the limit.
    """
    megabytes = settings["memory_megabytes"] * _MEGABYTE
    addresses = (settings.get("address_megabytes") or settings["memory_megabytes"]) * _MEGABYTE
    os.nice(settings.get("niceness", 0))
    for limit, value in (
        (resource.RLIMIT_AS, addresses),
        (resource.RLIMIT_FSIZE, settings["file_megabytes"] * _MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):
            continue
    threading.Thread(target=_watch, args=(settings["parent"], megabytes), daemon=True).start()


def _watch(parent: int, limit_bytes: int) -> None:
    """End when the parent is gone (killed, it closes nothing that a busy child would read) or memory is."""
    while os.getppid() == parent:
        if _resident_bytes() > limit_bytes:
            os._exit(OUT_OF_MEMORY_STATUS)
        time.sleep(_WATCH_SECONDS)
    os._exit(0)


def _resident_bytes() -> int:
    """
    Say how much memory is held: now on Linux, at most since the start on macOS.

    ``ru_maxrss`` is no help on Linux, where a process inherits its parent's.
    """
    if _RESIDENT.exists():
        return int(_RESIDENT.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _allow_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds + 1, resource.RLIM_INFINITY))


def _next_request(calls: IO[bytes]) -> bytes:
    header = calls.read(LENGTH.size)
    return calls.read(LENGTH.unpack(header)[0]) if len(header) == LENGTH.size else b""


def _answer(request: bytes) -> tuple[bytes, bytes]:
    """
    Call the function; ``+`` result, ``-`` rejected, ``M`` memory, ``?`` an error nobody foresaw.

    The request is a pickle because it comes from the parent, who is trusted.
    """
    try:
        function, arguments, named = _call(request)
        return b"+", _as_json(function, function(*arguments, **named))
    except DocumentRejected as reason:
        return b"-", json.dumps({"code": reason.code, "facts": reason.facts}, default=str).encode()
    except MemoryError:
        return b"M", b"{}"
    except Exception as error:  # noqa: BLE001 (the border of the process: the parent decides)
        told = {"detail": type(error).__name__, "traceback": traceback.format_exc(limit=-20)}
        return b"?", json.dumps(told).encode()


def _call(request: bytes) -> tuple[Callable[..., object], tuple[object, ...], dict[str, object]]:
    module, name, arguments, named = pickle.loads(request)  # noqa: S301 (written by the parent)
    return attrgetter(name)(import_module(module)), arguments, named


def _as_json(function: Callable[..., object], result: object) -> bytes:
    return TypeAdapter(get_type_hints(function)["return"]).dump_json(result)


if __name__ == "__main__":
    main()
