"""`/my shelf`: what a member wants and has seen, page by page, and whether the others may see it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import discord

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import ListChanged
from bot.domain.films.films import Film
from bot.domain.shelves.shelf_views import Part, ShelfOrder, Shelved, Year, bars, shelved, year_of
from bot.services.shelves import Shelf
from bot.ui.browse.browse import BrowseButton
from bot.ui.browse.facet_labels import filter_lines
from bot.ui.browse.state import BrowseState, still_known
from bot.ui.films.card import tag_words
from bot.ui.films.entries import film_entry
from bot.ui.kit.blocks import Block, Fixed, Line, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import Page, listing, page_size, show_page
from bot.ui.kit.persistent import PersistentButton, PersistentSelect
from bot.ui.kit.replies import Interaction, claim, run_or_defer
from bot.ui.kit.text import Markup, Words, words_for
from bot.ui.shelves.mark_lines import short_mark
from bot.ui.shelves.owners import owner_of, today

# Beside two ways to turn, the switch, two menus, and what is said below the films.
PER_PAGE: Final = page_size(buttons=3, menus=2, texts=1)
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
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.state = state

    async def press(self, interaction: Interaction) -> None:
        await show_shelf(interaction, ShelfState.decoded(self.state))


class ShelfMenu(PersistentSelect, template=f"shelf:(?P<verb>part|order):{_STATE}"):
    """Shows another part of the shelf, or another order."""

    def __init__(self, verb: str, state: str, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(discord.ui.Select[Any](custom_id=f"shelf:{verb}:{state}", options=list(options)))
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
        super().__init__(discord.ui.Button(label=label, custom_id=f"shelf:shown:{shown}"))
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
    await show_page(interaction, screen.layout(films, year))


class ShelfScreen:
    """What a state of the shelf looks like."""

    def __init__(
        self, found: Sequence[Shelved], state: ShelfState, shelf: Shelf, words: Words, *, is_alone: bool
    ) -> None:
        self._page = Page(found, state.page, PER_PAGE)
        self._state = replace(state, page=self._page.number)
        self._found, self._shelf, self._words, self._is_alone = found, shelf, words, is_alone

    def layout(self, films: Mapping[str, Film], year: Year | None) -> Layout:
        """The films to open, the year, who may see it, the pages, the switch, and what else to look at."""
        words = self._words
        entries = list[Block](
            film_entry(each.film, words, Line(words, "page.small", said=short_mark(each.mark, words)))
            for each in self._page.shown
        )
        empty = [] if entries else [BrowseButton("of", BrowseState().encoded(), words.plain("button.browse"))]
        notes = Text(*(Fixed(note) for note in self._notes(films, year)))
        return listing(self._head(), [*entries, notes], *empty, *self._buttons(), *self._menus())

    def _head(self) -> Text:
        words = self._words
        part = self._state.part
        only = filter_lines(self._state.wanted, words, [each.film for each in self._found])
        if part is not Part.ALL:
            only.insert(0, Line(words, f"shelf_part.{part.value}"))
        found = words.count("page.found", len(self._found))
        return self._page.head(words, Line(words, "shelf.title"), found, *only)

    def _notes(self, films: Mapping[str, Film], year: Year | None) -> Iterator[Markup]:
        words, is_first = self._words, self._page.number == 0
        if not self._found:
            yield words("shelf.empty")
        unlisted = sum(slug not in films for slug in self._shelf.marks)
        if unlisted and is_first:
            yield words.count("shelf.unlisted", unlisted)
        if year is not None and is_first:
            yield _year_words(year, words)
        who = "alone" if self._is_alone else "shown" if self._shelf.is_shown else "hidden"
        yield words(f"shelf.{who}")

    def _buttons(self) -> Iterator[discord.ui.Item[Any]]:
        say = self._words.plain
        for verb, turn in zip(("back", "next"), self._page.turns, strict=False):
            turned = replace(self._state, page=turn.page).encoded()
            yield ShelfPage(verb, turned, say(turn.label), disabled=turn.is_off)
        if not self._is_alone:
            wanted = "no" if self._shelf.is_shown else "yes"
            yield ShowMeButton(wanted, say(f"button.shelf_shown_{wanted}"))

    def _menus(self) -> Iterator[ShelfMenu]:
        state, words = self._state, self._words
        parts = [_option(f"shelf_part.{part.value}", part.value, words, part is state.part) for part in Part]
        yield ShelfMenu("part", state.encoded(), parts)
        if len(self._found) > 1:
            orders = [_option(f"shelf_order.{o.value}", o.value, words, o is state.order) for o in ShelfOrder]
            yield ShelfMenu("order", state.encoded(), orders)


def _option(key: str, value: str, words: Words, chosen: bool) -> discord.SelectOption:
    return discord.SelectOption(label=words.plain(key), value=value, default=chosen)


def _year_words(year: Year, words: Words) -> Markup:
    decades = ", ".join(words.plain("card.decade", decade=decade) for decade in year.decades)
    themes = ", ".join(tag_words(theme) for theme in year.themes)
    key = "shelf.year" if themes else "shelf.year_without_themes"
    return words(key, n=sum(year.months), bars=Markup(bars(year.months)), decades=decades, themes=themes)
