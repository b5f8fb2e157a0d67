"""``jixiao rebuild-index`` and ``jixiao forget``."""

from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.archive import Archive
from jixiao.commands.work import work_off
from jixiao.home import INBOX, Home
from jixiao.installation import Installation, open_installation
from jixiao.telling import errors, fail, failures_told, tell
from shared.contracts.artifacts import document_keys
from shared.contracts.events import DocumentWithdrawn
from shared.contracts.ledger import DocumentEntry

if TYPE_CHECKING:
    from shared.runtime.rebuild import Rebuilt

Wanted = Annotated[str, typer.Argument(metavar="DOCUMENT", help="文件名，或文档号开头 file name or id")]
_NO_FORMER = "没有可换回的索引。 There is no index to go back to."

Back = Annotated[bool, typer.Option("--back", help="换回重建前的索引 go back to the index before")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再询问 do not ask")]


def rebuild_index(context: typer.Context, back: Back = False) -> None:
    """
    重建检索索引：另建一份，核对后切换，检索不中断。 Build the index anew beside the one that is searched.

    内容取自已读出的结果，不重新读取文件。新索引与之不符时不切换；--back 换回重建前的索引。
    It is filled from what was read, compared document by document, and only then searched.

    退出码 exit codes: 0 已重建 rebuilt, 1 不符或无可换回 differs, or nothing to go back to.

    \b
    jixiao rebuild-index
    jixiao rebuild-index --back
    """
    # Imported here, because help should not wait for the search engine.
    from jixiao.rebuilding import go_back, rebuild
    from shared.runtime.rebuild import RebuiltIndexDiffers

    home: Home = context.obj
    with failures_told():
        installation = open_installation(home)
        try:
            if back:
                go_back(installation)
                tell("已换回重建前的索引。 The index before the last rebuild is searched again.")
                return
            with errors.status("重建 rebuilding"):
                rebuilt = rebuild(installation)
        except (RebuiltIndexDiffers, ValueError) as fault:
            fail(_NO_FORMER if back else str(fault))
        tell(_told(rebuilt))


def _told(rebuilt: "Rebuilt") -> str:
    refused = f"，其中 {len(rebuilt.refused)} 份有无法收入的指标" if rebuilt.refused else ""
    return (
        f"完成：{rebuilt.documents} 份文件，{rebuilt.records} 条指标，已逐份核对{refused}。 "
        f"Rebuilt: {rebuilt.documents} documents, {rebuilt.records} records, each compared."
    )


def forget(context: typer.Context, document: Wanted, yes: Yes = False) -> None:
    """
    彻底删除一份文件：原件、读出的内容、索引和收件箱中的文件。 Delete a document and all that was made of it.

    退出码 exit codes: 0 已删除 deleted, 1 没有这份文件 no such document.
    """
    home: Home = context.obj
    with failures_told():
        archive = open_installation(home)
        entries = archive.documents_named(document)
        if not entries:
            fail(f"没有这份文件：{document} no such document")
        for entry in entries:
            if yes or typer.confirm(f"删除 delete {entry.file_name} ({entry.document_id[:12]})?"):
                forget_document(archive, entry)
                tell(f"已删除 deleted {entry.file_name}")


def forget_document(archive: Installation, entry: DocumentEntry) -> None:
    """Withdraw a document from the index, then delete its originals, artifacts and traces."""
    if isinstance(archive, Archive):
        _forget_at_home(archive, entry)
        return
    # Imported here, because a laptop has not the libraries.
    from jixiao.on_servers import ServerArchive

    if isinstance(archive, ServerArchive):
        archive.forget(entry.document_id)


def _forget_at_home(archive: Archive, entry: DocumentEntry) -> None:
    for source in archive.ledger.sources(entry.document_id):
        if source.bucket == INBOX:
            archive.inbox.delete(source.key)
        archive.ledger.drop_source(source.bucket, source.key)
    archive.bus.announce(DocumentWithdrawn(document_id=entry.document_id))
    work_off(archive, until=lambda: entry.document_id not in archive.bus.subjects())
    for key in document_keys(archive.store, entry.document_id):
        archive.store.delete(key)
    for picture in archive.home.pictures.glob(f"{entry.document_id}-*"):
        picture.unlink(missing_ok=True)
    archive.ledger.forget(entry.document_id)
