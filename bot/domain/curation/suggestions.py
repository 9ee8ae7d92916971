"""Films that members propose, from the first word to what the curators made of it."""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, field_validator

from bot.domain.curation.changes import Duplicate
from bot.domain.errors import FrontRowError
from bot.domain.films.field_types import Name, Sentence, Why, Year
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.domain.films.trailers import Trailer, Video, read_address
from bot.domain.text.normalize import comparable, has_ink, one_line

COOLDOWN: Final = datetime.timedelta(seconds=30)
MAX_OPEN: Final = 3
MAX_REASON: Final = 300
# After so long without a word in the draft, another curator may take the suggestion over.
TAKEN_LASTS: Final = datetime.timedelta(days=7)
_TITLE_WITH_YEAR: Final = re.compile(r"(?P<title>.*\S)\s*[(\[](?P<year>\d{4})[)\]]\s*")
_REASON: Final = TypeAdapter(Sentence)


class SuggestionFaulty(FrontRowError):
    """What was typed cannot be kept: all that is wrong with it, and the longest text of it, to be copied."""

    key = "error.suggestion_faulty"

    def __init__(self, faults: tuple[ValidationIssue, ...], typed: str) -> None:
        super().__init__()
        self.faults = faults
        self.typed = typed


class State(StrEnum):
    """How far a suggestion has come."""

    OPEN = "open"
    TAKEN = "taken"  # a curator has made a draft of it
    ACCEPTED = "accepted"
    MERGED = "merged"
    DECLINED = "declined"


UNDECIDED: Final = (State.OPEN, State.TAKEN)


class Proposal(BaseModel):
    """What a member says of a film, cleaned. `trailer` is typed as an address."""

    model_config = ConfigDict(frozen=True)

    title: Name
    why: Why
    year: Year | None = None
    trailer: Trailer | None = None

    @field_validator("trailer", mode="before")
    @classmethod
    def _nothing_typed(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def name(self) -> str:
        """The title, with its year where that is known."""
        return _named(self.title, self.year)


@dataclass(frozen=True)
class Suggestion:
    """One member's suggestion in one server.

    `author_name` is "" for a member whose name nobody could see. `channel_id` is where it was made, and so
    where the member is told what became of it. `curator_id` and `draft` belong to whoever has it at the
    moment, or has decided. `slug` is the film that it became, or turned out to be.
    """

    number: int
    guild_id: int
    author_id: int
    author_name: str
    title: str
    year: int | None
    why: str
    trailer: str | None
    channel_id: int
    made: datetime.datetime
    state: State = State.OPEN
    curator_id: int | None = None
    draft: str | None = None
    slug: str | None = None
    reason: str | None = None
    card_channel_id: int | None = None
    card_message_id: int | None = None

    @property
    def name(self) -> str:
        """The title, with its year where that is known."""
        return _named(self.title, self.year)

    @property
    def video(self) -> Video | None:
        """The trailer that was proposed."""
        return read_address(self.trailer) if self.trailer else None

    @property
    def is_decided(self) -> bool:
        """Whether there is nothing left to do about it."""
        return self.state not in UNDECIDED

    @property
    def texts(self) -> Mapping[str, str]:
        """What a draft of it begins with."""
        return {"name": self.name, "why": self.why, **({"trailers": self.trailer} if self.trailer else {})}

    def taken(self, curator_id: int, draft_id: str) -> "Suggestion":
        """In the hands of a curator who has a draft of it."""
        return dataclasses.replace(self, state=State.TAKEN, curator_id=curator_id, draft=draft_id)

    def given_back(self) -> "Suggestion":
        """In nobody's hands, as in the beginning."""
        return dataclasses.replace(self, state=State.OPEN, curator_id=None, draft=None)

    def decided(self, state: State, curator_id: int, *, slug: str | None = None, reason: str = "") -> "Suggestion":
        """Accepted or merged as that film, or declined for that reason."""
        done = dataclasses.replace(self, state=state, curator_id=curator_id, draft=None)
        return dataclasses.replace(done, slug=slug, reason=reason or None)


def read_proposal(title: str, why: str, year: int | None = None, trailer: str | None = None) -> Proposal:
    """The proposal that was typed. Raises `SuggestionFaulty` with all that is wrong with it.

    A year that was typed behind the title in brackets counts as the year.
    """
    if (typed := _TITLE_WITH_YEAR.fullmatch(one_line(title))) is not None and year in {None, int(typed["year"])}:
        title, year = typed["title"], int(typed["year"])
    try:
        return Proposal.model_validate({"title": title, "why": why, "year": year, "trailer": trailer})
    except ValidationError as error:
        raise SuggestionFaulty(_faults(error), one_line(why)) from None


def read_reason(typed: str) -> str:
    """Why curators decline, in one line. Raises `SuggestionFaulty`."""
    try:
        return _REASON.validate_python(typed)
    except ValidationError as error:
        raise SuggestionFaulty(_faults(error, "reason"), one_line(typed)) from None


def credit_of(name: str) -> str:
    """A member's name as a film can bear it; "" where nobody could see it."""
    clean = one_line(name)
    return clean if has_ink(clean) else ""


def already_there(proposal: Proposal, films: Iterable[Film]) -> Duplicate | None:
    """The film on the list that is proposed: of the same title and year, or with the same video.

    Without a year, any film of that title is meant; a remake asks for its year.
    """
    video = proposal.trailer and (proposal.trailer.provider, proposal.trailer.id)
    called = comparable(proposal.title)
    for film in films:
        if proposal.year in {None, film.year} and called in map(comparable, film.titles):
            return Duplicate(film, "name")
        if video in {(trailer.provider, trailer.id) for trailer in film.trailers}:
            return Duplicate(film, "trailer")
    return None


def _named(title: str, year: int | None) -> str:
    return title if year is None else f"{title} ({year})"


def _faults(error: ValidationError, path: str = "") -> tuple[ValidationIssue, ...]:
    return tuple(
        ValidationIssue(
            "",
            path or str(item["loc"][0]),
            item["type"],
            values={key: value if isinstance(value, int) else str(value) for key, value in item.get("ctx", {}).items()},
        )
        for item in error.errors(include_url=False, include_input=False)
    )
