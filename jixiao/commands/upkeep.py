"""``jixiao rebuild-index`` and ``jixiao forget``."""

from typing import Annotated

import typer

from jixiao.archive import Archive, open_archive
from jixiao.commands.work import work_off
from jixiao.home import INBOX, Home, HomeBusy
from jixiao.installation import Installation, open_installation
from jixiao.telling import errors, fail, failures_told, tell
from shared.contracts.artifacts import READING, document_keys
from shared.contracts.events import DocumentParsed, DocumentWithdrawn
from shared.contracts.ledger import GONE, DocumentEntry

Wanted = Annotated[str, typer.Argument(metavar="DOCUMENT", help="文件名，或文档号开头 file name or id")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再询问 do not ask")]


def rebuild_index(context: typer.Context) -> None:
    """
    重建检索索引。 Fill the search index again from what was read; nothing is read anew.

    serve 正在运行时逐份替换，检索不中断；否则从空索引开始。
    A running serve replaces document by document; otherwise the index is begun anew.
    """
    home: Home = context.obj
    with failures_told():
        archive = open_archive(home)
        erase_unless_busy(archive)
        count = announce_readings(archive)
        with errors.status(f"重建 rebuilding: {count} 份文件 documents"):
            work_off(archive)
        tell(f"完成 done: {count} 份文件 documents")


def erase_unless_busy(archive: Archive) -> None:
    """Throw the index away, unless another process has it open."""
    # Imported here, because help should not wait for the search engine.
    from shared.runtime.search_index import erase_index

    try:
        with archive.home.locked(command="rebuild-index"):
            erase_index(archive.home.index)
    except HomeBusy:
        tell("serve 正在运行，逐份替换。 A server is running and replaces document by document.")


def announce_readings(archive: Archive) -> int:
    """Have every document that was read indexed again; answer how many these are."""
    count = 0
    for entry in archive.ledger.documents():
        if entry.state not in GONE and READING.exists(archive.store, entry.document_id):
            archive.bus.announce(DocumentParsed(document_id=entry.document_id))
            count += 1
    return count


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
