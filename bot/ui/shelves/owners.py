"""Whose shelf is asked for, and which day it is there."""

import datetime

import discord

from bot.domain.films.dates import day_in
from bot.domain.films.field_types import FIRST_YEAR
from bot.domain.guilds.time_zones import local_time
from bot.domain.shelves.marks import ALONE, DayUnknown, ShelfOwner
from bot.domain.text.normalize import fold
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import english, words_for


def owner_of(interaction: Interaction) -> ShelfOwner:
    """The member in this server; by themselves in a direct message, and where the server has not added the bot."""
    guild_id = interaction.guild_id
    if guild_id is None or guild_id not in interaction.client.memberships:
        guild_id = ALONE
    return ShelfOwner(guild_id, interaction.user.id)


def today(interaction: Interaction) -> datetime.date:
    """The day that it is in the server's time zone."""
    zone = interaction.client.services.guilds.settings(interaction.guild_id).time_zone
    return local_time(discord.utils.utcnow(), zone).date()


def day_typed(typed: str, interaction: Interaction) -> datetime.date | None:
    """The day that was typed; None for nothing. Raises `DayUnknown`."""
    now, said = today(interaction), fold(typed)
    if not said:
        return None
    for words in (english(), words_for(interaction.locale)):
        if said in {fold(words.plain("day.today")), fold(words.plain("day.yesterday"))}:
            return now if said == fold(words.plain("day.today")) else now - datetime.timedelta(days=1)
    day = day_in(typed)
    if not isinstance(day, datetime.date) or day > now or day.year < FIRST_YEAR:
        raise DayUnknown
    return day
