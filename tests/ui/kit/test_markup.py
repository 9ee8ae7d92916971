"""What a film says is shown letter for letter: nothing in it is drawn, mentions anybody or turns a line round."""

import re

import pytest
from hypothesis import given

from bot.domain.films.films import Film
from bot.domain.films.marked_titles import MARKED_TITLE, texts_with_titles
from bot.ui.browse.state import BrowseState
from bot.ui.films.option import choice_name
from bot.ui.kit.text import opening, plain
from tests.builders import film
from tests.strategies import LARGE, PROPERTY, WORST, films, lines, named_films, worst
from tests.ui import screens
from tests.ui.messages import Message, marks, turned

TAME = film("Night Train", 1959)
TITLES = [screens.WORDS(f"card.{key}") for key in ("why", "story", "notes", "notes_none", "praise_title")]


def drawn(message: Message) -> dict[str, str]:
    """The marks in each text that Discord draws, where there are any."""
    found = {shown.place: marks(shown.text) for shown in message.texts() if shown.is_drawn}
    return {place: there for place, there in found.items() if there}


def is_tame(message: Message, entry: Film) -> bool:
    """Whether nothing of what the film says is drawn but titles that its texts mark."""
    titles = sum(len(MARKED_TITLE.findall(text)) for _, text in texts_with_titles(entry))
    there = "".join(marks(foreign(shown.text)) for shown in message.texts() if shown.is_drawn)
    return set(there) <= {"*"} and len(there) % 2 == 0 and len(there) <= 2 * titles


def foreign(text: str) -> str:
    """What the film says in a text of its card, without the card's own marks."""
    lines = [line for line in text.split("\n") if line not in TITLES]
    return "\n".join(re.sub(r"^(?:## |-# |\|\| (?=.* \|\|$))|(?<=.) \|\|$", "", line) for line in lines)


def turned_in(entry: Film) -> dict[str, list[str]]:
    found = {shown.place: turned(shown.text) for message in screens.all_of(entry) for shown in message.texts()}
    return {place: there for place, there in found.items() if there}


@LARGE
@given(films())
def test_nothing_that_a_film_says_is_drawn_on_its_card(entry: Film) -> None:
    assert is_tame(screens.card(entry, private=True), entry)
    assert is_tame(screens.whole_story(entry), entry)


@pytest.mark.parametrize("name", WORST)
def test_nothing_that_the_worst_films_say_is_drawn_on_their_cards(name: str) -> None:
    assert is_tame(screens.card(worst(name), private=False), worst(name))


@LARGE
@given(films())
def test_nothing_that_a_film_says_is_drawn_in_its_thread(entry: Film) -> None:
    card, *trailer, invitation = screens.opening(entry)
    asked = film(prompts=[f"Why {number}?" for number in range(len(entry.prompts))])
    assert is_tame(card, entry)
    if not any(MARKED_TITLE.search(prompt) for prompt in entry.prompts):
        assert drawn(invitation) == drawn(screens.opening(asked)[-1])
    assert [message.content for message in trailer] == [video.address() for video in entry.trailers[:1]]


def drawn_in_list(message: Message) -> list[str]:
    """The marks in the heading of a list, and in each of its entries."""
    return [marks(shown.text) for shown in message.texts() if shown.place == "display"]


@PROPERTY
@given(named_films())
def test_nothing_that_a_film_says_is_drawn_in_a_list(entry: Film) -> None:
    head, *entries = drawn_in_list(screens.browse_page([entry, TAME], BrowseState()))
    titles = len(MARKED_TITLE.findall(opening(entry.why, 90)))
    assert (head, entries) == ("##-#", ["****-#" + "**" * titles, "****-#"])


@PROPERTY
@given(lines(60))
def test_nothing_that_is_searched_for_is_drawn(query: str) -> None:
    assert drawn_in_list(screens.search_page([TAME], 0, query)) == ["##-#", "****-#"]


@PROPERTY
@given(lines(300))
def test_plain_text_is_drawn_as_it_is(text: str) -> None:
    assert marks(plain(text)) == ""


@PROPERTY
@given(lines(300))
def test_plain_text_still_says_what_was_typed(text: str) -> None:
    shown = re.sub(r"\\([^\w\s]|_)", r"\1", plain(text)).replace("\u200b", "")
    assert shown.removeprefix("\u2068").removesuffix("\u2069") == text


@LARGE
@given(films())
def test_right_to_left_text_keeps_to_itself(entry: Film) -> None:
    assert turned_in(entry) == {}
    assert turned(choice_name(entry)) == []


@pytest.mark.parametrize("text", ["فيلم طويل", "ילדים", "𞤀𞤣𞤤𞤢𞤥", "ߒߞߏ", "ܣܘܪܝܝܐ"])
@pytest.mark.parametrize("longest", [False, True])
def test_right_to_left_text_of_every_script_keeps_to_itself(text: str, longest: bool) -> None:
    def said(limit: int) -> str:
        return (f"{text} " * limit)[:limit].strip() if longest else text

    entry = film(
        said(150),
        directors=[said(150)],
        curator=said(150),
        why=f"{said(150)}\n\n{said(150)}",
        synopsis={"text": said(1500), "source": said(149)},
        content_notes=[said(120)],
        praise=[{"listed_as": said(120), "publication": said(150), "year": 2012}],
        prompts=[said(300)],
        trailers=[
            {"provider": "youtube", "id": "0MYFOzP6Xns", "label": said(120), "moments": [{"at": 1, "note": said(120)}]}
        ],
    )
    assert turned_in(entry) == {}
    assert turned(choice_name(entry)) == []
