"""Giving Discord the commands: by one process, and never in place of a newer version's."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
import discord
from discord import app_commands

from bot import deliveries
from bot.domain.errors import StorageUnavailable
from bot.domain.guilds.shards import DIRECT_MESSAGES
from bot.services import Services

log = logging.getLogger(__name__)

# Seconds until the commands are registered again after a failure; twice as many each time, up to the longest.
_FIRST_PAUSE: Final = 2.0
_LONGEST_PAUSE: Final = 3600.0
# Seconds between two looks whether another process has registered them, or it has become ours to do.
_OUR_TURN: Final = 3.0


class Registration:
    """The commands as Discord has them. Of several processes the one with the first shard registers them."""

    def __init__(self, tree: app_commands.CommandTree[Any], services: Services) -> None:
        self._tree = tree
        self._services = services
        self.ids: Mapping[str, int] = {}  # by name, as far as known

    async def keep_trying(self) -> None:
        """Register the commands, now or as soon as Discord and the database let it; those it has work meanwhile."""
        pause = _FIRST_PAUSE
        while True:
            try:
                with deliveries.watched(waits=False):  # Discord may want a day's pause, which nobody would hear of
                    if await self._register():
                        return
            except (discord.DiscordException, aiohttp.ClientError, OSError, StorageUnavailable) as error:
                pause = min(max(pause, deliveries.pause_wanted(error)), _LONGEST_PAUSE)
                log.warning("the commands cannot be registered (%s); trying again in %d seconds", _line(error), pause)
            except Exception:  # a task that ends with an error is never run again
                log.exception("the commands cannot be registered; trying again in %d seconds", pause)
            else:
                await asyncio.sleep(_OUR_TURN)
                continue
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _register(self) -> bool:
        """Give Discord the commands unless it has just these, or a newer version's; False where that is another's."""
        commands, version = self._services.commands, self._services.about.version
        application_id = self._tree.client.application_id
        assert application_id is not None  # known since the login
        definitions = await self._definitions()
        digest = hashlib.sha256(json.dumps(definitions, sort_keys=True).encode()).hexdigest()
        is_ours = self._is_ours()
        has_these = await commands.registered(application_id) == digest
        if self.ids and not (is_ours or has_these):
            return False
        known = await self._tree.fetch_commands()
        self.ids = {command.name: command.id for command in known}
        if has_these and self.ids.keys() == {definition["name"] for definition in definitions}:
            return True
        if await commands.is_outdated(application_id, version):
            log.warning("the commands stay those of a newer version of Front Row")
            return True
        if not is_ours:
            return False
        self.ids = {command.name: command.id for command in await self._tree.sync()}
        await commands.remember(application_id, digest, version)
        log.info("registered %d commands", len(self.ids))
        return True

    async def _definitions(self) -> list[dict[str, Any]]:
        """The commands as Discord is to have them, in every language."""
        self._allow_places()
        commands, translator = self._tree.get_commands(), self._tree.translator
        if translator is None:
            return [command.to_dict(self._tree) for command in commands]
        return [await command.get_translated_payload(self._tree, translator) for command in commands]

    def _allow_places(self) -> None:
        """Offer the commands wherever members are, if they may install the bot for themselves.

        That is a switch in Discord's developer portal. Discord refuses commands that name what is switched off there.
        """
        application = self._tree.client.application
        is_personal = application is not None and application.user_integration_config is not None
        self._tree.allowed_installs = app_commands.AppInstallationType(guild=True, user=is_personal)
        self._tree.allowed_contexts = app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=is_personal
        )

    def _is_ours(self) -> bool:
        leases = self._services.shard_leases
        return leases is None or leases.is_ours(DIRECT_MESSAGES)


def _line(error: Exception) -> str:
    """Why it failed, on one line; where a proxy answers for Discord, that is a whole page."""
    said = error.reason if isinstance(error, StorageUnavailable) else str(error)
    return said.strip().partition("\n")[0] or type(error).__name__
