"""Letting in only those interactions that this process answers, where others hear of them too."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.guilds.shards import shard_of
from bot.domain.guilds.turns import Turn
from bot.services.shard_leases import ShardLeases

# The event of the gateway, as discord.py hands it to whoever acts on it.
Parse = Callable[[Any], None]
# Of the tasks in which interactions wait until it is known who answers them.
TASK_NAME = "interaction in turn"


class InteractionTurns:
    """Stands before what acts on interactions."""

    def __init__(self, leases: ShardLeases, parse: Parse) -> None:
        self._leases = leases
        self._parse = parse
        self._waiting: set[asyncio.Task[None]] = set()

    def __call__(self, interaction: Mapping[str, Any]) -> None:
        """Act on the interaction, now or once it is known that it is ours; otherwise keep silent."""
        shard_id, number = self._shard_of(interaction), int(interaction["id"])
        turn = self._leases.turn(shard_id, number)
        if turn is Turn.OURS:
            self._parse(interaction)
        elif turn is Turn.UNDECIDED:
            waiting = asyncio.ensure_future(self._wait(shard_id, number, interaction))
            waiting.set_name(TASK_NAME)
            self._waiting.add(waiting)
            waiting.add_done_callback(self._waiting.discard)

    async def _wait(self, shard_id: int, number: int, interaction: Mapping[str, Any]) -> None:
        if await self._leases.decided(shard_id, number) is Turn.OURS:
            self._parse(interaction)

    def _shard_of(self, interaction: Mapping[str, Any]) -> int:
        guild_id = interaction.get("guild_id")
        shard_id = shard_of(None if guild_id is None else int(guild_id), self._leases.shard_count)
        # Of a server that the bot is not in, Discord does not say on which shard it tells. It has told us.
        return shard_id if shard_id in self._leases.shard_ids else self._leases.shard_ids[0]
