"""What is looked at before an interaction is answered: whether its server is at hand and its command is known."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, Final

import discord
from discord import app_commands

from bot.domain.errors import FrontRowError
from bot.domain.guilds.memberships import ServerUnknownYet

# Seconds for which somebody is kept waiting for a server that Discord has announced and not sent yet; it gives up on
# an answer after three. How often is looked meanwhile.
_ARRIVAL: Final = 1.5
_LOOK: Final = 0.05
_Interaction = discord.Interaction[Any]


class ControlRetired(FrontRowError):
    """What was pressed stands below a message of another version, and this one knows nothing of it."""

    key = "error.control_retired"


def name_of(interaction: _Interaction) -> str:
    """The first word of a command, or the custom id of a control or a form."""
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", data.get("name", "")))


def leave_foreign_server(interaction: _Interaction) -> None:
    """Take an interaction in a server that has not asked for the bot as one without a server.

    There a member has brought the bot along for themselves (`authorizing_integration_owners` of
    https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object names who installed
    it). Nothing of what such a server may once have made of the list, set or kept is used.
    """
    if interaction.is_user_integration() and not interaction.is_guild_integration():
        interaction.guild_id = None


async def await_server(interaction: _Interaction, guild_id: int) -> None:
    """Wait a moment for a server that is on its way, and let the interaction have it. Raises `ServerUnknownYet`.

    discord.py hands an interaction an empty server in place of one that it does not know.
    """
    if _has_come(interaction, guild_id):
        return
    for _ in range(round(_ARRIVAL / _LOOK)):
        await asyncio.sleep(_LOOK)
        if _has_come(interaction, guild_id):
            _introduce(interaction, guild_id)
            return
    raise ServerUnknownYet


def check_options(interaction: _Interaction) -> None:
    """Raise discord.py's `CommandSignatureMismatch` where the client offers options of another version.

    discord.py itself passes over an option that there is not, and hands on a choice that is none any more.
    """
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return
    parameters = {parameter.display_name: parameter for parameter in command.parameters}
    for option in _options(interaction.data or {}):
        known = parameters.get(option["name"])
        offered = [choice.value for choice in known.choices] if known else []
        if known is None or known.type.value != option["type"] or (offered and option["value"] not in offered):
            raise app_commands.CommandSignatureMismatch(command)


def _has_come(interaction: _Interaction, guild_id: int) -> bool:
    guild = interaction.client.get_guild(guild_id)
    return guild is not None and not guild.unavailable


def _introduce(interaction: _Interaction, guild_id: int) -> None:
    """Give the interaction the server that has come after it."""
    guild = interaction.client.get_guild(guild_id)
    if guild is not None and isinstance(interaction.user, discord.Member):
        interaction.user.guild = guild
    if guild is not None and interaction.channel is not None:
        interaction.channel = guild.get_channel_or_thread(interaction.channel.id) or interaction.channel


def _options(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The options of a command, or of the subcommand that was chosen."""
    for option in data.get("options", []):
        if "value" in option:
            yield option
        else:
            yield from _options(option)
