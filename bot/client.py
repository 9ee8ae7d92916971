"""The discord.py bot: what it asks of Discord, when it registers commands, how it ends."""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.errors import FrontRowError
from bot.services import Services

log = logging.getLogger(__name__)

# Slash commands, buttons and threads need nothing more: no members, no presences, no messages.
INTENTS: Final = discord.Intents(guilds=True)
# All that the bot ever does in a server; the install link asks for these and no more.
PERMISSIONS: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    read_message_history=True,
)
# Names that discord.py gives to the tasks in which it runs our answers.
_ANSWER_TASKS: Final = ("CommandTree-invoker", "discord-ui-", "discord.py: on_interaction")
# Answers a submitted form, given the named parts of its custom id.
Submit = Callable[[discord.Interaction["FilmBot"], Mapping[str, str]], Awaitable[None]]


class FormUnknown(FrontRowError):
    """The form that was sent is not among those of this version."""

    key = "error.form_unknown"


class CommandTree(app_commands.CommandTree["FilmBot"]):
    """A command tree that knows how Discord calls its commands."""

    def __init__(self, client: "FilmBot") -> None:
        super().__init__(client, allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True))
        self._ids: dict[str, int] = {}

    async def register(self) -> None:
        """Give Discord the commands, unless it has just these already."""
        assert self.client.application_id is not None  # known since the login
        definitions = [command.to_dict(self) for command in self.get_commands()]
        digest = hashlib.sha256(json.dumps(definitions, sort_keys=True).encode()).hexdigest()
        known = await self.fetch_commands()
        registered = await self.client.services.commands.registered(self.client.application_id)
        if registered != digest or {c.name for c in known} != {d["name"] for d in definitions}:
            known = await self.sync()
            await self.client.services.commands.remember(self.client.application_id, digest)
            log.info("registered %d commands", len(known))
        self._ids = {command.name: command.id for command in known}

    async def interaction_check(self, interaction: discord.Interaction["FilmBot"], /) -> bool:
        """Before a command or one of its options is answered."""
        await self.client.services.films.wake(interaction.guild_id)
        return True

    async def on_error(self, interaction: discord.Interaction["FilmBot"], error: Exception) -> None:
        """The one door for whatever goes wrong in a command or a control; `ui` says what to answer."""
        log.error("nobody answered interaction %d", interaction.id, exc_info=error)

    def mention(self, name: str) -> str:
        """A command such as "films browse" as something that members can press."""
        number = self._ids.get(name.partition(" ")[0])
        return f"</{name}:{number}>" if number else f"`/{name}`"


class FilmBot(commands.AutoShardedBot):
    """Carries the services; everything else of ours is handed in."""

    def __init__(
        self,
        services: Services,
        extensions: Sequence[str],
        tree: type[CommandTree],
        shard_count: int | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=INTENTS,
            tree_cls=tree,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shard_count,
        )
        self.services = services
        self._extensions = extensions
        self._forms: dict[re.Pattern[str], Submit] = {}

    @property
    def tree(self) -> CommandTree:
        """The commands, and the door for their errors."""
        assert isinstance(tree := super().tree, CommandTree)
        return tree

    async def setup_hook(self) -> None:
        for extension in self._extensions:
            await self.load_extension(extension)
        await self.tree.register()

    def add_form(self, template: str, submit: Submit) -> None:
        """Let `submit` answer the forms whose whole custom id fits the pattern."""
        self._forms[re.compile(template)] = submit

    async def on_interaction(self, interaction: discord.Interaction["FilmBot"]) -> None:
        """Hand a submitted form to whoever answers for it; discord.py does the rest of the interactions."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        custom_id = str((interaction.data or {}).get("custom_id", ""))
        for pattern, submit in self._forms.items():
            if (match := pattern.fullmatch(custom_id)) is not None:
                try:
                    await self.services.films.wake(interaction.guild_id)
                    await submit(interaction, match.groupdict())
                except Exception as error:  # noqa: BLE001  # the door tells what is expected from what is not
                    await self.tree.on_error(interaction, error)
                return
        await self.tree.on_error(interaction, FormUnknown())

    async def on_ready(self) -> None:
        log.info("ready: %d servers, %d films", len(self.guilds), len(self.services.films.catalogue.films))
        log.info("add it to a server: %s", self.install_link)

    @property
    def install_link(self) -> str:
        """The address at which an admin adds the bot to a server."""
        assert self.application_id is not None  # known since the login
        return discord.utils.oauth_url(self.application_id, permissions=PERMISSIONS)

    async def finish_answers(self, seconds: float) -> None:
        """Wait for the answers that are under way, but no longer than this."""
        answers = [task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWER_TASKS)]
        if answers:
            _, late = await asyncio.wait(answers, timeout=seconds)
            for task in late:  # they may have something to put in order before the database closes
                task.cancel()
            await asyncio.wait(answers, timeout=seconds / 10)
