"""Zip packages of office programs, opened with care."""

import zipfile
import zlib
from io import BytesIO
from typing import Final

from lxml import etree

from shared.contracts.errors import DamagedDocument, EncryptedDocument, UnpacksTooLarge

MOST_BYTES: Final = 400 * 1024 * 1024
MOST_MEMBERS: Final = 20_000
_ENCRYPTED: Final = 0x1


def open_package(content: bytes) -> zipfile.ZipFile:
    """Open a zip whose members say that they unpack to a size that can be borne."""
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DamagedDocument(detail="zip") from error
    members = package.infolist()
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES or len(members) > MOST_MEMBERS:
        raise UnpacksTooLarge(megabytes=size // 1024**2, limit=MOST_BYTES // 1024**2)
    return package


def read_member(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Unpack one member, no further than it says; None where there is none of that name."""
    try:
        member = package.getinfo(name)
    except KeyError:
        return None
    if member.flag_bits & _ENCRYPTED:
        raise EncryptedDocument()
    try:
        with package.open(member) as stream:
            return stream.read(MOST_BYTES)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error) as error:
        raise DamagedDocument(detail=name) from error


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Parse a member; no entity is resolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocument(detail=name) from error
