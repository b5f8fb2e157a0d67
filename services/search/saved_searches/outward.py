"""Requests to addresses that people name: to public hosts only, unless the operator allows more."""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

_SECONDS: Final = 5.0
_MOST_READ: Final = 1024
_PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443}

Resolve = Callable[[str, int], list[str]]


class NotAllowed(Exception):
    """The address is none that this service calls."""


class NotTaken(Exception):
    """Nobody took the message; it may be sent again."""


def resolve(host: str, port: int) -> list[str]:
    """List the addresses of a host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotTaken(f"{host} is not known") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Outward:
    """
    Posts messages, and never where the service itself can reach what others cannot.

    The host is looked up once, every address of it has to be public, and just that address is
    called: a name that leads elsewhere a moment later changes nothing. Redirections are not followed.
    """

    def __init__(self, *, allow_private: bool = False, lookup: Resolve = resolve) -> None:
        self._allow_private = allow_private
        self._lookup = lookup

    def check(self, url: str) -> tuple[SplitResult, int, str]:
        """Take an address apart and say where it leads; NotAllowed where it may not."""
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
        except (ValueError, KeyError) as error:
            raise NotAllowed("only http and https") from error
        if not parts.hostname or parts.username or parts.password:
            raise NotAllowed("a host, and nobody's name")
        addresses = self._lookup(parts.hostname, port)
        if not addresses or not all(self._may_call(address) for address in addresses):
            raise NotAllowed(f"{parts.hostname} is not public")
        return parts, port, addresses[0]

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send a message; NotTaken unless the answer is a success."""
        parts, port, address = self.check(url)
        connection = http.client.HTTPConnection(parts.hostname or "", port, timeout=_SECONDS)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        try:
            connection.sock = _connect(parts, port, address)
            connection.request("POST", path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            answer.read(_MOST_READ)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotTaken(type(error).__name__) from error
        finally:
            connection.close()
        if not 200 <= answer.status < 300:
            raise NotTaken(f"status {answer.status}")

    def _may_call(self, address: str) -> bool:
        known = ip_address(address.partition("%")[0])
        mapped = getattr(known, "ipv4_mapped", None) or known
        return self._allow_private or (mapped.is_global and not mapped.is_multicast)


def _connect(parts: SplitResult, port: int, address: str) -> socket.socket:
    plain = socket.create_connection((address, port), timeout=_SECONDS)
    if parts.scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
