"""What can be pressed below a failure, so that whoever meets it can go on."""

import contextlib
from functools import singledispatch
from typing import Any, Final

import aiohttp
import discord

from bot.domain.catalogue.collections import CollectionNotFound, NoCollections
from bot.domain.errors import (
    DiscussionBusy,
    FilmNotFound,
    FilmRemoved,
    ListChanged,
    NothingMatches,
    StorageUnavailable,
)
from bot.domain.films.films import Film
from bot.services.writings import WRITINGS
from bot.ui.browse.browse import BrowseButton
from bot.ui.browse.collections import CollectionSelect, CollectionsPage
from bot.ui.browse.state import BrowseState
from bot.ui.films.buttons import button_for, near_match_buttons
from bot.ui.kit.persistent import FilmButton
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Words

Items = list[discord.ui.Item[Any]]
_BUTTON: Final = discord.ComponentType.button.value
_TOO_MANY_REQUESTS: Final = 429
# "The thread is archived": a second press opens it (developers/topics/opcodes-and-status-codes in Discord's
# documentation).
_ARCHIVED: Final = 50083


@singledispatch
def ways_on(cause: BaseException, _interaction: Interaction, _words: Words) -> Items:
    """The buttons or the menu below what is said of a failure; none where nothing that can be pressed helps."""
    del cause
    return []


@ways_on.register
def _(cause: FilmNotFound, interaction: Interaction, words: Words) -> Items:
    if not cause.near:
        return [_whole_list(words)]
    kind = kind_of(interaction)
    return [*near_match_buttons(cause.near, kind)] if kind is not None else []


@ways_on.register
def _(cause: CollectionNotFound, _interaction: Interaction, words: Words) -> Items:
    if cause.near:
        return [CollectionSelect(words.plain("collection.choose"), cause.near)]
    return [CollectionsPage(0, words.plain("button.collections"))]


@ways_on.register(FilmRemoved)
@ways_on.register(ListChanged)
@ways_on.register(NoCollections)
@ways_on.register(NothingMatches)
def _nothing_there(_cause: BaseException, _interaction: Interaction, words: Words) -> Items:
    return [_whole_list(words)]


@ways_on.register(DiscussionBusy)
@ways_on.register(StorageUnavailable)
@ways_on.register(TimeoutError)
@ways_on.register(aiohttp.ClientError)
def _passing(_cause: BaseException, interaction: Interaction, words: Words) -> Items:
    return _again(interaction, words)


@ways_on.register
def _(cause: discord.HTTPException, interaction: Interaction, words: Words) -> Items:
    passes = cause.status >= 500 or cause.status == _TOO_MANY_REQUESTS or cause.code == _ARCHIVED
    return _again(interaction, words) if passes else []


def kind_of(interaction: Interaction) -> type[FilmButton] | None:
    """The button that does what the command does that was used; None where none does, or none was used."""
    if interaction.command is None:
        return None
    quiet = bool(getattr(interaction.namespace, "quiet", False))
    return button_for(interaction.command.qualified_name, quiet=quiet)


def _whole_list(words: Words) -> BrowseButton:
    return BrowseButton("next", BrowseState().encoded(), words.plain("button.whole_list"))


def _again(interaction: Interaction, words: Words) -> Items:
    """The button that was pressed, or one that does what the command does, where there is one."""
    label = words.plain("button.again")
    used: Any = interaction.data or {}
    if used.get("component_type") == _BUTTON:
        return [discord.ui.Button(label=label, custom_id=used["custom_id"])]
    kind, film = kind_of(interaction), _film_of(interaction)
    return [kind(film.slug, label)] if kind is not None and film is not None else []


def _film_of(interaction: Interaction) -> Film | None:
    """The film that the command names, as far as memory tells."""
    if interaction.command is None:
        return None
    chosen = getattr(interaction.namespace, "title", None) or getattr(interaction.namespace, "film", None)
    with contextlib.suppress(FilmNotFound):
        return interaction.client.services.films.catalogue_for(interaction.guild_id).find(str(chosen), WRITINGS)
    return None
