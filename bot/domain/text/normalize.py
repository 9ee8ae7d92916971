"""Cleaning and folding of what people type.

`one_line` and `paragraphs` make text safe to store: normal form, no control characters, nothing
invisible. `fold` makes text comparable: no case, no accents, no punctuation.
"""

import re
import unicodedata
from typing import Final

# Zero-width space, word joiner, byte-order mark, soft hyphen, Hangul fillers and the marks that turn
# writing direction. Joiners (U+200C, U+200D) stay: Persian spelling and family emoji need them.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NOT_TEXT: Final = frozenset({"Cc", "Cs", "Cn"})
_APOSTROPHES: Final = frozenset("'\u2018\u2019\u02bc")
# Letters that have no decomposition, so that taking accents off leaves them as they are.
_PLAIN_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def one_line(text: str) -> str:
    """The text in normal form on a single line, without anything that cannot be seen."""
    return " ".join(_visible(text).split())


def paragraphs(text: str) -> str:
    """Like `one_line`, but blank lines go on separating paragraphs."""
    blocks = re.split(r"\n\s*\n", _visible(text.replace("\r\n", "\n")))
    return "\n\n".join(line for block in blocks if (line := " ".join(block.split())))


def has_ink(text: str) -> bool:
    """Whether a reader would see anything at all: a letter, a digit, a sign or an emoji."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def fold(text: str) -> str:
    """The text for comparing: lower case, no accents, words of letters and digits only."""
    return " ".join(text.translate(_FOLDED).split())


def comparable(text: str) -> str:
    """The folded text, or, where it has neither letter nor digit, its signs: "$", and "..." for an ellipsis as well."""
    return fold(text) or "".join(unicodedata.normalize("NFKC", _visible(text)).split())


class _Folding(dict[int, str]):
    """What becomes of each character, worked out when it is first met: folding a synopsis has to be cheap."""

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = _fold_character(chr(codepoint))
        return folded


_FOLDED: Final = _Folding()


def _fold_character(character: str) -> str:
    if _INVISIBLE.fullmatch(character):
        return ""
    # Twice: letters such as the mathematical ones become ordinary capitals only when decomposed.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN_LETTERS)
    return "".join(c if _is_of_a_word(c) else " " for c in bare if c not in _APOSTROPHES)


def _is_of_a_word(character: str) -> bool:
    """Letters, digits, and the vowel signs that Indian and South-East Asian words are made of."""
    is_sign = unicodedata.category(character) in {"Mn", "Mc"} and not "\ufe00" <= character <= "\ufe0f"
    return character.isalnum() or is_sign


def _visible(text: str) -> str:
    seen = (c if c == "\n" or unicodedata.category(c) not in _NOT_TEXT else " " for c in _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", "".join(seen))
