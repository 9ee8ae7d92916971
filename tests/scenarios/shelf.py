"""A list of films of a test's own, in place of the shipped ones."""

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from bot.client import FilmBot
from bot.domain.films.films import Film
from bot.settings import Settings
from tests.builders import write_entry

# What the fixture `restart` gives.
Restart: TypeAlias = Callable[[], Awaitable[FilmBot]]


def stocked(settings: Settings, films: Iterable[Film]) -> Settings:
    """The settings of a bot whose list holds these films."""
    folder = Path(settings.database_url.get_secret_value().removeprefix("sqlite:///")).parent / "films"
    folder.mkdir()
    for film in films:
        write_entry(folder, film)
    return settings.model_copy(update={"films_folder": folder})


def take_off(settings: Settings, film: Film) -> None:
    """Take the film's entry away; the bot notices at its next start."""
    (settings.films_folder / f"{film.slug}.toml").unlink()
