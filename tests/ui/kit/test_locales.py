"""Every sentence that the code asks for is in every language, and no language says more than is asked for."""

import tomllib
from string import Formatter
from typing import Any

import discord
import pytest
from babel import Locale
from babel.plural import PluralRule
from discord import app_commands

from bot.content import DATA
from bot.domain.errors import FrontRowError
from tests.ui.locale_keys import (
    LOCALES,
    every_command,
    first_arguments,
    permissions,
    put_together,
    spelled_out,
    without_form,
)

# Kinds of fault are pydantic's own names; which of them an entry can have, test_fault_sentences finds out.
_OF_PYDANTIC = "fault."


def values_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def error_keys() -> set[str]:
    def below(error: type[FrontRowError]) -> set[str]:
        return {kind.key for kind in error.__subclasses__()}.union(*map(below, error.__subclasses__()))

    return below(FrontRowError)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_that_the_code_asks_for_is_there(locale: str) -> None:
    said = {without_form(key) for key in LOCALES[locale]}
    assert sorted((spelled_out() | put_together() | error_keys()) - said) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_is_there_for_nothing(locale: str) -> None:
    asked = spelled_out() | put_together() | error_keys()
    unasked = {key for key in LOCALES[locale] if without_form(key) not in asked}
    assert sorted(key for key in unasked if not key.startswith(_OF_PYDANTIC)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_fills_in_the_same_values(locale: str) -> None:
    by_key: dict[str, set[str]] = {}
    for key, sentence in LOCALES["en"].items():
        by_key.setdefault(without_form(key), set()).update(values_in(sentence))
    strange = {key: values_in(text) - by_key[without_form(key)] for key, text in LOCALES[locale].items()}
    assert {key: names for key, names in strange.items() if names} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_numbers_take_the_forms_that_the_language_has(locale: str) -> None:
    rules = tomllib.loads((DATA / "locales" / f"{locale}.toml").read_text(encoding="utf-8"))["plurals"]
    assert PluralRule(rules).rules == Locale.parse(locale, sep="-").plural_form.rules


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_that_counts_has_a_form_for_the_rest(locale: str) -> None:
    counted = {without_form(key) for key in LOCALES[locale] if without_form(key) != key}
    assert counted
    assert [key for key in sorted(counted) if f"{key}.other" not in LOCALES[locale]] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_is_empty_or_ends_in_a_space(locale: str) -> None:
    assert [key for key, text in LOCALES[locale].items() if not text or text != text.strip()] == []


def test_the_code_is_read_for_its_keys() -> None:
    assert {"command.film", "error.timed_out", "card.title", "cli.token_missing"} <= spelled_out()
    assert {
        "empty",
        "too_long",
        "not_an_address",
        "unknown_host",
        "no_video",
        "unlisted",
        "several",
    } == first_arguments("TrailerRefused")
    assert {"create_public_threads", "send_messages"} <= permissions() <= set(discord.Permissions.VALID_FLAGS)
    names = {command.qualified_name for command in every_command()}
    assert {"film", "films browse", "discuss", "help"} <= names


@pytest.mark.parametrize("command", every_command(), ids=lambda command: command.qualified_name)
def test_a_command_is_described_by_its_sentence_and_briefly(command: app_commands.Command[Any, ..., Any]) -> None:
    sentence = LOCALES["en"][f"command.{command.qualified_name.replace(' ', '_')}"]
    assert command.description == sentence
    assert len(sentence) <= 100
    assert all(1 <= len(str(option.description)) <= 100 for option in command.parameters)
