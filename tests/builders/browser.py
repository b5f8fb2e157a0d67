"""A real browser, and the service that it looks at on a port of its own."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    if os.environ.get("CI") == "true":
        pytest.fail("there is no Chromium, and CI has to look at the page")
    pytest.skip("no Chromium on this machine: the search page was not looked at")


@contextmanager
def served(app: object) -> Iterator[str]:
    """Serve an application on a free port while the block lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Visit:
    """A browser window that notes what went wrong, and what was fetched from elsewhere."""

    page: object
    wrong: list[str] = field(default_factory=list)


@contextmanager
def visiting(browser: object, address: str, **options: object) -> Iterator[Visit]:
    """Open a window; whatever went wrong in it fails at the end."""
    given = {"viewport": DESKTOP, "locale": "zh-CN", **options}
    context = browser.new_context(base_url=address, **given)  # type: ignore[attr-defined]
    page = context.new_page()
    page.set_default_timeout(10_000)
    visited = Visit(page)
    page.on("console", lambda line: line.type == "error" and visited.wrong.append(line.text))
    page.on("pageerror", lambda error: visited.wrong.append(str(error)))
    page.on("request", lambda sent: sent.url.startswith(address) or visited.wrong.append(sent.url))
    yield visited
    context.close()
    assert visited.wrong == []
