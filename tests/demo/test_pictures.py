"""The demo's drawn stills: every letter of a name is there."""

import pytest

from bot.demo.pictures import Pictures
from tests.builders import film


def drawn(director: str) -> bytes:
    known = film(directors=[director])
    still = Pictures([known]).get(str(known.picture_address))
    assert still is not None
    return still[1]


@pytest.mark.parametrize(
    ("director", "alike"), [("Yasujirō Ozu", "Yasujiro Ozu"), ("Cătălin Mitulescu’s", "Catalin Mitulescu's")]
)
def test_a_letter_that_the_font_lacks_is_drawn_without_its_mark(director: str, alike: str) -> None:
    assert drawn(director) == drawn(alike)


def test_a_letter_that_the_font_has_keeps_its_mark() -> None:
    assert drawn("Agnès Varda") != drawn("Agnes Varda")
