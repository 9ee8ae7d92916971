"""The films that a message names, on the screen."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.films.films import Film
from bot.ui.films.mentions import mentions_page
from tests.builders import film
from tests.strategies import LARGE, WORST, films, worst
from tests.ui import screens
from tests.ui.messages import Message, marks, refusals


def message(*named: Film) -> Message:
    return Message.of(view=mentions_page(named, screens.WORDS))


@LARGE
@given(films(), st.integers(1, 40))
def test_no_list_of_mentions_exceeds_a_limit_or_draws_anything(entry: Film, others: int) -> None:
    shown = message(entry, *(film(f"Film No {number}", 1950) for number in range(others)))
    assert refusals(shown) == []
    head, *entries = [marks(text.text).replace("*", "") for text in shown.texts() if text.place == "display"]
    assert (head, set(entries)) == ("##-#", {"-#"})


def test_the_worst_films_fit() -> None:
    assert refusals(message(*(worst(name) for name in WORST[:25]))) == []
