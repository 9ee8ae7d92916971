"""Titles and search words that try to ping, to format, to turn the writing round or to break a button's id."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, card_and_trailer, entries, heading, opened_by, posts, subheading, texts
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.traffic import asked

PINGING = film("@everyone **loud** <@1> [x](https://evil.example)", 1959, themes=["quiet"])
MARKED = film("# _Head_ `code` ||secret|| ~~gone~~", 1960, themes=["quiet"])
PERSIAN = film("طعم گيلاس", 1997, themes=["quiet"])
INVISIBLE = film("ZeroWidthTurned", 1961, themes=["quiet"])
LONG = film("Long " * 29 + "End", 1962, themes=["quiet"])
SERIES = [film(f"@here night:train; {number:02}", 1970 + number) for number in range(1, 13)]
FILMS = [PINGING, MARKED, PERSIAN, INVISIBLE, LONG, *SERIES]
# Where Discord draws markup.
DRAWN = {"content", "title", "description", "value"}
# A ping, a live link, bars or brackets without a backslash before them, a heading, a mark that turns the writing.
HARMFUL = re.compile(
    r"@everyone|@here|<@!?\d|https://evil|(?<!\\)\|\|secret|(?<!\\)\]\(|^#|[\u202a-\u202e\u2066\u2067]", re.MULTILINE
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    stocking = stocked(settings, FILMS)
    entry = stocking.films_folder / f"{INVISIBLE.slug}.toml"
    typed = entry.read_text(encoding="utf-8").replace("ZeroWidthTurned", "Zero\u200bWidth\u202eTurned")
    entry.write_text(typed, encoding="utf-8")
    return stocking


def bodies(club: Club) -> Iterator[dict[str, Any]]:
    """Every message that the bot has sent or changed."""
    for path in ("/interactions/*/callback", "/webhooks/*", "/channels/*/messages", "/channels/*/threads"):
        for entry in asked(club, "*", path):
            body: dict[str, Any] = entry.json or {}
            yield body.get("data") or body.get("message") or body


def drawn(body: dict[str, Any]) -> Iterator[str]:
    """Every text in it that is drawn with markup."""
    for part in (body, *body.get("embeds", ())):
        for piece in (part, *part.get("fields", ())):
            yield from (piece[key] for key in DRAWN if piece.get(key))
    waiting: list[dict[str, Any]] = list(body.get("components", ()))
    for part in waiting:
        waiting.extend(part.get("components", ()))
        if "content" in part:
            yield part["content"].removeprefix("## ")  # which is a card's own


def is_harmless(club: Club) -> bool:
    texts = [text for body in bodies(club) for text in drawn(body)]
    assert texts
    for text in texts:
        assert not HARMFUL.search(text), text
    with_mentions = [body for body in bodies(club) if "content" in body]
    assert with_mentions
    return all(body["allowed_mentions"]["parse"] == [] for body in with_mentions)


async def test_a_title_is_shown_as_it_was_typed_and_pings_nobody(club: Club) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=PINGING.slug))
    assert heading(card) == ("@\u200beveryone \\*\\*loud\\*\\* \\<@\u200b1> \\[x\\](https:\u200b//evil.example) (1959)")
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=MARKED.slug))
    assert heading(card) == r"\# \_Head\_ \`code\` \|\|secret\|\| \~\~gone\~\~ (1960)"
    assert is_harmless(club)


async def test_every_screen_keeps_hostile_titles_harmless(club: Club) -> None:
    for entry in (PINGING, MARKED, PERSIAN, INVISIBLE, LONG):
        card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=entry.slug))
        await club.ann.click(card, label="More like this")
        await club.ann.click(card, label="Leave a reply")
        await club.ann.slash(club.lobby, "synopsis", title=entry.slug)
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    await club.ann.click(page, label="Next")
    assert len(club.lobby.threads) == 5
    assert all(len(posts(club, thread.id)) == 3 for thread in club.lobby.threads)
    assert is_harmless(club)


async def test_right_to_left_titles_do_not_turn_round_what_stands_beside_them(club: Club) -> None:
    [choice] = await club.ann.autocomplete(club.lobby, "film", "title", "طعم")
    page = answer(await club.ann.slash(club.lobby, "films search", words="طعم"))
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=PERSIAN.slug))
    for text in (choice["name"], heading(page), *entries(page), heading(card)):
        assert re.search("\u2068[^\u2069]*طعم[^\u2069]*\u2069", str(text)), text


async def test_invisible_marks_in_a_title_are_gone(club: Club) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="zerowidthturned"))
    assert heading(card) == "ZeroWidthTurned (1961)"


@pytest.mark.parametrize("words", ["night:train;\n@here", "  night;:;train  "])
async def test_search_words_outlive_the_id_of_a_button_and_a_restart(club: Club, restart: Restart, words: str) -> None:
    page = answer(await club.ann.slash(club.lobby, "films search", words=words))
    # A page is turned in place: what it showed has to be written down before.
    first, found = texts(page), opened_by(page)
    assert subheading(page) == "12 films · page 1 of 2"
    await restart()
    page = answer(await club.ann.click(page, label="Next"))
    assert subheading(page) == "12 films · page 2 of 2"
    assert heading(page) in first[0]
    assert sorted([*found, *opened_by(page)]) == sorted(one.slug for one in SERIES)
    page = answer(await club.ann.click(page, label="Previous"))
    assert (texts(page), opened_by(page)) == (first, found)
    assert is_harmless(club)


async def test_a_title_that_nobody_knows_is_quoted_harmlessly(club: Club) -> None:
    for typed in ("@everyone **zzz**", "<@1> zzz", "zzz ||secret||", "[zzz](https://evil.example)", "z" * 6000):
        said = refused(club, await club.ann.slash(club.lobby, "film", title=typed))
        assert "zzz" in said
        assert len(said) < 500
    assert is_harmless(club)


async def test_search_words_that_find_something_are_quoted_harmlessly(club: Club) -> None:
    for words in ("@here night", "**night** train", "||secret||", "train 👩‍👩‍👧‍👦👩‍👩‍👧‍👦"):
        answer(await club.ann.slash(club.lobby, "films search", words=words))
    assert is_harmless(club)


async def test_a_typed_mark_that_turns_the_writing_round_is_not_quoted(club: Club) -> None:
    assert "zzz" in refused(club, await club.ann.slash(club.lobby, "film", title="zzz\u202eqqq"))
    assert entries(answer(await club.ann.slash(club.lobby, "films search", words="ni\u202eght train")))
    assert is_harmless(club)
