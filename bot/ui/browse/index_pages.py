"""Ways into the list: its themes, its directors, and what came last."""

import datetime
from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.catalogue.facets import Facets, most_first
from bot.domain.catalogue.filters import Facet, FilmFilter
from bot.domain.errors import NothingMatches
from bot.domain.films.films import Film
from bot.ui.browse.browse import NarrowMenu
from bot.ui.browse.facet_labels import value_names
from bot.ui.browse.pager import Pager, turn
from bot.ui.browse.state import BrowseState
from bot.ui.films.card import ACCENT, film_line
from bot.ui.kit.limits import OPTIONS
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Markup, Words, clip, clip_plain, isolated, joined, words_for

_NAME: Final = 120  # of each value, so that 25 lines fit into an embed
_VERBS: Final = ("back", "next")


class WayPage(PersistentButton, template=r"films:ways:(?P<side>theme|director):(?P<page>\d{1,5}):(?P<verb>back|next)"):
    """Turns to a page of the themes or of the directors."""

    def __init__(self, side: Facet, page: int, verb: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"films:ways:{side.value}:{page}:{verb}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled, row=1))
        self.side = side
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_values(interaction, self.side, self.page)


class NewPage(PersistentButton, template=r"films:new:(?P<page>\d{1,5}):(?P<verb>back|next)"):
    """Turns to a page of what came last."""

    def __init__(self, page: int, verb: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"films:new:{page}:{verb}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled, row=1))
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_new(interaction, self.page)


CONTROLS: Final = (WayPage, NewPage)


async def show_values(interaction: Interaction, side: Facet, page: int = 0) -> None:
    """A page of the themes or directors of the list, and a menu that leads to the films of each.

    Raises `NothingMatches` for a list on which there is none.
    """
    words = words_for(interaction.locale)
    seen = await interaction.client.services.films.facets(interaction.guild_id, FilmFilter())
    embed, view = values_screen(seen, side, page, words)
    await turn(interaction, embed=embed, view=view)


async def show_new(interaction: Interaction, page: int = 0) -> None:
    """A page of the films by the day they came. Raises `NothingMatches` for an empty list."""
    known = interaction.client.services.films
    overlay = known.overlay(interaction.guild_id) if interaction.guild_id is not None else None
    own = set(overlay.own.by_slug) - known.catalogue.by_slug.keys() if overlay else set[str]()
    films = known.catalogue_for(interaction.guild_id).films
    embed, view = new_screen(films, own, page, words_for(interaction.locale))
    await turn(interaction, embed=embed, view=view)


def values_screen(seen: Facets, side: Facet, page: int, words: Words) -> tuple[discord.Embed, discord.ui.View]:
    """What `show_values` shows."""
    counts = seen.counts[side]
    names = value_names(side, counts, seen.fitting, words)
    values = most_first(counts, names)
    if not values:
        raise NothingMatches
    pages = -(-len(values) // OPTIONS)
    page = min(page, pages - 1)
    shown = values[page * OPTIONS : (page + 1) * OPTIONS]
    many = {value: words.count("page.found", counts[value]) for value in shown}
    lines = [words("ways.line", name=clip_plain(names[value], _NAME), films=many[value]) for value in shown]
    embed = discord.Embed(
        title=words.plain(f"ways_title.{side.value}"), description=joined(lines, "\n", 4090), colour=ACCENT
    )
    found = words.count(f"ways_count.{side.value}", len(values))
    embed.set_footer(text=words.plain("page.footer", page=page + 1, pages=pages, found=found))
    options = [
        discord.SelectOption(label=isolated(clip(names[value], 98)), value=f"{side}={value}", description=many[value])
        for value in shown
    ]
    menu = NarrowMenu(BrowseState().encoded(), options, words.plain("ways.choose"), row=0)
    turns = [
        WayPage(side, max(page + step, 0), verb, words.plain(key), disabled=not 0 <= page + step < pages)
        for verb, step, key in (("back", -1, "button.previous"), ("next", 1, "button.next"))
    ]
    return embed, view_of(menu, *(turns if pages > 1 else ()))


def new_screen(films: Sequence[Film], own: set[str], page: int, words: Words) -> tuple[discord.Embed, discord.ui.View]:
    """What `show_new` shows; `own` are the slugs of films that only this server has."""
    pager = Pager(films, page, words)
    lines: list[Markup] = []
    day: datetime.date | None = None
    for film in pager.shown:
        if film.added != day:
            day = film.added
            lines.append(words("new.day", day=_day(day)))
        line = film_line(film, words, 330)
        lines.append(words("new.own", line=line) if film.slug in own else line)
    turns = [
        NewPage(max(number, 0), verb, words.plain(key), disabled=disabled)
        for verb, (number, key, disabled) in zip(_VERBS, pager.turns(), strict=False)
    ]
    return pager.embed_of(words.plain("new.title"), lines), view_of(pager.menu(), *turns)


def _day(day: datetime.date) -> Markup:
    """The day as Discord writes it for each reader: its noon, which is the same day nearly everywhere."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return Markup(discord.utils.format_dt(noon, "D"))
