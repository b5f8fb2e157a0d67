"""Stands before a search engine and, when told to, lets only every second operation of a bulk through."""

import json
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import urlsplit

BUSY = {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "rejected execution"}}


class Handler(BaseHTTPRequestHandler):
    """Passes on what it is asked."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        operations = list(split(body)) if self.proxy.is_refusing and "_bulk" in self.path else None
        status, headers, said = self.ask(b"".join(operations[::2]) if operations else body)
        if operations and status == 200:
            said = self.proxy.fill_in(said, operations)
        self.reply(status, headers, said)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 (the base class asks for these names)

    def ask(self, body):
        connection = HTTPConnection(self.proxy.address, timeout=60)
        try:
            connection.request(self.command, self.path, body or None, without(self.headers.items(), "host"))
            answer = connection.getresponse()
            return answer.status, without(answer.getheaders(), "transfer-encoding"), answer.read()
        except OSError:
            return 503, {}, b"{}"
        finally:
            connection.close()

    def reply(self, status, headers, said):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else said)

    def log_message(self, *_):
        """Nobody reads what a proxy has to say."""


def without(headers, *names):
    """Leave out what belongs to one connection."""
    hop = {"content-length", "connection", *names}
    return {name: value for name, value in headers if name.lower() not in hop}


class RefusingProxy:
    """What the server says when its write queue is full, said while the real server goes on."""

    def __init__(self, url):
        self._refusing, self.refused = Event(), 0
        self.address = urlsplit(url).netloc
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Handler,), {"proxy": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def running(self):
        Thread(target=self._server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()

    @contextmanager
    def refusing(self):
        """Refuse within half of each bulk."""
        self._refusing.set()
        try:
            yield
        finally:
            self._refusing.clear()

    @property
    def is_refusing(self):
        return self._refusing.is_set()

    def fill_in(self, said, operations):
        """Say of every second operation that the server was too busy for it."""
        answer = json.loads(said)
        done, items = iter(answer["items"]), []
        for place, operation in enumerate(operations):
            if place % 2 == 0:
                items.append(next(done))
                continue
            action, head = next(iter(json.loads(operation.splitlines()[0]).items()))
            items.append({action: {"_id": head["_id"], **BUSY}})
            self.refused += 1
        return json.dumps({**answer, "items": items, "errors": True}).encode()


def split(body):
    """Cut a bulk into its operations; a deletion has no line but its own."""
    lines = iter(body.splitlines(keepends=True))
    for line in lines:
        yield line if "delete" in json.loads(line) else line + next(lines)
