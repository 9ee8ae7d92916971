"""Writes docs/settings.md from the model and the locale file: python -m tests.settings_page"""

from pathlib import Path
from typing import Final

from bot.domain.guilds.departures import KEPT_DAYS
from bot.domain.guilds.settings import SETTINGS, GuildSettings, choices
from bot.ui.kit.text import english

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
_HEAD: Final = """\
# Server settings

Each server chooses for itself. `/settings show` is the panel, for members with *Manage Server*: it shows every setting
and changes one in a form; a field that is left empty goes back to its default. Every change is in the history.
`/settings check` tells which permissions are missing, what does not work without them, and where to switch them on.

The table is made from the code by `python -m tests.settings_page`; a test keeps it in step.

| setting | what it is for | choices, the default first |
| --- | --- | --- |
"""
_TAIL: Final = f"""
## Forgetting a server

`/settings erase` forgets all that is kept of the server at once, once its name has been typed: its own films and its
versions of shared ones, what it hides, drafts, imports and suggestions, the settings, the history, which thread belongs
to which film, what chance has picked, and what members marked there. Messages and threads stay in Discord, and the
server sees the shared list again. {KEPT_DAYS} days after the bot has been removed from a server, the same happens by
itself; a bot that is added again before that finds everything as it was.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"{_row(name)}\n" for name in SETTINGS) + _TAIL


def _row(name: str) -> str:
    say = english().plain
    default = GuildSettings.model_fields[name].default
    ordered = sorted(choices(name), key=lambda choice: choice != default)
    offered = [say(f"setting.{name}.{choice}") for choice in ordered]
    if not offered:
        offered = [str(default) if default is not None else say(f"setting.{name}.unset")]
    return f"| {say(f'setting.{name}.label')} | {say(f'setting.{name}.help')} | {'; '.join(offered)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
