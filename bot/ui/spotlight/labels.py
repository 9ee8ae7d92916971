"""A server's plan for its film of the week in words."""

import datetime
from typing import Final

from bot.domain.spotlight.plans import Plan
from bot.domain.spotlight.schedules import Schedule
from bot.domain.spotlight.sources import Source, SourceKind
from bot.services.collections import Collections
from bot.ui.films.card import tag_words
from bot.ui.kit.text import Markup, Words, channel_mention, clip_plain, joined

_NAME: Final = 80


def schedule_words(schedule: Schedule, words: Words) -> Markup:
    """Such as "every Friday at 20:00"."""
    days = joined([words(f"weekday.{day}") for day in schedule.weekdays], ", ", 200)
    return words(f"spotlight_rhythm.{schedule.rhythm.value}", days=days, clock=clock_words(schedule.clock))


def clock_words(clock: datetime.time) -> Markup:
    """The time of day as the form shows and takes it."""
    return Markup(f"{clock:%H:%M}")


def source_words(source: Source, collections: Collections, guild_id: int, words: Words) -> Markup:
    """What is drawn from; a collection by its name, where there is still one."""
    name = source.name
    if source.kind is SourceKind.COLLECTION:
        known = collections.catalogue_for(guild_id)
        name = next((each.collection.name for each in known if each.collection.slug == source.name), source.name)
    elif source.kind is SourceKind.THEME:
        name = tag_words(source.name)
    return words(f"spotlight_source.{source.kind.value}", name=clip_plain(name, _NAME))


def audience_words(plan: Plan, words: Words) -> Markup:
    """Who is told: a role, or nobody."""
    return words("spotlight.nobody") if plan.role_id is None else Markup(f"<@&{plan.role_id}>")


def place_words(plan: Plan, words: Words) -> Markup:
    """Where it is posted."""
    return words("spotlight.nowhere") if plan.channel_id is None else channel_mention(plan.channel_id, words)
