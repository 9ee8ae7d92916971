"""Writing entry files into the films folder, all of them or none."""

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.domain.films.films import Film
from bot.storage.content.entry_text import entry_text

Step = Callable[[int, int], object]


class FilmsUnwritable(Exception):
    """Entries could not be written, and are as they were."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.reason = reason


def write_films(folder: Path, films: Sequence[Film], step: Step = lambda _done, _of: None) -> None:
    """Make each film's file say what the film does, comments in an old file lost.

    Everything is written beside the entries first, so that a full disk shows before anything has
    changed; then it takes its place, file by file. Whatever stops that puts back what was there. Raises
    `FilmsUnwritable`.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".import-", dir=folder) as made:
            new, old = Path(made) / "new", Path(made) / "old"
            new.mkdir()
            old.mkdir()
            for done, film in enumerate(films, 1):
                (new / f"{film.slug}.toml").write_text(entry_text(film), encoding="utf-8", newline="\n")
                step(done, len(films))
            _exchange(folder, new, old)
    except OSError as error:
        raise FilmsUnwritable(folder, error.strerror or type(error).__name__) from error


def _exchange(folder: Path, new: Path, old: Path) -> None:
    with contextlib.ExitStack() as undo:
        for path in sorted(new.iterdir()):
            target, saved = folder / path.name, old / path.name
            if target.exists():
                undo.callback(_put_back, saved, target)
                target.rename(saved)
            else:
                undo.callback(target.unlink, missing_ok=True)
            path.replace(target)
        undo.pop_all()


def _put_back(saved: Path, target: Path) -> None:
    if saved.exists():
        saved.replace(target)
