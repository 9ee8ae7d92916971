"""The forms of the panel, filled in with what is decided."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import discord

from bot.domain.guilds.time_zones import local_time
from bot.domain.spotlight.plans import Plan
from bot.domain.spotlight.schedules import Rhythm, Schedule
from bot.domain.spotlight.sources import SourceKind
from bot.ui.films.card import tag_words
from bot.ui.kit.forms import box_part, choice_part, part, radio_part, several_part, text_part
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Words
from bot.ui.spotlight.labels import clock_words

RHYTHM, WEEKDAYS, CLOCK = "rhythm", "weekdays", "clock"
CHANNEL, ROLE, THREAD = "channel", "role", "thread"
KIND, NAME, FILM = "kind", "name", "film"
_TYPES: Final = (discord.ChannelType.text, discord.ChannelType.news)
_Parts = Sequence[discord.ui.Label[Any]]


def film_part(words: Words) -> discord.ui.Label[Any]:
    """A film to type."""
    return text_part(FILM, words.plain("spotlight_form.film"), words.plain("option.title"), required=True)


def _when(interaction: Interaction, plan: Plan, words: Words, now: datetime.datetime) -> _Parts:
    zone = interaction.client.services.guilds.settings(interaction.guild_id).time_zone
    schedule, say = plan.schedule, words.plain
    rhythms = {rhythm.value: _rhythm(rhythm, schedule, now, zone, words) for rhythm in Rhythm}
    days = {str(day): say(f"weekday.{day}") for day in range(7)}
    return (
        choice_part(RHYTHM, say("spotlight_form.rhythm"), rhythms, value=schedule.rhythm.value),
        several_part(WEEKDAYS, say("spotlight_form.weekdays"), days, values=[str(day) for day in schedule.weekdays]),
        text_part(
            CLOCK,
            say("spotlight_form.clock"),
            say("spotlight_form.clock_help", zone=zone),
            value=clock_words(schedule.clock),
            required=True,
        ),
    )


def _rhythm(rhythm: Rhythm, schedule: Schedule, now: datetime.datetime, zone: str, words: Words) -> str:
    """The rhythm as a choice; of two that look alike, each says when it begins."""
    today = local_time(now, zone).date()
    [first] = islice(schedule.model_copy(update={"rhythm": rhythm}).slots(today), 1)
    return words.plain(f"spotlight_choice.{rhythm.value}", first=f"{first.day} {words.plain(f'month.{first.month}')}")


def _where(interaction: Interaction, plan: Plan, words: Words, _now: datetime.datetime) -> _Parts:
    guild, say = interaction.guild, words.plain
    channel = None if guild is None else guild.get_channel(plan.channel_id or 0)
    role = None if guild is None else guild.get_role(plan.role_id or 0)
    channels = discord.ui.ChannelSelect[Any](
        custom_id=CHANNEL,
        channel_types=list(_TYPES),
        default_values=[channel] if channel is not None and channel.type in _TYPES else [],
    )
    roles = discord.ui.RoleSelect[Any](
        custom_id=ROLE, min_values=0, required=False, default_values=[] if role is None else [role]
    )
    return (
        part(say("spotlight_form.channel"), channels),
        part(say("spotlight_form.role"), roles, say("spotlight_form.role_help")),
        box_part(THREAD, say("spotlight_form.thread"), say("spotlight_form.thread_help"), value=plan.opens_thread),
    )


def _source(_interaction: Interaction, plan: Plan, words: Words, _now: datetime.datetime) -> _Parts:
    say, source = words.plain, plan.source
    kinds = {kind.value: say(f"spotlight_kind.{kind.value}") for kind in SourceKind}
    name = tag_words(source.name) if source.kind is SourceKind.THEME else source.name
    return (
        radio_part(KIND, say("spotlight_form.kind"), kinds, value=source.kind.value),
        text_part(NAME, say("spotlight_form.name"), say("spotlight_form.name_help"), value=name),
    )


def _queue(_interaction: Interaction, _plan: Plan, words: Words, _now: datetime.datetime) -> _Parts:
    return (film_part(words),)


# What each form asks, given the plan and the time.
FORMS: Final[Mapping[str, Callable[[Interaction, Plan, Words, datetime.datetime], _Parts]]] = {
    "when": _when,
    "where": _where,
    "source": _source,
    "queue": _queue,
}
