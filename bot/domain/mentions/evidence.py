"""What speaks for a title in a message; the rule as a whole is told in `mentions`."""

import re
from collections.abc import Sequence
from typing import Final

from bot.domain.mentions.credits import Credits
from bot.domain.mentions.mention_lists import ListedTitles
from bot.domain.mentions.spans import Message, Span
from bot.domain.mentions.title_lists import turns_capital
from bot.domain.text.stopwords import CONTINUATIONS, CUES, NAMED, NAMED_AS, NAMING, STOPWORDS

# Of two titles that are parted by "or" both have to be known: "An Inconvenient Truth ... or Convenient Fiction?"
_ALTERNATIVE: Final = re.compile(r",?\sor\s+[A-Z]")
_UNCASED_MORE: Final = re.compile(r":\s|,?\sor\s")
_JOINING: Final = frozenset({"and", "or", "vs", "versus", "then", "plus", "with"})
_PARTING: Final = frozenset(".!?;:…)]},/|+–—•·→>\n")
_LEADING: Final = STOPWORDS | CUES | NAMED_AS | CONTINUATIONS
_FAR: Final = 40  # letters behind a title that are looked at for a capital
_STEPS: Final = 8  # small words before a title that are passed over


class Evidence:
    """Weighs what a message says for each of the titles that stand in it."""

    def __init__(self, message: Message, spans: Sequence[Span]) -> None:
        self._message = message
        self._lists = ListedTitles(message, spans)

    def is_meant(self, span: Span) -> bool:
        """Whether enough speaks for the title there."""
        told, film = self._message.credits(span), span.title.film
        if told.contradicts(film):
            return False
        if told.agrees(film):
            return self._begins_there(span, told)
        if self._lists.is_listed(span):
            return True
        if span.title.is_short or self._message.is_quoted_with_more(span):
            return False
        if told.names_another and not span.title.called.is_telling:
            return False
        return self._is_named(span)

    def _is_named(self, span: Span) -> bool:
        """Whether its spelling, its marks and the words around it say that it is a title."""
        message, called = self._message, span.title.called
        capital = message.has_capitals(span)
        if message.is_set_apart(span):
            return called.is_telling or (capital and (not called.is_tiny or message.is_introduced(span, CUES)))
        if called.is_tiny:
            return False
        behind = message.text[message.end(span) : message.end(span) + _FAR]
        if capital and called.is_telling:
            return message.is_whole_name(span) and _ALTERNATIVE.match(behind) is None
        if capital:
            return self._is_spoken_of(span, behind)
        if not called.is_telling or message.goes_on(span) or _UNCASED_MORE.match(behind):
            return False
        if len(called.words) >= 5 and called.weighty >= 3:
            return True
        return len(called.words) >= 3 and message.is_introduced(span, CUES | NAMED_AS)

    def _is_spoken_of(self, span: Span, behind: str) -> bool:
        """Whether a plain title stands where only films are named."""
        message, after = self._message, self._message.after(span)
        if after is not None and after.folded in {"film", "movie"} and span.first > 0:
            return message.before(span) is not None and message.is_whole_name(span)
        if turns_capital(behind):
            return False
        return message.is_introduced(span, CUES) and (after is None or after.folded in CONTINUATIONS)

    def _begins_there(self, span: Span, told: Credits) -> bool:
        """Whether what stands before it does not make it the end of a longer title."""
        chain = self._lists.chain(span)
        if chain is not None and (chain.is_whole or chain.places[0].first != span.first):
            return True
        words, at = self._message.words, span.first - 1
        while at >= 0 and words[at].start >= told.start:
            at -= 1
        if at < 0 or not _PARTING.isdisjoint(between := self._message.text[words[at].end : told.start]):
            return True
        if words[at].is_possessive or self._message.is_set_apart(span) or self._is_lead(at, CUES | NAMED_AS):
            return True
        if words[at].folded in _JOINING or between.strip() == "&":
            return span.title.called.is_telling and self._message.has_capitals(span)
        if words[at].folded in NAMING:
            return False
        for _ in range(_STEPS):
            if at > 0 and words[at].folded in STOPWORDS and not self._message.starts_line(at):
                at -= 1
        return not words[at].is_capital or (self._message.starts_line(at) and self._is_lead(at, _LEADING))

    def _is_lead(self, at: int, leads: frozenset[str]) -> bool:
        """Whether word number `at` is one of these, and not part of a name."""
        word = self._message.words[at]
        if word.folded in NAMING and (at == 0 or self._message.words[at - 1].folded not in NAMED):
            return False
        return word.folded in leads and (not word.is_capital or self._message.starts_line(at))
