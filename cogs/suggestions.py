"""Putting a film forward, and what curators press about it."""

from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.domain.films.field_types import FIRST_YEAR, LAST_YEAR, MAX_NAME, MAX_WHY
from bot.domain.films.trailers import MAX_ADDRESS
from bot.ui.curation import suggestion_buttons, suggestion_queue
from bot.ui.curation.suggest import suggest
from bot.ui.films.buttons import PeekButton
from bot.ui.kit.command_places import in_servers
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction

say = command_text


class SuggestionsCog(commands.Cog):
    """Members' suggestions."""

    @app_commands.command(description=say("command.suggest"))
    @app_commands.describe(
        title=say("option.suggest_title"),
        why=say("option.suggest_why"),
        year=say("option.suggest_year"),
        trailer=say("option.suggest_trailer"),
    )
    @in_servers
    async def suggest(
        self,
        interaction: Interaction,
        title: app_commands.Range[str, 1, MAX_NAME],
        why: app_commands.Range[str, 1, MAX_WHY],
        year: app_commands.Range[int, FIRST_YEAR, LAST_YEAR] | None = None,
        trailer: app_commands.Range[str, 1, MAX_ADDRESS] | None = None,
    ) -> None:
        await suggest(interaction, title, why, year, trailer)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(*suggestion_buttons.BUTTONS, *suggestion_queue.CONTROLS, PeekButton)
    for form in suggestion_buttons.FORMS:
        form().register(bot)
    await bot.add_cog(SuggestionsCog())
