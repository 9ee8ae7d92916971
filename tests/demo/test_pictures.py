"""The demo's drawn stills: every letter of a name is there."""

import pytest

from bot.demo.pictures import Pictures
from tests.builders import film


def drawn(title: str) -> bytes:
    known = film(title)
    still = Pictures([known]).get(str(known.picture_address))
    assert still is not None
    return still[1]


@pytest.mark.parametrize(
    ("title", "alike"), [("Yasujirō Ozu", "Yasujiro Ozu"), ("Cătălin Mitulescu’s", "Catalin Mitulescu's")]
)
def test_a_letter_that_the_font_lacks_is_drawn_without_its_mark(title: str, alike: str) -> None:
    assert drawn(title) == drawn(alike)


def test_a_letter_that_the_font_has_keeps_its_mark() -> None:
    assert drawn("Agnès Varda") != drawn("Agnes Varda")
