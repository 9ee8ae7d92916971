"""Lists of films in and out: first what would happen, then one press, and one press back."""

import asyncio
import io
import secrets
from abc import ABC
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final

import discord

from bot.domain.curation.import_plans import Mode
from bot.domain.curation.uploads import MAX_BYTES
from bot.domain.errors import UploadRefused
from bot.domain.films.films import Film
from bot.services.imports import DryRun
from bot.ui.curation.import_lines import (
    asked_line,
    counted,
    faulty_lines,
    left_out_line,
    note_lines,
    unfinished_line,
    year_off_line,
)
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import RULE, Attached, Block, Fixed, Row, Text, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, defer, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip_plain, joined, words_for

_LINES: Final = 1400
_LINE: Final = 200
_SHOWN: Final = 8
_REPORT: Final = "import-report.txt"


class ImportButton(PersistentButton, ABC, template="-"):
    """A button about one upload, with the custom id `import:verb:id`."""

    verb: ClassVar[str]
    style: ClassVar[discord.ButtonStyle]

    def __init_subclass__(cls, *, verb: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> None:
        super().__init_subclass__(template=f"import:{verb}:(?P<import_id>[0-9a-f]{{16}})")
        cls.verb, cls.style = verb, style

    def __init__(self, import_id: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"import:{self.verb}:{import_id}", style=self.style))
        self.import_id = import_id


class TakeButton(ImportButton, verb="take", style=discord.ButtonStyle.success):
    """Takes up every film that is new or changed."""

    async def press(self, interaction: Interaction) -> None:
        words = words_for(interaction.locale)
        await claim(interaction, in_place=True)
        taken = await run_or_defer(interaction, self._take(interaction), private=True)
        undo = [UndoImportButton(self.import_id, words.plain("button.undo_import"))] if taken else []
        done = said(words.count("import.taken", len(taken)))
        await edit_or_reply(interaction, None, view=Layout([done, Row(*undo)]))

    async def _take(self, interaction: Interaction) -> tuple[Film, ...]:
        imports = interaction.client.services.imports
        async with imports.turn():
            return await imports.take(actor_of(interaction), self.import_id, discord.utils.utcnow())


class AnswerButton(ImportButton, ABC, verb="-"):
    """Answers a question of the dry run, which is shown anew."""

    are_films: ClassVar[bool | None] = None
    are_same: ClassVar[bool | None] = None

    async def press(self, interaction: Interaction) -> None:
        await defer(interaction, private=True)
        imports = interaction.client.services.imports
        async with imports.turn():
            run = await imports.answer(
                actor_of(interaction),
                self.import_id,
                discord.utils.utcnow(),
                are_films=self.are_films,
                are_same=self.are_same,
            )
            await _show(interaction, run)


class FilmsButton(AnswerButton, verb="films"):
    """Rows of an unknown sort are films."""

    are_films = True


class NoFilmsButton(AnswerButton, verb="nofilms"):
    """Rows of an unknown sort are none."""

    are_films = False


class SameButton(AnswerButton, verb="same"):
    """Films that are there with another year are those."""

    are_same = True


class OthersButton(AnswerButton, verb="others"):
    """Films that are there with another year are others."""

    are_same = False


class BeginDraftsButton(ImportButton, verb="drafts"):
    """Makes drafts of the films that an entry needs more of."""

    async def press(self, interaction: Interaction) -> None:
        await defer(interaction, private=True)
        imports, now = interaction.client.services.imports, discord.utils.utcnow()
        async with imports.turn():
            begun = await imports.begin_drafts(actor_of(interaction), self.import_id, lambda: secrets.token_hex(8), now)
        await reply(interaction, words_for(interaction.locale).count("import.drafts", begun), private=True)


class ForgetButton(ImportButton, verb="forget"):
    """Takes nothing up."""

    async def press(self, interaction: Interaction) -> None:
        await claim(interaction, in_place=True)
        work = interaction.client.services.imports.forget(actor_of(interaction), self.import_id)
        await run_or_defer(interaction, work, private=True)
        await edit_or_reply(interaction, words_for(interaction.locale)("import.forgotten"))


class UndoImportButton(ImportButton, verb="undo"):
    """Takes a whole import back."""

    async def press(self, interaction: Interaction) -> None:
        await defer(interaction, private=True)
        words, curation = words_for(interaction.locale), interaction.client.services.curation
        undo_id, now = secrets.token_hex(8), discord.utils.utcnow()
        done = await curation.undo_batch(actor_of(interaction), self.import_id, undo_id, now)
        lines = [words.count("import.undone", done.undone)] if done.undone else []
        if done.left:
            names = joined([clip_plain(name, _LINE) for name in done.left], ", ", _LINES)
            lines.append(words("import.left", names=names))
        await reply(interaction, "\n".join(lines), private=True)


