"""`/my shelf`: what a member wants and has seen, page by page, and whether the others may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import discord

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import ListChanged
from bot.domain.films.films import Film
from bot.domain.shelves.shelf_views import Part, ShelfOrder, Shelved, Year, bars, shelved, year_of
from bot.services.shelves import Shelf
from bot.ui.browse.facet_labels import filter_words
from bot.ui.browse.pager import still_known
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.card import ACCENT, tag_words
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton, PersistentSelect
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip_plain_name, joined, words_for
from bot.ui.shelves.mark_lines import short_mark
from bot.ui.shelves.owners import owner_of, today

PER_PAGE: Final = 10
_PARTS: Final = {part.value[0]: part for part in Part}
_ORDERS: Final = {order.value[0]: order for order in ShelfOrder}
_STATE: Final = rf"(?P<state>[{''.join(_PARTS)}][{''.join(_ORDERS)}]:\d{{1,4}}:[^:]{{0,71}})"


@dataclass(frozen=True)
class ShelfState:
    """One screen of a shelf. All of it stands in the custom ids, so that it outlives a restart."""

    part: Part = Part.ALL
    order: ShelfOrder = ShelfOrder.LATEST
    page: int = 0
    wanted: FilmFilter = FilmFilter()  # noqa: RUF009  # frozen

    def encoded(self) -> str:
        """At most 80 characters for a custom id."""
        return f"{self.part.value[0]}{self.order.value[0]}:{self.page}:{self.wanted.encoded()}"

    @classmethod
    def decoded(cls, encoded: str) -> Self:
        """What a match of the pattern says. Raises `ListChanged` for a filter that means nothing any more."""
        (part, order), page, wanted = encoded.split(":")
        return cls(_PARTS[part], _ORDERS[order], int(page), still_known(wanted))


class ShelfPage(PersistentButton, template=f"shelf:(?P<verb>back|next):{_STATE}"):
    """Turns a page."""

    def __init__(self, verb: str, state: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"shelf:{verb}:{state}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled, row=1))
        self.state = state

    async def press(self, interaction: Interaction) -> None:
        await show_shelf(interaction, ShelfState.decoded(self.state))


class ShelfMenu(PersistentSelect, template=f"shelf:(?P<verb>part|order):{_STATE}"):
    """Shows another part of the shelf, or another order."""

    def __init__(self, verb: str, state: str, options: Sequence[discord.SelectOption] = (), row: int = 2) -> None:
        menu = discord.ui.Select[Any](custom_id=f"shelf:{verb}:{state}", options=list(options), row=row)
        super().__init__(menu)
        self.verb = verb
        self.state = state

    async def choose(self, interaction: Interaction, value: str) -> None:
        state = replace(ShelfState.decoded(self.state), page=0)
        try:
            chosen = (
                replace(state, part=Part(value)) if self.verb == "part" else replace(state, order=ShelfOrder(value))
            )
        except ValueError:  # an old menu offers what there is not any more
            raise ListChanged from None
        await show_shelf(interaction, chosen)


class ShowMeButton(PersistentButton, template=r"shelf:shown:(?P<shown>yes|no)"):
    """Lets the others of the server see what the member wants and has seen, or no longer."""

    def __init__(self, shown: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"shelf:shown:{shown}", row=1))
        self.shown = shown

    async def press(self, interaction: Interaction) -> None:
        await claim(interaction, in_place=True)
        shelves, now = interaction.client.services.shelves, discord.utils.utcnow()
        await shelves.show(owner_of(interaction), now, shown=self.shown == "yes")
        await show_shelf(interaction, ShelfState())


CONTROLS: Final = (ShelfPage, ShelfMenu, ShowMeButton)


async def show_shelf(interaction: Interaction, state: ShelfState) -> None:
    """A page of the member's shelf, for nobody else."""
    words, owner, services = words_for(interaction.locale), owner_of(interaction), interaction.client.services
    shelf = await run_or_defer(interaction, services.shelves.of(owner), private=True)
    films = services.films.catalogue_for(None if owner.is_alone else owner.guild_id).by_slug
    found = shelved(shelf.marks, films, state.part, state.order, state.wanted)
    year = year_of(shelf.marks, films, today(interaction).year)
    screen = ShelfScreen(found, state, shelf, words, is_alone=owner.is_alone)
    embed, view = screen.embed(films, year), screen.view()
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, None, embed=embed, view=view)
    else:
        await reply(interaction, embed=embed, view=view, private=True)


