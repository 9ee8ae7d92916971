"""Buttons and menus that work after any restart: their custom ids hold all they need.

discord.py only logs an error in such a control, so the base classes lead it to the command tree's door.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, Final, Self

import discord

from bot.domain.films.films import Film
from bot.gate import ControlRetired
from bot.ui.kit.replies import Interaction, run_or_defer

SLUG: Final = r"(?P<slug>[a-z0-9-]{1,72})"
# Of a suggestion or a change. A longer one would not fit into PostgreSQL's integers.
NUMBER: Final = r"(?P<number>[0-9]{1,9})"


class PersistentButton(discord.ui.DynamicItem[discord.ui.Button[Any]], ABC, template="-"):
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


class PersistentSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], ABC, template="-"):
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

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> Self:
        """What a choice finds; there is nothing to know."""
        del interaction, item, match
        return cls()


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

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> Self:
        """What a click finds: the film's slug is all there is to know."""
        del interaction, item
        return cls(match["slug"])

    async def press(self, interaction: Interaction) -> None:
        work = interaction.client.services.films.get(self.slug, interaction.guild_id)
        await self.act(interaction, await run_or_defer(interaction, work, private=self.private))

    @abstractmethod
    async def act(self, interaction: Interaction, film: Film) -> None:
        """What a click does with the film."""


def number_in(value: str) -> int:
    """The number that a menu's value stands for; 0, which nothing has, for any other value."""
    return int(value) if re.fullmatch(NUMBER, value) else 0
