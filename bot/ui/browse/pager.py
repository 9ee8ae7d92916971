"""Lists in pages. What a list was asked for stands in its buttons' custom ids, so it outlives a restart."""

import secrets
from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import FilmNotFound, ListChanged, NothingMatches, StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.text.normalize import one_line
from bot.ui.browse.facet_labels import filter_words
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.card import ACCENT, film_line
from bot.ui.kit.limits import CUSTOM_ID
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip_plain, joined, width, words_for

MAX_QUERY: Final = 100
_ANY: Final = FilmFilter().encoded()
_LAST_PAGE: Final = 9999
PER_PAGE: Final = 10
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
    pager = Pager(films, page, words)
    embed = pager.embed(words.plain("page.search_title", query=one_line(query)), filter_words(wanted, words, films))
    buttons: list[SearchPage | LongSearchPage]
    if width(f"films:search:{_LAST_PAGE}:{wanted.encoded()}:{query}") <= CUSTOM_ID:
        buttons = [
            SearchPage(number, query, words.plain(key), wanted=wanted.encoded(), disabled=disabled)
            for number, key, disabled in pager.turns()
        ]
    elif pager.turns() and (kept := search_id or await _kept(interaction, query, wanted)):
        buttons = [
            LongSearchPage(number, kept, words.plain(key), disabled=disabled) for number, key, disabled in pager.turns()
        ]
    else:
        buttons = []
    await turn(interaction, embed=embed, view=view_of(pager.menu(), *buttons))


async def _kept(interaction: Interaction, query: str, wanted: FilmFilter) -> str | None:
    """The id under which the search is kept from now on; None where the database does not answer."""
    search_id, now = secrets.token_hex(8), discord.utils.utcnow()
    await claim(interaction, in_place=True)
    try:
        await interaction.client.services.searches.keep(search_id, interaction.guild_id, query, wanted, now)
    except StorageUnavailable:
        return None
    return search_id


def still_known(encoded: str) -> FilmFilter:
    """The filter in a custom id. Raises `ListChanged` for one that asks for something which is no longer there."""
    try:
        return FilmFilter.decoded(encoded)
    except ValueError:
        raise ListChanged from None


async def turn(
    interaction: Interaction, content: str | None = None, *, embed: discord.Embed, view: discord.ui.View
) -> None:
    """Show a page: in place of the one before, or as a first answer for the member alone."""
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, content, embed=embed, view=view)
    else:
        await reply(interaction, content, embed=embed, view=view, private=True)


class Pager:
    """One page out of a list of films. Raises `NothingMatches` for an empty list."""

    def __init__(self, films: Sequence[Film], page: int, words: Words, per_page: int = PER_PAGE) -> None:
        if not films:
            raise NothingMatches
        self.pages = -(-len(films) // per_page)
        self.page = min(max(page, 0), self.pages - 1)
        self.shown = films[self.page * per_page : (self.page + 1) * per_page]
        self._all = films
        self._words = words

    def embed(self, title: str, only: Markup | None) -> discord.Embed:
        """The page as an embed with a line for each film."""
        lines = [film_line(film, self._words, 380) for film in self.shown]
        return self.embed_of(title, [Markup(f"{only}\n"), *lines] if only else lines)

    def embed_of(self, title: str, lines: Sequence[Markup]) -> discord.Embed:
        """The page as an embed with these lines."""
        found = self._words.count("page.found", len(self._all))
        footer = self._words.plain("page.footer", page=self.page + 1, pages=self.pages, found=found)
        embed = discord.Embed(title=clip_plain(title, 250), description=joined(lines, "\n", 4090), colour=ACCENT)
        return embed.set_footer(text=footer)

    def turns(self) -> tuple[tuple[int, str, bool], ...]:
        """Page, label and whether it is off, for the ways back and on; none for a single page."""
        if self.pages == 1:
            return ()
        return (
            (self.page - 1, "button.previous", self.page == 0),
            (self.page + 1, "button.next", self.page == self.pages - 1),
        )

    def menu(self) -> FilmSelect:
        """The menu that opens a film of the page."""
        return FilmSelect(self._words.plain("button.choose_film"), self.shown)
