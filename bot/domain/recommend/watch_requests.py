"""What to see tonight: a mood, the time there is, and what else a film has to be; and which films that finds."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from itertools import islice
from typing import Annotated, Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.domain.errors import NothingMatches
from bot.domain.films.field_types import Tag
from bot.domain.films.films import Film, Kind
from bot.domain.recommend.recommender import Recommender

PICKS: Final = 5
MOST_MINUTES: Final = 600
# So many films are put into order for one evening; after the last of them the first come again.
_POOL: Final = 25
_HITS: Final = 3


class Mood(StrEnum):
    """What sort of evening it is to be. `data/moods.toml` says which films are for it."""

    LAUGH = "laugh"
    THINK = "think"
    MOVE = "move"
    LOVE = "love"
    THRILL = "thrill"
    COMFORT = "comfort"
    WONDER = "wonder"
    TRAVEL = "travel"
    RAGE = "rage"
    LISTEN = "listen"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MoodRule(_Part):
    """Which films are for a mood: those that have something of it, and nothing of what stands under `without`."""

    themes: tuple[Tag, ...] = ()
    genres: tuple[Tag, ...] = ()
    kinds: tuple[Kind, ...] = ()
    without: tuple[Tag, ...] = ()

    def reasons(self, film: Film) -> tuple[str, ...]:
        """The tags for which the film is for this mood, its kind last; empty where it is not."""
        if not {*film.themes, *film.genres}.isdisjoint(self.without):
            return ()
        themes = [theme for theme in film.themes if theme in self.themes]
        genres = [genre for genre in film.genres if genre in self.genres]
        kinds = [film.kind.value] if film.kind in self.kinds else []
        return tuple(dict.fromkeys((*themes, *genres, *kinds)))


class Moods(_Part):
    """What curators have written down about moods."""

    mood: Mapping[Mood, MoodRule]


class WatchRequest(_Part):
    """What somebody asks of tonight's film. None, and a light that is off, ask nothing.

    `light` asks for nothing too dark, which only a curator's mark on a film can promise.
    """

    mood: Mood | None = None
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)] | None = None
    kind: Kind | None = None
    decade: Annotated[int, Field(ge=1870, le=2200, multiple_of=10)] | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None
    light: bool | None = None

    def accepts(self, film: Film, moods: Moods) -> bool:
        """Whether the film is all that is asked. A film of unknown length fits no time."""
        return (
            (self.minutes is None or (film.runtime is not None and film.runtime <= self.minutes))
            and (self.kind is None or film.kind is self.kind)
            and (self.decade is None or film.decade == self.decade)
            and (self.language is None or self.language in film.spoken)
            and (self.mood is None or bool(moods.mood[self.mood].reasons(film)))
            and (not self.light or film.light is True)
        )

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, by field name."""
        return {key: str(value) for key, value in self.model_dump(exclude_none=True).items() if value is not False}

    def encoded(self) -> str:
        """A short form for a custom id, six parts in field order: at most 35 characters."""
        values = [getattr(self, name) for name in type(self).model_fields]
        return ";".join(
            "" if value is None else str(int(value) if isinstance(value, bool) else value) for value in values
        )

    @classmethod
    def of(cls, *asked: str | int | None) -> Self:
        """The evening for values as people choose them, in field order. Raises `ValueError`."""
        return cls.model_validate(dict(zip(cls.model_fields, asked, strict=True)))

    @classmethod
    def decoded(cls, text: str) -> Self:
        """The evening that `encoded` gave. Raises `ValueError` for anything else."""
        return cls.of(*(part or None for part in text.split(";")))


class Pick(NamedTuple):
    """A film for tonight, and the tags for which it is one."""

    film: Film
    tags: tuple[str, ...]


class Tonight(NamedTuple):
    """Up to five films, and how many such handfuls there are."""

    picks: tuple[Pick, ...]
    turns: int


def tonight(
    taste: Recommender, evening: WatchRequest, moods: Moods, chance: Callable[[], float], turn: int = 0
) -> Tonight:
    """The handful of that number, counted from 0 and over again from the end; no two of five alike if that can be.

    `chance` gives numbers from 0 to 1; the same ones give the same films. No film is in two handfuls of the same
    numbers. Nothing fits: no picks. Raises `NothingMatches` where the list is empty.
    """
    if not taste.catalogue.films:
        raise NothingMatches
    fitting = sorted(
        (film for film in taste.catalogue.films if evening.accepts(film, moods)), key=lambda film: film.slug
    )
    tags = {film.slug: _tags(film, evening, moods) for film in fitting}
    asks_mood = evening.mood is not None
    worth = {film.slug: chance() + asks_mood * min(len(tags[film.slug]), _HITS) / _HITS for film in fitting}
    pool = sorted(worth, key=lambda slug: (-worth[slug], slug))[:_POOL]
    turns = -(-len(pool) // PICKS)
    first = turn % turns * PICKS if turns else 0
    found = islice(taste.diversified({slug: worth[slug] for slug in pool}), first, first + PICKS)
    return Tonight(tuple(Pick(film, tags[film.slug]) for film in found), turns)


def loosened(films: Iterable[Film], evening: WatchRequest, moods: Moods) -> dict[str, int]:
    """Which single wish, given up, would leave films, and how many; by field name, the most first."""
    listed = tuple(films)
    without = {name: evening.model_copy(update={name: None}) for name in evening.asked}
    left = {name: sum(other.accepts(film, moods) for film in listed) for name, other in without.items()}
    return dict(sorted(((name, n) for name, n in left.items() if n), key=lambda item: -item[1]))


def _tags(film: Film, evening: WatchRequest, moods: Moods) -> tuple[str, ...]:
    return film.themes if evening.mood is None else moods.mood[evening.mood].reasons(film)
