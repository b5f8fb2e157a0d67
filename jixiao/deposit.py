"""Puts files into the inbox, so that nothing in it is ever overwritten by another file of its name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from jixiao.archive import Archive
from jixiao.home import INBOX
from jixiao.inbox import is_upload, list_uploads
from shared.contracts.events import DocumentUploaded
from shared.runtime.object_store import FolderStore


@dataclass(frozen=True, slots=True)
class Deposit:
    """A file that lies in the inbox; ``is_new`` says whether it was put there now."""

    key: str
    is_new: bool


def hand_over(archive: Archive, paths: Iterable[Path], hints: Mapping[str, str]) -> list[str]:
    """Copy files into the inbox and announce them; answer their keys."""
    handed: list[str] = []
    deposits = (deposit(file, key, archive.inbox) for path in paths for file, key in files_below(path))
    for file in deposits:
        version = archive.inbox.version(file.key)
        handed.append(file.key)
        known = archive.ledger.source_at(INBOX, file.key)
        if hints or known is None or known.version != version:
            event = DocumentUploaded(bucket=INBOX, key=file.key, version=version, hints=dict(hints))
            archive.bus.announce(event)
    return handed


def files_below(path: Path) -> Iterator[tuple[Path, str]]:
    """List a file, or the uploads in a folder, with the keys they should have: the folder's name stays."""
    if not path.is_dir():
        yield path, path.name
        return
    for below in list_uploads(path):
        yield path / below, f"{path.resolve().name}/{below}"


def deposit(file: Path, key: str, inbox: FolderStore) -> Deposit:
    """
    Copy a file into the inbox; what lies there already under its name and is the same stays.

    Two offices call their files alike: another file of the same name is kept beside the first
    as ``name (2).pdf``.
    """
    inside = _key_inside(file, inbox.folder)
    if inside is not None:
        return Deposit(inside, is_new=False)
    for candidate in _candidates(key):
        there = inbox.folder / candidate
        if not there.exists():
            inbox.write(candidate, file.read_bytes())
            return Deposit(candidate, is_new=True)
        if _is_same(file, there):
            return Deposit(candidate, is_new=False)
    raise AssertionError("names never run out")


def _candidates(key: str) -> Iterator[str]:
    path = PurePosixPath(key)
    yield key
    yield from (path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix() for number in count(2))


def _key_inside(file: Path, folder: Path) -> str | None:
    try:
        key = file.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return None
    return key if is_upload(key) else None


def _is_same(file: Path, there: Path) -> bool:
    return (
        there.is_file()
        and file.stat().st_size == there.stat().st_size
        and file.read_bytes() == there.read_bytes()
    )
