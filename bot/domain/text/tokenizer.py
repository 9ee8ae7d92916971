"""The words of what people write, each with its spelling and its place."""

import re
import unicodedata
from itertools import groupby
from typing import Final, NamedTuple

from bot.domain.text.normalize import fold

# Letters up to which a word can be one of a title. One sign may fold into four words, and nobody waits for thousands.
_LONGEST_WORD: Final = 200
_APOSTROPHES: Final = "'\u2018\u2019\u02bc"
# Blocks and pieces of code, addresses, and Discord's mentions, custom emoji, commands and times.
_MACHINERY: Final = re.compile(
    r"```.*?```|`[^`\n]*`|https?://[^\s<>)\]]+"
    r"|<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|/[^:>]+:\d+|t:-?\d+(?::\w)?|id:\w+)>|:[A-Za-z0-9_]{2,}:",
    re.DOTALL,
)


class Word(NamedTuple):
    """A word: folded, folded without the "'s" at its end, as it is written, and from where to where it goes."""

    folded: str
    base: str
    raw: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[0].isupper() or self.raw[0].istitle()

    @property
    def is_cased(self) -> bool:
        """Whether it has letters that can be small or capital, which numbers and many scripts have not."""
        return self.raw.upper() != self.raw.lower()

    @property
    def is_upper(self) -> bool:
        """Whether it is cased and has no small letter."""
        return self.is_cased and self.raw.upper() == self.raw

    @property
    def is_possessive(self) -> bool:
        """Whether it ends on "'s"."""
        return self.base != self.folded


def strip_markup(text: str) -> str:
    """The text with everything that is no prose replaced by ends of lines, every other letter in its place."""
    return _MACHINERY.sub(lambda match: "\n" * len(match[0]), text)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of the text. One that folds into several, such as "½", is left as those, all in the same place."""
    found: list[Word] = []
    for is_word, run in groupby(enumerate(text), key=lambda pair: _is_of_a_word(pair[1])):
        if not is_word:
            continue
        letters = list(run)
        whole = "".join(letter for _, letter in letters)
        raw = whole.strip(_APOSTROPHES)
        if not raw:
            continue
        start = letters[0][0] + len(whole) - len(whole.lstrip(_APOSTROPHES))
        bare = re.sub(rf"[{_APOSTROPHES}][sS]$", "", raw)
        bases = fold(bare[:_LONGEST_WORD]).split()
        folded = fold(raw).split() if len(raw) <= _LONGEST_WORD else [fold(raw[:_LONGEST_WORD]).replace(" ", "")]
        found += [
            Word(one, bases[at] if at < len(bases) else one, raw, start, start + len(raw))
            for at, one in enumerate(folded)
        ]
    return tuple(found)


def _is_of_a_word(character: str) -> bool:
    return (
        character.isalnum() or character in _APOSTROPHES or unicodedata.category(character) in {"Mn", "Mc"}
    ) and character != "_"
