"""Bars round a review hold, whatever its writer types."""

import re

import pytest

from bot.domain.shelves.marks import MAX_REVIEW, Mark, Review
from bot.ui.kit.text import english, width
from bot.ui.shelves.mark_lines import stars
from bot.ui.shelves.review_text import guarded, review_post
from tests.builders import film

WORDS = english()
SECRET = "SECRET"
BREAK_OUTS = {
    "bars": f"|| {SECRET} ||",
    "bars at once": f"||||{SECRET}||||",
    "escaped bars": f"\\|\\| {SECRET} \\|\\|",
    "a backslash at the end": f"{SECRET}\\",
    "two backslashes and bars": f"\\\\|| {SECRET}",
    "a code block": f"```\n{SECRET}\n```",
    "an open code block": f"``` || {SECRET}",
    "code with bars": f"`||` {SECRET}",
    "a quote": f"a\n\n> {SECRET}",
    "a block quote": f">>> {SECRET}",
    "a heading": f"a\n\n# {SECRET}",
    "a list": f"a\n\n- {SECRET}\n\n1. {SECRET}",
    "a link": f"[||]({SECRET}) https://example.org/||{SECRET}",
    "invisible between bars": f"|\u200b| {SECRET} |\u2060|",
    "full-width bars": f"\uff5c\uff5c {SECRET} \uff5c\uff5c",
    "right to left": f"\u202e|| {SECRET} \u202c||",
    "lines of nothing": f"a\n\n\u200b\n\n||\n\n{SECRET}",
    "bars at the cut": "x" * 480 + f"|| {SECRET}",
    "emoji": "🎬" * 240 + f"|| {SECRET}",
    "masked bars": f"|&#124; {SECRET}",
    "a mention that hides bars": f"<@||> {SECRET}",
    "strikes": f"~~||~~ {SECRET} __||__ **||**",
}


def shown(post: str) -> str:
    """What Discord shows without a press: all that stands in no bars that are not escaped."""
    unescaped = re.sub(r"\\(.)", lambda match: chr(0xE000 + ord(match[1]) % 0x1000), post, flags=re.DOTALL)
    assert "`" not in unescaped
    open_text, depth = list[str](), 0
    for part in unescaped.split("||"):
        if depth % 2 == 0:
            open_text.append(part)
        depth += 1
    assert depth % 2 == 1, "bars that nothing closes"
    return "".join(open_text)


@pytest.mark.parametrize("text", BREAK_OUTS.values(), ids=BREAK_OUTS.keys())
def test_nothing_of_a_spoiler_is_seen_without_a_press(text: str) -> None:
    review = Review.of(text[:MAX_REVIEW], spoils=True, named=False)
    assert review is not None
    body = guarded(review.text)
    assert SECRET not in shown(body)
    assert not re.sub(r"[\s\ue000-\uefff\u2068\u2069]", "", shown(body))
    for line in body.split("\n"):
        assert line.startswith("||")
        assert line.endswith("||")
        assert len(line) > 4
    assert not re.search(r"(?<!\\)(?:\\\\)*\\\|\|$", body)  # the last bars are not escaped


@pytest.mark.parametrize("spoils", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "@everyone @here <@1> <@&2> <#3>",
        "discord.gg/abc https://discord.gg/abc [x](https://evil.example)",
        "\u202eabc\u202c \u2066 \u2069 עברית || more",
        "a\u200b\u200d\ufeffb \u3164 c",
        "🎬" * 500,
        "*" * 500,
        "|" * 500,
        "<:film:1> <a:film:2> <t:1:R> </film:3> <id:browse>",
        "-# small\n\n# big\n\n> quoted",
        "```py\nprint(1)\n```",
        "_" * 250 + "\\" * 250,
    ],
)
def test_hostile_reviews_come_back_harmless_and_fit(text: str, spoils: bool) -> None:
    review = Review.of(text[:MAX_REVIEW], spoils=spoils, named=True)
    assert review is not None
    post = review_post(
        film("||T||" * 10), Mark(viewings=(None,), rating=9, review=review), review, "||@everyone||" * 9, WORDS
    )
    assert width(post) <= 2000
    assert not re.search(r"@(?:everyone|here)", post)
    assert not re.search(r"(?<!\\)<(?:[@#:at/]|id:)", post)
    assert "://" not in post
    assert not re.search(r"[\u202a-\u202e]", post)


def test_a_post_says_who_only_where_the_writer_wants_that() -> None:
    review = Review(text="So good.", spoils=False, named=False)
    mark = Mark(viewings=(None,), rating=7, review=review)
    post = review_post(film(), mark, review, "Ann", WORDS)
    assert "Ann" not in post
    assert "★★★½" in post
    named = review.model_copy(update={"named": True})
    assert "Ann" in review_post(film(), mark, named, "Ann", WORDS)


def test_half_stars_are_drawn() -> None:
    assert [stars(each) for each in (1, 2, 9, 10)] == ["½", "★", "★★★★½", "★★★★★"]
