"""``jixiao serve``: everything in one process, until Ctrl-C."""

from pathlib import Path
from typing import Annotated

import typer

from jixiao.home import Home
from jixiao.telling import failures_told, tell
from shared.runtime.settings import PageSettings

Host = Annotated[str | None, typer.Option(help="监听地址 address to listen on", envvar="JIXIAO_HOST")]
Port = Annotated[int | None, typer.Option(help="端口，0 为任意 port, 0 for any", envvar="JIXIAO_PORT")]
Feed = Annotated[
    list[Path] | None, typer.Option(help="先加入这些文件或文件夹 take these in first", exists=True)
]


def serve(context: typer.Context, host: Host = None, port: Port = None, feed: Feed = None) -> None:
    """
    启动收件箱、处理和检索网页。 Watch the inbox, process what comes, answer searches.

    把文件放进收件箱即可；Ctrl-C 停止，再次启动会从停下的地方继续。
    Drop files into the inbox. Ctrl-C stops; the next start goes on where this one was.

    退出码 exit codes: 0 已停止 stopped, 2 用法错误 usage, 4 端口或目录被占用 port or home in use.

    \b
    jixiao serve
    jixiao --home ~/预算 serve --port 9000
    """
    # Imported here, because no other command should wait for the web server.
    from jixiao.serving import run

    page = PageSettings()
    home: Home = context.obj
    with failures_told():
        run(home, host or page.host, page.port if port is None else port, feed=feed or [])
    tell("已停止；下次启动会继续未完成的工作。 Stopped; the next start goes on from here.")
