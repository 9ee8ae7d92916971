"""The audit of a server's trailers: a bar that moves at a humane rate, then the ones that no longer play."""

import asyncio
import contextlib
import datetime
from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.curation.audits import Finding, Health, trailers_in
from bot.domain.films.films import Film
from bot.ui.curation.draft_start import edit
from bot.ui.kit.actors import actor_of
from bot.ui.kit.attempts import attempt
from bot.ui.kit.blocks import RULE, Block, Fixed, Line, Row, Section, Text, said
from bot.ui.kit.layout import Layout, fitting
from bot.ui.kit.limits import OPTION, OPTIONS
from bot.ui.kit.persistent import FilmButton, Menu
from bot.ui.kit.replies import Interaction, reply
from bot.ui.kit.text import Markup, Words, clip_name, isolated, words_for

# Discord takes edits for fifteen minutes; five edits in five seconds are as many as it likes.
_LIMIT: Final = 13 * 60
_PAUSE: Final = datetime.timedelta(seconds=2)
_BAR: Final = 12
_OF_ONE: Final = 2  # a film has one trailer as a rule


class EditButton(FilmButton, verb="edit"):
    """Opens the panel of the film that it stands beside."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await edit(interaction, film.slug)


class EditSelect(Menu, name="film:edit"):
    """Opens the panel of a film that a list names."""

    def __init__(self, placeholder: str = "-", films: Sequence[Film] = ()) -> None:
        options = [
            discord.SelectOption(label=isolated(clip_name(film.title, film.year, OPTION - 2)), value=film.slug)
            for film in films
        ]
        super().__init__(placeholder, options)

    async def choose(self, interaction: Interaction, value: str) -> None:
        await edit(interaction, value)


async def audit(interaction: Interaction) -> None:
    """Ask the providers about every trailer on this server's list."""
    services, actor = interaction.client.services, actor_of(interaction)
    services.guilds.require_curator(actor)
    words, films = words_for(interaction.locale), services.films.catalogue_for(actor.guild_id).films
    total = trailers_in(films)
    if not total:
        await reply(interaction, words("audit.none"), private=True)
        return
    await reply(interaction, _progress(0, total, words), private=True)
    findings: list[Finding] = []
    shown = discord.utils.utcnow()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LIMIT), contextlib.aclosing(services.audits.audit(films)) as answers:
            async for finding in answers:
                findings.append(finding)
                if (now := discord.utils.utcnow()) - shown >= _PAUSE:
                    shown = now
                    progress = _progress(len(findings), total, words)
                    await attempt(interaction.edit_original_response(content=progress), "the progress of a check")
    await interaction.edit_original_response(content=None, view=result_layout(findings, total, words))


def _progress(done: int, total: int, words: Words) -> Markup:
    full = done * _BAR // total
    return words("audit.progress", bar="▰" * full + "▱" * (_BAR - full), done=done, total=total)


def result_layout(findings: Sequence[Finding], total: int, words: Words) -> Layout:
    """How many trailers play, and each film of which one does not, with its *Edit*; in a menu where there are many."""
    bad = [finding for finding in findings if finding.health.is_bad]
    unknown = sum(finding.health is Health.UNKNOWN for finding in findings) + total - len(findings)
    fine = words.count("audit.fine", total - len(bad) - unknown, total=total)
    head = [words("audit.title"), fine, *([words.count("audit.unknown", unknown)] if unknown else [])]
    films = {finding.film.slug: finding.film for finding in bad}
    menu = EditSelect(words.plain("button.choose_edit"))
    frame: list[Block] = [Text(*map(Fixed, head)), RULE, said(words.count("audit.bad", len(bad))), Row(menu)]
    shown = list(films.values())[: fitting(frame)]
    others = list(films.values())[len(shown) :][:OPTIONS]
    return Layout(
        [
            *(frame[:3] if bad else frame[:1]),
            *(_film(film, [each for each in bad if each.film.slug == film.slug], words) for film in shown),
            *([Row(EditSelect(words.plain("button.choose_edit"), others))] if others else []),
        ]
    )


def _film(film: Film, bad: Sequence[Finding], words: Words) -> Section:
    lines = [
        words(
            "audit.line",
            what=words(f"health.{finding.health.value}"),
            address=Markup(f"<{finding.trailer.address(at=0)}>"),  # the brackets keep Discord from drawing it
        )
        for finding in bad[:_OF_ONE]
    ]
    name = Line(words, "audit.film", name=film.name)
    return Section((name, *map(Fixed, lines)), EditButton(film.slug, words.plain("button.edit")))
