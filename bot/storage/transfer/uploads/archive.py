"""The files in a zip, unpacked in memory under limits of our own and never onto the disk.

Nothing that the zip says about itself is believed: members are counted by their marks, and sizes by
what really comes out.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import Final, NamedTuple

from bot.domain.errors import UploadRefused
from bot.domain.text.normalize import one_line

MAX_MEMBERS: Final = 5_200  # as many films as an upload may hold, tables, and what systems add
MAX_UNPACKED: Final = 32 * 1024 * 1024
MAX_RATIO: Final = 100  # of what comes out to the upload itself; texts of films come to about 5
_ALWAYS_FINE: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY: Final = b"PK\x01\x02"
_ARCHIVES: Final = (
    *_ZIP,
    b"PK\x07\x08",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)
_ARCHIVE_NAME: Final = re.compile(
    r"\.(zip|7z|rar|gz|tgz|bz2|xz|zst|tar|cab|jar|xlsx|xlsm|ods|docx|odt)$", re.IGNORECASE
)
_OUTSIDE: Final = re.compile(r"^[/~]|\\|\x00|(?:^|/)\.\.(?:/|$)|^[A-Za-z]:")
_LOCKED: Final = 0x2041  # encrypted in one of three ways
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, LookupError, ArithmeticError, NotImplementedError, RuntimeError),
)


class Member(NamedTuple):
    """A file, by its path in the zip."""

    name: str
    content: bytes


def is_zip(content: bytes) -> bool:
    """Whether this begins as a zip does."""
    return content.startswith(_ZIP)


def is_other_archive(content: bytes) -> bool:
    """Whether this is packed, but no zip."""
    return not is_zip(content) and (content.startswith(_ARCHIVES) or content[257:262] == b"ustar")


def members(content: bytes) -> tuple[Member, ...]:
    """Every file of the zip that may matter, in the order of their paths. Raises `UploadRefused`."""
    if content.count(_ENTRY) > MAX_MEMBERS:
        raise UploadRefused("zip_members", limit=MAX_MEMBERS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
            _check_names(found)
            room = _Room(len(content))
            files = [info for info in found if not info.is_dir() and not _is_of_a_system(info.filename)]
            return tuple(_read(archive, info, room) for info in sorted(files, key=lambda info: info.filename))
    except _BROKEN:
        raise UploadRefused("zip_broken") from None


def shown_path(path: str) -> str:
    """A path for a sentence: on one line, and not too long."""
    clean = one_line(path.encode("utf-8", "replace").decode()[:400]) or "?"
    return clean if len(clean) <= 80 else f"…{clean[-79:]}"


class _Room:
    """How much may still come out of the zip."""

    def __init__(self, packed: int) -> None:
        self._left = min(MAX_UNPACKED, max(_ALWAYS_FINE, MAX_RATIO * packed))

    def take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise UploadRefused("zip_bomb")


def _check_names(found: list[zipfile.ZipInfo]) -> None:
    names = {info.orig_filename for info in found}
    if "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names:
        raise UploadRefused("spreadsheet")
    seen: set[str] = set()
    for info in found:
        path = shown_path(info.orig_filename)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if not info.orig_filename or _OUTSIDE.search(info.orig_filename):
            raise UploadRefused("zip_path", file=path)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise UploadRefused("zip_link", file=path)
        if info.filename in seen:
            raise UploadRefused("zip_twice", file=path)
        if info.flag_bits & _LOCKED:
            raise UploadRefused("zip_locked")
        if info.compress_type not in _METHODS:
            raise UploadRefused("zip_method")
        if _ARCHIVE_NAME.search(info.filename):
            raise UploadRefused("zip_nested", file=path)
        seen.add(info.filename)


def _is_of_a_system(path: str) -> bool:
    """Whether an operating system put it there for itself."""
    parts = path.split("/")
    return parts[0] == "__MACOSX" or parts[-1].startswith(".") or parts[-1].lower() in {"thumbs.db", "desktop.ini"}


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: _Room) -> Member:
    pieces: list[bytes] = []
    with archive.open(info) as file:
        while piece := file.read(_CHUNK):
            room.take(len(piece))
            pieces.append(piece)
    content = b"".join(pieces)
    if is_zip(content) or is_other_archive(content):
        raise UploadRefused("zip_nested", file=shown_path(info.filename))
    return Member(info.filename, content)
