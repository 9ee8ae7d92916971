"""Names of countries and languages by their codes, from the Unicode CLDR (through Babel)."""

import re
from functools import cache
from typing import Final

from babel import Locale

# ISO 3166-3 codes of states that a film can still come from; CLDR no longer names them.
_FORMER_COUNTRIES: Final = {
    "CSHH": "Czechoslovakia",
    "DDDE": "East Germany",
    "SUHH": "Soviet Union",
    "YUCS": "Yugoslavia",
}
# CLDR lists world regions ("EU", "UN") and unknowns among its territories; they are no countries.
_NOT_COUNTRIES: Final = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
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


def is_language(tag: str) -> bool:
    """Whether `tag` is a BCP 47 tag in its usual spelling whose language CLDR knows."""
    match = _LANGUAGE_TAG.fullmatch(tag)
    return match is not None and match["language"] in _english().languages


def language_name(tag: str) -> str:
    """The language's English name; script and region are left out."""
    return _english().languages[tag.partition("-")[0]]


@cache
def _english() -> Locale:
    return Locale("en")
