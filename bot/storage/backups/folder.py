"""The folder of backups: a copy gets its name when it is whole, with a file beside it that says what is in it."""

import contextlib
import datetime
import errno
import hashlib
import json
import os
import secrets
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from bot.domain.backups import made_at, surplus
from bot.domain.errors import StorageUnavailable

_PART: Final = ".part"
# A copy that is still being written is younger.
_LEFT_BEHIND: Final = 24 * 3600
_DRILL: Final = "drilled.json"


class Manifest(NamedTuple):
    """What was copied: when that began, by which version, at which revision, how many rows of each table."""

    made_at: datetime.datetime
    version: str
    revision: str
    counts: Mapping[str, int]
    sha256: str = ""

    def as_json(self) -> str:
        """The text of the file beside the copy."""
        said = self._asdict() | {"made_at": self.made_at.isoformat(), "counts": dict(self.counts)}
        return json.dumps(said, indent=1) + "\n"


class BackupDamaged(Exception):
    """A copy is not what the file beside it says."""


@contextlib.contextmanager
def part_of(target: Path) -> Generator[Path]:
    """A file beside the target to write a copy into, which nobody takes for a backup and which goes in any case."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}-{secrets.token_hex(4)}{_PART}")
    try:
        part.touch(mode=0o600, exist_ok=False)
        yield part
    finally:
        for path in (part, part.with_name(f"{part.name}-journal")):
            path.unlink(missing_ok=True)


def put(part: Path, target: Path, manifest: Manifest) -> None:
    """Give the copy its name, once it and the file beside it are on the disk. Raises `FileExistsError`."""
    beside = manifest_of(target)
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    whole = manifest._replace(sha256=_digest(part))
    with part_of(beside) as said:
        said.write_text(whole.as_json(), encoding="utf-8")
        _to_disk(said)
        _to_disk(part)
        said.replace(beside)
    part.replace(target)
    _to_disk(target.parent)


def manifest_of(target: Path) -> Path:
    """The file beside a copy."""
    return target.with_name(f"{target.name}.json")


def read_manifest(file: Path) -> Manifest | None:
    """What the file beside the copy says; None where there is none. Raises `BackupDamaged` if the copy is another."""
    try:
        said = json.loads(manifest_of(file).read_text(encoding="utf-8"))
        begun = datetime.datetime.fromisoformat(said["made_at"])
        counts = {str(table): int(number) for table, number in said["counts"].items()}
        found = Manifest(begun, str(said["version"]), str(said["revision"]), counts, str(said["sha256"]))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupDamaged(manifest_of(file).name) from error
    if _digest(file) != found.sha256:
        raise BackupDamaged(file.name)
    return found


def backups(folder: Path) -> list[Path]:
    """The copies in the folder, the newest first."""
    try:
        found = [path for path in folder.iterdir() if made_at(path.name) is not None]
    except FileNotFoundError:
        return []
    return sorted(found, key=lambda path: path.name, reverse=True)


def newest(folder: Path, now: datetime.datetime) -> datetime.datetime | None:
    """When the last copy was made; None where there is none. One from after now, by a wrong clock, does not count."""
    made = [moment for path in backups(folder) if (moment := made_at(path.name)) is not None]
    return max((moment for moment in made if moment <= now), default=None)


def thin_out(folder: Path, now: datetime.datetime) -> int:
    """Delete the copies that are not kept any longer, and what a killed backup left; the result is how many copies."""
    there = {path: made for path in backups(folder) if (made := made_at(path.name)) is not None}
    too_many = surplus(there.values())
    gone = [path for path, made in there.items() if made in too_many]
    for path in gone:
        path.unlink(missing_ok=True)
        manifest_of(path).unlink(missing_ok=True)
    for path in folder.glob(f".front-row-*{_PART}*"):
        with contextlib.suppress(FileNotFoundError):
            if now.timestamp() - path.stat().st_mtime > _LEFT_BEHIND:
                path.unlink()
    return len(gone)


def note_drill(folder: Path, file: Path, now: datetime.datetime) -> None:
    """Remember that a copy came back whole."""
    with part_of(folder / _DRILL) as said:
        said.write_text(json.dumps({"at": now.isoformat(), "file": file.name}) + "\n", encoding="utf-8")
        said.replace(folder / _DRILL)


def last_drill(folder: Path) -> datetime.datetime | None:
    """When that last was."""
    try:
        return datetime.datetime.fromisoformat(json.loads((folder / _DRILL).read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


@contextlib.contextmanager
def failures_named() -> Generator[None]:
    """Whatever keeps a copy from being written is a `StorageUnavailable` with the system's own words."""
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(error.strerror or type(error).__name__) from error


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows opens no folders
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
