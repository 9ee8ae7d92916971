"""Collections in pages: all of them, and one with its films. Which page it is stands in the custom ids."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import discord

from bot.domain.catalogue.collections import MAX_COLLECTION_SLUG, GuildCollection, NearCollection, NoCollections, find
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.card import ACCENT, film_line
from bot.ui.kit.limits import OPTION
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton, PersistentSelect
from bot.ui.kit.prose import clip_prose
from bot.ui.kit.replies import Interaction, edit_or_reply, reply
from bot.ui.kit.text import Markup, Words, clip, clip_plain, isolated, joined, opening, words_for

_T = TypeVar("_T")
_PAGE: Final = r"(?P<page>-?\d{1,4})"
_COLLECTIONS: Final = 8
_FILMS: Final = 6
# Of the 4,096 characters that Discord takes in a description: introduction, then six films.
_DESCRIPTION: Final = 4090
_INTRODUCTION: Final = 900
_OPENING: Final = 130
_NAMED: Final = 260
_LINE: Final = 240


class CollectionPage(
    PersistentButton, template=rf"collections:show:{_PAGE}:(?P<slug>[a-z0-9-]{{1,{MAX_COLLECTION_SLUG}}})"
):
    """Turns to a page of one collection."""

    def __init__(self, page: int, slug: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"collections:show:{page}:{slug}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.page = page
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        await show(interaction, _seen(interaction, self.slug), self.page)


class CollectionsPage(PersistentButton, template=rf"collections:list:{_PAGE}"):
    """Turns to a page of all collections."""

    def __init__(self, page: int, label: str = "-", *, disabled: bool = False) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"collections:list:{page}", disabled=disabled))
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_all(interaction, self.page)


class CollectionSelect(PersistentSelect, template="collections:choose"):
    """Opens a collection that is named there."""

    def __init__(self, placeholder: str = "-", named: Iterable[NearCollection] = ()) -> None:
        options = [discord.SelectOption(label=isolated(clip(n.name, OPTION - 2)), value=n.slug) for n in named]
        super().__init__(discord.ui.Select(placeholder=placeholder, custom_id="collections:choose", options=options))

    async def choose(self, interaction: Interaction, value: str) -> None:
        await show(interaction, _seen(interaction, value))


CONTROLS: Final = (CollectionPage, CollectionsPage, CollectionSelect)


async def show_all(interaction: Interaction, page: int = 0) -> None:
    """A page of all collections. Raises `NoCollections`."""
    words = words_for(interaction.locale)
    every = interaction.client.services.collections.catalogue_for(interaction.guild_id)
    if not every:
        raise NoCollections
    turn = _Turn(len(every), _COLLECTIONS, page)
    shown = turn.of(every)
    embed = discord.Embed(
        title=words("collection.all"),
        description=joined([_listed(one, words) for one in shown], "\n\n", _DESCRIPTION),
        colour=ACCENT,
    )
    found = words.count("collection.found", len(every))
    embed.set_footer(text=words.plain("page.footer", page=turn.page + 1, pages=turn.pages, found=found))
    menu = CollectionSelect(words.plain("collection.choose"), [_named(one) for one in shown])
    buttons = [CollectionsPage(number, words.plain(key), disabled=off) for number, key, off in turn.ways()]
    await _put(interaction, embed, view_of(menu, *buttons))


async def show(interaction: Interaction, programme: GuildCollection, page: int = 0) -> None:
    """A page of one collection: its films in order, each with its line, and a menu that opens their cards."""
    words = words_for(interaction.locale)
    turn = _Turn(len(programme.films), _FILMS, page)
    shown = turn.of(programme.films)
    collection = programme.collection
    parts = [
        words("collection.film", film=film_line(f, words, _NAMED), line=clip_prose(said, _LINE)) for f, said in shown
    ]
    if turn.page == 0:
        parts.insert(0, _introduction(programme, words))
    embed = discord.Embed(
        title=clip_plain(collection.name, 250), description=joined(parts, "\n\n", _DESCRIPTION), colour=ACCENT
    )
    found = words.count("page.found", len(programme.films))
    place = words.plain("page.footer", page=turn.page + 1, pages=turn.pages, found=found)
    curator = isolated(clip(collection.curator, 150))
    embed.set_footer(text=words.plain("collection.footer", place=place, curator=curator))
    menu = FilmSelect(words.plain("button.choose_film"), [film for film, _ in shown])
    buttons = [
        CollectionPage(number, collection.slug, words.plain(key), disabled=off) for number, key, off in turn.ways()
    ]
    await _put(interaction, embed, view_of(menu, *buttons, CollectionsPage(0, words.plain("button.collections"))))


class _Turn:
    """Which part of a list a page shows, and where one may turn from it."""

    def __init__(self, length: int, size: int, page: int) -> None:
        self.pages = -(-length // size)
        self.page = min(max(page, 0), self.pages - 1)
        self._size = size

    def of(self, every: Sequence[_T]) -> Sequence[_T]:
        return every[self.page * self._size : (self.page + 1) * self._size]

    def ways(self) -> tuple[tuple[int, str, bool], ...]:
        if self.pages == 1:
            return ()
        back, on = self.page - 1, self.page + 1
        return ((back, "button.previous", self.page == 0), (on, "button.next", on == self.pages))


def _seen(interaction: Interaction, slug: str) -> GuildCollection:
    return find(slug, interaction.client.services.collections.catalogue_for(interaction.guild_id))


def _named(programme: GuildCollection) -> NearCollection:
    return NearCollection(programme.collection.slug, programme.collection.name)


def _listed(programme: GuildCollection, words: Words) -> Markup:
    films = words.count("page.found", len(programme.films))
    said = clip_prose(opening(programme.collection.introduction, _OPENING), 2 * _OPENING)
    return words("collection.listed", name=clip_plain(programme.collection.name, 200), films=films, said=said)


def _introduction(programme: GuildCollection, words: Words) -> Markup:
    collection = programme.collection
    said = clip_prose(collection.introduction, _INTRODUCTION)
    if collection.publication is None or collection.year is None:
        return said
    publication = clip_plain(collection.publication, 200)
    return words("collection.published", publication=publication, year=collection.year, said=said)


async def _put(interaction: Interaction, embed: discord.Embed, view: discord.ui.View) -> None:
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, None, embed=embed, view=view)
    else:
        await reply(interaction, embed=embed, view=view, private=True)
