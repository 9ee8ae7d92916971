"""The orders of a list."""

import pytest

from bot.domain.catalogue.orders import Order, in_order
from tests.builders import film

ZEBRA = film("The Zebra", 1990, runtime=80)
APPLE = film("An Apple", 1995, runtime=None)
MOON = film("Moon", 1980, runtime=120)
ELEVE = film("Élève", 1980, runtime=80)
LIST = [ZEBRA, APPLE, MOON, ELEVE]


@pytest.mark.parametrize(
    ("order", "films"),
    [
        (Order.NEWEST, [ZEBRA, APPLE, MOON, ELEVE]),
        (Order.TITLE, [APPLE, ELEVE, MOON, ZEBRA]),
        (Order.YEAR, [ELEVE, MOON, ZEBRA, APPLE]),
        (Order.LENGTH, [ELEVE, ZEBRA, MOON, APPLE]),
    ],
)
def test_a_list_is_put_in_order(order: Order, films: list[object]) -> None:
    assert list(in_order(LIST, order)) == films


def test_films_of_one_title_come_by_year() -> None:
    old, new = film("Solaris", 1972), film("Solaris", 2002)
    assert in_order([new, old], Order.TITLE) == (old, new)
