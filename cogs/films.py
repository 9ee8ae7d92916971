"""Looking films up and looking around the list."""

from random import SystemRandom

from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.domain.films import Film
from bot.domain.filters import FilmFilter
from bot.ui import film_buttons, pages, trailer
from bot.ui.film_option import (
    CountryOption,
    DecadeOption,
    FilmOption,
    GenreOption,
    KindOption,
    LengthOption,
    ThemeOption,
    describe_filter,
)
from bot.ui.replies import Interaction, in_time
from bot.ui.text import english

say = english().plain

TitleOption = app_commands.Transform[Film, FilmOption]


class FilmsCog(commands.Cog):
    """The list and its films."""

    films = app_commands.Group(name="films", description=say("command.films"))

    @app_commands.command(description=say("command.film"))
    @app_commands.describe(title=say("option.title"), quiet=say("option.quiet"))
    async def film(self, interaction: Interaction, title: TitleOption, quiet: bool = False) -> None:
        found = await in_time(interaction, interaction.client.services.films.get(title.slug), private=quiet)
        await film_buttons.show(interaction, found, private=quiet)

    @app_commands.command(description=say("command.synopsis"))
    @app_commands.describe(title=say("option.title"))
    async def synopsis(self, interaction: Interaction, title: TitleOption) -> None:
        found = await in_time(interaction, interaction.client.services.films.get(title.slug), private=False)
        await film_buttons.tell(interaction, found, private=False)

    @app_commands.command(description=say("command.trailer"))
    @app_commands.describe(title=say("option.title"))
    async def trailer(self, interaction: Interaction, title: TitleOption) -> None:
        found = await in_time(interaction, interaction.client.services.films.get(title.slug), private=False)
        await trailer.play(interaction, found, private=False)

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
        await pages.browse(interaction, wanted)

    @films.command(description=say("command.films_search"))
    @app_commands.describe(words=say("option.words"))
    async def search(self, interaction: Interaction, words: app_commands.Range[str, 1, pages.MAX_QUERY]) -> None:
        await pages.search(interaction, words)

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
        work = interaction.client.services.films.pick(interaction.guild_id, wanted, SystemRandom())
        await film_buttons.show(interaction, await in_time(interaction, work, private=False), private=False)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(*film_buttons.BUTTONS, film_buttons.FilmSelect, trailer.WatchSelect, *pages.PAGES)
    await bot.add_cog(FilmsCog())
