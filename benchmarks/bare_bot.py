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
CHOICES = [app_commands.Choice(name=f"Film {n} (2012), A director", value=f"film-{n}-2012") for n in range(25)]


class Acknowledge(discord.ui.Button[discord.ui.View]):
    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()


def card() -> discord.Embed:
    embed = discord.Embed(
        title="Ai Weiwei: Never Sorry (2012)",
        description="An artist who tweets, sues and builds, and a state that answers with cameras, fists and a cell.",
    )
    for name, value in (
        ("Director", "Alison Klayman"),
        ("Country", "United States"),
        ("Length", "91 minutes"),
        ("Languages", "English, Mandarin"),
        ("Themes", "art, dissent, surveillance"),
        ("Why we show it", "It asks what a public life costs when the public is watched as well."),
    ):
        embed.add_field(name=name, value=value)
    embed.set_image(url="https://img.youtube.com/vi/0MYFOzP6Xns/hqdefault.jpg")
    embed.set_footer(text="Chosen by the club")
    return embed


def buttons() -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for verb in ("Discuss", "Seen", "Save", "Similar"):
        view.add_item(Acknowledge(label=verb, custom_id=f"film:{verb.lower()}:bare"))
    return view


class Films(commands.Cog):
    @app_commands.command(description="Show a film")
    @app_commands.rename(_title="title")
    async def film(self, interaction: discord.Interaction, _title: str) -> None:
        await interaction.response.send_message("**Ai Weiwei: Never Sorry** (2012)", embed=card(), view=buttons())
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
