"""What the forms of the panel do when they are sent."""

from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.domain.catalogue.collections import find
from bot.domain.errors import NothingMatches, SettingUnknown
from bot.domain.films.films import Film
from bot.domain.spotlight.clocks import clock_in
from bot.domain.spotlight.schedules import Rhythm
from bot.domain.spotlight.sources import SourceKind
from bot.domain.text.normalize import fold
from bot.services.real_words import is_word
from bot.ui.films.card import tag_words
from bot.ui.kit.actors import actor_of
from bot.ui.kit.forms import CHECKED, Form
from bot.ui.kit.replies import Interaction
from bot.ui.spotlight import form_parts as parts
from bot.ui.spotlight.panel import DAY, act, day_of, decide


class WhenForm(Form):
    """Sets days and time."""

    template = "spotlight:set:when"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        days = [int(day) for day in typed.get(parts.WEEKDAYS, "").split() if day in "0123456"]
        rhythm = typed.get(parts.RHYTHM, "")
        if rhythm not in set(Rhythm) or not days:
            raise SettingUnknown
        schedule = {"rhythm": rhythm, "weekdays": days, "clock": clock_in(typed.get(parts.CLOCK, ""))}
        await decide(interaction, {"schedule": schedule})


class WhereForm(Form):
    """Sets channel, role and thread."""

    template = "spotlight:set:where"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        channel, role = (_number(typed.get(name, "")) for name in (parts.CHANNEL, parts.ROLE))
        if interaction.guild is None or interaction.guild.get_channel(channel or 0) is None:
            raise SettingUnknown
        values: dict[str, Any] = {"channel_id": channel, "role_id": role}
        await decide(interaction, {**values, "opens_thread": typed.get(parts.THREAD) == CHECKED})


class SourceForm(Form):
    """Sets what is drawn from."""

    template = "spotlight:set:source"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        kind, name = typed.get(parts.KIND, ""), typed.get(parts.NAME, "")
        if kind not in set(SourceKind):
            raise SettingUnknown
        services, guild_id = interaction.client.services, interaction.guild_id
        meant = ""
        if kind == SourceKind.COLLECTION:
            meant = find(name, services.collections.catalogue_for(guild_id)).collection.slug
        elif kind == SourceKind.THEME:
            themes = {theme for film in services.films.catalogue_for(guild_id).films for theme in film.themes}
            meant = _theme(name, themes)
        await decide(interaction, {"source": {"kind": kind, "name": meant}})


class QueueForm(Form):
    """Queues a film."""

    template = "spotlight:set:queue"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        plans, film = interaction.client.services.spotlight, _film(interaction, typed)
        await act(interaction, plans.queue(actor_of(interaction), film.slug, discord.utils.utcnow()))


class ChooseForm(Form):
    """Has another film on a day."""

    template = f"spotlight:choose:{DAY}"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        plans, film = interaction.client.services.spotlight, _film(interaction, typed)
        now = discord.utils.utcnow()
        await act(interaction, plans.choose(actor_of(interaction), day_of(ids["day"]), film.slug, now))


EVERY_FORM: Final = (WhenForm, WhereForm, SourceForm, QueueForm, ChooseForm)


def _film(interaction: Interaction, typed: Mapping[str, str]) -> Film:
    """The film that was typed. Raises `FilmNotFound`."""
    interaction.client.services.guilds.require_curator(actor_of(interaction))
    return interaction.client.services.films.catalogue_for(interaction.guild_id).find(
        typed.get(parts.FILM, ""), is_word
    )


def _theme(typed: str, known: set[str]) -> str:
    """The theme that was typed. Raises `NothingMatches`."""
    wanted = fold(typed)
    found = next((theme for theme in known if wanted in {fold(theme), fold(tag_words(theme))}), None)
    if found is None:
        raise NothingMatches
    return found


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and int(typed) < 2**63 else None
