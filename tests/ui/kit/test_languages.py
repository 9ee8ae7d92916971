"""Which language a member reads, and what happens where it lacks a sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Place

from bot.ui.kit import text
from bot.ui.kit.command_texts import CommandTranslator, command_text
from bot.ui.kit.text import languages, words_for

ENGLISH = """\
[plurals]
one = "i = 1 and v = 0"
[command]
film = "See a film"
long = "Short enough"
[page]
found.one = "{n} film"
found.other = "{n} films"
hello = "Hello, {name}"
"""
POLISH = """\
[plurals]
one = "i = 1 and v = 0"
few = "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"
many = "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14"
[command]
film = "Zobacz film"
long = "{}"
[page]
found.one = "{{n}} film"
found.few = "{{n}} filmy"
found.other = "{{n}} filmu"
""".format("za długie " * 20)
BARE = '[plurals]\none = "i = 1"\n[command]\nfilm = "{}"\n'


@pytest.fixture(autouse=True)
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "locales"
    folder.mkdir()
    bare = {tag: BARE.format(tag) for tag in ("de", "es-ES", "pt-BR", "zh-TW")}
    for tag, sentences in {"en": ENGLISH, "pl": POLISH, **bare}.items():
        (folder / f"{tag}.toml").write_text(sentences, encoding="utf-8")
    monkeypatch.setattr(text, "DATA", tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    text.languages.cache_clear()
    text._language.cache_clear()  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("locale", "read"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("pt-BR", "pt-BR"),
        ("pt-PT", "en"),
        ("es-ES", "es-ES"),
        ("es-419", "es-ES"),
        ("zh-TW", "zh-TW"),
        ("zh-CN", "en"),
        ("en-GB", "en"),
        ("en-US", "en"),
        ("ar", "en"),
        ("", "en"),
        ("../en", "en"),
    ],
)
def test_a_locale_reads_its_own_language_or_the_one_named_for_it(locale: str, read: str) -> None:
    assert words_for(locale).locale == read


def test_a_language_is_read_from_the_disk_when_it_is_first_spoken(tmp_path: Path) -> None:
    assert languages() == ("de", "en", "es-ES", "pl", "pt-BR", "zh-TW")
    (tmp_path / "locales" / "de.toml").write_text(BARE.format("spät gelesen"), encoding="utf-8")
    assert words_for("de")("command.film") == "spät gelesen"


def test_what_a_language_lacks_is_said_in_english_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    polish = words_for("pl")
    assert polish("page.hello", name="Noor") == "Hello, Noor"
    assert polish.missing == 1
    assert not polish.has("page.hello")
    assert words_for("de").count("page.found", 1) == "1 film"
    assert "1 sentences are missing in pl and are said in English" in caplog.text
    assert words_for("en").missing == 0


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 film"), (3, "3 filmy"), (5, "5 filmu"), (12, "12 filmu"), (22, "22 filmy")]
)
def test_a_form_that_is_missing_is_the_one_for_the_rest(n: int, said: str) -> None:
    assert words_for("pl").count("page.found", n) == said


async def translated(key: str, locale: str, place: Any = Place.command_description) -> str | None:
    context = app_commands.TranslationContext[Any, Any](place, data=None)
    return await CommandTranslator().translate(command_text(key), discord.Locale(locale), context)


async def test_a_command_is_described_in_each_language_that_there_is() -> None:
    found = {each.value: await translated("command.film", each.value) for each in discord.Locale}
    assert {locale: said for locale, said in found.items() if said is not None} == {
        "de": "de",
        "en-US": "See a film",
        "es-ES": "es-ES",
        "pl": "Zobacz film",
        "pt-BR": "pt-BR",
        "zh-TW": "zh-TW",
    }


async def test_names_are_the_same_everywhere() -> None:
    assert await translated("command.film", "pl", Place.command_name) is None
    assert await translated("command.film", "pl", Place.parameter_name) is None


async def test_a_text_that_discord_would_refuse_never_reaches_it(caplog: pytest.LogCaptureFixture) -> None:
    assert await translated("command.long", "pl") is None
    assert "command.long is too long in pl" in caplog.text
