"""Lists in pages. What a list was asked for stands in its buttons' custom ids, so it outlives a restart."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import discord

from bot.domain.errors import FilmNotFound, NothingMatches, SearchTooLong
from bot.domain.films import Film
from bot.domain.filters import FilmFilter
from bot.domain.places import country_name
from bot.domain.words import one_line
from bot.ui.controls import PersistentButton, view_of
from bot.ui.film_buttons import FilmSelect
from bot.ui.film_card import ACCENT, film_line, tag_words
from bot.ui.replies import Interaction, reply
from bot.ui.text import Markup, Words, clip_plain, joined, width, words_for

# With no filter, so many words fit into a custom id even where every character counts as two.
MAX_QUERY: Final = 38
_ANY: Final = FilmFilter().encoded()
_CUSTOM_ID: Final = 100
_LAST_PAGE: Final = 9999
_PER_PAGE: Final = 10
_SEARCH: Final = r"films:search:(?P<page>-?\d{1,4}):(?P<filter>[^:]{0,71}):(?P<query>(?s:.{1,38}))"


class BrowsePage(PersistentButton, template=r"films:browse:(?P<page>-?\d{1,4}):(?P<filter>[^:]{0,71})"):
    """Turns to a page of the list."""

    def __init__(self, page: int, wanted: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"films:browse:{page}:{wanted}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.page = page
        self.wanted = wanted

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> Self:
        """What a click finds: the page, and what the list was asked for."""
        del interaction, item
        return cls(int(match["page"]), match["filter"])

    async def press(self, interaction: Interaction) -> None:
        await browse(interaction, _still_known(self.wanted), self.page)


class SearchPage(PersistentButton, template=_SEARCH):
    """Turns to a page of what a search found."""

    def __init__(self, page: int, query: str, label: str = "-", *, wanted: str = _ANY, disabled: bool = False) -> None:
        custom_id = f"films:search:{page}:{wanted}:{query}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.page = page
        self.query = query
        self.wanted = wanted

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> Self:
        """What a click finds: the page, and what the list was asked for."""
        del interaction, item
        return cls(int(match["page"]), match["query"], wanted=match["filter"])

    async def press(self, interaction: Interaction) -> None:
        await search(interaction, self.query, _still_known(self.wanted), self.page)


PAGES: Final = (BrowsePage, SearchPage)


async def browse(interaction: Interaction, wanted: FilmFilter, page: int = 0) -> None:
    """A page of the films that fit, as a first answer or in place of the page before."""
    words = words_for(interaction.locale)
    films = wanted.among(interaction.client.services.films.seen_in(interaction.guild_id).films)
    pager = _Pager(films, page, words)
    embed = pager.embed(words.plain("page.browse_title"), _filter_words(wanted, words))
    buttons = [
        BrowsePage(number, wanted.encoded(), words.plain(key), disabled=disabled)
        for number, key, disabled in pager.turns()
    ]
    await _turn(interaction, embed, pager.view(buttons))


async def search(interaction: Interaction, query: str, wanted: FilmFilter, page: int = 0) -> None:
    """A page of the films that the words and the filter fit. Raises `SearchTooLong`."""
    if width(f"films:search:{_LAST_PAGE}:{wanted.encoded()}:{query}") > _CUSTOM_ID:
        raise SearchTooLong
    words = words_for(interaction.locale)
    found = interaction.client.services.films.seen_in(interaction.guild_id).search(query)
    if not found:
        raise FilmNotFound(one_line(query))
    films = wanted.among(found)
    pager = _Pager(films, page, words)
    embed = pager.embed(words.plain("page.search_title", query=one_line(query)), _filter_words(wanted, words))
    buttons = [
        SearchPage(number, query, words.plain(key), wanted=wanted.encoded(), disabled=disabled)
        for number, key, disabled in pager.turns()
    ]
    await _turn(interaction, embed, pager.view(buttons))


def _still_known(encoded: str) -> FilmFilter:
    try:
        return FilmFilter.decoded(encoded)
    except ValueError:  # an old message asks for something that no longer exists
        raise NothingMatches from None


async def _turn(interaction: Interaction, embed: discord.Embed, view: discord.ui.View) -> None:
    if interaction.type is discord.InteractionType.component:
        await interaction.response.edit_message(embed=embed, view=view)
    else:
        await reply(interaction, embed=embed, view=view, private=True)


class _Pager:
    """One page out of a list of films. Raises `NothingMatches` for an empty list."""

    def __init__(self, films: Sequence[Film], page: int, words: Words) -> None:
        if not films:
            raise NothingMatches
        self._all = films
        self._pages = -(-len(films) // _PER_PAGE)
        self._page = min(max(page, 0), self._pages - 1)
        self._shown = films[self._page * _PER_PAGE : (self._page + 1) * _PER_PAGE]
        self._words = words

    def embed(self, title: str, only: Markup | None) -> discord.Embed:
        lines = [film_line(film, self._words, 380) for film in self._shown]
        if only:
            lines.insert(0, Markup(f"{only}\n"))
        found = self._words.count("page.found", len(self._all))
        footer = self._words.plain("page.footer", page=self._page + 1, pages=self._pages, found=found)
        embed = discord.Embed(title=clip_plain(title, 250), description=joined(lines, "\n", 4090), colour=ACCENT)
        return embed.set_footer(text=footer)

    def turns(self) -> tuple[tuple[int, str, bool], ...]:
        """Page, label and whether it is off, for the ways back and on; none for a single page."""
        if self._pages == 1:
            return ()
        return (
            (self._page - 1, "button.previous", self._page == 0),
            (self._page + 1, "button.next", self._page == self._pages - 1),
        )

    def view(self, buttons: Sequence[discord.ui.Item[Any]]) -> discord.ui.View:
        return view_of(FilmSelect(self._words.plain("button.choose_film"), self._shown), *buttons)


def _filter_words(wanted: FilmFilter, words: Words) -> Markup | None:
    pairs = [
        words("page.filter_pair", name=words.plain(f"filter.{name}"), value=value)
        for name, value in filter_values(wanted, words).items()
    ]
    return words("page.filters", filters=joined(pairs, ", ", 600)) if pairs else None


def filter_values(wanted: FilmFilter, words: Words) -> Mapping[str, str]:
    """What is asked for, as people write it."""
    said = dict(wanted.asked)
    for name in {"theme", "genre"} & said.keys():
        said[name] = tag_words(said[name])
    for name in {"kind", "length"} & said.keys():
        said[name] = words.plain(f"{name}.{said[name]}")
    if "decade" in said:
        said["decade"] = words.plain("card.decade", decade=said["decade"])
    if "country" in said:
        said["country"] = country_name(said["country"])
    return said
