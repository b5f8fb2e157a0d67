"""Who may write: whoever holds the key, from a page of ours or a program of theirs."""

import hmac
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response
from pydantic import SecretStr

from services.search.problems import Problem, Refused

COOKIE: Final = "jixiao_write"
_KEPT_SECONDS: Final = 30 * 24 * 3600
_PURPOSE: Final = b"jixiao write access"


class WriteAccess:
    """
    Admits requests that bear the write key; without a key nobody may write.

    Programs send ``Authorization: Bearer KEY``. Browsers get a cookie that proves the key was
    known, without holding it; it is sent by our own pages only (``SameSite=Strict``), and a
    writing request must name us as its origin, so that no other site can write with it.
    """

    def __init__(self, key: SecretStr | None) -> None:
        self._key = key.get_secret_value().encode() if key else None

    @property
    def is_open(self) -> bool:
        """There is a key, so somebody may write."""
        return bool(self._key)

    def admits(self, request: Request) -> bool:
        """Say whether the request bears the key, or a browser's proof of it."""
        if not self._key:
            return False
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.is_key(token.strip()):
            return True
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._proof().encode())

    def check(self, request: Request) -> None:
        """Refuse a request to write that must not be granted."""
        if not self.admits(request):
            raise Refused(403, _NEEDS_KEY)
        if "authorization" not in request.headers and not _is_ours(request):
            raise Refused(403, _ELSEWHERE)

    def is_key(self, typed: str) -> bool:
        """Compare what was typed with the key, in a time that tells nothing about it."""
        return bool(self._key) and hmac.compare_digest(typed.encode(), self._key or b"")

    def grant(self, request: Request, answer: Response) -> None:
        """Give a browser the proof."""
        answer.set_cookie(
            COOKIE,
            self._proof(),
            max_age=_KEPT_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )

    def _proof(self) -> str:
        return hmac.new(self._key or b"", _PURPOSE, sha256).hexdigest()


def _is_ours(request: Request) -> bool:
    """Browsers say where a writing request comes from; what does not say so is none of our pages."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


_NEEDS_KEY: Final = Problem(
    code="write_key_needed",
    message_zh="需要写入密钥才能上传或重试。",
    message_en="The write key is needed to upload or replay.",
)
_ELSEWHERE: Final = Problem(
    code="foreign_origin",
    message_zh="这个请求不是从本站页面发出的。",
    message_en="This request does not come from a page of this site.",
)
