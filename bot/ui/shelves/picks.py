"""`/my picks`: films for one member, each with films of their own as its reason."""

import asyncio
from typing import Any, Final

import discord

from bot.domain.errors import StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.recommend.picks import Because, MemberPick, MemberPicks
from bot.ui.browse.browse import BrowseButton
from bot.ui.browse.state import BrowseState
from bot.ui.films.entries import film_entry
from bot.ui.kit.blocks import Line, Row, Section, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import listing, show_page
from bot.ui.kit.persistent import NUMBER, PersistentButton, PersistentSelect
from bot.ui.kit.replies import Interaction, claim, run_or_defer
from bot.ui.kit.text import Markup, Words, clip, clip_name, clip_plain, isolated, joined, words_for
from bot.ui.shelves.mark_lines import stars
from bot.ui.shelves.owners import owner_of

_OPTION: Final = 100
_TITLE: Final = 120
_PATIENCE: Final = 0.5  # seconds


class NotForMeSelect(PersistentSelect, template="mark:down"):
    """Turns a film down, and shows others."""

    def __init__(self, placeholder: str = "-", films: tuple[Film, ...] = ()) -> None:
        options = [
            discord.SelectOption(
                label=isolated(clip_name(film.title, film.year, _OPTION - 2)),
                value=film.slug,
                description=isolated(clip(", ".join(film.directors), _OPTION - 2)),
            )
            for film in films
        ]
        super().__init__(discord.ui.Select[Any](placeholder=placeholder, custom_id="mark:down", options=options))

    async def choose(self, interaction: Interaction, value: str) -> None:
        await claim(interaction, in_place=True)
        services = interaction.client.services
        film = await services.films.get(value, interaction.guild_id)
        turned_down = await services.shelves.turn_down(owner_of(interaction), film.slug, discord.utils.utcnow())
        await show_picks(interaction, turned_down.number)


class UndoPickButton(PersistentButton, template=f"mark:up:{NUMBER}"):
    """Takes back that a film was turned down, and shows the picks anew."""

    def __init__(self, number: int, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"mark:up:{number}"))
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        await claim(interaction, in_place=True)
        shelves, now = interaction.client.services.shelves, discord.utils.utcnow()
        await shelves.undo(owner_of(interaction), self.number, now)
        await show_picks(interaction)


async def show_picks(interaction: Interaction, undo: int | None = None) -> None:
    """Five films, or what to do so that there are some; `undo` takes back that another was turned down."""
    words = words_for(interaction.locale)
    work = interaction.client.services.picks.of(owner_of(interaction))
    found = await run_or_defer(interaction, work, private=True)
    if found.picks:
        await show_page(interaction, picks_page(found, words, undo))
    else:
        await show_page(interaction, no_picks_page(words, Markup(interaction.client.tree.mention("seen"))))


async def pick_entry(interaction: Interaction) -> Section | None:
    """The first of the member's picks, where there are any, to be shown below other films."""
    try:
        async with asyncio.timeout(_PATIENCE):
            found = await interaction.client.services.picks.of(owner_of(interaction), 1)
    except (TimeoutError, StorageUnavailable):  # what was asked for does without
        return None
    if not found.picks:
        return None
    words, [pick] = words_for(interaction.locale), found.picks
    entry = _entry(pick, words)
    return Section((Line(words, "picks.tonight"), *entry.lines), entry.beside)


def picks_page(found: MemberPicks, words: Words, undo: int | None = None) -> Layout:
    """The films with their reasons, what the reasons go by, and a menu to turn one down."""
    entries = [_entry(pick, words) for pick in found.picks]
    by = Text(Line(words, "picks.by_content" if found.by_content else "picks.by_club"))
    films = tuple(pick.film for pick in found.picks)
    back = [] if undo is None else [UndoPickButton(undo, words.plain("button.undo"))]
    menu = NotForMeSelect(words.plain("button.not_for_me"), films)
    return listing(Text(Line(words, "picks.title")), [*entries, by], menu, *back)


def no_picks_page(words: Words, seen: Markup) -> Layout:
    """What to do so that there are some."""
    browse = BrowseButton("of", BrowseState().encoded(), words.plain("button.browse"))
    return Layout([Text(Line(words, "picks.title"), Line(words, "picks.none", seen=seen)), Row(browse)])


def because_words(pick: MemberPick, words: Words) -> Markup:
    """The reason, of a pick that has one: films of the member's own, never members."""
    said = [_because(each, words) for each in pick.because]
    key = "picks.because_kept" if pick.because[0].rating is None else "picks.because"
    if len(said) == 1:
        return words(key, films=said[0])
    return words(key, films=words("kin.and", some=joined(said[:-1], ", ", 600), last=said[-1]))


def _entry(pick: MemberPick, words: Words) -> Section:
    because = because_words(pick, words) if pick.because else None
    return film_entry(pick.film, words, *([Line(words, "page.small", said=because)] if because else []))


def _because(because: Because, words: Words) -> Markup:
    name = clip_plain(because.film.title, _TITLE)
    if because.rating is None:
        return Markup(f"*{name}*")
    return words("picks.rated", name=name, stars=Markup(stars(because.rating)))
