"""A second language, so that a walk can tell which one was spoken."""

import contextlib
from collections.abc import Generator
from pathlib import Path

import pytest

from bot.content import DATA
from bot.ui.kit import text

WHY = "**Warum er hier ist**"
OPENING = "**Bevor du schreibst:** nichts verraten."


@contextlib.contextmanager
def german_spoken(folder: Path) -> Generator[None]:
    """As long as this lasts, there is a file of German sentences; only those above differ from the English ones."""
    locales = folder / "content" / "locales"
    locales.mkdir(parents=True)
    english = (DATA / "locales" / "en.toml").read_text(encoding="utf-8")
    lines = [_translated(line) for line in english.splitlines()]
    (locales / "en.toml").write_text(english, encoding="utf-8")
    (locales / "de.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "DATA", folder / "content")
        _forget()
        yield
    _forget()


def _forget() -> None:
    text.languages.cache_clear()
    text._language.cache_clear()  # pyright: ignore[reportPrivateUsage]


def _translated(line: str) -> str:
    if line.startswith('why = "**Why'):
        return f'why = "{WHY}"'
    return f'opening = "{OPENING}"' if line.startswith("opening = ") else line
