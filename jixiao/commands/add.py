"""``jixiao add``: take files into the archive and see them through to their end."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jixiao.archive import Archive, open_archive
from jixiao.commands.work import work_off
from jixiao.deposit import hand_over
from jixiao.home import Home
from jixiao.telling import REJECTED, STATES, errors, failures_told, tell, tell_end
from services.ingest.hints import HINT_NAMES
from shared.contracts.ledger import DocumentEntry, QuarantineEntry

Paths = Annotated[
    list[Path], typer.Argument(help="文件或文件夹 files or folders", exists=True, readable=True)
]
Hints = Annotated[
    list[str] | None,
    typer.Option(
        "--hint",
        metavar="NAME=VALUE",
        help=f"文件未印明时采用，可重复 used where not printed: {', '.join(HINT_NAMES)}",
    ),
]
NoWait = Annotated[bool, typer.Option("--no-wait", help="只登记，由运行中的 serve 处理 only hand over")]

End = DocumentEntry | QuarantineEntry


@dataclass(slots=True)
class _Batch:
    """Uploads on their way, and how those that arrived have ended."""

    archive: Archive
    waiting: dict[str, str]
    ends: dict[str, End]
    progress: Progress

    def is_done(self) -> bool:
        """Note which uploads have come to an end since the last look, and say whether all have."""
        for key, version in list(self.waiting.items()):
            end = self.archive.end_of(key, version)
            if end is not None:
                del self.waiting[key]
                self._note(key, end)
        return not self.waiting

    def _note(self, key: str, end: End) -> None:
        self.ends[key] = end
        self.progress.advance(self.progress.task_ids[0])
        tell_end(key, end, _refusal(self.archive, end))


def add(
    context: typer.Context,
    paths: Paths,
    hint: Hints = None,
    no_wait: NoWait = False,
) -> None:
    """
    把文件或整个文件夹加入档案。 Take files or whole folders into the archive.

    文件先复制到收件箱，再处理；serve 正在运行时由它处理。中断后再次运行会从停下的地方继续。
    Files are copied into the inbox; a running serve processes them, otherwise this command does.
    Run it again after an interruption: nothing is done twice.

    退出码 exit codes: 0 完成 done, 2 用法错误 usage, 3 有文件被拒绝 refused, 4 暂不可用 not available.

    \b
    jixiao add 预算.pdf
    jixiao add 2026/ --hint city=广州市 --hint year=2026
    """
    hints = dict(map(_named_hint, hint or ()))
    home: Home = context.obj
    with failures_told():
        archive = open_archive(home)
        waiting = hand_over(archive, paths, hints)
        if no_wait:
            tell(f"已登记 {len(waiting)} 个文件 handed over")
            return
        ends = see_through(archive, waiting)
    _summarise(ends)
    if any(_refusal(archive, end) for end in ends.values()):
        raise typer.Exit(REJECTED)


def see_through(archive: Archive, waiting: dict[str, str]) -> dict[str, End]:
    """Wait until each upload has come to an end: at work here, or while another process is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        progress.add_task("处理中 processing", total=len(waiting))
        batch = _Batch(archive, dict(waiting), {}, progress)
        work_off(archive, until=batch.is_done)
    return batch.ends


def _named_hint(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if name not in HINT_NAMES or not value:
        raise typer.BadParameter(f"{text}：NAME=VALUE，NAME 为 {', '.join(HINT_NAMES)}")
    return name, value


def _refusal(archive: Archive, end: End) -> QuarantineEntry | None:
    if isinstance(end, QuarantineEntry):
        return end
    if end.state != "quarantined":
        return None
    held = (entry for entry in archive.ledger.quarantined() if entry.document_id == end.document_id)
    return next(held, None)


def _summarise(ends: Mapping[str, End]) -> None:
    states = [end.state if isinstance(end, DocumentEntry) else "quarantined" for end in ends.values()]
    records = sum(end.records or 0 for end in ends.values() if isinstance(end, DocumentEntry))
    counts = {state: states.count(state) for state in STATES if state in states}
    told = "、".join(f"{STATES[state]} {count}" for state, count in counts.items())
    tell(f"{len(ends)} 个文件 files：{told}；{records} 条指标 indicators")
