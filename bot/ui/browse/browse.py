"""Browsing the list: pages of lines or of cards, and the controls that narrow, order and turn them.

A message has five rows. A page of lines uses four: its films, the ways to turn and the look, the narrowing menu, the
order. On a page that is a card, the card's own buttons stand in place of the menu of films.
"""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.catalogue.facets import Facets
from bot.domain.catalogue.orders import Order
from bot.domain.errors import ListChanged, NothingMatches
from bot.ui.browse.facet_labels import filter_words
from bot.ui.browse.menus import Choice, order_options, read_choice, side_options, value_options
from bot.ui.browse.pager import Pager, still_known, turn
from bot.ui.browse.state import STATE, BrowseState, Look
from bot.ui.films.buttons import card_buttons
from bot.ui.films.card import film_card
from bot.ui.films.counts import mark_buttons
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton, PersistentSelect
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Markup, Words, words_for

# Rows of a message; the first belongs to the films.
_TURNS, _NARROW, _ORDER, _MARKS = 1, 2, 3, 4


class BrowseButton(PersistentButton, template=f"browse:(?P<verb>back|next|look):{STATE}"):
    """Leads to the screen that stands in its custom id."""

    def __init__(self, verb: str, state: str, label: str = "-", *, disabled: bool = False) -> None:
        custom_id = f"browse:{verb}:{state}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled, row=_TURNS))
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
        await browse(interaction, BrowseState(still_known(self.wanted)).turned(self.page))


class NarrowMenu(PersistentSelect, template=f"browse:by:{STATE}"):
    """Narrows the list by one side after another, and widens it again."""

    def __init__(
        self, state: str, options: Sequence[discord.SelectOption] = (), placeholder: str = "-", row: int = _NARROW
    ) -> None:
        custom_id = f"browse:by:{state}"
        super().__init__(
            discord.ui.Select(placeholder=placeholder, custom_id=custom_id, options=list(options), row=row)
        )
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
        select: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"browse:sort:{state}", options=list(options), row=_ORDER
        )
        super().__init__(select)
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
    screen = Screen(seen, state, words)
    await turn(interaction, screen.content(), embed=screen.embed(), view=screen.view(opened))


class Screen:
    """What a state of browsing looks like; `seen` is in its order. Raises `NothingMatches` for an empty list."""

    def __init__(self, seen: Facets, state: BrowseState, words: Words) -> None:
        self._pager = Pager(seen.fitting, state.page, words, state.per_page)
        self._seen = seen
        self._state = state.turned(self._pager.page)
        self._words = words
        self._only = filter_words(state.wanted, words, seen.fitting)

    def content(self) -> Markup | None:
        """The film of a card for those who see no embeds, and where in the list it stands; nothing above lines."""
        if self._state.look is Look.LINES:
            return None
        [film] = self._pager.shown
        place = self._words("browse.place", number=self._pager.page + 1, total=self._pager.pages)
        heading = film_card(film, self._words).content
        return Markup("\n".join([*([f"-# {self._only}"] if self._only else []), f"-# {place}", heading]))

    def embed(self) -> discord.Embed:
        """The lines, or the card."""
        if self._state.look is Look.CARDS:
            return film_card(self._pager.shown[0], self._words).embed
        return self._pager.embed(self._words.plain("page.browse_title"), self._only)

    def view(self, opened: Choice | None = None) -> discord.ui.View:
        """The controls below it."""
        if self._state.look is Look.CARDS:
            [film] = self._pager.shown
            films = card_buttons(film, self._words, private=True) + mark_buttons(film, self._words, row=_MARKS)
        else:
            films = [self._pager.menu()]
        return view_of(*films, *self._buttons(), *self._narrowing(opened), *self._ordering())

    def _buttons(self) -> list[BrowseButton]:
        state, say = self._state, self._words.plain
        verbs = ("back", "next")
        turns = [
            BrowseButton(verb, state.turned(page).encoded(), say(key), disabled=disabled)
            for verb, (page, key, disabled) in zip(verbs, self._pager.turns(), strict=False)
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
