"""The tests' own judge of messages, shown to find what it is there for."""

import discord
import pytest

from tests.ui.messages import Message, marks, refusals, turned


def menu(*values: str) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    options = [discord.SelectOption(label=value or "-", value=value) for value in values]
    return view.add_item(discord.ui.Select(custom_id="a", options=options))


def card(title: str = "t", description: str = "d") -> discord.Embed:
    return discord.Embed(title=title, description=description)


@pytest.mark.parametrize(
    ("message", "refusal"),
    [
        (Message.of(), "nothing is said"),
        (Message.of("x" * 2001), "content: 2001 of 2000"),
        (Message.of("👩" * 1001), "content: 2002 of 2000"),
        (Message.of("\u200b"), "content: nothing to be seen"),
        (Message.of(embed=card(title="x" * 257)), "title: 257 of 256"),
        (Message.of(embed=card(description="x" * 4097)), "description: 4097 of 4096"),
        (Message.of(embed=card().add_field(name="n", value=" ")), "field n: nothing to be seen"),
        (Message.of(embed=card().add_field(name="n", value="x" * 1025)), "field n: 1025 of 1024"),
        (Message.of(embed=card(description="x" * 4000).set_footer(text="x" * 2000)), "embeds: 6001 of 6000"),
        (Message.of("x", view=menu(*map(str, range(25)), "1" * 101)), "options: 26 of 25"),
        (Message.of("x", view=menu("1", "1")), "value: 1 twice"),
        (Message.of("x", view=menu("1" * 101)), "value: 101 of 100"),
        (Message("x", (), [{"components": [{"label": "x", "custom_id": "a" * 101}]}]), "custom id: 101 of 100"),
        (Message("x", (), [{"components": [{"label": "x" * 81, "url": "a"}]}]), "label: 81 of 80"),
        (Message("x", (), [{"components": [{"label": "x", "custom_id": "a"}] * 2}]), "custom id: a twice"),
        (Message("x", (), [{"components": [{"label": "x", "url": "a"}] * 6}]), "row: 6 of 5"),
        (Message("x", (), [{"components": [{"label": "x", "url": "a"}]}] * 6), "rows: 6 of 5"),
    ],
)
def test_what_discord_refuses_is_found(message: Message, refusal: str) -> None:
    assert refusal in refusals(message)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain, with a-dash # and 1. more - and + too", ""),
        (r"\*\*bold\*\* \_x\_ \|\|y\|\| \`z\` \<\@1\> \[a\]", ""),
        (r"\# heading", ""),
        (r"\## heading", ""),
        (r"\>>> quote", ""),
        (r"1\. first", ""),
        ("https:\u200b//x.example @\u200beveryone", ""),
        ("**bold**", "****"),
        (r"\\*slanted*", "**"),
        ("snake_case", "_"),
        ("a\n# heading\n> quote\n- item\n1. first\n-# small", "#>-1.-#"),
        ("  - item", "-"),
        ("<@1> <t:1>", "<<"),
        ("@everyone @here", "@everyone@here"),
        ("https://x.example", "://"),
        ("one \\", "\\"),
    ],
)
def test_what_discord_draws_is_found(text: str, drawn: str) -> None:
    assert marks(text) == drawn


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", []),
        ("\u2068فيلم\u2069 (1999)", []),
        ("فيل", ["ف", "ي", "ل"]),
        ("\u2068a\u2069 ב", ["ב"]),
        ("\u2068ב", ["left open"]),
        ("a\u2069", ["closed twice"]),
    ],
)
def test_what_turns_round_is_found(text: str, found: list[str]) -> None:
    assert turned(text) == found
