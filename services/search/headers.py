"""What every answer says about how a browser may treat it."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


_FOR_A_YEAR: Final = "public, max-age=31536000, immutable"
_NEXT_PAGES: Final = "next-pages.json"
_RULES_TYPE: Final = "application/speculationrules+json"


def next_pages(version: str) -> dict[str, str]:
    """
    Tell a browser which links it may begin to fetch when they are pressed, before they are let go.

    By a header, because the policy allows no rules within a page. Only pages that say the same a
    moment later: a press that goes elsewhere is kept by the browser for minutes.
    """
    return {"Speculation-Rules": f'"/static/{_NEXT_PAGES}?v={version}"'}


class VersionedFiles(StaticFiles):
    """Files that a browser asks for once: an address that names their version never changes what it gives."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file, to be kept for good where its address has a version."""
        answer = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v=") and answer.status_code < 400:
            answer.headers["Cache-Control"] = _FOR_A_YEAR
        if path == _NEXT_PAGES:
            answer.headers["Content-Type"] = _RULES_TYPE
        return answer


class SecurityHeaders:
    """Adds the headers to every answer, errors included, unless it has its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
