"""`/my picks`: films for one member, each with films of their own as its reason."""

import asyncio
from typing import Any, Final

import discord

from bot.domain.errors import StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.recommend.picks import Because, MemberPick, MemberPicks
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.card import ACCENT
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import NUMBER, PersistentButton, PersistentSelect
from bot.ui.kit.prose import clip_prose
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip, clip_name, clip_plain, clip_plain_name, isolated, joined, words_for
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
    if not found.picks:
        await edit_or_reply(interaction, words("picks.none", seen=Markup(interaction.client.tree.mention("seen"))))
        return
    embed, view = picks_screen(found, words, undo)
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, None, embed=embed, view=view)
    else:
        await reply(interaction, embed=embed, view=view, private=True)


async def pick_line(interaction: Interaction) -> Markup | None:
    """The first of the member's picks in a line, where there are any."""
    try:
        async with asyncio.timeout(_PATIENCE):
            found = await interaction.client.services.picks.of(owner_of(interaction), 1)
    except (TimeoutError, StorageUnavailable):  # what was asked for does without
        return None
    if not found.picks:
        return None
    words, [pick] = words_for(interaction.locale), found.picks
    name = clip_plain_name(pick.film.title, pick.film.year, 200)
    return words("picks.tonight", name=name, why=because_words(pick, words))


def picks_screen(found: MemberPicks, words: Words, undo: int | None = None) -> tuple[discord.Embed, discord.ui.View]:
    """The films with their reasons, a menu to open one, and one to turn one down."""
    lines = [_line(pick, words) for pick in found.picks]
    lines.append(words("picks.by_content" if found.by_content else "picks.by_club"))
    embed = discord.Embed(title=words("picks.title"), description=joined(lines, "\n\n", 4000), colour=ACCENT)
    films = tuple(pick.film for pick in found.picks)
    menus = (
        FilmSelect(words.plain("button.choose_film"), films),
        NotForMeSelect(words.plain("button.not_for_me"), films),
    )
    back = [] if undo is None else [UndoPickButton(undo, words.plain("button.undo"))]
    return embed, view_of(*menus, *back)


def because_words(pick: MemberPick, words: Words) -> Markup:
    """The reason: films of the member's own, never members."""
    said = [_because(each, words) for each in pick.because]
    if not said:
        return clip_prose(" ".join(pick.film.why.split()), 200)
    key = "picks.because_kept" if pick.because[0].rating is None else "picks.because"
    if len(said) == 1:
        return words(key, films=said[0])
    return words(key, films=words("kin.and", some=joined(said[:-1], ", ", 600), last=said[-1]))


def _line(pick: MemberPick, words: Words) -> Markup:
    name = words("tonight.name", name=clip_plain_name(pick.film.title, pick.film.year, 200))
    return words("tonight.line", heading=name, why=because_words(pick, words))


def _because(because: Because, words: Words) -> Markup:
    name = clip_plain(because.film.title, _TITLE)
    if because.rating is None:
        return Markup(f"*{name}*")
    return words("picks.rated", name=name, stars=Markup(stars(because.rating)))
