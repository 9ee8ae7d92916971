"""Names of countries and languages by their codes, from the Unicode CLDR (through Babel)."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale

from bot.domain.words import fold

# ISO 3166-3 codes of states that a film can still come from; CLDR no longer names them.
_FORMER_COUNTRIES: Final = {
    "CSHH": "Czechoslovakia",
    "DDDE": "East Germany",
    "SUHH": "Soviet Union",
    "YUCS": "Yugoslavia",
}
# CLDR lists world regions ("EU", "UN") and unknowns among its territories; they are no countries.
_NOT_COUNTRIES: Final = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
# What people type for a country, beside its usual name.
_OTHER_NAMES: Final = {
    "america": "US",
    "usa": "US",
    "united states of america": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "czech republic": "CZ",
    "ussr": "SUHH",
    "hong kong": "HK",
    "turkey": "TR",
    "bosnia": "BA",
    "palestine": "PS",
    "burma": "MM",
}
_LANGUAGE_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*"
)


def is_country(code: str) -> bool:
    """Whether `code` is an ISO 3166-1 code of two letters, or a former state's of four."""
    known = len(code) == 2 and code.isalpha() and code in _english().territories
    return code in _FORMER_COUNTRIES or (known and code not in _NOT_COUNTRIES)


def country_name(code: str) -> str:
    """The country's usual English name."""
    return _FORMER_COUNTRIES.get(code) or _english().territories[code]


def country_code(typed: str) -> str | None:
    """The code of a country that is typed as its English name, or as the code in any case."""
    code = typed.strip().upper()
    return code if is_country(code) else _country_codes().get(fold(typed))


def is_language(tag: str) -> bool:
    """Whether `tag` is a BCP 47 tag in its usual spelling whose language CLDR knows."""
    match = _LANGUAGE_TAG.fullmatch(tag)
    return match is not None and match["language"] in _english().languages


def language_name(tag: str) -> str:
    """The language's English name; script and region are left out."""
    return _english().languages[tag.partition("-")[0]]


def language_tag(typed: str) -> str | None:
    """The tag of a language that is typed as its English name, or as the tag."""
    tag = typed.strip()
    return next((form for form in (tag, tag.lower()) if is_language(form)), _language_tags().get(fold(typed)))


@cache
def _country_codes() -> Mapping[str, str]:
    codes = (*_FORMER_COUNTRIES, *(code for code in map(str, _english().territories) if is_country(code)))
    return {**{fold(country_name(code)): code for code in codes}, **_OTHER_NAMES}


@cache
def _language_tags() -> Mapping[str, str]:
    names = {tag: language_name(tag) for tag in map(str, _english().languages) if is_language(tag)}
    # Where a name belongs to several tags, the shortest is the language itself.
    return {fold(names[tag]): tag for tag in sorted(names, key=len, reverse=True)}


@cache
def _english() -> Locale:
    return Locale("en")
