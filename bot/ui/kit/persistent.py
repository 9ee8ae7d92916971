"""Buttons and menus that work after any restart: their custom ids hold all they need.

discord.py only logs an error in such a control, so the base classes lead it to the command tree's door.
"""

import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Final, Self, get_type_hints

import discord

from bot.domain.films.films import Film
from bot.gate import ControlRetired
from bot.ui.kit.replies import Interaction, run_or_defer

SLUG: Final = r"(?P<slug>[a-z0-9-]{1,72})"
# Of a suggestion or a change. A longer one would not fit into PostgreSQL's integers.
NUMBER: Final = r"(?P<number>[0-9]{1,9})"


class _MadeFromCustomId:
    """A control that its custom id holds whole: each named group of the template is the parameter of that name."""

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str], /) -> Self:
        """What a press finds."""
        del interaction, item
        return cls(**{name: as_annotated(text) for name, text, as_annotated in _arguments(cls, match)})


class PersistentButton(_MadeFromCustomId, discord.ui.DynamicItem[discord.ui.Button[Any]], ABC, template="-"):
    """A button that is known by its custom id."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await interaction.client.admit(interaction)
            await self.press(interaction)
        except Exception as error:  # noqa: BLE001  # the door tells what is expected from what is not
            await interaction.client.tree.on_error(interaction, error)

    @abstractmethod
    async def press(self, interaction: Interaction) -> None:
        """What a click does."""


class PersistentSelect(_MadeFromCustomId, discord.ui.DynamicItem[discord.ui.Select[Any]], ABC, template="-"):
    """A menu of one choice that is known by its custom id."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await interaction.client.admit(interaction)
            await self.choose(interaction, self._chosen())
        except Exception as error:  # noqa: BLE001  # the door tells what is expected from what is not
            await interaction.client.tree.on_error(interaction, error)

    def _chosen(self) -> str:
        if not self.item.values:  # it was a button in another version
            raise ControlRetired
        return self.item.values[0]

    @abstractmethod
    async def choose(self, interaction: Interaction, value: str) -> None:
        """What choosing `value` does."""


class Menu(PersistentSelect, ABC, template="-"):
    """A menu that is called the same wherever it stands: what it is about, the chosen value says."""

    name: ClassVar[str]

    def __init_subclass__(cls, *, name: str) -> None:
        super().__init_subclass__(template=name)
        cls.name = name

    def __init__(self, placeholder: str = "-", options: Iterable[discord.SelectOption] = ()) -> None:
        super().__init__(discord.ui.Select(placeholder=placeholder, custom_id=self.name, options=list(options)))


class FilmButton(PersistentButton, ABC, template="-"):
    """A button about one film, with the custom id `film:verb:slug`."""

    verb: ClassVar[str]
    private: ClassVar[bool]
    style: ClassVar[discord.ButtonStyle]

    def __init_subclass__(
        cls,
        *,
        verb: str,
        private: bool = True,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        super().__init_subclass__(template=f"film:{verb}:{SLUG}")
        cls.verb, cls.private, cls.style = verb, private, style

    def __init__(self, slug: str, label: str = "-") -> None:
        custom_id = f"film:{self.verb}:{slug}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, style=self.style))
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        work = interaction.client.services.films.get(self.slug, interaction.guild_id)
        await self.act(interaction, await run_or_defer(interaction, work, private=self.private))

    @abstractmethod
    async def act(self, interaction: Interaction, film: Film) -> None:
        """What a click does with the film."""


def _arguments(control: type, match: re.Match[str]) -> Iterator[tuple[str, str, Callable[[str], Any]]]:
    annotated = _annotations(control)
    return ((name, text, annotated[name]) for name, text in match.groupdict().items())


@functools.cache
def _annotations(control: type) -> dict[str, Callable[[str], Any]]:
    """What each parameter is made by out of text: str, int or an enumeration."""
    return get_type_hints(control.__init__)


def number_in(value: str) -> int:
    """The number that a menu's value stands for; 0, which nothing has, for any other value."""
    return int(value) if re.fullmatch(NUMBER, value) else 0
