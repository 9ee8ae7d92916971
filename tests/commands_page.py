"""Writes docs/commands.md from the commands themselves: python -m tests.commands_page"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from discord import app_commands

from bot.ui.kit.text import english
from tests.ui.locale_keys import every_command

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
_HEAD: Final = """\
# Commands

Everything that can be typed, as Discord shows it. An option in brackets may be left out. The page is made from the
code by `python -m tests.commands_page`; a test keeps it in step.
"""
_FOR_CURATORS: Final = "Only for curators: members with *Manage Server*, and whoever has the curators' role."
_FOR_MANAGERS: Final = "Only for members with *Manage Server*."
_OF_ONES_OWN: Final = (
    "What you keep is yours: others in the server see it only if you let them. docs/privacy.md says more."
)
_SECTIONS: Final = (
    ("Films", ("film", "synopsis", "trailer", "films"), ""),
    ("Talking", ("discuss", "suggest"), "Only in servers."),
    ("Keeping films for yourself", ("want", "seen", "who", "my"), _OF_ONES_OWN),
    ("Keeping the list", ("curate",), _FOR_CURATORS),
    ("The club's evenings", ("club",), _FOR_CURATORS),
    ("Looking after the server", ("settings",), _FOR_MANAGERS),
    ("More", ("help", "about"), ""),
)
_LOOKED_UP: Final = """
Where whoever runs the bot has set `TMDB_TOKEN`, `/curate add` has an option `look_up`: a title, or an address or id at
TMDB or IMDb, fills in what is known.
"""


_OF_A_MESSAGE: Final = """
## On a message

In the menu of a message, under *Apps*.

| command | what it does |
| --- | --- |
| *{find}* | lists the films from the list that the message names, for whoever asks |

A title is recognised where it is clear that the film is meant: in quotation marks or italics, with its year in
brackets, with its capitals after a word such as *watched*, or, where it says enough by itself, with its capitals alone.
Addresses of a film's trailer or of its page at IMDb or TMDB count too. What it says is neither kept nor logged.
"""


def page() -> str:
    """The whole page."""
    find = english().plain("message_command.find_mentioned")
    return _HEAD + "".join(_section(*section) for section in _SECTIONS) + _OF_A_MESSAGE.format(find=find)


def listed() -> set[str]:
    """Every command on the page."""
    return {command.qualified_name for _, roots, _ in _SECTIONS for command in _of(roots)}


def _section(title: str, roots: tuple[str, ...], about: str) -> str:
    head = [f"\n## {title}\n", *([f"{about}\n"] if about else [])]
    lines = [*head, "| command | what it does |", "| --- | --- |", *map(_row, _of(roots))]
    end = _LOOKED_UP if "curate" in roots else ""
    return "\n".join(lines) + "\n" + end


def _of(roots: tuple[str, ...]) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for root in roots:
        yield from (command for command in every_command() if command.qualified_name.split()[0] == root)


def _row(command: app_commands.Command[Any, ..., Any]) -> str:
    names = [option.name if option.required else f"[{option.name}]" for option in command.parameters]
    options = "".join(f"<br>`{option.name}`: {option.description}" for option in command.parameters)
    return f"| `/{' '.join([command.qualified_name, *names])}` | {command.description}{options} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
