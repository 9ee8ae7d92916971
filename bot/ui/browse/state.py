"""What a member is looking at while browsing. All of it stands in the custom ids, so it outlives a restart."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.catalogue.filters import Facet, FilmFilter
from bot.domain.catalogue.orders import Order
from bot.domain.errors import ListChanged
from bot.ui.kit.pages import page_size

LAST_PAGE: Final = 99_999
# Of lines: below them stand two ways to turn, the look, the narrowing menu and the order.
PER_PAGE: Final = page_size(buttons=3, menus=2)
_EVERYTHING: Final = FilmFilter()
_ORDERS: Final = {order.value[0]: order for order in Order}


class Look(StrEnum):
    """How films are shown: one card on a page, or a line for each of several."""

    LINES = "lines"
    CARDS = "cards"


_LOOKS: Final = {look.value[0]: look for look in Look}
# With the longest verb, "browse:back:", the longest state makes exactly the 100 characters of a custom id.
STATE: Final = rf"(?P<state>\d{{1,5}}:[{''.join(_ORDERS)}][{''.join(_LOOKS)}]:[^:]{{0,79}})"


@dataclass(frozen=True)
class BrowseState:
    """One screen of the list."""

    wanted: FilmFilter = _EVERYTHING
    page: int = 0
    order: Order = Order.NEWEST
    look: Look = Look.LINES

    @property
    def per_page(self) -> int:
        """How many films a page holds."""
        return 1 if self.look is Look.CARDS else PER_PAGE

    def encoded(self) -> str:
        """At most 88 characters for a custom id."""
        return f"{min(self.page, LAST_PAGE)}:{self.order.value[0]}{self.look.value[0]}:{self.wanted.encoded()}"

    @classmethod
    def decoded(cls, encoded: str) -> "BrowseState":
        """What a match of `STATE` says. Raises `ListChanged` for a filter that means nothing any more."""
        page, (order, look), wanted = encoded.split(":")
        return cls(still_known(wanted), int(page), _ORDERS[order], _LOOKS[look])

    def narrowed(self, side: Facet, value: str | None) -> "BrowseState":
        """The first page with this asked of that side, or with nothing. Raises `ValueError`."""
        return replace(self, wanted=self.wanted.narrowed(side, value), page=0)

    def ordered(self, order: Order) -> "BrowseState":
        """The first page in another order."""
        return replace(self, order=order, page=0)

    def turned(self, page: int) -> "BrowseState":
        """Another page."""
        return replace(self, page=max(page, 0))

    def in_other_look(self) -> "BrowseState":
        """The page that begins with, or holds, the film that the page now begins with."""
        first = self.page * self.per_page
        other = replace(self, look=Look.LINES if self.look is Look.CARDS else Look.CARDS)
        return replace(other, page=first // other.per_page)


def still_known(encoded: str) -> FilmFilter:
    """The filter in a custom id. Raises `ListChanged` for one that asks for something which is no longer there."""
    try:
        return FilmFilter.decoded(encoded)
    except ValueError:
        raise ListChanged from None
