"""What exists is written down, and what is written down exists."""

import re
from pathlib import Path
from typing import Final

import pytest

from bot import __version__
from bot.content import DATA
from bot.settings import Settings
from bot.storage.content.films import read_films
from tests import commands_page, settings_page
from tests.ui.locale_keys import every_command

ROOT: Final = Path(__file__).resolve().parents[1]
_NAMED: Final = re.compile(r"^#?\s?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def written_for_people() -> str:
    """The README and every page of the documentation."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_stands_in_the_example(setting: str) -> None:
    assert setting.upper() in _NAMED.findall(read(".env.example"))


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_described(setting: str) -> None:
    assert Settings.model_fields[setting].description


def test_the_example_names_no_other_setting_and_none_twice() -> None:
    named = _NAMED.findall(read(".env.example"))
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_holds_no_token() -> None:
    assert re.findall(r"^#?(?:DISCORD|TMDB)_TOKEN=\S+", read(".env.example"), re.MULTILINE) == []


@pytest.mark.parametrize("command", [command.qualified_name for command in every_command()])
def test_every_command_is_written_down(command: str) -> None:
    assert f"/{command}" in written_for_people()


def test_no_page_names_a_command_that_is_not_there() -> None:
    known = {command.qualified_name for command in every_command()} | {"films"}
    named = set(re.findall(r"`/([a-z]+(?: [a-z]+)?)`", written_for_people()))
    assert {name for name in named if name not in known and name.partition(" ")[0] not in known - {"films"}} == set()


def test_the_page_about_server_settings_is_what_the_code_says() -> None:
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.page()


def test_the_changelog_tells_of_this_version() -> None:
    headings = re.findall(r"^## +\[?([^\]\s]+)", read("CHANGELOG.md"), re.MULTILINE)
    assert {__version__, "Unreleased"} & set(headings)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_between_pages_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", read(page))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = set(re.findall(r"`((?:bot|cogs|data|docs|tests|benchmarks)/[\w./-]+)`", read(page)))
    assert named
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_worked_examples_are_the_entries_own_words() -> None:
    told = " ".join(
        f"{film.why} {' '.join(film.prompts)} {' '.join(pair.why for pair in film.pairs_with)}"
        for film in read_films(DATA / "films").films
    )
    known = " ".join(told.split())
    quotes = [quote for quote in re.findall(r"((?:^> .*\n)+)", read("docs/voice.md"), re.MULTILINE) if "** " in quote]
    assert len(quotes) == 4
    for quote in quotes:
        text = " ".join(quote.replace("> ", "").split()).partition("** ")[2]
        assert [part for part in text.split(" · ") if part not in known] == []


def test_the_page_of_commands_is_the_commands_own() -> None:
    assert commands_page.PAGE.read_text(encoding="utf-8") == commands_page.page()
    assert commands_page.listed() == {command.qualified_name for command in every_command()}
