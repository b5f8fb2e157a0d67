"""The status page: how far each batch and each stage has come, how quickly, and when it will be done."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from services.search.api import PROBLEMS
from services.search.overview.progress import Progress, ProgressBoard
from services.search.questions.examples import exemplified
from services.search.templates import render_page
from shared.runtime.progress import Batch, Pace, Stage

_ON_A_PAGE: Final = 100
_MINUTE, _HOUR, _DAY = 60, 3600, 86400

router = APIRouter()


class ProgressPage(Progress):
    """The same with some of the batches, ``next`` where others follow."""

    next: int | None = None


def board_of(request: Request) -> ProgressBoard:
    """Find what this application counts progress with."""
    board: ProgressBoard = request.app.state.progress
    return board


BoardHere = Annotated[ProgressBoard, Depends(board_of)]

_SOME_PAGE = ProgressPage(
    documents={"indexed": 23, "received": 5},
    pace=Pace(an_hour=600, seconds_left=30),
    stages=(Stage(service="parse", waiting=5, pace=Pace(an_hour=600, seconds_left=30)),),
    batches=(),
)


@router.get("/status", include_in_schema=False)
def show_progress(
    request: Request, board: BoardHere, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """Show progress; browsers without scripts look again of themselves."""
    progress = board.look()
    context = {
        "progress": progress,
        "batches": progress.batches[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE],
        "page": page,
        "has_next": len(progress.batches) > page * _ON_A_PAGE,
        "duration": duration,
    }
    return render_page(request, "status.html", context)


@router.get("/api/progress", tags=["system"], responses={**PROBLEMS, **exemplified(_SOME_PAGE)})
def answer_progress(
    board: BoardHere,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    size: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> ProgressPage:
    """Tell of each batch (folder of upload) and stage how much is done and left, the pace, and time left."""
    progress = board.look()
    shown: tuple[Batch, ...] = progress.batches[offset : offset + size]
    more = len(progress.batches) > offset + size
    held = {name: value for name, value in progress if name != "batches"}
    return ProgressPage(**held, batches=shown, next=offset + size if more else None)


def duration(seconds: float) -> str:
    """Write how long something takes, no more exactly than it can be known."""
    if seconds < _MINUTE:
        return "不到 1 分钟"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} 分钟"
    if seconds < _DAY:
        return f"{seconds / _HOUR:.1f} 小时"
    return f"{seconds / _DAY:.1f} 天"
