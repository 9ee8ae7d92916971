"""How far a list can still be narrowed: every value that films have, and how many films it would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bot.domain.catalogue.filters import Facet, FilmFilter, values_of
from bot.domain.catalogue.orders import Order, in_order
from bot.domain.films.films import Film

# How many films of a list have each value of each side.
Counts: TypeAlias = Mapping[Facet, Counter[str]]

NO_COUNTS: Final[Counts] = {side: Counter() for side in Facet}


@dataclass(frozen=True)
class Facets:
    """A list seen through a filter.

    `fitting` is what the filter leaves, in the order of the list. `counts` holds for each side the values that
    would leave any film if they were asked for beside all *other* sides, and how many. `without` holds for each
    side that is asked how many films there would be if it were not.
    """

    fitting: tuple[Film, ...]
    counts: Mapping[Facet, Mapping[str, int]]
    without: Mapping[Facet, int]

    @property
    def open_sides(self) -> tuple[Facet, ...]:
        """The sides that nothing is asked of and that can still tell the films apart."""
        total = len(self.fitting)
        unasked = (side for side in Facet if side not in self.without)
        return tuple(side for side in unasked if any(count < total for count in self.counts[side].values()))

    def ordered(self, order: Order) -> "Facets":
        """The same with the films in another order than that of the list."""
        return replace(self, fitting=in_order(self.fitting, order))


def recounted(counts: Counts, gone: Iterable[Film], put: Iterable[Film]) -> Counts:
    """The counts of a list after films have gone and others have come."""
    leaving, coming = tuple(gone), tuple(put)
    after = {side: Counter(counts[side]) for side in Facet}
    for side, counter in after.items():
        counter.subtract(value for film in leaving for value in values_of(film, side))
        counter.update(value for film in coming for value in values_of(film, side))
    return {side: +counter for side, counter in after.items()}


def facets(films: Iterable[Film], wanted: FilmFilter) -> Facets:
    """Look at every film once.

    A film that fails on no side counts for all of them; one that fails on a single side counts for that side
    only, because another value there might let it in.
    """
    asked = {Facet(side): value for side, value in wanted.asked.items()}
    fitting: list[Film] = []
    counts: dict[Facet, Counter[str]] = {side: Counter() for side in Facet}
    without = dict.fromkeys(asked, 0)
    for film in films:
        values = {side: values_of(film, side) for side in Facet}
        failed = [side for side, value in asked.items() if value not in values[side]]
        if len(failed) > 1:
            continue
        if not failed:
            fitting.append(film)
        for side in failed or Facet:
            counts[side].update(values[side])
        for side in failed or asked:
            without[side] += 1
    return Facets(tuple(fitting), counts, without)


def most_first(counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[str, ...]:
    """The values, those that leave most films first, equal ones by name."""
    return tuple(sorted(counts, key=lambda value: (-counts[value], names[value].casefold(), value)))
