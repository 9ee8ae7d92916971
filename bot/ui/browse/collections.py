"""Collections in pages: all of them, and one with its films. Which page it is stands in the custom ids."""

from collections.abc import Iterable, Sequence
from typing import Final

import discord

from bot.domain.catalogue.collections import (
    MAX_COLLECTION_SLUG,
    Collection,
    GuildCollection,
    NearCollection,
    NoCollections,
    find,
)
from bot.ui.films.entries import film_entry, small_print
from bot.ui.kit.blocks import Fixed, Line, Prose, Section, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import OPTION
from bot.ui.kit.pages import Page, listing, page_size, show_page
from bot.ui.kit.persistent import PersistentButton, PersistentSelect
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Words, clip, isolated, opening, words_for

_PAGE: Final = r"(?P<page>-?\d{1,4})"
_COLLECTIONS: Final = page_size()
# Beside the introduction, two ways to turn, and the way to all collections.
_FILMS: Final = page_size(buttons=3, texts=1)
_OPENING: Final = 110


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
    every = interaction.client.services.collections.catalogue_for(interaction.guild_id)
    if not every:
        raise NoCollections
    await show_page(interaction, collections_page(every, page, words_for(interaction.locale)))


async def show(interaction: Interaction, programme: GuildCollection, page: int = 0) -> None:
    """A page of one collection: its films in order, each with its line."""
    await show_page(interaction, collection_page(programme, page, words_for(interaction.locale)))


def collections_page(every: Sequence[GuildCollection], page: int, words: Words) -> Layout:
    """What `show_all` shows."""
    turned = Page(every, page, _COLLECTIONS)
    head = turned.head(words, Line(words, "collection.all"), words.count("collection.found", len(every)))
    turns = [CollectionsPage(turn.page, words.plain(turn.label), disabled=turn.is_off) for turn in turned.turns]
    return listing(head, [_entry(one, words) for one in turned.shown], *turns)


def collection_page(programme: GuildCollection, page: int, words: Words) -> Layout:
    """What `show` shows."""
    collection = programme.collection
    turned = Page(programme.films, page, _FILMS)
    head = turned.head(
        words,
        Line(words, "collection.title", name=collection.name),
        words.count("page.found", len(programme.films)),
        Line(words, "collection.curator", curator=collection.curator),
    )
    introduction = [_introduction(collection, words)] if turned.number == 0 else []
    films = [film_entry(film, words, small_print(line, words)) for film, line in turned.shown]
    turns = [
        CollectionPage(turn.page, collection.slug, words.plain(turn.label), disabled=turn.is_off)
        for turn in turned.turns
    ]
    return listing(head, [*introduction, *films], *turns, CollectionsPage(0, words.plain("button.collections")))


def _seen(interaction: Interaction, slug: str) -> GuildCollection:
    return find(slug, interaction.client.services.collections.catalogue_for(interaction.guild_id))


def _entry(programme: GuildCollection, words: Words) -> Section:
    collection = programme.collection
    films = words.count("page.found", len(programme.films))
    lines = (
        Line(words, "collection.name", name=collection.name),
        Fixed(films),
        small_print(opening(collection.introduction, _OPENING), words),
    )
    return Section(lines, CollectionPage(0, collection.slug, words.plain("button.open")))


def _introduction(collection: Collection, words: Words) -> Text:
    said = Line(words, "card.said", said=Prose(collection.introduction))
    if collection.publication is None or collection.year is None:
        return Text(said)
    published = Line(words, "collection.published", publication=collection.publication, year=collection.year)
    return Text(published, said)
