"""Controls that are made of their custom ids."""

import importlib
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_type_hints

import pytest
from discord.ui import DynamicItem

import cogs
from bot.ui.kit.persistent import PersistentButton, PersistentSelect

for extension in cogs.EXTENSIONS:
    importlib.import_module(extension)


def controls(base: type[DynamicItem[Any]]) -> Iterator[type[DynamicItem[Any]]]:
    """Every control that has a custom id of its own."""
    for control in base.__subclasses__():
        if groups(control):
            yield control
        yield from controls(control)


def groups(control: type[DynamicItem[Any]]) -> set[str]:
    pattern: re.Pattern[str] = vars(control)["__discord_ui_compiled_template__"]
    return set(pattern.groupindex)


CONTROLS = {each.__qualname__: each for base in (PersistentButton, PersistentSelect) for each in controls(base)}


@pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS)
def test_what_a_custom_id_holds_is_what_the_control_takes(control: type[DynamicItem[Any]]) -> None:
    taken = get_type_hints(control.__init__)
    assert groups(control) <= set(taken)
    assert all(taken[name] in {str, int} or issubclass(taken[name], StrEnum) for name in groups(control))


def test_there_are_controls() -> None:
    assert len(CONTROLS) > 15
