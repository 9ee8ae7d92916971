"""What members want to see and have seen, their picks, and what is kept of them."""

import logging

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.client import FilmBot
from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.shelves.marks import HALF_STARS
from bot.domain.shelves.shelf_views import Part, ShelfOrder
from bot.ui.films.option import (
    CountryOption,
    DecadeOption,
    FilmOption,
    FixedValue,
    GenreOption,
    KindOption,
    LengthOption,
    ThemeOption,
    describe_filter,
)
from bot.ui.kit.command_places import in_servers
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction
from bot.ui.shelves import marking, my_data, picks, shelf, transfer, who
from bot.ui.shelves.mark_lines import stars
from bot.ui.shelves.mark_submission import MarkForm
from bot.ui.shelves.review_posts import remove_due_posts

log = logging.getLogger(__name__)
say = command_text

TitleOption = app_commands.Transform[Film, FilmOption]
PartOption = app_commands.Transform[str, FixedValue(Part, "shelf_part")]
OrderOption = app_commands.Transform[str, FixedValue(ShelfOrder, "shelf_order")]
_STARS = [app_commands.Choice(name=stars(each), value=each) for each in reversed(HALF_STARS)]


class ShelvesCog(commands.Cog):
    """Marks, shelves and picks; once a minute it deletes posts that are to go."""

    my = app_commands.Group(name="my", description=say("command.my"))

    def __init__(self, bot: FilmBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        self.look_for_removals.start()

    async def cog_unload(self) -> None:
        self.look_for_removals.cancel()

    @tasks.loop(seconds=60)
    async def look_for_removals(self) -> None:
        """Delete posts of reviews that have gone."""
        if not self._bot.looks_after(None):
            return
        try:
            await remove_due_posts(self._bot, discord.utils.utcnow())
        except StorageUnavailable as failure:
            log.warning("could not look for posts that are to go (%s)", failure.reason)
        except Exception:  # a loop that raises is never run again
            log.exception("could not look for posts that are to go")

    @look_for_removals.before_loop
    async def until_ready(self) -> None:
        await self._bot.wait_until_ready()

    @app_commands.command(description=say("command.want"))
    @app_commands.describe(film=say("option.title"))
    async def want(self, interaction: Interaction, film: TitleOption) -> None:
        await marking.want(interaction, film)

    @app_commands.command(description=say("command.seen"))
    @app_commands.describe(film=say("option.title"), stars=say("option.stars"), when=say("option.when"))
    @app_commands.choices(stars=_STARS)
    async def seen(
        self,
        interaction: Interaction,
        film: TitleOption,
        stars: int | None = None,
        when: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        await marking.saw(interaction, film, stars, when or "")

    @app_commands.command(description=say("command.who"))
    @app_commands.describe(film=say("option.title"))
    @in_servers
    async def who(self, interaction: Interaction, film: TitleOption) -> None:
        await who.show_who(interaction, film)

    @my.command(description=say("command.my_shelf"))
    @app_commands.describe(show=say("option.show"), sort=say("option.sort"))
    @describe_filter
    async def shelf(
        self,
        interaction: Interaction,
        show: PartOption | None = None,
        sort: OrderOption | None = None,
        theme: ThemeOption | None = None,
        genre: GenreOption | None = None,
        decade: DecadeOption | None = None,
        length: LengthOption | None = None,
        country: CountryOption | None = None,
        kind: KindOption | None = None,
    ) -> None:
        wanted = FilmFilter.of(theme, genre, decade, length, country, kind)
        part, order = Part(show or Part.ALL.value), ShelfOrder(sort or ShelfOrder.LATEST.value)
        await shelf.show_shelf(interaction, shelf.ShelfState(part, order, wanted=wanted))

    @my.command(description=say("command.my_picks"))
    async def picks(self, interaction: Interaction) -> None:
        await picks.show_picks(interaction)

    @my.command(name="import", description=say("command.my_import"))
    @app_commands.describe(file=say("option.my_file"))
    async def take_in(self, interaction: Interaction, file: discord.Attachment) -> None:
        await transfer.show_bringing(interaction, file)

    @my.command(description=say("command.my_export"))
    async def export(self, interaction: Interaction) -> None:
        await transfer.send_shelf(interaction)

    @my.command(description=say("command.my_data"))
    async def data(self, interaction: Interaction) -> None:
        await my_data.show_data(interaction)

    @my.command(description=say("command.my_erase"))
    async def erase(self, interaction: Interaction) -> None:
        await my_data.explain_erasing(interaction)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(marking.WantButton, marking.SeenButton, *marking.PANEL, marking.UndoMarkButton)
    bot.add_dynamic_items(
        marking.SayButton, who.WhoButton, picks.NotForMeSelect, picks.UndoPickButton, my_data.EraseMeButton
    )
    bot.add_dynamic_items(*shelf.CONTROLS, *transfer.CONTROLS)
    MarkForm().register(bot)
    my_data.EraseMeForm().register(bot)
    await bot.add_cog(ShelvesCog(bot))
