"""Where the words of titles stand in a message, and how they are written there."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.domain.mentions.credits import Credits, credits_beside
from bot.domain.mentions.titles import Title
from bot.domain.text.stopwords import NAMED, NAMING
from bot.domain.text.tokenizer import Word

_CLOSING: Final = {
    '"': '"',
    "'": "'",
    "“": "”",
    "‘": "’",
    "„": "“”",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "《": "》",
    "*": "*",
    "_": "_",
    "[": "]",
}
_AROUND_MORE: Final = {mark: closing for mark, closing in _CLOSING.items() if mark not in {"'", "["}}
_MORE: Final = re.compile(r"[:\s–—-]{1,3}(?:(?:and|or|of|the|in|on|for|to|a|with|&)\s){0,3}(?:[A-Z]|\d+\s)")
_WITHIN: Final = frozenset(" \t'’*_\"“”«»")
_ROMAN: Final = frozenset("ii iii iv v vi vii viii ix x".split())
_LONGEST_QUOTE: Final = 80


class Span(NamedTuple):
    """A place in a message where the words of a title stand."""

    first: int  # numbers of words
    last: int
    title: Title

    @property
    def place(self) -> tuple[int, int]:
        """Its first and last word."""
        return self.first, self.last


class Message:
    """A message, word by word."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = words
        self._cased = sum(word.is_cased for word in words)
        self._upper = sum(word.is_upper for word in words)
        self._told: dict[tuple[int, int, str], Credits] = {}

    def start(self, span: Span) -> int:
        """Where the title begins in the text."""
        return self.words[span.first].start

    def end(self, span: Span) -> int:
        """Where its last word ends."""
        return self.words[span.last].end

    def credits(self, span: Span) -> Credits:
        """What is told of the film beside its title."""
        key = (*span.place, span.title.film.slug)
        if key not in self._told:
            end, closing = self.end(span), span.title.called.closing
            whole = end + len(closing) if self.text.startswith(closing, end) else end
            self._told[key] = credits_beside(self.text, self.start(span), whole, span.title.film)
        return self._told[key]

    def has_capitals(self, span: Span) -> bool:
        """Whether it has the title's capitals, in a message that is not all capitals."""
        said = self.words[span.first : span.last + 1]
        outside = self._cased - sum(word.is_cased for word in said)
        upper = sum(word.is_upper for word in said)
        is_shouted = self._upper - upper == outside and (outside > 1 or (not outside and self._is_shout(span, upper)))
        pairs = zip(said, span.title.called.capitals, strict=True)
        return not is_shouted and all(one.is_capital or not capital for one, capital in pairs)

    def is_set_apart(self, span: Span) -> bool:
        """Whether it stands alone in quotation marks, in italics or bold, or as the words of a link."""
        start, end = self.start(span), self.end(span)
        closing = _CLOSING.get(self.text[start - 1 : start] if start else "", "")
        after = self.text[end : end + 2]
        if span.title.called.is_telling:
            after = after.lstrip(",.!?…")
        return bool(closing and after and after[0] in closing)

    def is_quoted_with_more(self, span: Span) -> bool:
        """Whether the marks that open before it close behind a longer title."""
        start, end = self.start(span), self.end(span)
        closing = _AROUND_MORE.get(self.text[start - 1 : start] if start else "")
        if closing is None or _MORE.match(self.text, end) is None:
            return False
        rest = self.text[end : end + _LONGEST_QUOTE].partition("\n")[0]
        return any(mark in rest for mark in closing)

    def is_introduced(self, span: Span, by: frozenset[str]) -> bool:
        """Whether one of these words stands straight before it, in the same sentence, and is no part of a name."""
        before, earlier = self.before(span), self._neighbour(span.first - 2, span.first - 2)
        if before is None or before.folded not in by:
            return False
        if before.folded in NAMING:
            return earlier is not None and earlier.folded in NAMED
        return not before.is_capital or earlier is None

    def goes_on(self, span: Span) -> bool:
        """Whether a number behind it, or a subtitle, makes it another film."""
        if span.last + 1 >= len(self.words):
            return False
        after = self.words[span.last + 1]
        gap, rest = self.text[self.end(span) : after.start], self.text[after.end : after.end + 1]
        if gap.isspace() and "\n" not in gap:
            return after.folded in _ROMAN or (after.folded.isdecimal() and rest not in {"/", ":", ".", "%", "★"})
        return (
            gap.startswith(":") and gap.strip() == ":" and (after.is_capital or (rest == " " and after.raw.isdigit()))
        )

    def is_whole_name(self, span: Span) -> bool:
        """Whether no other capital before or behind makes it part of a longer name."""
        after, before = self.after(span), self.before(span)
        if self.goes_on(span) or (after is not None and after.is_capital and after.folded != "i"):
            return False
        if before is None or not before.is_capital or before.is_possessive or before.folded == "i":
            return True
        return self._neighbour(span.first - 2, span.first - 2) is None  # its capital is that of the sentence

    def before(self, span: Span) -> Word | None:
        """The word before it, unless a mark parts them.

        A colon does: it may stand before the second half of a name, but also behind what leads to one, as in
        "Tonight: Whale Rider".
        """
        return self._neighbour(span.first - 1, span.first - 1)

    def after(self, span: Span) -> Word | None:
        """The word behind it, unless a mark parts them that cannot stand within a name."""
        return self._neighbour(span.last + 1, span.last)

    def starts_line(self, at: int) -> bool:
        """Whether word number `at` is the first of its line."""
        return at == 0 or "\n" in self.text[self.words[at - 1].end : self.words[at].start]

    def _is_shout(self, span: Span, upper: int) -> bool:
        """Whether a title that is all there is in the message has capitals that it has not itself."""
        return upper == self._cased and self.end(span) - self.start(span) > 1 and not span.title.called.is_upper

    def _neighbour(self, at: int, gap: int) -> Word | None:
        """The word there, if what stands in the gap after word number `gap` may stand within a name."""
        if not 0 <= at < len(self.words) or not 0 <= gap < len(self.words) - 1:
            return None
        between = self.text[self.words[gap].end : self.words[gap + 1].start]
        within = between == "-" or set(between) <= (_WITHIN if at <= gap else _WITHIN | {":"})
        return self.words[at] if within else None