class ShelfScreen:
    """What a state of the shelf looks like."""

    def __init__(
        self, found: Sequence[Shelved], state: ShelfState, shelf: Shelf, words: Words, *, is_alone: bool
    ) -> None:
        self._pages = max(1, -(-len(found) // PER_PAGE))
        page = min(state.page, self._pages - 1)
        self._state = replace(state, page=page)
        self._shown = found[page * PER_PAGE : (page + 1) * PER_PAGE]
        self._found, self._shelf, self._words, self._is_alone = found, shelf, words, is_alone

    def embed(self, films: Mapping[str, Film], year: Year | None) -> discord.Embed:
        """The lines, the year, and who may see it."""
        words = self._words
        lines = list[Markup]()
        if only := filter_words(self._state.wanted, words, [each.film for each in self._found]):
            lines.append(words("page.filters", filters=only))
        lines += [_line(each, words) for each in self._shown] or [words("shelf.empty")]
        unlisted = sum(slug not in films for slug in self._shelf.marks)
        if unlisted and self._state.page == 0:
            lines.append(words.count("shelf.unlisted", unlisted))
        if year is not None and self._state.page == 0:
            lines.append(_year_words(year, words))
        who = "alone" if self._is_alone else "shown" if self._shelf.is_shown else "hidden"
        lines.append(words(f"shelf.{who}"))
        title = words.plain(f"shelf_part.{self._state.part.value}")
        embed = discord.Embed(title=title, description=joined(lines, "\n", 4000), colour=ACCENT)
        return embed.set_footer(text=words.count("page.found", len(self._found)))

    def view(self) -> discord.ui.View:
        """The films to open, the pages, the switch, and what else to look at."""
        items = list[discord.ui.Item[Any]]()
        say, state = self._words.plain, self._state
        if self._shown:
            items.append(FilmSelect(say("button.choose_film"), [each.film for each in self._shown]))
        if self._pages > 1:
            turns = (("back", "button.previous", state.page - 1), ("next", "button.next", state.page + 1))
            for verb, key, page in turns:
                turned = replace(state, page=max(page, 0)).encoded()
                items.append(ShelfPage(verb, turned, say(key), disabled=not 0 <= page < self._pages))
        if not self._is_alone:
            wanted = "no" if self._shelf.is_shown else "yes"
            items.append(ShowMeButton(wanted, say(f"button.shelf_shown_{wanted}")))
        parts = [_option(f"shelf_part.{part.value}", part.value, self._words, part is state.part) for part in Part]
        orders = [_option(f"shelf_order.{o.value}", o.value, self._words, o is state.order) for o in ShelfOrder]
        items.append(ShelfMenu("part", state.encoded(), parts, 2))
        if len(self._found) > 1:
            items.append(ShelfMenu("order", state.encoded(), orders, 3))
        return view_of(*items)


def _option(key: str, value: str, words: Words, chosen: bool) -> discord.SelectOption:
    return discord.SelectOption(label=words.plain(key), value=value, default=chosen)


def _line(each: Shelved, words: Words) -> Markup:
    name = clip_plain_name(each.film.title, each.film.year, 120)
    return words("shelf.line", name=name, mark=short_mark(each.mark, words))


def _year_words(year: Year, words: Words) -> Markup:
    decades = ", ".join(words.plain("card.decade", decade=decade) for decade in year.decades)
    themes = ", ".join(tag_words(theme) for theme in year.themes)
    key = "shelf.year" if themes else "shelf.year_without_themes"
    return words(key, n=sum(year.months), bars=Markup(bars(year.months)), decades=decades, themes=themes)
