"""Who may write here, and where to, as the pages ask."""

from typing import Annotated

from fastapi import Depends, Request

from services.search.uploads.uploading import Uploading


def uploading_of(request: Request) -> Uploading:
    """Find how this application takes uploads."""
    uploading: Uploading = request.app.state.uploading
    return uploading


UploadingHere = Annotated[Uploading, Depends(uploading_of)]
