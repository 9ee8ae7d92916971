"""Why a film now."""

import datetime

import pytest

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.spotlight.occasions import Occasion, OccasionKind, occasion_of
from tests.builders import film

TODAY = datetime.date(2026, 12, 4)
OLD = datetime.date(2025, 1, 1)
PAIR = [{"slug": "knife-in-the-water-1962", "why": "Two boats."}]
KNIFE = film("Knife in the Water", 1962, trailers=[], added=OLD)
NEW_KNIFE = film("Knife in the Water", 1962, trailers=[], added=datetime.date(2026, 11, 20))
NIGHT, PAIRED = film(added=OLD), film(added=OLD, pairs_with=PAIR)


@pytest.mark.parametrize(
    ("one", "other", "latest", "wants", "told"),
    [
        (PAIRED, KNIFE, KNIFE.slug, 6, Occasion(OccasionKind.FOLLOWS, KNIFE)),
        (PAIRED, NEW_KNIFE, None, 6, Occasion(OccasionKind.WANTED, number=6)),
        (PAIRED, NEW_KNIFE, None, 1, Occasion(OccasionKind.NEW_PAIR, NEW_KNIFE)),
        (PAIRED, KNIFE, None, 0, None),
        (NIGHT, NEW_KNIFE, KNIFE.slug, 0, None),
        (film(year=1976, added=OLD), KNIFE, None, 0, Occasion(OccasionKind.BIRTHDAY, number=50)),
        (film(year=2026, added=OLD), KNIFE, None, 0, None),
    ],
)
def test_the_best_reason_is_told(one: object, other: object, latest: str | None, wants: int, told: object) -> None:
    seen = Catalogue.of((one, other))  # pyright: ignore[reportArgumentType]
    assert occasion_of(one, seen, latest, wants, TODAY) == told  # pyright: ignore[reportArgumentType]


def test_it_is_enough_that_one_of_two_names_the_other() -> None:
    seen = Catalogue.of((PAIRED, KNIFE))
    assert occasion_of(KNIFE, seen, PAIRED.slug, 0, TODAY) == Occasion(OccasionKind.FOLLOWS, PAIRED)
