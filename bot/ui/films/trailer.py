"""Trailers that play: a message that holds the bare link and nothing else, so that Discord draws its player."""

import logging
from typing import Any, NamedTuple

import discord

from bot.domain.films.films import Film
from bot.ui.kit.limits import BUTTON_LABEL, OPTION, OPTIONS
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import SLUG, FilmButton, PersistentSelect
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.sending import is_refusal
from bot.ui.kit.text import Words, channel_mention, clip, isolated, words_for

log = logging.getLogger(__name__)


class _Choice(NamedTuple):
    value: str
    label: str
    address: str


class TrailerButton(FilmButton, verb="trailer"):
    """Plays the trailer for whoever presses it."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await play(interaction, film, private=True)


class WatchSelect(PersistentSelect, template=f"film:watch:{SLUG}"):
    """Plays another video of the film, or the same from another moment."""

    def __init__(self, slug: str, placeholder: str = "-", options: tuple[_Choice, ...] = ()) -> None:
        offered = [discord.SelectOption(label=option.label, value=option.value) for option in options]
        super().__init__(discord.ui.Select(placeholder=placeholder, custom_id=f"film:watch:{slug}", options=offered))
        self.slug = slug

    async def choose(self, interaction: Interaction, value: str) -> None:
        film = await run_or_defer(
            interaction, interaction.client.services.films.get(self.slug, interaction.guild_id), private=True
        )
        choices = _choices(film, words_for(interaction.locale))
        chosen = next((choice for choice in choices if choice.value == value), None)
        if chosen is None:  # the entry has changed since the menu was sent
            await play(interaction, film, private=True)
        else:
            await _send_address(interaction, film, chosen.address, private=True)


def watch_button(film: Film, words: Words) -> discord.ui.Button[Any] | None:
    """The way to the video for those whose Discord draws no player."""
    if not film.trailers:
        return None
    trailer = film.trailers[0]
    provider = words.plain(f"provider.{trailer.provider.value}")
    return discord.ui.Button(label=words.plain("button.watch", provider=provider), url=trailer.address())


async def play(interaction: Interaction, film: Film, *, private: bool) -> None:
    """Send the trailer, then offer privately what else there is to play."""
    words = words_for(interaction.locale)
    if not film.trailers:
        await _say_none(interaction, film, words)
        return
    await send_trailer(interaction, film, private=private)
    if len(choices := _choices(film, words)) > 1:
        select = WatchSelect(film.slug, words.plain("trailer.choose"), choices)
        await reply(interaction, words("trailer.others", name=film.name), private=True, view=view_of(select))


async def send_trailer(interaction: Interaction, film: Film, *, private: bool) -> None:
    """Send the bare link; where Discord will not have it or will draw no player, tell the member why."""
    sent = await _send_address(interaction, film, film.trailers[0].address(), private=private)
    if sent and interaction.guild is not None and not interaction.app_permissions.embed_links and not private:
        words = words_for(interaction.locale)
        channel = channel_mention(interaction.channel_id, words)
        await reply(interaction, words("trailer.not_playing", channel=channel), private=True)


async def _send_address(interaction: Interaction, film: Film, address: str, *, private: bool) -> bool:
    try:
        await reply(interaction, address, private=private)
    except discord.HTTPException as error:
        if not is_refusal(error):
            raise
        log.warning("Discord refused a video of %s (%d)", film.slug, error.code)
        await reply(interaction, words_for(interaction.locale)("trailer.refused", name=film.name), private=True)
        return False
    return True


async def _say_none(interaction: Interaction, film: Film, words: Words) -> None:
    links = [
        discord.ui.Button[Any](label=isolated(clip(link.label, BUTTON_LABEL - 2)), url=link.address)
        for link in film.links
    ]
    key = "trailer.none_links" if links else "trailer.none"
    await reply(interaction, words(key, name=film.name), private=True, view=view_of(*links) if links else None)


def _choices(film: Film, words: Words) -> tuple[_Choice, ...]:
    """Every video, each followed by its moments, as far as a menu holds them."""
    found: list[_Choice] = []
    for number, trailer in enumerate(film.trailers):
        found.append(_Choice(str(number), isolated(clip(trailer.label, OPTION - 2)), trailer.address()))
        for moment in trailer.moments:
            clock = f"{moment.at // 60}:{moment.at % 60:02d}"
            label = words.plain("trailer.moment", label=trailer.label, clock=clock, note=moment.note)
            value = f"{number}@{moment.at}"
            found.append(_Choice(value, isolated(clip(label, OPTION - 2)), trailer.address(moment.at)))
    return tuple(found[:OPTIONS])