_ANSWERS: Final = (FilmsButton, NoFilmsButton, SameButton, OthersButton)
BUTTONS: Final = (TakeButton, BeginDraftsButton, ForgetButton, UndoImportButton, *_ANSWERS)


async def show_import(interaction: Interaction, file: discord.Attachment, mode: Mode) -> None:
    """Read the file and say what it would change."""
    actor, services = actor_of(interaction), interaction.client.services
    services.guilds.require_curator(actor)
    if file.size > MAX_BYTES:
        raise UploadRefused("too_large", limit=MAX_BYTES // 1024 // 1024)
    await defer(interaction, private=True)
    if services.imports.is_busy:
        await reply(interaction, words_for(interaction.locale)("import.busy"), private=True)
    async with services.imports.turn():
        await _read(interaction, file, mode)


async def _read(interaction: Interaction, file: discord.Attachment, mode: Mode) -> None:
    content = await file.read()
    actor, now = actor_of(interaction), discord.utils.utcnow()
    imports = interaction.client.services.imports
    await _show(interaction, await imports.read(actor, secrets.token_hex(8), file.filename, content, mode, now))


async def _show(interaction: Interaction, run: DryRun) -> None:
    words = words_for(interaction.locale)
    lines = await asyncio.to_thread(report_lines, run, words)
    report = _file(_REPORT, "\n".join(lines).encode()) if len(lines) > _SHOWN else None
    await reply(interaction, view=dry_run(run, lines, words), file=report, private=True)


def report_lines(run: DryRun, words: Words) -> list[str]:
    """A line for everything that does not simply come in; thousands of them take too long for an event loop."""
    return list(_lines(run, words))


def dry_run(run: DryRun, lines: Sequence[str], words: Words) -> Layout:
    """What the file would do, what has to be asked, and the ways to go on; the whole report where it does not fit."""
    shown = [Fixed(clip_plain(line, _LINE)) for line in lines[:_SHOWN]]
    if more := len(lines) - len(shown):
        shown.append(Fixed(words.count("import.more_lines", more)))
    kept = words("import.kept", when=Markup(discord.utils.format_dt(run.kept_until)))
    return Layout(
        [
            Text(*map(Fixed, (words("import.title"), words("import.dry"), counted(run.plan, words)))),
            *_questions(run, words),
            *([RULE, Text(*shown)] if shown else []),
            *([Attached(_REPORT)] if more else []),
            RULE,
            Row(*_acts(run, words)),
            said(kept),
        ]
    )


def _lines(run: DryRun, words: Words) -> Iterator[str]:
    yield from note_lines(run.notes, words)
    for left_out in run.left_out:
        yield left_out_line(left_out, words)
    for asked in run.plan.asked:
        yield asked_line(asked, words)
    for question in run.plan.year_off:
        yield year_off_line(question, words)
    for faulty in run.plan.faulty:
        yield from faulty_lines(faulty, words)
    for unfinished in run.plan.unfinished:
        yield unfinished_line(unfinished, words)


def _questions(run: DryRun, words: Words) -> Iterator[Block]:
    """Each question above the two answers to it."""
    if run.plan.asked:
        names = dict.fromkeys(clip_plain(asked.word, 40) for asked in run.plan.asked)
        yield from (RULE, said(words("import.ask_films", words=joined(names, ", ", 200))))
        yield Row(*_answers(run, _ANSWERS[:2], words))
    if run.plan.year_off:
        yield from (RULE, said(words("import.ask_same")))
        yield Row(*_answers(run, _ANSWERS[2:], words))


def _answers(run: DryRun, kinds: Iterable[type[ImportButton]], words: Words) -> list[ImportButton]:
    return [kind(run.import_id, words.plain(f"button.import_{kind.verb}")) for kind in kinds]


def _acts(run: DryRun, words: Words) -> Iterator[ImportButton]:
    if films := run.plan.films:
        yield TakeButton(run.import_id, words.count("button.import", len(films)))
    if unfinished := run.plan.unfinished:
        yield BeginDraftsButton(run.import_id, words.count("button.import_drafts", len(unfinished)))
    yield ForgetButton(run.import_id, words.plain("button.import_forget"))


def _file(name: str, content: bytes) -> discord.File:
    return discord.File(io.BytesIO(content), name)
