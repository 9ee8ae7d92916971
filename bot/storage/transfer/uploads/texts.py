"""What sort of text a file holds: told by what stands in it, and by its name where that says nothing."""

import codecs
import re
from enum import Enum, auto
from typing import Final

from bot.domain.errors import UploadRefused

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TOML: Final = re.compile(
    r"\s*(?:#[^\n]*\n\s*)*(?!sep=)(?:[A-Za-z0-9_-]+\s*=|\[{1,2}\s*[A-Za-z_][\w.-]*\s*\]{1,2}\s*(?:[#\n]|$))"
)
_JSON: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]\"0-9-])")
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_BY_ENDING: Final = re.compile(r"\.(toml|json|csv|tsv|txt)$", re.IGNORECASE)


class TextKind(Enum):
    """The kinds of file in which films come."""

    TOML = auto()
    JSON = auto()
    TABLE = auto()


def is_no_text(content: bytes) -> bool:
    """Whether this is a picture, a document or a program, by how it begins."""
    binary = _CONTROLS.search(content[:1024]) is not None and not content.startswith(_UTF_16)
    return binary or content.startswith(b"%PDF-")


def text_of(file: str, content: bytes) -> str:
    """The text that these bytes are. Raises `UploadRefused` for everything but UTF-8, and UTF-16 with its mark."""
    halves = (content[:200:2], content[1:200:2])
    is_utf_16 = content.startswith(_UTF_16)
    if not is_utf_16 and any(len(half) > 1 and not any(half) for half in halves):
        raise UploadRefused("utf_16", file=file)
    try:
        text = content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        if is_utf_16:
            raise UploadRefused("utf_16", file=file) from None
        raise UploadRefused("not_utf_8", file=file) from None
    if "\0" in text:
        raise UploadRefused("nul", file=file)
    return text


def kind_of(name: str, text: str) -> TextKind | None:
    """The kind of text; None where it is none that holds films."""
    ending = match[1].lower() if (match := _BY_ENDING.search(name)) else ""
    first = text[:4096]
    if ending == "toml":
        return TextKind.JSON if first.lstrip().startswith("{") else TextKind.TOML
    if ending == "json":
        return TextKind.JSON
    if _JSON.match(first):
        return TextKind.JSON
    if _TOML.match(first):
        return TextKind.TOML
    return TextKind.TABLE if ending or not re.search(r"\.\w{1,5}$", name) else None
