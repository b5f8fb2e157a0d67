"""``jixiao doctor``: is everything there that this installation needs?"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import typer

from jixiao.home import Home
from jixiao.installation import is_on_servers
from jixiao.telling import UNAVAILABLE, tell
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import IndexNeedsRebuild

_FEW_BYTES: Final = 1_000_000_000

Check = Callable[[], str]


class NotWell(Exception):
    """Something is missing; the message says what to do."""


def doctor(context: typer.Context) -> None:
    """
    检查所需的一切是否就绪。 Check whether everything needed is there.

    设有 JIXIAO_DATABASE_URL 时检查服务器，否则检查本机目录。
    Checks the servers where JIXIAO_DATABASE_URL is set, otherwise this machine and its home.

    退出码 exit codes: 0 一切就绪 all is well, 4 有缺失 something is missing.
    """
    home: Home = context.obj
    checks = _of_servers() if is_on_servers() else _of_home(home)
    results = [_run(name, check) for name, check in checks]
    if not all(results):
        raise typer.Exit(UNAVAILABLE)


def _run(name: str, check: Check) -> bool:
    try:
        tell(f"✓ {name}  {check()}")
    except (NotWell, DependencyUnavailable, IndexNeedsRebuild, ValueError) as fault:
        tell(f"✗ {name}  {fault}")
        return False
    return True


def _of_home(home: Home) -> Iterator[tuple[str, Check]]:
    yield "数据目录 home", lambda: _writable(home)
    yield "磁盘空间 disk", lambda: _room(home)
    yield "文字识别 OCR", _engines


def _writable(home: Home) -> str:
    try:
        home.make()
        (home.folder / ".doctor").write_text("")
        (home.folder / ".doctor").unlink()
    except OSError as error:
        raise NotWell(f"{home.folder} 无法写入 cannot be written: {error.strerror}") from error
    return str(home.folder)


def _room(home: Home) -> str:
    try:
        free = shutil.disk_usage(home.folder).free
    except OSError as error:
        raise NotWell(f"{home.folder} 无法查看 cannot be looked at: {error.strerror}") from error
    if free < _FEW_BYTES:
        raise NotWell(f"只剩 {free // 1_000_000} MB only left: 请清理 make room")
    return f"{free // 1_000_000_000} GB"


def _engines() -> str:
    from services.ocr.engines.installed import installed_engines

    engines = installed_engines("auto")
    if not engines:
        raise NotWell("没有识别引擎，扫描件会等待 none installed, scans will wait: make setup")
    return ", ".join(engine.version for engine in engines)


def _of_servers() -> Iterator[tuple[str, Check]]:
    # Imported here, because a laptop has neither the libraries nor the settings.
    from shared.runtime import ports
    from shared.runtime.connected_index import connect_index

    yield "账本 ledger", lambda: f"{sum(ports.connect().ledger.counts().values())} 份文件 documents"
    yield "队列 queues", lambda: _counted(ports.connect_bus().waiting())
    yield "收件桶 uploads", lambda: _listed(ports.connect_uploads().uploads(limit=1))
    yield "档案桶 archive", lambda: _listed(ports.connect_store().keys("artifacts/"))
    yield "检索 index", lambda: f"{len(connect_index().document_counts())} 份文件 documents"


def _counted(waiting: Mapping[str, int]) -> str:
    return ", ".join(f"{service} {count}" for service, count in waiting.items())


def _listed(found: Iterator[object]) -> str:
    try:
        return "可读 readable" if next(found, None) else "空 empty"
    except KeyError as error:
        raise NotWell(
            f"桶 {error} 不存在，请先启动 reconciler no such bucket: start the reconciler"
        ) from error
