"""``jixiao add``: take files into the archive and see them through to their end."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jixiao.archive import Archive, open_archive
from jixiao.commands.work import work_off
from jixiao.deposit import hand_over
from jixiao.following import End, Followed
from jixiao.home import Home
from jixiao.telling import REJECTED, STATES, errors, failures_told, tell, tell_end
from services.ingest.hints import HINT_NAMES

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
        keys = hand_over(archive, paths, hints)
        if no_wait:
            tell(f"已登记 {len(keys)} 个文件 handed over")
            return
        ends = see_through(archive, keys)
    _summarise(ends)
    if any(end.refusal for end in ends):
        raise typer.Exit(REJECTED)


def see_through(archive: Archive, keys: Iterable[str]) -> list[End]:
    """Wait until each upload has come to an end, telling how."""
    ends: list[End] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("处理中 processing", total=len(list(keys)))

        def note(end: End) -> None:
            ends.append(end)
            progress.advance(task)
            tell_end(end)

        work_off(archive, until=Followed(archive, keys, note).are_done)
    return ends


def _named_hint(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if name not in HINT_NAMES or not value:
        raise typer.BadParameter(f"{text}：NAME=VALUE，NAME 为 {', '.join(HINT_NAMES)}")
    return name, value


def _summarise(ends: Sequence[End]) -> None:
    counts = Counter[str](end.state for end in ends)
    records = sum(end.document.records or 0 for end in ends if end.document)
    told = "、".join(f"{STATES[state]} {counts[state]}" for state in STATES if counts[state])
    tell(f"{len(ends)} 个文件 files：{told}；{records} 条指标 indicators")
