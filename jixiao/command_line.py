"""The command ``jixiao``."""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from jixiao.commands import quarantine
from jixiao.commands.add import add
from jixiao.commands.diff import diff
from jixiao.commands.doctor import doctor
from jixiao.commands.explain import explain
from jixiao.commands.extract import extract
from jixiao.commands.looking import export, search
from jixiao.commands.reparse import reparse
from jixiao.commands.serve import serve
from jixiao.commands.status import status
from jixiao.commands.upkeep import forget, rebuild_index
from jixiao.home import Home
from shared.runtime.settings import HomeSettings, LogSettings
from shared.runtime.telemetry import start_logging

app = typer.Typer(
    name="jixiao",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_show_locals=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jixiao {version('jixiao')}")
        raise typer.Exit


HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="数据目录，默认 ~/.jixiao where everything is kept", envvar="JIXIAO_HOME"),
]
Version = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="版本 version")
]


@app.callback()
def _prepare(context: typer.Context, home: HomeOption = None, show_version: Version = False) -> None:  # noqa: ARG001 (its callback answers)
    """
    检索政府预算绩效目标表中的指标，并定位到原文单元格。

    Search the performance indicators of published budgets, and go from each hit to its cell.

    \b
    退出码 exit codes: 0 成功 done · 1 没有这份文件 no such document · 2 用法错误 usage
                       3 文件被拒绝 rejected · 4 暂不可用 not available · 130 已中断 interrupted

    \b
    jixiao serve                      收件箱、处理、检索网页 inbox, processing, search page
    jixiao add 2026/ --hint year=2026 加入文件夹 take in a folder
    jixiao search '满意度≥95%'         检索 search
    jixiao extract 预算.pdf > a.json   只读取，不保存 read only, keep nothing
    """
    start_logging(level=LogSettings().log_level)
    context.obj = Home((home or HomeSettings().home).expanduser())


for command in (
    serve,
    add,
    extract,
    explain,
    diff,
    search,
    export,
    status,
    rebuild_index,
    reparse,
    forget,
    doctor,
):
    app.command()(command)
app.add_typer(quarantine.app, name="quarantine")


def main() -> None:
    """Run the command line."""
    app()
