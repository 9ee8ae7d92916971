"""Zips for tests, the hostile ones too, built byte by byte where no library would write them."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, in this order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """What a zip holds, by path."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def linked(name: str, target: str) -> bytes:
    """A zip of one symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return zipped((info, target))


def named(name: str, content: bytes | str = "") -> bytes:
    """A zip of one file whose path is exactly this, whatever a library makes of it."""
    plain = "x" * len(name.encode())
    return zipped((plain, content)).replace(plain.encode(), name.encode())


def twice(name: str, first: str, second: str) -> bytes:
    """A zip that holds two files of the same path."""
    other = "y" * len(name)
    return zipped((name, first), (other, second)).replace(other.encode(), name.encode())


def locked(name: str, content: str) -> bytes:
    """A zip that says that its file is encrypted."""
    packed = bytearray(zipped((name, content)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + flags] |= 1
    return bytes(packed)


def lying(name: str, content: bytes) -> bytes:
    """A zip whose file says that it comes to ten bytes, and comes to more."""
    packed = bytearray(zipped((name, content)))
    for mark, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = packed.index(mark) + size
        packed[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(packed)


def of_folder(paths: Iterable[Path]) -> bytes:
    """A zip of these files, side by side."""
    return zipped(*((path.name, path.read_bytes()) for path in paths))
