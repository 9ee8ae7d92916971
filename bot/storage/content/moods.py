"""Reading what curators have written down about moods."""

import tomllib
from pathlib import Path

from bot.content import DATA
from bot.domain.recommend.watch_requests import Mood, Moods


def read_moods(file: Path = DATA / "moods.toml") -> Moods:
    """What the file says of every mood. Raises `ValueError` where one is missing or something is misspelled."""
    moods = Moods.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    if missing := set(Mood) - moods.mood.keys():
        raise ValueError(f"moods without a recipe: {', '.join(sorted(missing))}")
    return moods
