"""Browsing the list: pages of lines or of cards, and the controls that narrow, order and turn them."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.catalogue.facets import Facets
from bot.domain.catalogue.orders import Order
from bot.domain.errors import ListChanged, NothingMatches
from bot.domain.shelves.counts import NO_COUNTS
from bot.ui.browse.facet_labels import filter_lines
from bot.ui.browse.menus import Choice, order_options, read_choice, side_options, value_options
from bot.ui.browse.state import PER_PAGE, STATE, BrowseState, Look, still_known
from bot.ui.films.buttons import card_buttons
from bot.ui.films.entries import film_entry
from bot.ui.films.story import card_screen
from bot.ui.kit.blocks import RULE, Block, Joined, Line, Text, rows
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import Page, listing, show_page
from bot.ui.kit.persistent import PersistentButton, PersistentSelect
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Words, words_for

# How many films a page had in the version whose messages `OldBrowsePage` turns.
_OLD_PAGE: Final = 10


class BrowseButton(PersistentButton, template=f"browse:(?P<verb>back|next|look|of):{STATE}"):
    """Leads to the screen that stands in its custom id."""

    def __init__(self, verb: str, state: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"browse:{verb}:{state}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.state = state

    async def press(self, interaction: Interaction) -> None:
        await browse(interaction, BrowseState.decoded(self.state))


class OldBrowsePage(PersistentButton, template=r"films:browse:(?P<page>-?\d{1,4}):(?P<wanted>[^:]{0,71})"):
    """Turns the pages of messages from before the list could be narrowed on the screen."""

    def __init__(self, page: int, wanted: str) -> None:
        super().__init__(discord.ui.Button(label="-", custom_id=f"films:browse:{page}:{wanted}"))
        self.page = page
        self.wanted = wanted

    async def press(self, interaction: Interaction) -> None:
        first = self.page * _OLD_PAGE
        await browse(interaction, BrowseState(still_known(self.wanted)).turned(first // PER_PAGE))


class NarrowMenu(PersistentSelect, template=f"browse:by:{STATE}"):
    """Narrows the list by one side after another, and widens it again."""

    def __init__(self, state: str, options: Sequence[discord.SelectOption] = (), placeholder: str = "-") -> None:
        custom_id = f"browse:by:{state}"
        super().__init__(discord.ui.Select(placeholder=placeholder, custom_id=custom_id, options=list(options)))
        self.state = state

    async def choose(self, interaction: Interaction, value: str) -> None:
        state = BrowseState.decoded(self.state)
        try:
            chosen = read_choice(value)
            if chosen is not None and (chosen.value is not None or chosen.is_removal):
                state, chosen = state.narrowed(chosen.side, chosen.value), None
        except ValueError:  # an old menu offers what no film can have any more
            raise ListChanged from None
        await browse(interaction, state, chosen)


class OrderMenu(PersistentSelect, template=f"browse:sort:{STATE}"):
    """Puts the list in another order."""

    def __init__(self, state: str, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(discord.ui.Select[Any](custom_id=f"browse:sort:{state}", options=list(options)))
        self.state = state

    async def choose(self, interaction: Interaction, value: str) -> None:
        await browse(interaction, BrowseState.decoded(self.state).ordered(Order(value)))


CONTROLS: Final = (BrowseButton, OldBrowsePage, NarrowMenu, OrderMenu)


async def browse(interaction: Interaction, state: BrowseState, opened: Choice | None = None) -> None:
    """Show the screen, with the values of one side to choose from where one is opened.

    Raises `NothingMatches`, or `ListChanged` where what was pressed had promised films.
    """
    words = words_for(interaction.locale)
    seen = await interaction.client.services.films.facets(interaction.guild_id, state.wanted, state.order)
    if not seen.fitting:
        raise ListChanged if interaction.type is discord.InteractionType.component else NothingMatches
    await show_page(interaction, Screen(seen, state, words).layout(opened))


class Screen:
    """What a state of browsing looks like; `seen` is in its order."""

    def __init__(self, seen: Facets, state: BrowseState, words: Words) -> None:
        self._page = Page(seen.fitting, state.page, state.per_page)
        self._seen = seen
        self._state = state.turned(self._page.number)
        self._words = words

    def layout(self, opened: Choice | None = None) -> Layout:
        """The lines or the card, and the controls below."""
        below = (*self._buttons(), *self._narrowing(opened), *self._ordering())
        if self._state.look is Look.LINES:
            entries = [film_entry(film, self._words) for film in self._page.shown]
            return listing(self._head(), entries, *below)
        return Layout([*self._card(), RULE, *rows(*below)])

    def _head(self) -> Text:
        words, films = self._words, self._seen.fitting
        only = filter_lines(self._state.wanted, words, films)
        return self._page.head(words, Line(words, "page.browse_title"), words.count("page.found", len(films)), *only)

    def _card(self) -> list[Block]:
        """The film with its buttons, and in small print where in the list it stands."""
        words, [film] = self._words, self._page.shown
        place = Line(words, "browse.place", number=self._page.number + 1, total=self._page.pages)
        only = filter_lines(self._state.wanted, words, self._seen.fitting)
        return [
            *card_screen(film, words, NO_COUNTS, card_buttons(film, words, private=True), folded=True),
            RULE,
            Text(Joined(place, *only)),
        ]

    def _buttons(self) -> list[BrowseButton]:
        state, say = self._state, self._words.plain
        turns = [
            BrowseButton(verb, state.turned(turn.page).encoded(), say(turn.label), disabled=turn.is_off)
            for verb, turn in zip(("back", "next"), self._page.turns, strict=False)
        ]
        other = state.in_other_look()
        return [*turns, BrowseButton("look", other.encoded(), say(f"button.as_{other.look.value}"))]

    def _narrowing(self, opened: Choice | None) -> list[NarrowMenu]:
        asked, say = self._state.wanted.asked, self._words.plain
        if opened is None:
            options = side_options(self._seen, asked, self._words)
            placeholder = say("browse.narrow")
        else:
            options = value_options(self._seen, opened.side, opened.skip, self._words)
            placeholder = say("browse.which", side=say(f"filter.{opened.side.value}"))
        return [NarrowMenu(self._state.encoded(), options, placeholder)] if options else []

    def _ordering(self) -> list[OrderMenu]:
        if len(self._seen.fitting) == 1:
            return []
        return [OrderMenu(self._state.encoded(), order_options(self._state.order, self._words))]
