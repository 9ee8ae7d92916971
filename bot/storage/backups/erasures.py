"""The list of erasures beside the backups, so that nobody who was erased comes back with an old copy.

A line says when somebody was erased, and who only as a fingerprint: made with a key that lies in a file of its own, it
tells nothing to whoever has the list, and whoever has key and copy finds those again who are in the copy.
"""

import datetime
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

_LIST: Final = "erasures.jsonl"
_KEY: Final = "erasures.key"
_KEY_BYTES: Final = 32
_PRIVATE: Final = 0o600


class Kind(StrEnum):
    """Whose data was erased."""

    MEMBER = "member"
    SERVER = "server"


class Erasure(NamedTuple):
    """One line: `who` is the fingerprint of an id, `names` are those of what a member was called."""

    at: datetime.datetime
    kind: Kind
    who: str
    names: frozenset[str] = frozenset()


class KeyLost(Exception):
    """There is a list of erasures, but its key is gone, so nobody can be found by it."""


class ErasureJournal:
    """The list in a folder. Its methods wait for the disk, and raise `OSError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, kind: Kind, who: int, at: datetime.datetime, names: Iterable[str] = ()) -> None:
        """Add a line that is on the disk when this returns."""
        key = self._key()
        found = sorted(fingerprint(key, name) for name in names)
        line = {"at": at.isoformat(), "kind": kind, "who": fingerprint(key, who), "names": found}
        path = self._folder / _LIST
        torn = not _ends_a_line(path)
        # One write, at whatever is the end by then: others may be writing, too.
        _write(path, b"\n" * torn + json.dumps(line).encode() + b"\n", os.O_APPEND)

    def since(self, moment: datetime.datetime) -> tuple[Erasure, ...]:
        """Every erasure from that moment on. A line that was torn when the machine went down is passed over."""
        try:
            lines = (self._folder / _LIST).read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return ()
        return tuple(each for line in lines if (each := _erasure(line)) is not None and each.at >= moment)

    def require_key(self) -> None:
        """Raise `KeyLost` where the list could not be used."""
        if (self._folder / _LIST).exists() and self.key() is None:
            raise KeyLost

    def key(self) -> bytes | None:
        """The key of the fingerprints; None where nothing was ever noted, or somebody has lost it."""
        try:
            return (self._folder / _KEY).read_bytes()
        except FileNotFoundError:
            return None

    def _key(self) -> bytes:
        if (key := self.key()) is not None:
            return key
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._folder / f".{_KEY}-{secrets.token_hex(4)}"
        try:
            _write(new, secrets.token_bytes(_KEY_BYTES), os.O_EXCL)
            os.link(new, self._folder / _KEY)  # never over the one of another process
        except FileExistsError:
            pass
        finally:
            new.unlink(missing_ok=True)
        return (self._folder / _KEY).read_bytes()


def fingerprint(key: bytes, what: int | str) -> str:
    """What stands in the list for an id or a name."""
    return hmac.new(key, str(what).encode(), hashlib.sha256).hexdigest()


def told_by(erasures: Sequence[Erasure], kind: Kind) -> dict[str, frozenset[str]]:
    """The fingerprints of those erased, each with those of all names."""
    found: dict[str, frozenset[str]] = {}
    for each in erasures:
        if each.kind is kind:
            found[each.who] = found.get(each.who, frozenset()) | each.names
    return found


def _erasure(line: str) -> Erasure | None:
    try:
        said = json.loads(line)
        at = datetime.datetime.fromisoformat(said["at"])
        return Erasure(at, Kind(said["kind"]), str(said["who"]), frozenset(map(str, said["names"])))
    except (ValueError, TypeError, KeyError):
        return None


def _ends_a_line(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
    except OSError:  # there is none yet, or nothing in it
        return True


def _write(path: Path, content: bytes, flags: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | flags, _PRIVATE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
