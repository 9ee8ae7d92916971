"""Whatever films are called and reviews say, no screen of a shelf exceeds what Discord takes."""

import datetime
from types import SimpleNamespace
from typing import Any, Final

import pytest

from bot.domain.films.films import Film
from bot.domain.recommend.picks import Because, MemberPick, MemberPicks
from bot.domain.shelves.imports import Matches
from bot.domain.shelves.marks import MAX_REVIEW, Mark, Review
from bot.domain.shelves.shelf_views import Part, ShelfOrder, Shelved, year_of
from bot.services.member_data import MemberRecords
from bot.services.shelf_transfer import ShelfDryRun
from bot.services.shelves import Marked, Shelf
from bot.storage.db.kept_data import MEMBERS
from bot.ui.kit.text import Markup, width
from bot.ui.shelves.mark_form import form_parts
from bot.ui.shelves.marking import mark_layout
from bot.ui.shelves.my_data import data_layout
from bot.ui.shelves.picks import picks_page
from bot.ui.shelves.shelf import ShelfScreen, ShelfState
from bot.ui.shelves.transfer import bringing
from tests.strategies import WORST, worst
from tests.ui.messages import Message, refusals
from tests.ui.screens import WORDS

NOW: Final = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
DAYS: Final = tuple(NOW.date() - datetime.timedelta(days=number) for number in range(100, -1, -1))


def full_mark(text: str = "*") -> Mark:
    review = Review(text=(text * MAX_REVIEW)[:MAX_REVIEW])
    return Mark(wanted=NOW, viewings=DAYS, rating=9, review=review, hidden=True)


def listed() -> list[Film]:
    return [worst(name) for name in WORST]


@pytest.mark.parametrize("text", ["*", "🎬", "|", "\\", "a "])
@pytest.mark.parametrize("name", WORST)
def test_the_panel_fits(name: str, text: str) -> None:
    mark = full_mark(text)
    note = WORDS("mark.shown", shelf=Markup("</my shelf:1234567890123456789>"))
    layout = mark_layout(worst(name), Marked(mark, 999_999_999), note, WORDS, is_alone=False)
    assert refusals(Message.of(view=layout)) == []


def test_every_page_of_a_shelf_fits_and_every_custom_id_is_known() -> None:
    films = listed() * 12
    found = [Shelved(film, full_mark()) for film in films]
    by_slug = {film.slug: film for film in films}
    marks = {slug: full_mark() for slug in by_slug}
    year = year_of(marks, by_slug, NOW.year)
    assert year is not None
    for page in range(3):
        for shown in (True, False):
            state = ShelfState(Part.SEEN, ShelfOrder.RATING, page)
            screen = ShelfScreen(found[: 25 if page < 3 else 0], state, Shelf(marks, shown), WORDS, is_alone=False)
            message = Message.of(view=screen.layout(by_slug, year))
            assert [each for each in refusals(message) if "twice" not in each] == []


def test_an_empty_shelf_says_so() -> None:
    screen = ShelfScreen([], ShelfState(), Shelf({}, is_shown=False), WORDS, is_alone=True)
    assert refusals(Message.of(view=screen.layout({}, None))) == []


def test_the_first_letters_of_parts_and_orders_tell_them_apart() -> None:
    for kinds in (Part, ShelfOrder):
        assert len({each.value[0] for each in kinds}) == len(kinds)
    for part in Part:
        for order in ShelfOrder:
            state = ShelfState(part, order, 7)
            assert ShelfState.decoded(state.encoded()) == state


@pytest.mark.parametrize("by_content", [True, False])
def test_five_picks_of_the_worst_films_fit(by_content: bool) -> None:
    films = listed()
    picks = tuple(
        MemberPick(film, (Because(films[0], 10), Because(films[1], 1 if by_content else None))) for film in films[:5]
    )
    assert refusals(Message.of(view=picks_page(MemberPicks(picks, by_content), WORDS, 999_999_999))) == []


def test_the_form_has_five_parts_and_fits() -> None:
    parts = form_parts(full_mark("🎬"), WORDS, "2026-12-01")
    assert len(parts) == 5
    assert all(width(part.text) <= 45 and width(part.description or "") <= 100 for part in parts)


def test_what_an_upload_would_do_fits() -> None:
    names = tuple("*" * 200 + str(number) for number in range(5000))
    matches = Matches({film.slug: () for film in listed()}, dict(zip("abcdefgh", names, strict=False)), names)
    message = Message.of(view=bringing(ShelfDryRun("0" * 16, matches, 9, 12, 30, NOW), WORDS))
    assert refusals(message) == []
    assert [part["file"]["url"] for part in message.parts if part["type"] == 13] == ["attachment://not-on-the-list.txt"]


def _every_second(number: int) -> SimpleNamespace | None:
    return SimpleNamespace(name="*" * 100) if number % 2 else None


def test_what_is_kept_of_somebody_in_many_servers_fits() -> None:
    counts = {number: {held.noun: 10**6 for held in MEMBERS} for number in range(1, 12)}
    client: Any = SimpleNamespace(get_guild=_every_second)
    message = Message.of(view=data_layout(MemberRecords(counts, b""), client, WORDS))
    assert refusals(message) == []
    assert WORDS("my_data.more") in [text.text for text in message.texts()]
