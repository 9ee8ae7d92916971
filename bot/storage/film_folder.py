"""Writing entry files into the films folder, all of them or none."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.domain.films import Film
from bot.storage.curated_files import FilmsUnreadable
from bot.storage.entry_text import entry_text

Step = Callable[[int, int], object]


def write_films(folder: Path, films: Sequence[Film], step: Step = lambda _done, _of: None) -> None:
    """Make each film's file say what the film does, comments in an old file lost.

    Everything is written beside the entries first, so that a full disk shows before anything has
    changed; then it takes its place, file by file. Whatever stops that puts back what was there. Raises
    `FilmsUnreadable`.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".import-", dir=folder) as made:
            new, old = Path(made) / "new", Path(made) / "old"
            new.mkdir()
            old.mkdir()
            for done, film in enumerate(films, 1):
                _write(new / f"{film.slug}.toml", entry_text(film))
                step(done, len(films))
            _exchange(folder, new, old)
    except OSError as error:
        raise FilmsUnreadable(folder, error.strerror or type(error).__name__) from error


def _exchange(folder: Path, new: Path, old: Path) -> None:
    with contextlib.ExitStack() as undo:
        for path in sorted(new.iterdir()):
            target = folder / path.name
            if target.exists():
                target.rename(old / path.name)
                undo.callback((old / path.name).replace, target)
            else:
                undo.callback(target.unlink, missing_ok=True)
            path.replace(target)
        undo.pop_all()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
