"""Countries and languages: which codes there are, and what they are called."""

import pytest
from babel import Locale

from bot.domain.places import country_code, country_name, is_country, is_language, language_name, language_tag


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


def test_every_code_that_is_taken_has_a_name() -> None:
    territories, languages = map(str, Locale("en").territories), map(str, Locale("en").languages)
    countries = [code for code in territories if is_country(code)]
    assert len(countries) > 200
    assert all(country_name(code) for code in countries)
    assert all(language_name(tag) for tag in languages if is_language(tag))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("PL", "PL"), ("pl", "PL"), (" Poland ", "PL"), ("POLAND", "PL"), ("USA", "US"), ("U.S.A.", "US")),
        *(("UK", "GB"), ("England", "GB"), ("Soviet Union", "SUHH"), ("USSR", "SUHH"), ("suhh", "SUHH")),
        *(("West Germany", "DE"), ("East Germany", "DDDE"), ("Czech Republic", "CZ"), ("Czechia", "CZ")),
        *(("Türkiye", "TR"), ("Turkey", "TR"), ("Côte d’Ivoire", "CI"), ("cote d'ivoire", "CI"), ("Hong Kong", "HK")),
        *(("Atlantis", None), ("European Union", None), ("", None), ("Polish", None)),
    ],
)
def test_a_country_is_known_by_its_code_and_by_its_english_names(typed: str, code: str | None) -> None:
    assert country_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        *(("pl", "pl"), ("PL", "pl"), ("Polish", "pl"), (" polish ", "pl"), ("zh-Hant", "zh-Hant"), ("Farsi", "fa")),
        *(
            ("Persian", "fa"),
            ("Mandarin", "zh"),
            ("Cantonese", "yue"),
            ("Klingon", "tlh"),
            ("Elvish", None),
            ("", None),
        ),
    ],
)
def test_a_language_is_known_by_its_tag_and_by_its_english_names(typed: str, tag: str | None) -> None:
    assert language_tag(typed) == tag


@pytest.mark.parametrize("code", [code for code in map(str, Locale("en").territories) if is_country(code)])
def test_every_country_is_known_by_the_name_that_is_shown(code: str) -> None:
    assert country_code(country_name(code)) == code
