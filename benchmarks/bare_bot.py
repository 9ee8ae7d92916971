"""The least a discord.py bot does to answer /film: what Front Row's own work is measured against.

Its words never change, but like any bot it builds the card anew for each answer.
"""

import os

import discord
from discord import app_commands
from discord.ext import commands

try:
    from uvloop import run
except ImportError:
    from asyncio import run

TRAILER = "https://www.youtube.com/watch?v=0MYFOzP6Xns"
VERBS = ("Discuss", "Seen", "Save", "Similar")
CHOICES = [app_commands.Choice(name=f"Film {n} (2012), A director", value=f"film-{n}-2012") for n in range(25)]


class Acknowledge(discord.ui.Button[discord.ui.LayoutView]):
    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()


def card() -> discord.ui.LayoutView:
    head = "## Ai Weiwei: Never Sorry (2012)\nAlison Klayman · 91 minutes · United States\n-# art, surveillance"
    still = discord.ui.Thumbnail[discord.ui.LayoutView]("https://img.youtube.com/vi/0MYFOzP6Xns/hqdefault.jpg")
    buttons = (Acknowledge(label=verb, custom_id=f"film:{verb.lower()}:bare") for verb in VERBS)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(
        discord.ui.Container(
            discord.ui.Section(head, accessory=still),
            discord.ui.TextDisplay("It asks what a public life costs when the public is watched as well."),
            discord.ui.TextDisplay("An artist who tweets and builds, and a state that answers with cameras."),
            discord.ui.TextDisplay("-# Chosen by the club"),
            discord.ui.ActionRow(*buttons),
        )
    )
    return view


class Films(commands.Cog):
    @app_commands.command(description="Show a film")
    @app_commands.rename(_title="title")
    async def film(self, interaction: discord.Interaction, _title: str) -> None:
        await interaction.response.send_message(view=card())
        await interaction.followup.send(TRAILER)

    @film.autocomplete("_title")
    async def suggest(self, _interaction: discord.Interaction, _typed: str) -> list[app_commands.Choice[str]]:
        return CHOICES


class BareBot(commands.AutoShardedBot):
    def __init__(self) -> None:
        super().__init__(
            commands.when_mentioned, intents=discord.Intents(guilds=True), max_messages=None, shard_count=1
        )

    async def setup_hook(self) -> None:
        await self.add_cog(Films())
        await self.tree.sync()


async def start(token: str) -> None:
    async with BareBot() as bot:
        await bot.start(token)


def main() -> int:
    discord.utils.setup_logging()
    run(start(os.environ["DISCORD_TOKEN"]))  # noqa: TID251  (it has no settings)
    return 0


if __name__ == "__main__":
    main()
