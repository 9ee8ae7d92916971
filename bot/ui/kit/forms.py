"""Forms that outlive a restart: what was typed is read from the interaction, never from memory.

discord.py hands a submitted form to the object that was sent, which a new process does not have; what a
curator typed would be lost. So every form is sent as finished, and `FilmBot` hands what comes back to the
form whose custom id it bears.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Collection, Iterable, Mapping
from typing import Any, ClassVar, Final, TypeVar, cast

import discord

from bot.client import FilmBot
from bot.ui.kit.limits import FIELD_DESCRIPTION, FIELD_LABEL, FORM_TITLE, OPTION, TEXT_INPUT
from bot.ui.kit.replies import Interaction, first_answer, keep_typed
from bot.ui.kit.text import clip

CHECKED: Final = "yes"  # what a ticked box says
# A form has to be the first answer, and Discord waits three seconds for that.
_PATIENCE: Final = 1.5
_T = TypeVar("_T")


class Form(ABC):
    """A form that is known by its custom id; `template` is the pattern of that id."""

    template: ClassVar[str]
    # Whether what was typed is given back as a file where it cannot be kept.
    gives_back: ClassVar[bool] = False

    @abstractmethod
    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        """What sending the form does.

        `ids` are the named parts of its custom id. `typed` has the text or the chosen value of each part.
        """

    def register(self, bot: FilmBot) -> None:
        """Let this answer every form of its custom id from now on."""

        async def answer(interaction: Interaction, ids: Mapping[str, str]) -> None:
            typed = typed_in(interaction)
            if self.gives_back:
                keep_typed(interaction, typed)
            await bot.admit(interaction)
            await self.submit(interaction, ids, typed)

        bot.add_form(self.template, answer)


async def before_form(work: Awaitable[_T]) -> _T:
    """What has to be known before a form is opened. Raises `TimeoutError` where that would come too late."""
    async with asyncio.timeout(_PATIENCE):
        return await work


async def show_form(
    interaction: Interaction, custom_id: str, title: str, parts: Iterable[discord.ui.Label[Any]]
) -> None:
    """Open a form; it has to be the first answer to the interaction."""
    modal = discord.ui.Modal(title=clip(title, FORM_TITLE), custom_id=custom_id)
    for part in parts:
        modal.add_item(part)
    modal.stop()  # so that discord.py keeps nothing of it
    await first_answer(interaction, lambda: interaction.response.send_modal(modal))


def text_part(
    name: str, label: str, help_text: str = "", *, value: str = "", long: bool = False, required: bool = False
) -> discord.ui.Label[Any]:
    """A text to type, filled in with what is known.

    It is as long as Discord allows, whatever the field allows: a text that is too long comes back with a
    fault, while Discord's own limit would cut off what is pasted. Discord opens no form with several lines in
    a text that is not `long`, so they are put on one.
    """
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    known = clip(value if long else " ".join(value.split()), TEXT_INPUT)
    field = discord.ui.TextInput[Any](
        custom_id=name, style=style, required=required, default=known or None, max_length=TEXT_INPUT
    )
    return part(label, field, help_text)


def choice_part(
    name: str, label: str, choices: Mapping[str, str], *, value: str | None, help_text: str = ""
) -> discord.ui.Label[Any]:
    """One of up to 25 values, each in words."""
    options = [
        discord.SelectOption(label=clip(words, OPTION), value=key, default=key == value)
        for key, words in choices.items()
    ]
    return part(label, discord.ui.Select[Any](custom_id=name, options=options, required=False), help_text)


def several_part(
    name: str, label: str, choices: Mapping[str, str], *, values: Collection[str], help_text: str = ""
) -> discord.ui.Label[Any]:
    """One or more of up to 25 values, each in words."""
    options = [
        discord.SelectOption(label=clip(words, OPTION), value=key, default=key in values)
        for key, words in choices.items()
    ]
    menu = discord.ui.Select[Any](custom_id=name, options=options, min_values=1, max_values=len(options))
    return part(label, menu, help_text)


def radio_part(
    name: str, label: str, choices: Mapping[str, str], *, value: str | None, help_text: str = ""
) -> discord.ui.Label[Any]:
    """One of up to ten values, each in words and all in sight, or none of them."""
    options = [
        discord.RadioGroupOption(label=clip(words, 100), value=key, default=key == value)
        for key, words in choices.items()
    ]
    return part(label, discord.ui.RadioGroup[Any](custom_id=name, options=options, required=False), help_text)


def box_part(name: str, label: str, help_text: str = "", *, value: bool) -> discord.ui.Label[Any]:
    """A box to tick."""
    return part(label, discord.ui.Checkbox[Any](custom_id=name, default=value), help_text)


def part(label: str, item: discord.ui.Item[Any], help_text: str = "") -> discord.ui.Label[Any]:
    """Any part of a form under its label."""
    return discord.ui.Label(
        text=clip(label, FIELD_LABEL), component=item, description=clip(help_text, FIELD_DESCRIPTION) or None
    )


def typed_in(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """What a submitted form says, by custom id: a text, the chosen values with spaces between, `CHECKED`, or ""."""
    found: dict[str, str] = {}
    for row in cast("list[dict[str, Any]]", (interaction.data or {}).get("components", [])):
        # Older forms, which may come back long after, had rows of components.
        for inside in cast("list[dict[str, Any]]", row.get("components") or [row.get("component", {})]):
            values: list[str | bool] = inside.get("values") or [inside.get("value") or ""]
            if "custom_id" in inside:
                found[inside["custom_id"]] = CHECKED if values[0] is True else " ".join(str(v or "") for v in values)
    return found
