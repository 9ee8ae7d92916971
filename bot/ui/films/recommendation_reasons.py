"""Why a film goes with another, in words."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.films.places import country_code, country_name
from bot.domain.recommend.recommender import Recommendation
from bot.ui.films.card import tag_words
from bot.ui.films.entries import small_print
from bot.ui.kit.blocks import Line
from bot.ui.kit.text import Markup, Words, clip_plain, joined

# Themes and genres that say what sort of film it is, and not what it is about; each has its own words.
FORMS: Final = (
    "animation",
    "comedy",
    "fantasy",
    "horror",
    "musical",
    "mystery",
    "romance",
    "sci-fi",
    "silent-classic",
    "thriller",
    "western",
)
_SAME: Final = {"science-fiction": "sci-fi", "satire": "comedy"}
_MOST: Final = 3


def kin_reasons(kin: Recommendation, words: Words) -> list[Line]:
    """The curator's sentence, or one that says what both films share, in small print."""
    if kin.why is not None:
        told = [Line(words, "kin.from_there")] if kin.from_there else []
        return [small_print(kin.why, words), *told]
    parts = [*_people(kin, words), *_subjects(kin, words), *_origin(kin, words)]
    text = joined(parts, ", ", 490)
    return [Line(words, "page.small", said=Markup(f"{text[:1].upper()}{text[1:]}."))]


def series(items: Sequence[str], words: Words, limit: int) -> Markup:
    """Up to three typed items as people say them: "war, love and bread". Each is clipped to fit into `limit`."""
    room = limit // _MOST - 10
    safe = [clip_plain(item, room) for item in items[:_MOST]]
    if len(safe) < 2:
        return Markup("".join(safe))
    return words("kin.and", some=joined(safe[:-1], ", ", limit), last=safe[-1])


def subject(tag: str) -> str:
    """A theme or genre in the middle of a sentence; countries keep their capital."""
    name = tag_words(tag)
    return name if len(tag) > 2 and country_code(name) else name.lower()


def subjects(tags: Iterable[str]) -> tuple[list[str], list[str]]:
    """What a film is about, and what sort of film it is: its tags told apart, each once."""
    every = list(tags)
    about = [subject(tag) for tag in every if _form(tag) is None]
    return about, list(dict.fromkeys(form for tag in every if (form := _form(tag)) is not None))


def _people(kin: Recommendation, words: Words) -> list[Markup]:
    return [words("kin.by", directors=series(kin.directors, words, 200))] if kin.directors else []


def _subjects(kin: Recommendation, words: Words) -> list[Markup]:
    about, _ = subjects(kin.themes)
    _, forms = subjects((*kin.themes, *kin.genres))
    told = [words("kin.about", themes=series(about, words, 100))] if about else []
    return [*told, *(words("kin.also", form=words.plain(f"form_of_film.{form}")) for form in forms[:1])]


def _origin(kin: Recommendation, words: Words) -> list[Markup]:
    countries = series([country_name(code) for code in kin.countries], words, 120)
    if countries and kin.decade:
        return [words("kin.place_and_decade", countries=countries, decade=kin.decade)]
    if countries:
        return [words("kin.place", countries=countries)]
    return [words("kin.decade", decade=kin.decade)] if kin.decade else []


def _form(tag: str) -> str | None:
    form = _SAME.get(tag, tag)
    return form if form in FORMS else None
