"""Searching the list. What was searched for stands in the buttons' custom ids, so it outlives a restart."""

import secrets
from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import FilmNotFound, NothingMatches, StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.text.normalize import one_line
from bot.ui.browse.facet_labels import filter_lines
from bot.ui.browse.state import still_known
from bot.ui.films.entries import film_entry
from bot.ui.kit.blocks import Line
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import CUSTOM_ID
from bot.ui.kit.pages import Page, Turn, listing, page_size, show_page
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, run_or_defer
from bot.ui.kit.text import Words, width, words_for

MAX_QUERY: Final = 100
_ANY: Final = FilmFilter().encoded()
_LAST_PAGE: Final = 9999
_PER_PAGE: Final = page_size()
_SEARCH: Final = r"films:search:(?P<page>-?\d{1,4}):(?P<wanted>[^:]{0,71}):(?P<query>(?s:.{1,76}))"


class SearchPage(PersistentButton, template=_SEARCH):
    """Turns to a page of what a search found."""

    def __init__(self, page: int, query: str, label: str = "-", *, wanted: str = _ANY, disabled: bool = False) -> None:
        custom_id = f"films:search:{page}:{wanted}:{query}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.page = page
        self.query = query
        self.wanted = wanted

    async def press(self, interaction: Interaction) -> None:
        await search(interaction, self.query, still_known(self.wanted), self.page)


class LongSearchPage(PersistentButton, template=r"films:found:(?P<page>-?\d{1,4}):(?P<search_id>[0-9a-f]{16})"):
    """Turns to a page of what a search found whose words are kept in the database."""

    def __init__(self, page: int, search_id: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"films:found:{page}:{search_id}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.page = page
        self.search_id = search_id

    async def press(self, interaction: Interaction) -> None:
        searches = interaction.client.services.searches
        kept = searches.get(self.search_id, interaction.guild_id, discord.utils.utcnow())
        query, wanted = await run_or_defer(interaction, kept, private=True)
        await search(interaction, query, wanted, self.page, self.search_id)


CONTROLS: Final = (SearchPage, LongSearchPage)


async def search(
    interaction: Interaction, query: str, wanted: FilmFilter, page: int = 0, search_id: str | None = None
) -> None:
    """A page of the films that the words and the filter fit; `search_id` is that of a search which is kept."""
    words = words_for(interaction.locale)
    found = interaction.client.services.films.catalogue_for(interaction.guild_id).search(query)
    if not found:
        raise FilmNotFound(one_line(query))
    films = wanted.among(found)
    if not films:
        raise NothingMatches
    turned = Page(films, page, _PER_PAGE)
    if width(f"films:search:{_LAST_PAGE}:{wanted.encoded()}:{query}") > CUSTOM_ID and turned.turns:
        search_id = search_id or await _kept(interaction, query, wanted)
        turns = [_long_turn(turn, search_id, words) for turn in turned.turns] if search_id else []
    else:
        turns = [search_turn(turn, query, wanted, words) for turn in turned.turns]
    await show_page(interaction, found_page(films, turned, query, wanted, words, turns))


def found_page(
    films: Sequence[Film],
    page: Page[Film],
    query: str,
    wanted: FilmFilter,
    words: Words,
    turns: Sequence[SearchPage | LongSearchPage],
) -> Layout:
    """The page as it is shown; `films` are all that were found."""
    title = Line(words, "page.search_title", query=one_line(query))
    head = page.head(words, title, words.count("page.found", len(films)), *filter_lines(wanted, words, films))
    return listing(head, [film_entry(film, words) for film in page.shown], *turns)


def search_turn(turn: Turn, query: str, wanted: FilmFilter, words: Words) -> SearchPage:
    """The button that turns there."""
    return SearchPage(turn.page, query, words.plain(turn.label), wanted=wanted.encoded(), disabled=turn.is_off)


def _long_turn(turn: Turn, search_id: str, words: Words) -> LongSearchPage:
    return LongSearchPage(turn.page, search_id, words.plain(turn.label), disabled=turn.is_off)


async def _kept(interaction: Interaction, query: str, wanted: FilmFilter) -> str | None:
    """The id under which the search is kept from now on; None where the database does not answer."""
    search_id, now = secrets.token_hex(8), discord.utils.utcnow()
    await claim(interaction, in_place=True)
    try:
        await interaction.client.services.searches.keep(search_id, interaction.guild_id, query, wanted, now)
    except StorageUnavailable:
        return None
    return search_id
