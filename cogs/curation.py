"""Keeping a server's list: for members with Manage Server, and for whoever the server names besides."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.domain.curation.import_plans import Mode
from bot.domain.films.films import Film
from bot.ui.curation import (
    audit,
    draft_list,
    draft_panel,
    draft_start,
    export,
    history,
    import_screen,
    lookup,
    removal,
    suggestion_queue,
    undo,
)
from bot.ui.curation.options import AnyFilm, HiddenFilm, OwnVersion, RemovedFilm, SharedFilm
from bot.ui.films.option import FilmOption
from bot.ui.kit.command_places import BY_SERVERS, SERVERS
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction

say = command_text

LookUpOption = app_commands.Range[str, 1, 200]
_CURATORS = discord.Permissions(manage_guild=True)


@app_commands.command(name="add", description=say("command.curate_add"))
@app_commands.describe(look_up=say("option.look_up"))
async def add_looked_up(interaction: Interaction, look_up: LookUpOption | None = None) -> None:
    """`/curate add` where TMDB can be asked."""
    if look_up is None:
        await draft_start.begin(interaction)
    else:
        await lookup.look_up(interaction, look_up)


class CurationCog(commands.Cog):
    """The curators' commands."""

    curate = app_commands.Group(
        name="curate",
        description=say("command.curate"),
        allowed_contexts=SERVERS,
        allowed_installs=BY_SERVERS,
        default_permissions=_CURATORS,
    )

    def __init__(self, bot: FilmBot) -> None:
        if bot.services.lookups is not None:  # nothing speaks of TMDB where there is no token
            self.curate.remove_command("add")
            self.curate.add_command(add_looked_up)  # pyright: ignore[reportUnknownArgumentType]  # the decorator does not say whose command it makes

    @curate.command(description=say("command.curate_add"))
    async def add(self, interaction: Interaction) -> None:
        await draft_start.begin(interaction)

    @curate.command(description=say("command.curate_check"))
    async def check(self, interaction: Interaction) -> None:
        await audit.audit(interaction)

    @curate.command(description=say("command.curate_drafts"))
    async def drafts(self, interaction: Interaction) -> None:
        await draft_list.show_drafts(interaction)

    @curate.command(description=say("command.curate_edit"))
    @app_commands.describe(title=say("option.title"))
    async def edit(self, interaction: Interaction, title: app_commands.Transform[Film, FilmOption]) -> None:
        await draft_start.edit(interaction, title.slug)

    @curate.command(description=say("command.curate_remove"))
    @app_commands.describe(title=say("option.title"))
    async def remove(self, interaction: Interaction, title: app_commands.Transform[Film, FilmOption]) -> None:
        await removal.ask_removal(interaction, title)

    @curate.command(description=say("command.curate_restore"))
    @app_commands.describe(title=say("option.title"))
    async def restore(self, interaction: Interaction, title: RemovedFilm) -> None:
        await undo.apply_change(interaction, interaction.client.services.curation.restore, title.slug)

    @curate.command(description=say("command.curate_hide"))
    @app_commands.describe(title=say("option.title"))
    async def hide(self, interaction: Interaction, title: SharedFilm) -> None:
        await undo.apply_change(interaction, interaction.client.services.curation.hide, title.slug)

    @curate.command(description=say("command.curate_unhide"))
    @app_commands.describe(title=say("option.title"))
    async def unhide(self, interaction: Interaction, title: HiddenFilm) -> None:
        await undo.apply_change(interaction, interaction.client.services.curation.unhide, title.slug)

    @curate.command(description=say("command.curate_reset"))
    @app_commands.describe(title=say("option.title"))
    async def reset(self, interaction: Interaction, title: OwnVersion) -> None:
        await undo.apply_change(interaction, interaction.client.services.curation.reset, title.slug)

    @curate.command(description=say("command.curate_suggestions"))
    async def suggestions(self, interaction: Interaction) -> None:
        await suggestion_queue.show_queue(interaction)

    @curate.command(description=say("command.curate_history"))
    @app_commands.describe(title=say("option.history_title"))
    async def history(self, interaction: Interaction, title: AnyFilm | None = None) -> None:
        await history.show_history(interaction, title.slug if title else None)

    @curate.command(name="import", description=say("command.curate_import"))
    @app_commands.describe(file=say("option.file"), mode=say("option.mode"))
    @app_commands.choices(mode=[app_commands.Choice(name=say(f"mode.{mode}"), value=mode.value) for mode in Mode])
    async def take_in(self, interaction: Interaction, file: discord.Attachment, mode: str = Mode.UPDATE.value) -> None:
        await import_screen.show_import(interaction, file, Mode(mode))

    @curate.command(description=say("command.curate_export"))
    async def export(self, interaction: Interaction) -> None:
        await export.send_export(interaction)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(
        *draft_panel.BUTTONS, *draft_list.CONTROLS, draft_start.AddButton, undo.UndoButton, history.HistoryPage
    )
    bot.add_dynamic_items(removal.RemoveButton, removal.KeepButton, *import_screen.BUTTONS)
    bot.add_dynamic_items(audit.EditSelect, audit.EditButton, lookup.CandidateSelect)
    for form in (draft_start.AddForm, draft_panel.DraftForm):
        form().register(bot)
    await bot.add_cog(CurationCog(bot))
