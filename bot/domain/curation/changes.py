"""What a server's curators have made of the list, change by change, and how a change is taken back."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.errors import ChangedSince
from bot.domain.films.films import Film
from bot.domain.films.loading import film_body
from bot.domain.text.normalize import comparable


class ChangeKind(StrEnum):
    """What was done."""

    ADD = "add"
    EDIT = "edit"
    REMOVE = "remove"
    RESTORE = "restore"
    HIDE = "hide"
    UNHIDE = "unhide"
    RESET = "reset"
    IMPORT = "import"
    UNDO = "undo"
    SETTINGS = "settings"


class GuildFilmState(BaseModel):
    """How one film stands in one server.

    `own` is the body of the server's own film, or of its own version of a shared one; it counts before
    the shared film. `hidden` is about the shared film alone.
    """

    model_config = ConfigDict(frozen=True)

    own: str | None = None
    removed: bool = False
    hidden: bool = False

    def shown(self, shared: str | None) -> str | None:
        """The body that members see, given the shared film's; None where they see none."""
        if self.own is not None:
            return None if self.removed else self.own
        return None if self.hidden else shared


_NOWHERE: Final = GuildFilmState()


@dataclass(frozen=True)
class Change:
    """One act of a curator. A change of settings has no slug, and its standings are empty.

    `shared` is the shared film's body at that time. `settings` are the bodies before and after. Changes
    that were made together, by an import or by taking one back, bear the same `batch`.
    """

    guild_id: int
    at: datetime.datetime
    actor_id: int
    act: ChangeKind
    slug: str | None = None
    before: GuildFilmState = _NOWHERE
    after: GuildFilmState = _NOWHERE
    shared: str | None = None
    settings: tuple[str, str] | None = None
    batch: str | None = None
    number: int = 0  # given by the database
    films: int = 1  # how many the change stands for, where it stands for its whole batch

    @property
    def film_before(self) -> Film | None:
        """What members saw before."""
        return film_of(self.before.shown(self.shared))

    @property
    def film_after(self) -> Film | None:
        """What members saw afterwards."""
        return film_of(self.after.shown(self.shared))

    @property
    def film(self) -> Film | None:
        """The film that it is about, whether members see it or not."""
        return film_of(self.after.own) or film_of(self.before.own) or film_of(self.shared)


class Duplicate(NamedTuple):
    """A film that is there already, and what it has in common: `name` or `trailer`."""

    film: Film
    common: str


def film_of(body: str | None) -> Film | None:
    """The film that was stored so; None for nothing, or where it is no film by today's rules."""
    if body is None:
        return None
    try:
        return Film.model_validate_json(body)
    except ValidationError:
        return None


def reverted(change: Change, now: GuildFilmState, shared: str | None) -> GuildFilmState:
    """The standing without that change, whatever else has been changed since.

    Raises `ChangedSince` where a later change is in the way.
    """
    if now == change.after:
        if change.before.own is None and shared is None and now.shown(shared) is not None:
            # The shared film behind an edit has gone since. What members saw of it becomes the server's own.
            return change.before.model_copy(update={"own": change.before.shown(change.shared)})
        return change.before
    parts = [change.before.shown(change.shared), change.after.shown(change.shared), now.shown(shared)]
    if None in parts:
        raise ChangedSince
    before, after, current = (_fields(part) for part in parts if part is not None)
    for name in before.keys() | after.keys():
        was, became, stands = before.get(name), after.get(name), current.get(name)
        if was == became:
            continue
        if stands not in (was, became):
            raise ChangedSince
        current[name] = was
    body = _body(current)
    return now.model_copy(update={"own": None if body == shared else body})


def duplicates(film: Film, films: Iterable[Film]) -> tuple[Duplicate, ...]:
    """Films that may be the same: of the same title and year, or with the same video.

    A remake has another year, so it passes.
    """
    videos = {(trailer.provider, trailer.id) for trailer in film.trailers}
    found: list[Duplicate] = []
    for other in films:
        if other.slug == film.slug:
            continue
        if other.year == film.year and comparable(other.title) == comparable(film.title):
            found.append(Duplicate(other, "name"))
        elif any((trailer.provider, trailer.id) in videos for trailer in other.trailers):
            found.append(Duplicate(other, "trailer"))
    return tuple(found)


def _fields(body: str) -> dict[str, Any]:
    return json.loads(body)


def _body(fields: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in fields.items() if value is not None}
    try:
        return film_body(Film.model_validate(kept))
    except ValidationError:  # halves of two changes that do not fit together
        raise ChangedSince from None
