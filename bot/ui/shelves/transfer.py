"""A member's own export of another site: what it would mark, one press, and one press back; and an export of ours."""

import io
import secrets
from abc import ABC
from typing import ClassVar, Final

import discord

from bot.domain.curation.uploads import MAX_BYTES
from bot.domain.errors import UploadRefused
from bot.services.shelf_transfer import ShelfDryRun
from bot.ui.kit.blocks import RULE, Attached, Fixed, Row, Text, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import NUMBER, PersistentButton
from bot.ui.kit.replies import Interaction, claim, defer, edit_or_reply, reply
from bot.ui.kit.text import Markup, Words, clip_plain, joined, words_for
from bot.ui.shelves.owners import owner_of

_SHOWN: Final = 15
_LINE: Final = 100
_REPORT: Final = "not-on-the-list.txt"


class BringButton(PersistentButton, ABC, template="-"):
    """A button about one upload, with the custom id `bring:verb:id`."""

    verb: ClassVar[str]

    def __init_subclass__(cls, *, verb: str) -> None:
        super().__init_subclass__(template=f"bring:{verb}:(?P<import_id>[0-9a-f]{{16}})")
        cls.verb = verb

    def __init__(self, import_id: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"bring:{self.verb}:{import_id}"))
        self.import_id = import_id


class BringMarksButton(BringButton, verb="take"):
    """Marks the films."""

    async def press(self, interaction: Interaction) -> None:
        words = words_for(interaction.locale)
        await claim(interaction, in_place=True)
        transfer, now = interaction.client.services.shelf_transfer, discord.utils.utcnow()
        number, films = await transfer.take(owner_of(interaction), self.import_id, now)
        undo = [] if number is None else [UndoBringingButton(number, words.plain("button.undo_import"))]
        await edit_or_reply(interaction, None, view=Layout([said(words.count("bring.taken", films)), Row(*undo)]))


class UndoBringingButton(PersistentButton, template=f"bring:undo:{NUMBER}"):
    """Takes all of an import back."""

    def __init__(self, number: int, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"bring:undo:{number}"))
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        await claim(interaction, in_place=True)
        shelves, now = interaction.client.services.shelves, discord.utils.utcnow()
        back = await shelves.undo(owner_of(interaction), self.number, now)
        await edit_or_reply(interaction, words_for(interaction.locale).count("bring.undone", len(back)))


CONTROLS: Final = (BringMarksButton, UndoBringingButton)


async def show_bringing(interaction: Interaction, file: discord.Attachment) -> None:
    """Read the file and say what it would mark. Raises `UploadRefused`."""
    if file.size > MAX_BYTES:
        raise UploadRefused("too_large", limit=MAX_BYTES // 1024 // 1024)
    await defer(interaction, private=True)
    services, words = interaction.client.services, words_for(interaction.locale)
    if services.imports.is_busy:
        await reply(interaction, words("import.busy"), private=True)
    async with services.imports.turn():
        content, now = await file.read(), discord.utils.utcnow()
        owner, import_id = owner_of(interaction), secrets.token_hex(8)
        run = await services.shelf_transfer.read(owner, import_id, file.filename, content, now)
    unmatched = run.matches.unmatched
    report = io.BytesIO("\n".join(unmatched).encode()) if len(unmatched) > _SHOWN else None
    missing = discord.File(report, _REPORT) if report else None
    await reply(interaction, view=bringing(run, words), file=missing, private=True)


async def send_shelf(interaction: Interaction) -> None:
    """The member's shelf as a file."""
    await defer(interaction, private=True)
    content = await interaction.client.services.shelf_transfer.export(owner_of(interaction))
    told = words_for(interaction.locale)("bring.exported")
    await reply(interaction, told, file=discord.File(io.BytesIO(content), "front-row-shelf.zip"), private=True)


def bringing(run: ShelfDryRun, words: Words) -> Layout:
    """What the file would do, and the press that does it; all that is not on the list where that does not fit."""
    matches = run.matches
    lines = [words.count("bring.changes", run.changes), words.count("bring.found", len(matches.found))]
    notes = [words("bring.year_off", name=clip_plain(name, _LINE)) for name in list(matches.year_off.values())[:5]]
    if run.cut:
        notes.append(words.count("bring.cut", run.cut))
    if run.passed_over:
        notes.append(words.count("bring.passed_over", run.passed_over))
    if matches.unmatched:
        names = joined([clip_plain(name, _LINE) for name in matches.unmatched[:_SHOWN]], ", ", 1000)
        notes.append(words.count("bring.unmatched", len(matches.unmatched), names=names))
    acts = [BringMarksButton(run.import_id, words.count("button.bring", run.changes))] if run.changes else []
    kept = words("import.kept", when=Markup(discord.utils.format_dt(run.kept_until)))
    return Layout(
        [
            Text(Fixed(words("bring.title")), *map(Fixed, lines)),
            *([RULE, Text(*map(Fixed, notes))] if notes else []),
            *([Attached(_REPORT)] if len(matches.unmatched) > _SHOWN else []),
            RULE,
            Row(*acts),
            *([said(kept)] if acts else []),
        ]
    )
