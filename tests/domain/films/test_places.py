"""Countries and languages: which codes there are, and what they are called."""

from typing import Final

import pytest
from babel import Locale

from bot.domain.films.place_names import COUNTRIES, LANGUAGES
from bot.domain.films.places import country_code, country_name, is_country, is_language, language_name, language_tag


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("US", "United States"),
        ("IR", "Iran"),
        ("TW", "Taiwan"),
        ("HK", "Hong Kong SAR China"),
        ("XK", "Kosovo"),
        ("PS", "Palestinian Territories"),
        ("SUHH", "Soviet Union"),
        ("CSHH", "Czechoslovakia"),
        ("DDDE", "East Germany"),
        ("YUCS", "Yugoslavia"),
    ],
)
def test_a_country_has_a_name_and_may_be_gone(code: str, name: str) -> None:
    assert is_country(code)
    assert country_name(code) == name


@pytest.mark.parametrize(
    "code",
    ["", "US ", *"us Us USA U UK XX ZZ EU EZ UN QO XA 001 150 suhh SU ＵＳ".split()],
)
def test_anything_else_is_no_country(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("zh", "Chinese"),
        ("zh-Hant", "Chinese"),
        ("zh-Hant-TW", "Chinese"),
        ("pt-BR", "Portuguese"),
        ("es-419", "Spanish"),
        ("sr-Latn-RS", "Serbian"),
        ("ca-valencia", "Catalan"),
        ("yue", "Cantonese"),
        ("fil", "Filipino"),
        ("zxx", "No linguistic content"),
    ],
)
def test_a_language_has_a_name_whatever_its_script_and_region(tag: str, name: str) -> None:
    assert is_language(tag)
    assert language_name(tag) == name


@pytest.mark.parametrize(
    "tag",
    ["", "en US", "en-\u0660\u0660\u0661", *"EN En english qq e en_US en-us en- -en zh-hant en-U".split()],
)
def test_anything_else_is_no_language(tag: str) -> None:
    assert not is_language(tag)


# CLDR lists world regions ("EU", "UN") and unknowns among its territories; they are no countries.
NO_COUNTRIES: Final = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def test_names_are_those_of_cldr() -> None:
    english = Locale("en")
    codes = {code for code in map(str, english.territories) if len(code) == 2 and code.isalpha()}
    assert {code: english.territories[code] for code in codes - NO_COUNTRIES} == COUNTRIES
    assert {str(tag): english.languages[tag] for tag in english.languages} == LANGUAGES


def test_every_code_that_is_taken_has_a_name() -> None:
    territories, languages = map(str, Locale("en").territories), map(str, Locale("en").languages)
    countries = [code for code in territories if is_country(code)]
    assert len(countries) > 200
    assert all(country_name(code) for code in countries)
    assert all(language_name(tag) for tag in languages if is_language(tag))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Poland", "PL"),
        (" poland ", "PL"),
        ("pl", "PL"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("UK", "GB"),
        ("Scotland", "GB"),
        ("U.S.A.", "US"),
        ("the United States", None),
        ("Bosnia & Herzegovina", "BA"),
        ("Bosnia and Herzegovina", "BA"),
        ("Myanmar", "MM"),
        ("Côte d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("ussr", "SUHH"),
        ("Soviet Union", "SUHH"),
        ("suhh", "SUHH"),
        ("West Germany", "DE"),
        ("East Germany", "DDDE"),
        ("European Union", None),
        ("EU", None),
        ("", None),
        ("\x00", None),
        ("\ud800", None),
        ("x" * 10_000, None),
    ],
)
def test_a_country_may_be_typed_as_name_or_code(typed: str, code: str | None) -> None:
    assert country_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("Polish", "pl"),
        ("polish", "pl"),
        ("PL", "pl"),
        ("zh-Hant", "zh-Hant"),
        ("Norwegian Bokmål", "nb"),
        ("norwegian bokmal", "nb"),
        ("Mandarin", "zh"),
        ("Ga", "gaa"),
        ("ga", "ga"),
        ("GA", "gaa"),
        ("Klingon", "tlh"),
        ("Gullah", "gul"),
        ("Ganalbingu", "djb"),
        ("tonga (zambia)", "toi"),
        ("Elvish", None),
        ("en-us", None),
        ("", None),
        ("\ud800", None),
        ("-" * 10_000, None),
    ],
)
def test_a_language_may_be_typed_as_name_or_tag(typed: str, tag: str | None) -> None:
    assert language_tag(typed) == tag


def test_every_name_is_read_as_what_it_names_and_holds_no_comma() -> None:
    countries = [code for code in (*map(str, Locale("en").territories), "SUHH", "CSHH", "DDDE") if is_country(code)]
    assert [code for code in countries if country_code(country_name(code)) != code] == []
    tags = [tag for tag in (*map(str, Locale("en").languages), "djb", "gul", "toi") if is_language(tag)]
    assert [tag for tag in tags if language_tag(language_name(tag)) != tag] == []
    names = [*map(country_name, countries), *map(language_name, tags)]
    assert [name for name in names if "," in name or ";" in name] == []
