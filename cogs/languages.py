"""The commands in the members' languages."""

from discord.ext import commands

from bot.client import FilmBot
from bot.ui.kit.command_texts import CommandTranslator


class LanguagesCog(commands.Cog):
    """Has Discord show what commands and options are for in each member's language."""

    def __init__(self, bot: FilmBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        await self._bot.tree.set_translator(CommandTranslator())

    async def cog_unload(self) -> None:
        await self._bot.tree.set_translator(None)


async def setup(bot: FilmBot) -> None:
    await bot.add_cog(LanguagesCog(bot))
