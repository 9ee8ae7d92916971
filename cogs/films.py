"""Looking films up and looking around the list."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from random import SystemRandom
from typing import Final

from discord import app_commands
from discord.ext import commands, tasks

from bot.client import FilmBot
from bot.domain.catalogue.filters import Facet, FilmFilter
from bot.domain.errors import StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.recommend.watch_requests import MOST_MINUTES, WatchRequest
from bot.ui.browse import collections, index_pages, search, tonight
from bot.ui.browse.browse import CONTROLS, browse
from bot.ui.browse.collection_option import CollectionOption
from bot.ui.browse.state import BrowseState
from bot.ui.films import buttons, story, trailer
from bot.ui.films.option import (
    CountryOption,
    DecadeOption,
    FilmOption,
    GenreOption,
    KindOption,
    LanguageOption,
    LengthOption,
    MoodOption,
    ThemeOption,
    describe_filter,
)
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction, claim
from bot.ui.shelves.company import suggest_for_company
from bot.ui.shelves.picks import pick_entry

log = logging.getLogger(__name__)
say = command_text

# Seconds from one hint of a change to the next that is followed, however much others write.
_BREAK: Final = 0.1

TitleOption = app_commands.Transform[Film, FilmOption]


class FilmsCog(commands.Cog):
    """The list and its films."""

    films = app_commands.Group(name="films", description=say("command.films"))

    def __init__(self, bot: FilmBot) -> None:
        self._bot = bot
        self._listening: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        self.look_for_changes.start()
        self._listening = asyncio.ensure_future(self._listen())

    async def cog_unload(self) -> None:
        self.look_for_changes.cancel()
        if self._listening is not None:
            self._listening.cancel()

    @tasks.loop(seconds=5)
    async def look_for_changes(self) -> None:
        """Take up what other processes have done to the list, even where no hint has come."""
        await self._look()

    async def _listen(self) -> None:
        async with contextlib.aclosing(self._bot.services.films.hints()) as hints:
            async for _ in hints:
                await self._look()
                await asyncio.sleep(_BREAK)

    async def _look(self) -> None:
        try:
            if await self._bot.services.films.refresh():
                log.info("a list has changed: %d shared films", len(self._bot.services.films.catalogue.films))
            await self._bot.services.guilds.refresh()
            await self._bot.services.recommendations.prepare()
            await self._bot.services.club_shelves.refresh()
        except StorageUnavailable as failure:
            log.warning("could not look for changes of the list (%s)", failure.reason)
        except Exception:  # a loop that raises is never run again
            log.exception("could not look for changes of the list")

    @commands.Cog.listener()
    async def on_servers_listed(self, guild_ids: Sequence[int]) -> None:
        services, memberships = self._bot.services, self._bot.memberships
        strangers = [each for each in services.guilds.at_hand if memberships.is_listed(each)]
        services.let_go([each for each in strangers if each not in memberships])
        await self._announce(guild_ids)

    @commands.Cog.listener()
    async def on_server_joined(self, guild_id: int) -> None:
        await self._announce([guild_id])

    @commands.Cog.listener()
    async def on_server_left(self, guild_id: int) -> None:
        self._bot.services.let_go([guild_id])

    async def _announce(self, guild_ids: Sequence[int]) -> None:
        try:
            await self._bot.services.announce(guild_ids)
        except StorageUnavailable as failure:  # whoever asks there first tries again
            log.warning("could not load what servers have set (%s)", failure.reason)

    @app_commands.command(description=say("command.film"))
    @app_commands.describe(title=say("option.title"), quiet=say("option.quiet"))
    async def film(self, interaction: Interaction, title: TitleOption, quiet: bool = False) -> None:
        await buttons.show(interaction, title, private=quiet)

    @app_commands.command(description=say("command.synopsis"))
    @app_commands.describe(title=say("option.title"))
    async def synopsis(self, interaction: Interaction, title: TitleOption) -> None:
        await story.tell(interaction, title, private=False)

    @app_commands.command(description=say("command.trailer"))
    @app_commands.describe(title=say("option.title"))
    async def trailer(self, interaction: Interaction, title: TitleOption) -> None:
        await trailer.play(interaction, title, private=False)

    @films.command(description=say("command.films_browse"))
    @describe_filter
    async def browse(
        self,
        interaction: Interaction,
        theme: ThemeOption | None = None,
        genre: GenreOption | None = None,
        decade: DecadeOption | None = None,
        length: LengthOption | None = None,
        country: CountryOption | None = None,
        kind: KindOption | None = None,
    ) -> None:
        wanted = FilmFilter.of(theme, genre, decade, length, country, kind)
        await browse(interaction, BrowseState(wanted))

    @films.command(description=say("command.films_themes"))
    async def themes(self, interaction: Interaction) -> None:
        await index_pages.show_values(interaction, Facet.THEME)

    @films.command(description=say("command.films_directors"))
    async def directors(self, interaction: Interaction) -> None:
        await index_pages.show_values(interaction, Facet.DIRECTOR)

    @films.command(description=say("command.films_new"))
    async def new(self, interaction: Interaction) -> None:
        await index_pages.show_new(interaction)

    @films.command(description=say("command.films_search"))
    @app_commands.describe(words=say("option.words"))
    @describe_filter
    async def search(
        self,
        interaction: Interaction,
        words: app_commands.Range[str, 1, search.MAX_QUERY],
        theme: ThemeOption | None = None,
        genre: GenreOption | None = None,
        decade: DecadeOption | None = None,
        length: LengthOption | None = None,
        country: CountryOption | None = None,
        kind: KindOption | None = None,
    ) -> None:
        await search.search(interaction, words, FilmFilter.of(theme, genre, decade, length, country, kind))

    @films.command(description=say("command.films_random"))
    @describe_filter
    async def random(
        self,
        interaction: Interaction,
        theme: ThemeOption | None = None,
        genre: GenreOption | None = None,
        decade: DecadeOption | None = None,
        length: LengthOption | None = None,
        country: CountryOption | None = None,
        kind: KindOption | None = None,
    ) -> None:
        wanted = FilmFilter.of(theme, genre, decade, length, country, kind)
        films, guild_id = interaction.client.services.films, interaction.guild_id
        films.require_any(guild_id, wanted)
        await claim(interaction, private=False)
        await buttons.show(interaction, await films.pick(guild_id, wanted, SystemRandom()), private=False)

    @films.command(description=say("command.films_similar"))
    @app_commands.describe(title=say("option.title"))
    async def similar(self, interaction: Interaction, title: TitleOption) -> None:
        await buttons.show_similar(interaction, title)

    @films.command(description=say("command.films_tonight"))
    @tonight.describe_evening
    @app_commands.rename(company="with")
    @app_commands.describe(company=say("option.company"))
    async def tonight(
        self,
        interaction: Interaction,
        mood: MoodOption | None = None,
        minutes: app_commands.Range[int, 1, MOST_MINUTES] | None = None,
        kind: KindOption | None = None,
        decade: DecadeOption | None = None,
        language: LanguageOption | None = None,
        light: bool = False,
        company: app_commands.Range[str, 1, 600] | None = None,
    ) -> None:
        wanted = WatchRequest.of(mood, minutes, kind, decade, language, light or None)
        if company is not None:
            await suggest_for_company(interaction, wanted, company)
            return
        seed, also = SystemRandom().randrange(tonight.SEEDS), await pick_entry(interaction)
        await tonight.suggest(interaction, wanted, seed, also=also)

    @films.command(description=say("command.films_collection"))
    @app_commands.describe(name=say("option.collection"))
    async def collection(self, interaction: Interaction, name: CollectionOption | None = None) -> None:
        if name is None:
            await collections.show_all(interaction)
        else:
            await collections.show(interaction, name)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(*buttons.BUTTONS, buttons.FilmSelect, trailer.WatchSelect)
    bot.add_dynamic_items(*CONTROLS, *index_pages.CONTROLS, *search.CONTROLS, tonight.TonightButton)
    bot.add_dynamic_items(*collections.CONTROLS)
    await bot.add_cog(FilmsCog(bot))
