"""Where a command can be used: wherever a member is, or only in servers that have asked for the bot.

What says nothing is for everywhere, as `registration` has it.
"""

from typing import Final, TypeVar

from discord import app_commands

SERVERS: Final = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
BY_SERVERS: Final = app_commands.AppInstallationType(guild=True, user=False)
_Command = TypeVar("_Command")


def in_servers(command: _Command) -> _Command:
    """Offer the command in servers that have asked for the bot."""
    return _of_servers(app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command))


def by_servers(command: _Command) -> _Command:
    """Offer the command in servers that have asked for the bot, and in direct messages with it."""
    return _of_servers(app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(command))


def _of_servers(command: _Command) -> _Command:
    return app_commands.allowed_installs(guilds=True, users=False)(command)
