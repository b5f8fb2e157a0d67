"""The renderer of pages that opens documents in a sandbox only."""

import base64

from services.search.documents.image_drawing import draw_image_page
from services.search.documents.page_drawing import draw_pdf_page
from shared.runtime.sandbox import Sandbox

_PDF_HEADER_WITHIN = 1024


class SandboxedRenderer:
    """Draws pages in children that can be killed; a PageRenderer."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def render_page(self, content: bytes, *, page: int, pixels_per_point: float) -> bytes:
        """Draw one page; IndexError where the document has no such page."""
        draw = draw_pdf_page if b"%PDF-" in content[:_PDF_HEADER_WITHIN] else draw_image_page
        drawn = self._sandbox.run(draw, content, page, pixels_per_point)
        if drawn is None:
            raise IndexError(page)
        return base64.b64decode(drawn)
