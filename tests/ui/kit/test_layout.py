"""Layouts hold what Discord takes, whatever is written into them."""

from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.kit.blocks import RULE, Block, Line, Picture, Prose, Row, Section, Text, rows
from bot.ui.kit.layout import INSIDE, Layout, fitting
from bot.ui.kit.prose import clip_prose, prose
from bot.ui.kit.text import english, width
from tests.strategies import PROPERTY

WORDS = english()
LINK = "https://example.org/watch"


def button(number: int = 0) -> discord.ui.Button[Any]:
    return discord.ui.Button(label="Open", custom_id=f"film:peek:{number}")


def line(text: str) -> Line:
    return Line(WORDS, "page.filter_pair", name=Prose(text), value=text)


def parts(layout: Layout) -> list[dict[str, Any]]:
    waiting: list[dict[str, Any]] = [dict(part) for part in layout.to_components()]
    for part in waiting:
        waiting.extend(part.get("components", ()))
        waiting.extend([part["accessory"]] if "accessory" in part else [])
    return waiting


def displayed(layout: Layout) -> list[str]:
    return [part["content"] for part in parts(layout) if part["type"] == 10]


@PROPERTY
@given(st.lists(st.text(max_size=2000), min_size=1, max_size=10))
def test_whatever_is_written_no_page_exceeds_a_limit(texts: list[str]) -> None:
    frame: list[Block] = [Text(line("The list")), RULE, Row(button(98), button(99))]
    shown = texts[: fitting(frame)]
    layout = Layout([*frame, *(Section((line(text),), button(number)) for number, text in enumerate(shown))])
    assert len(parts(layout)) <= 40
    assert sum(map(width, displayed(layout))) <= 4000
    assert width(layout.plain) <= 2000


def test_a_short_text_leaves_its_room_to_a_long_one() -> None:
    short, long = displayed(Layout([Text(line("Night Train")), Text(line("word " * 2000))]))
    assert short == "Night Train: Night Train"
    assert 3800 < width(short) + width(long) <= 4000


def test_a_refused_picture_or_button_goes_alone() -> None:
    layout = Layout(
        [
            Section((line("a"),), Picture("https://example.org/a.jpg", "A")),
            Row(button(), discord.ui.Button(label="Watch", url=LINK)),
        ]
    )
    assert [address for _, address in layout.addresses()] == ["https://example.org/a.jpg", LINK]
    less = layout.without([path for path, _ in layout.addresses()])
    assert less is not None
    assert displayed(less) == ["a: a"]
    assert list(less.addresses()) == []
    assert [part["label"] for part in parts(less) if part["type"] == 2] == ["Open"]
    assert less.without([(*INSIDE, "0")]) is None
    assert less.without([("components",)]) is None


def test_a_place_that_takes_no_layout_reads_the_words_and_the_link() -> None:
    layout = Layout([Text(line("a")), Row(button(), discord.ui.Button(label="Watch", url=LINK))])
    assert layout.plain == f"a: a\n<{LINK}>"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Like *Bicycle Thieves*, later", "Like *Bicycle Thieves*, later"),
        ("*Alien*'s corridors", "*Alien*'s corridors"),
        ("M*A*S*H and 2*3*4", r"M\*A\*S\*H and 2\*3\*4"),
        ("**loud**", r"\*\*loud\*\*"),
        ("* a list", r"\* a list"),
        ("*a_b* ||c||", r"*a\_b* \|\|c\|\|"),
        ("*one\ntwo*", "\\*one\ntwo\\*"),
    ],
)
def test_only_what_stands_between_asterisks_is_in_italics(typed: str, drawn: str) -> None:
    assert prose(typed) == drawn


def test_a_mark_that_is_cut_in_two_is_no_mark() -> None:
    assert clip_prose("See *Bicycle Thieves and more* now", 18) == "See Bicycle…"
    assert clip_prose("See *Bicycle* now go on", 18) == "See *Bicycle*…"


@PROPERTY
@given(st.text(alphabet="ab *\\_|\n#-", max_size=80), st.integers(8, 60))
def test_a_clipped_text_is_no_longer_than_asked(text: str, limit: int) -> None:
    assert width(clip_prose(text, limit)) <= limit


def test_buttons_and_menus_are_put_into_rows_as_discord_takes_them() -> None:
    buttons = [discord.ui.Button[Any](label=str(number), custom_id=str(number)) for number in range(7)]
    menu = discord.ui.Select[Any](custom_id="menu")
    made = rows(*buttons[:6], menu, buttons[6])
    assert [row.items for row in made] == [tuple(buttons[:5]), (buttons[5],), (menu,), (buttons[6],)]
    assert rows() == ()
