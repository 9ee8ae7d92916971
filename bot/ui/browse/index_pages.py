"""Ways into the list: its themes, its directors, and what came last."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Final

import discord

from bot.domain.catalogue.facets import Facets, most_first
from bot.domain.catalogue.filters import Facet, FilmFilter
from bot.domain.errors import NothingMatches
from bot.domain.films.films import Film
from bot.ui.browse.browse import BrowseButton
from bot.ui.browse.facet_labels import value_names
from bot.ui.browse.state import BrowseState
from bot.ui.films.entries import film_entry, first_words
from bot.ui.kit.blocks import Block, Joined, Line, Section, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import AT_A_GLANCE, Page, listing, page_size, show_page
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Markup, Words, words_for

# An entry is one line here, so more of them are read at a glance.
_VALUES: Final = page_size(at_a_glance=10)
# Between the films may stand the days on which they came.
_FILMS: Final = page_size(texts=AT_A_GLANCE)
_VERBS: Final = ("back", "next")


class WayPage(PersistentButton, template=r"films:ways:(?P<side>theme|director):(?P<page>\d{1,5}):(?P<verb>back|next)"):
    """Turns to a page of the themes or of the directors."""

    def __init__(self, side: Facet, page: int, verb: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"films:ways:{side.value}:{page}:{verb}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.side = side
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_values(interaction, self.side, self.page)


class NewPage(PersistentButton, template=r"films:new:(?P<page>\d{1,5}):(?P<verb>back|next)"):
    """Turns to a page of what came last."""

    def __init__(self, page: int, verb: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"films:new:{page}:{verb}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_new(interaction, self.page)


CONTROLS: Final = (WayPage, NewPage)


async def show_values(interaction: Interaction, side: Facet, page: int = 0) -> None:
    """A page of the themes or directors of the list, each leading to its films.

    Raises `NothingMatches` for a list on which there is none.
    """
    seen = await interaction.client.services.films.facets(interaction.guild_id, FilmFilter())
    await show_page(interaction, values_page(seen, side, page, words_for(interaction.locale)))


async def show_new(interaction: Interaction, page: int = 0) -> None:
    """A page of the films by the day they came. Raises `NothingMatches` for an empty list."""
    known = interaction.client.services.films
    overlay = known.overlay(interaction.guild_id) if interaction.guild_id is not None else None
    own = set(overlay.own.by_slug) - known.catalogue.by_slug.keys() if overlay else set[str]()
    films = known.catalogue_for(interaction.guild_id).films
    if not films:
        raise NothingMatches
    await show_page(interaction, new_page(films, own, page, words_for(interaction.locale)))


def values_page(seen: Facets, side: Facet, page: int, words: Words) -> Layout:
    """What `show_values` shows."""
    counts = seen.counts[side]
    names = value_names(side, counts, seen.fitting, words)
    values = most_first(counts, names)
    if not values:
        raise NothingMatches
    turned = Page(values, page, _VALUES)
    title = Line(words, f"ways_title.{side.value}")
    head = turned.head(words, title, words.count(f"ways_count.{side.value}", len(values)))
    entries = [
        Section(
            (Line(words, "ways.line", name=names[value], films=words.count("page.found", counts[value])),),
            BrowseButton("of", BrowseState(FilmFilter().narrowed(side, value)).encoded(), words.plain("button.open")),
        )
        for value in turned.shown
    ]
    turns = [
        WayPage(side, turn.page, verb, words.plain(turn.label), disabled=turn.is_off)
        for verb, turn in zip(_VERBS, turned.turns, strict=False)
    ]
    return listing(head, entries, *turns)


def new_page(films: Sequence[Film], own: Collection[str], page: int, words: Words) -> Layout:
    """What `show_new` shows; `own` are the slugs of films that only this server has."""
    turned = Page(films, page, _FILMS)
    head = turned.head(words, Line(words, "new.title"), words.count("page.found", len(films)))
    turns = [
        NewPage(turn.page, verb, words.plain(turn.label), disabled=turn.is_off)
        for verb, turn in zip(_VERBS, turned.turns, strict=False)
    ]
    return listing(head, _by_day(turned.shown, own, words), *turns)


def _by_day(films: Sequence[Film], own: Collection[str], words: Words) -> Iterator[Block]:
    """The films, each day's under the day."""
    day: datetime.date | None = None
    for film in films:
        if film.added != day:
            day = film.added
            yield Text(Line(words, "new.day", day=_day(day)))
        here = [Line(words, "new.own")] if film.slug in own else []
        yield film_entry(film, words, Joined(first_words(film, words), *here))


def _day(day: datetime.date) -> Markup:
    """The day as Discord writes it for each reader: its noon, which is the same day nearly everywhere."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return Markup(discord.utils.format_dt(noon, "D"))
