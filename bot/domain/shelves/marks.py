"""What one member keeps of one film, and the steps that change it."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Final, NamedTuple, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.domain.errors import FrontRowError
from bot.domain.text.normalize import has_ink, paragraphs

MAX_REVIEW: Final = 500
HALF_STARS: Final = range(1, 11)
MAX_VIEWINGS: Final = 100
# The server of what members keep in direct messages and where they have added the bot for themselves.
ALONE: Final = 0

HalfStars = Annotated[int, Field(ge=HALF_STARS[0], le=HALF_STARS[-1])]


class DayUnknown(FrontRowError):
    """What was typed is no day, or one that has not come yet."""

    key = "error.day_unknown"


class ReviewFaulty(FrontRowError):
    """A review is longer than `MAX_REVIEW`."""

    key = "error.review_faulty"


class MarkChanged(FrontRowError):
    """What is to be taken back has been changed since, or was taken back already."""

    key = "error.mark_changed"


class ShelfOwner(NamedTuple):
    """Whose shelf it is: a member in one server, or, with the server `ALONE`, a person by themselves."""

    guild_id: int
    member_id: int

    @property
    def is_alone(self) -> bool:
        """Whether nobody else can see anything of it."""
        return self.guild_id == ALONE


class Review(BaseModel):
    """What a member wrote for the others: whether it gives the story away, and whether their name goes with it."""

    model_config = ConfigDict(frozen=True)

    text: str
    spoils: bool = True
    named: bool = False

    @classmethod
    def of(cls, typed: str, *, spoils: bool, named: bool) -> Self | None:
        """The review that was typed; None for nothing that can be read. Raises `ReviewFaulty`."""
        text = paragraphs(typed)
        if len(text) > MAX_REVIEW:
            raise ReviewFaulty(limit=MAX_REVIEW, length=len(text))
        return cls(text=text, spoils=spoils, named=named) if has_ink(text) else None


class Mark(BaseModel):
    """What a member keeps of a film. A viewing is a day, or None where the member does not say; the latest is last."""

    model_config = ConfigDict(frozen=True)

    wanted: AwareDatetime | None = None
    viewings: tuple[datetime.date | None, ...] = ()
    rating: HalfStars | None = None
    review: Review | None = None
    hidden: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether the member has seen it."""
        return bool(self.viewings)

    @property
    def is_bare(self) -> bool:
        """Whether it holds no more than that it was seen once: nothing is lost with it."""
        return len(self.viewings) < 2 and self.rating is None and self.review is None

    @property
    def last_seen(self) -> datetime.date | None:
        """The latest day on which it was seen, as far as that is known."""
        return max((day for day in self.viewings if day is not None), default=None)

    def want(self, now: datetime.datetime) -> "Mark":
        """Wanted from now on; who wants it has not turned it down."""
        return self.model_copy(update={"wanted": self.wanted or now, "hidden": False})

    def unwant(self) -> "Mark":
        """Not wanted any more."""
        return self.model_copy(update={"wanted": None})

    def see(self, day: datetime.date | None) -> "Mark":
        """Seen once more, and wanted no longer; of more viewings than anybody counts the first are let go."""
        viewings = sorted((*self.viewings, day), key=_known_last)[-MAX_VIEWINGS:]
        return self.model_copy(update={"viewings": tuple(viewings), "wanted": None})

    def unsee(self) -> "Mark":
        """Not seen at all, so that nothing can be said of it either."""
        return self.model_copy(update={"viewings": (), "rating": None, "review": None})

    def saw(self, rating: int | None, day: datetime.date | None, today: datetime.date) -> "Mark":
        """Seen on that day, which is today for a film not seen before, and rated so where a rating is given."""
        seen = self if self.is_seen and (day is None or day in self.viewings) else self.see(day or today)
        return seen.model_copy(update={"rating": rating or self.rating, "wanted": None})

    def say(self, rating: int | None, review: Review | None, day: datetime.date | None) -> "Mark":
        """With this rating and review in place of those before, and the last viewing on that day, if one is given."""
        if not self.is_seen:
            seen = self.see(day)
        else:
            seen = self if day is None else self.model_copy(update={"viewings": self.viewings[:-1]}).see(day)
        return seen.model_copy(update={"rating": rating, "review": review, "wanted": None})

    def turn_down(self) -> "Mark":
        """Not to be recommended any more."""
        return self.model_copy(update={"hidden": True, "wanted": None})


NOTHING: Final = Mark()


class Step(BaseModel):
    """What one act did to one film's mark."""

    model_config = ConfigDict(frozen=True)

    before: Mark
    after: Mark


Steps = Mapping[str, Step]


def taken_back(steps: Steps, current: Mapping[str, Mark]) -> dict[str, Mark]:
    """The marks as they were before an act, for those films that nothing has been done to since.

    Raises `MarkChanged` where there are none.
    """
    found = {slug: step.before for slug, step in steps.items() if current.get(slug, NOTHING) == step.after}
    if not found:
        raise MarkChanged
    return found


def _known_last(day: datetime.date | None) -> datetime.date:
    return day or datetime.date.min
