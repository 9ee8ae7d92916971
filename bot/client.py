"""The discord.py bot: what it asks of Discord, whom it lets in, when it registers commands, how it ends."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot import deliveries
from bot.domain.errors import FrontRowError
from bot.domain.guilds.memberships import Memberships, NotAMember, needs_server
from bot.domain.guilds.shards import shard_of
from bot.domain.refused_addresses import RefusedAddresses
from bot.gate import ControlRetired, await_server, check_options, leave_foreign_server, name_of
from bot.interaction_turns import TASK_NAME, InteractionTurns
from bot.registration import Registration
from bot.server_cache import thin_channel, thin_server
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
_ANSWER_TASKS: Final = ("CommandTree-invoker", "discord-ui-", "discord.py: on_interaction", TASK_NAME)
# Seconds for which the start waits for the commands: mostly that is enough, and then the first answers can name them.
_HEAD_START: Final = 1.0
# Answers a submitted form, given the named parts of its custom id.
Submit = Callable[[discord.Interaction["FilmBot"], Mapping[str, str]], Awaitable[None]]


class FormUnknown(FrontRowError):
    """The form that was sent is not among those of this version."""

    key = "error.form_unknown"


class CommandTree(app_commands.CommandTree["FilmBot"]):
    """A command tree that knows how Discord calls its commands."""

    def __init__(self, client: "FilmBot") -> None:
        super().__init__(client)
        self.registration = Registration(self, client.services)

    async def interaction_check(self, interaction: discord.Interaction["FilmBot"], /) -> bool:
        """Before a command or one of its options is answered."""
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                await self.client.services.ensure_loaded(interaction.guild_id)
            else:
                check_options(interaction)
                await self.client.admit(interaction)
        except Exception as error:  # noqa: BLE001  # discord.py leads only errors of its own to the door
            await self.on_error(interaction, error)
            return False
        return True

    async def on_error(self, interaction: discord.Interaction["FilmBot"], error: Exception) -> None:
        """The one door for whatever goes wrong in a command or a control; `ui` says what to answer."""
        log.error("nobody answered interaction %d", interaction.id, exc_info=error)

    def mention(self, name: str) -> str:
        """A command such as "films browse" as something that members can press."""
        number = self.registration.ids.get(name.partition(" ")[0])
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
        self.services = services
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
            http_trace=deliveries.trace(),
        )
        self.refused_addresses = RefusedAddresses()
        self.background = deliveries.Background()
        self._extensions = extensions
        self.memberships = Memberships()
        self._forms: dict[re.Pattern[str], Submit] = {}
        self._controls: list[re.Pattern[str]] = []
        self._registering: asyncio.Future[None] | None = None
        self.overhear("READY", self._hear_list)
        self.overhear("GUILD_CREATE", self._hear_arrival)
        self.overhear("GUILD_DELETE", self._hear_removal)
        self.overhear("CHANNEL_CREATE", thin_channel)
        self.overhear("CHANNEL_UPDATE", thin_channel)
        if services.shard_leases is not None:
            parsers = self._connection.parsers
            parsers["INTERACTION_CREATE"] = InteractionTurns(services.shard_leases, parsers["INTERACTION_CREATE"])

    @property
    def tree(self) -> CommandTree:
        """The commands, and the door for their errors."""
        tree = super().tree
        assert isinstance(tree, CommandTree)
        return tree

    async def setup_hook(self) -> None:
        for extension in self._extensions:
            await self.load_extension(extension)
        if self.is_closed():  # somebody has ended the program meanwhile
            return
        self._registering = asyncio.ensure_future(self.tree.registration.keep_trying())
        await asyncio.wait([self._registering], timeout=_HEAD_START)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if self.services.identify_gate is None:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self.services.identify_gate.wait(shard_id or 0)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        # Whatever acts on an interaction is a task that begins after this.
        if event_name == "interaction":
            leave_foreign_server(args[0])
        super().dispatch(event_name, *args, **kwargs)

    async def close(self) -> None:
        if self._registering is not None:
            self._registering.cancel()
            await asyncio.wait([self._registering])
        await super().close()

    async def admit(self, interaction: discord.Interaction["FilmBot"]) -> None:
        """The gate before every answer: what it needs of the server and of its list is at hand.

        Raises `NotAMember`, `ServerUnknownYet` or `StorageUnavailable`.
        """
        if interaction.guild_id is not None and needs_server(name_of(interaction)):
            if self.memberships.is_listed(interaction.guild_id) and interaction.guild_id not in self.memberships:
                raise NotAMember(self.install_link)
            await await_server(interaction, interaction.guild_id)
        await self.services.ensure_loaded(interaction.guild_id)

    def looks_after(self, guild_id: int | None) -> bool:
        """Whether what is to be done once for the server is done in this process; for None what asks for no server."""
        leases = self.services.shard_leases
        return leases is None or leases.is_ours(shard_of(guild_id, leases.shard_count))

    async def count_servers(self) -> int:
        """How many servers the bot is in, over all processes. Raises `StorageUnavailable` where there are several."""
        leases = self.services.shard_leases
        return len(self.memberships) if leases is None else await leases.servers()

    def overhear(self, event: str, note: Callable[[Any], None]) -> None:
        """Have an event of the gateway noted before discord.py acts on it, which tells nobody all that is in it."""
        parse = self._connection.parsers[event]

        def both(payload: Any) -> None:
            note(payload)
            parse(payload)

        self._connection.parsers[event] = both

    def _hear_list(self, ready: Mapping[str, Any]) -> None:
        shard_id, shard_count = ready["shard"]
        listed = [int(guild["id"]) for guild in ready["guilds"]]
        self.memberships.list_shard(shard_id, shard_count, listed)
        self.dispatch("servers_listed", listed)

    def _hear_arrival(self, guild: dict[str, Any]) -> None:
        thin_server(guild)
        if self.memberships.join(int(guild["id"])):
            self.dispatch("server_joined", int(guild["id"]))

    def _hear_removal(self, guild: Mapping[str, Any]) -> None:
        if not guild.get("unavailable"):  # otherwise it is only out of order
            self.memberships.leave(int(guild["id"]))
            self.dispatch("server_left", int(guild["id"]))

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        super().add_dynamic_items(*items)
        self._controls.extend(item.__discord_ui_compiled_template__ for item in items)

    def add_form(self, template: str, submit: Submit) -> None:
        """Let `submit` answer the forms whose whole custom id fits the pattern."""
        self._forms[re.compile(template)] = submit

    async def on_interaction(self, interaction: discord.Interaction["FilmBot"]) -> None:
        """Answer what discord.py leaves alone: submitted forms, and controls that no version has any more."""
        custom_id = name_of(interaction)
        if interaction.type is discord.InteractionType.component and not self._has_control(custom_id):
            await self.tree.on_error(interaction, ControlRetired())
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        for pattern, submit in self._forms.items():
            if (match := pattern.fullmatch(custom_id)) is not None:
                try:
                    await submit(interaction, match.groupdict())
                except Exception as error:  # noqa: BLE001  # the door tells what is expected from what is not
                    await self.tree.on_error(interaction, error)
                return
        await self.tree.on_error(interaction, FormUnknown())

    def _has_control(self, custom_id: str) -> bool:
        return any(pattern.fullmatch(custom_id) for pattern in self._controls)

    async def on_ready(self) -> None:
        log.info("ready: %d servers, %d films", len(self.memberships), len(self.services.films.catalogue.films))
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
