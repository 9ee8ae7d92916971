"""How long a film is, as people and programs write it."""

import re
from typing import Final

_LONGEST_TEXT: Final = 60
_ABOUT: Final = re.compile(r"^(?:ca\.?|circa|about|approx\.?|~|≈)\s*", re.IGNORECASE)
_NUMBER: Final = r"\d{1,4}(?:[.,]\d{1,3})?"
_CLOCK: Final = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{2})(?:\.\d+)?)?(?:\s*(?:h|hrs?))?", re.IGNORECASE)
_ISO: Final = re.compile(r"PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", re.IGNORECASE)
# No two repetitions side by side may match the same characters: pasted nonsense would be read for minutes.
_WORDS: Final = re.compile(
    rf"(?:(?P<h>{_NUMBER})\s*(?:h|hrs?|hours?|std|stunden?|heures?|or[ae]|horas?|uur)\.?[,\s]*(?:(?:and|und|et|e|y)\s+)?)?"
    rf"(?:(?P<m>{_NUMBER})\s*(?:m|mins?|minutes?|minuten|minut[io]s?|minuut|mn|['’′])?\.?)?"  # as people write minutes
    r"(?:[,\s]+\d{1,2}\s*(?:s|secs?|seconds?)\.?)?",
    re.IGNORECASE,
)
_MOST_HOURS: Final = 12  # on a clock without seconds; 91:00 is minutes and seconds


def minutes_in(text: str) -> int | None:
    """The length in whole minutes; None where the text is no length."""
    typed = _ABOUT.sub("", text[: _LONGEST_TEXT + 1].strip())
    if not typed or len(typed) > _LONGEST_TEXT:
        return None
    if match := _CLOCK.fullmatch(typed):
        first, second, third = match.groups()
        return int(first) if third is None and int(first) > _MOST_HOURS else int(first) * 60 + int(second)
    if match := _ISO.fullmatch(typed):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 60 + minutes + seconds // 60
    match = _WORDS.fullmatch(typed)
    if match is None or not (match["h"] or match["m"]):
        return None
    return round(_value(match["h"]) * 60 + _value(match["m"]))


def _value(number: str | None) -> float:
    return float((number or "0").replace(",", "."))
