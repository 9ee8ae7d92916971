"""Who is asking, as Discord knows them at that moment."""

import discord

from bot.domain.errors import ServerOnly
from bot.domain.guilds.settings import Actor
from bot.ui.kit.replies import Interaction


def actor_of(interaction: Interaction) -> Actor:
    """The member who asks, with what Discord says they may do. Raises `ServerOnly`."""
    member = interaction.user
    if interaction.guild_id is None or not isinstance(member, discord.Member):
        raise ServerOnly
    return Actor(
        guild_id=interaction.guild_id,
        member_id=member.id,
        name=member.display_name,
        manages=interaction.permissions.manage_guild,
        role_ids=frozenset(role.id for role in member.roles),
    )


def is_curator(interaction: Interaction) -> bool:
    """Whether the one who asks may change the list here; nobody may in a direct message."""
    if interaction.guild_id is None:
        return False
    return actor_of(interaction).curates(interaction.client.services.guilds.settings(interaction.guild_id))
