"""A curator's work on one film before others see it: texts as typed, faults and all."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.domain.curation.changes import Change, film_of
from bot.domain.curation.form_codec import Origin, read_texts, texts_of, typed
from bot.domain.curation.form_fields import FIELDS
from bot.domain.curation.suggestions import Suggestion
from bot.domain.films.films import Film, slug_for
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import has_ink, one_line

# As many as one menu can offer.
MAX_DRAFTS: Final = 25
# What a new film is called until it is published; no film is ever named so.
_NAMELESS: Final = "film-2000-0"


@dataclass(frozen=True)
class Draft:
    """One curator's draft in one server.

    `texts` are as `film_texts` knows them. `slug` is None for a new film. `base` is the body that
    members saw when the draft was begun; None for a new film. `suggestion` is the number of the one that it
    was made of, and `suggested_by` who is to be thanked for it.
    """

    id: str
    guild_id: int
    author_id: int
    texts: Mapping[str, str]
    written: datetime.datetime
    slug: str | None = None
    base: str | None = None
    suggestion: int | None = None
    suggested_by: str | None = None

    @property
    def title(self) -> str:
        """What its curator calls it; empty where nobody could see it."""
        name = one_line(self.texts.get("name", ""))
        return name if has_ink(name) else ""

    def read(self, curator: str, today: datetime.date, last: Film | None = None) -> Film | tuple[ValidationIssue, ...]:
        """The film that it would become, or what is wrong with it.

        `last` is the film's last form where members saw none when the draft was begun or settled.
        """
        base = film_of(self.base) or last
        return read_texts(
            self.texts,
            Origin(
                slug=self.slug or _NAMELESS,
                added=base.added if base else today,
                curator=curator,
                base=base,
                suggested_by=base.suggested_by if base else self.suggested_by,
            ),
        )


class Conflict(NamedTuple):
    """Somebody has published another form of the film since the draft was begun."""

    draft: Draft
    theirs: str | None  # the body that members see now; None where it has been taken off the list
    change: Change | None  # the latest one


class Published(NamedTuple):
    """A film that members see from now on, the change by which it came, and the suggestion that it fulfils."""

    film: Film
    change: Change
    is_new: bool
    suggestion: Suggestion | None = None


def renamed(film: Film, taken: frozenset[str]) -> Film | tuple[ValidationIssue, ...]:
    """A new film under the first slug that belongs to its title and year and is not taken.

    Only now can be told whether it is paired with itself.
    """
    stem = slug_for(film.title, film.year)
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    if any(pairing.slug == slug for pairing in film.pairs_with):
        return (ValidationIssue("", "pairs_with", "pairs_with_itself"),)
    return film.model_copy(update={"slug": slug})


class Difference(NamedTuple):
    """One text that two forms of a film have in different words; empty where one has none."""

    name: str
    before: str
    after: str


def differences(before: Film | None, after: Film | None) -> tuple[Difference, ...]:
    """What has to be typed to make the one of the other, in the order of the forms."""
    was, became = (texts_of(film) if film else {} for film in (before, after))
    return tuple(
        Difference(name, was.get(name, ""), became.get(name, ""))
        for name in FIELDS
        if was.get(name, "") != became.get(name, "")
    )


def merged(draft: Mapping[str, str], base: Film, theirs: Film, *, prefer_mine: bool) -> dict[str, str]:
    """Both changes in one: where both changed the same text, the preferred one stands."""
    was, others = texts_of(base), texts_of(theirs)
    result: dict[str, str] = {}
    for name in FIELDS:
        mine, before, other = typed(draft, name), was.get(name, ""), others.get(name, "")
        changed_by_me, changed_by_them = mine != before, other != before
        keep_mine = changed_by_me and (prefer_mine or not changed_by_them)
        result[name] = mine if keep_mine else other
    return result
