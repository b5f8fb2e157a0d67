"""A disk that is soon full: a tmpfs of a few megabytes, where the kernel lets us mount one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.binaries import ServerUnavailable
from tests.servers.process import new_folder

_CHUNK = bytes(1 << 16)


class SmallDisk:
    """A mounted folder that can be filled to the last byte and emptied again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no byte to anybody else."""
        with self._ballast.open("wb", buffering=0) as ballast:
            try:
                while ballast.write(_CHUNK):
                    pass
            except OSError:
                return

    def empty(self) -> None:
        """Give back what was taken."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def mounted_disk(*, megabytes: int) -> Iterator[SmallDisk]:
    """Mount a small disk for a while; only root can."""
    folder = new_folder()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "jixiao-small-disk", folder]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        raise ServerUnavailable(f"a small disk: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=False)
        folder.rmdir()
