"""Other ways to write what a title says: numbers in words or digits, Roman numerals, and abbreviations in full."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth"
).split()
# French and German as far as the word means nothing else in another language.
_FOREIGN: Final = {
    word: value
    for words in ("deux trois quatre cinq - sept huit neuf dix", "zwei drei vier funf sechs sieben acht neun zehn")
    for value, word in enumerate(words.split(), start=2)
    if word != "-"
}
_VALUES: Final = (
    {word: value for value, word in enumerate(_ONES)}
    | {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | _FOREIGN
)
_NTH: Final = {word: value for value, word in enumerate(_ORDINALS, start=1)} | {
    f"{word[:-1]}ieth": value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_HUNDREDS: Final = frozenset("hundred cent cents hundert".split())
_THOUSANDS: Final = frozenset("thousand mille".split())
_ROMAN: Final = {
    numeral: value
    for value, numeral in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), start=1
    )
}
PARTS: Final = frozenset("part volume chapter episode".split())
_ABBREVIATIONS: Final = (
    "dr=doctor mr=mister mrs=missus st=saint ste=sainte jr=junior sr=senior vs=versus pt=part vol=volume ch=chapter"
    " ep=episode prof=professor capt=captain sgt=sergeant lt=lieutenant mt=mount ft=fort"
)
_IN_FULL: Final = {short: full for short, _, full in (pair.partition("=") for pair in _ABBREVIATIONS.split())}
_SPECIAL: Final = frozenset((*_VALUES, *_NTH, *_HUNDREDS, *_THOUSANDS, *_ROMAN, *_IN_FULL, *PARTS)) - {"i"}
_NTH_DIGITS: Final = re.compile(r"(\d{1,3})(st|nd|rd|th)")
_DIGITS: Final = re.compile(r"\d{1,4}")
_YEARS_IN_PAIRS: Final = (*range(1100, 2000), *range(2010, 2100))
_LAST: Final = 9999


def other_spellings(folded: str) -> tuple[str, ...]:
    """What was folded with all its numbers in digits, and with all of them in words; nothing where both are the same.

    Abbreviations are in full in both.
    """
    words = folded.split()
    if _SPECIAL.isdisjoint(words) and not any(character.isdecimal() for character in folded):
        return ()
    in_digits = with_digits(words)
    in_words = [spelt for word in in_digits for spelt in _in_words(word)]
    return tuple(dict.fromkeys(" ".join(form) for form in (in_digits, _with_half(in_words)) if form != words))


def with_digits(words: Sequence[str]) -> list[str]:
    """Folded words with every number in digits and every abbreviation in full."""
    full = [_IN_FULL.get(word, word) for word in words]
    found: list[str] = []
    at = 0
    while at < len(full):
        length, digits = _number(full, at)
        found += digits or [full[at]]
        at += max(1, length)
    return found


def with_roman_in_digits(words: Sequence[str]) -> list[str]:
    """Folded words with Roman numerals in digits, where they are numerals."""
    full = [_IN_FULL.get(word, word) for word in words]
    return [_roman(full, at) or word for at, word in enumerate(full)]


def _number(words: Sequence[str], at: int) -> tuple[int, list[str]]:
    """How many words make a number there, and its digits; a half is "1 2", as "1/2" folds."""
    if (roman := _roman(words, at)) is not None:
        return 1, [roman]
    length, digits = _cardinal(words, at)
    if not length:
        return (1, [_nth(_NTH[words[at]])]) if words[at] in _NTH else (0, [])
    following = words[at + length : at + length + 3]
    if following == ["and", "a", "half"]:
        return length + 3, [digits, "1", "2"]
    if following[:1] == ["000"]:  # "20,000"
        return length + 1, [digits + "000"]
    last = _NTH.get(following[0], 10) if following else 10
    if last < 10 and digits.endswith("0") and words[at] in _TENS:
        return length + 1, [_nth(int(digits) + last)]
    return length, [digits]


def _cardinal(words: Sequence[str], at: int) -> tuple[int, str]:
    if words[at].isdecimal():
        return 1, words[at]
    length, value = _group(words, at)
    if not length:
        return 0, ""
    pair_length, pair = _group(words, at + length)
    if 11 <= value <= 21 and 10 <= pair < 100:  # "nineteen eighty-four"
        return length + pair_length, f"{value}{pair}"
    return length, str(value)


def _group(words: Sequence[str], at: int) -> tuple[int, int]:
    """How many words from there on make one number, and which."""
    length, value = _below_thousand(words, at)
    if not length and words[at : at + 1] == ["thousand"]:
        value = 1
    if value and at + length < len(words) and words[at + length] in _THOUSANDS:
        more, rest = _behind(words, at + length + 1, _below_thousand)
        return length + 1 + more, value * 1000 + rest
    return length, value


def _below_thousand(words: Sequence[str], at: int) -> tuple[int, int]:
    length, value = _below_hundred(words, at)
    if not length and words[at : at + 1] == ["hundred"]:
        value = 1
    if value and at + length < len(words) and words[at + length] in _HUNDREDS:
        more, rest = _behind(words, at + length + 1, _below_hundred)
        return length + 1 + more, value * 100 + rest
    return length, value


def _behind(words: Sequence[str], at: int, part: Callable[[Sequence[str], int], tuple[int, int]]) -> tuple[int, int]:
    """The rest of a number, perhaps behind "and"."""
    joined = int(words[at : at + 1] == ["and"])
    length, value = part(words, at + joined)
    return (length + joined, value) if length else (0, 0)


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int]:
    value = _VALUES.get(words[at]) if at < len(words) else None
    if value is None:
        return 0, 0
    unit = _VALUES.get(words[at + 1], 0) if at + 1 < len(words) else 0
    if words[at] in _TENS and 0 < unit < 10:
        return 2, value + unit
    return 1, value


def _roman(words: Sequence[str], at: int) -> str | None:
    """The digits of a numeral, which never opens a title; of one letter only at the end or straight behind "part"."""
    value = _ROMAN.get(words[at])
    if value is None or at == 0:
        return None
    behind_part = words[at - 1] in PARTS
    if len(words[at]) == 1 and not behind_part and (words[at] == "i" or at + 1 < len(words)):
        return None
    return str(value)


def _nth(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value not in {11, 12, 13} else "th"
    return f"{value}{ending}"


def _in_words(word: str) -> Iterator[str]:
    if match := _NTH_DIGITS.fullmatch(word):
        yield from _ordinal(int(match[1]))
    elif _DIGITS.fullmatch(word) and (word == "0" or not word.startswith("0")):
        yield from _spelt(int(word))
    else:
        yield word


def _ordinal(value: int) -> list[str]:
    names = {number: word for word, number in _NTH.items()}
    if value in names:
        return [names[value]]
    tens, unit = value // 10 * 10, value % 10
    return [*_spelt(tens), names[unit]] if value < 100 and unit else [_nth(value)]


def _spelt(value: int) -> list[str]:
    if value in _YEARS_IN_PAIRS and value % 100 >= 10:
        return [*_spelt(value // 100), *_spelt(value % 100)]
    if value < 20:
        return [_ONES[value]]
    if value < 100:
        return [_TENS[value // 10 - 2], *(_spelt(value % 10) if value % 10 else ())]
    size, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    rest = value % size
    joined = ["and"] if 0 < rest < 100 else []
    return [*_spelt(value // size), name, *joined, *(_spelt(rest) if rest else ())]


def _with_half(words: list[str]) -> list[str]:
    """With "and a half" for the "one two" that a half is spelt as at the end."""
    return [*words[:-2], "and", "a", "half"] if len(words) > 2 and words[-2:] == ["one", "two"] else words
