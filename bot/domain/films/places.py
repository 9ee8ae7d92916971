"""Names of countries and languages by their codes: the Unicode CLDR's, and ISO's where it has none."""

import re
from functools import cache
from typing import Final

from bot.domain.films.place_names import COUNTRIES, LANGUAGES
from bot.domain.text.normalize import fold

# ISO 3166-3 codes of states that a film can still come from; CLDR no longer names them.
_FORMER_COUNTRIES: Final = {
    "CSHH": "Czechoslovakia",
    "DDDE": "East Germany",
    "SUHH": "Soviet Union",
    "YUCS": "Yugoslavia",
}
# What people write instead of the names that CLDR has; folded.
_ALSO_COUNTRIES: Final = {
    **dict.fromkeys(("usa", "u s a", "u s", "united states of america", "america"), "US"),
    **dict.fromkeys(("uk", "u k", "great britain", "england", "scotland", "wales", "britain"), "GB"),
    **dict.fromkeys(("west germany", "federal republic of germany"), "DE"),
    **dict.fromkeys(("ussr", "u s s r"), "SUHH"),
    **dict.fromkeys(("gdr", "german democratic republic"), "DDDE"),
    "czech republic": "CZ",
    **dict.fromkeys(("burma", "myanmar"), "MM"),
    "turkey": "TR",
    "ivory coast": "CI",
    **dict.fromkeys(("holland", "the netherlands"), "NL"),
    "hong kong": "HK",
    "macau": "MO",
    "macao": "MO",
    "bosnia": "BA",
    "palestine": "PS",
    "congo": "CG",
}
# ISO 639-3 codes of languages that films are spoken in and CLDR has no name for.
_MORE_LANGUAGES: Final = {
    "cub": "Cubeo",
    "djb": "Djinba",
    "gul": "Gullah",
    "gvc": "Wanano",
    "hop": "Hopi",
    "huu": "Huitoto",
    "tca": "Ticuna",
    "toi": "Tonga (Zambia)",
}
_NAMES: Final = {**LANGUAGES, **_MORE_LANGUAGES}
_ALSO_LANGUAGES: Final = {
    "farsi": "fa",
    "mandarin": "zh",
    "flemish": "nl",
    "bosnian": "bs",
    "castilian": "es",
    "ganalbingu": "djb",
}
_LANGUAGE_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*"
)


def is_country(code: str) -> bool:
    """Whether `code` is an ISO 3166-1 code of two letters, or a former state's of four."""
    return code in COUNTRIES or code in _FORMER_COUNTRIES


def country_name(code: str) -> str:
    """The country's usual English name."""
    return _FORMER_COUNTRIES.get(code) or COUNTRIES[code]


def is_language(tag: str) -> bool:
    """Whether `tag` is a BCP 47 tag in its usual spelling whose language CLDR knows."""
    match = _LANGUAGE_TAG.fullmatch(tag)
    return match is not None and match["language"] in _NAMES


def language_name(tag: str) -> str:
    """The language's English name; script and region are left out."""
    return _NAMES[tag.partition("-")[0]]


def country_code(text: str) -> str | None:
    """The code for a country's code or English name, however it is spelled; None where it is no country."""
    code = text.strip().upper()
    return code if is_country(code) else _countries().get(_name(text))


def language_tag(text: str) -> str | None:
    """The tag for a language's tag or English name, however it is spelled; None where it is no language."""
    tag = text.strip()
    if is_language(tag):
        return tag
    # "Ga" is spoken in Ghana, "ga" in Ireland.
    return _languages().get(_name(text)) or (tag.lower() if is_language(tag.lower()) else None)


@cache
def _countries() -> dict[str, str]:
    names = {_name(name): code for code, name in {**_FORMER_COUNTRIES, **COUNTRIES}.items()}
    return {**names, **_ALSO_COUNTRIES}


def _name(text: str) -> str:
    return fold(text.replace("&", " and "))


@cache
def _languages() -> dict[str, str]:
    tags = sorted((tag for tag in _NAMES if is_language(tag)), key=len, reverse=True)
    names = {_name(language_name(tag)): tag for tag in tags}  # the shortest is the language itself
    return {**names, **_ALSO_LANGUAGES}
