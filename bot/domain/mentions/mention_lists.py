"""Which titles of a message are meant because they stand in a list of films."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.mentions.credits import Credits
from bot.domain.mentions.spans import Message, Span
from bot.domain.mentions.title_lists import Chain, Place, read_lines
from bot.domain.mentions.titles import Called
from bot.domain.text.stopwords import IMPERATIVES

_LONG_WORD: Final = 8  # letters of a single word that nobody writes as a message unless it is a title
_TELLS: Final = 2


class ListedTitles:
    """The lists of a message, and how the films in them speak for one another."""

    def __init__(self, message: Message, spans: Sequence[Span]) -> None:
        self._message = message
        self._lines = read_lines(message.text, _places(message, spans))
        by_place = {span.place: span for span in reversed(spans)}
        self._chains: dict[tuple[int, int], Chain] = {}
        self._weights: dict[str, int] = {}
        self._telling_lines: dict[int, set[str]] = defaultdict(set)  # by where they begin
        for chain in self._lines.chains:
            for place in chain.places:
                self._chains[place.first, place.last] = chain
                self._weigh(chain, by_place[place.first, place.last])

    def _weigh(self, chain: Chain, span: Span) -> None:
        slug, called, capital = span.title.film.slug, span.title.called, self._message.has_capitals(span)
        if called.is_telling or self._message.credits(span).agrees(span.title.film):
            weight = _TELLS
        else:
            weight = int(not called.is_tiny and (capital or called.uncommon > 0))
        if chain.is_whole:
            self._weights[slug] = max(weight, self._weights.get(slug, 0))
        if chain.is_item and weight == _TELLS and capital:
            self._telling_lines[self._line(span)].add(slug)
        if (
            chain.is_item
            and chain.is_called_films
            and ":" in self._message.text[self._line(span) + 1 : self._message.start(span)]
        ):
            self._telling_lines[self._line(span)].add("")  # by its label

    def chain(self, span: Span) -> Chain | None:
        """The titles among which it stands."""
        return self._chains.get(span.place)

    def is_listed(self, span: Span) -> bool:
        """Whether its line says that it is a film.

        A plain title needs other films in such lines of the message, a word that means films, or to be the whole
        message; a tiny one needs the company of a telling one, or of several plain ones and nothing else.
        """
        chain = self.chain(span)
        if chain is None:
            return False
        if not chain.is_whole:
            return chain.is_item and self._is_among_titles(span)
        called = span.title.called
        if called.is_telling:
            return not span.title.is_short or self._message.has_capitals(span) or len(self._weights) > 1
        if self._message.credits(span).names_another:
            return False
        speaks_of_films = self._lines.speaks_of_films or chain.is_called_films
        if called.is_tiny:
            return not self._is_answer(span, chain) and self._has_company(span, 1 if speaks_of_films else 2)
        if speaks_of_films and (self._message.has_capitals(span) or sum(self._company(span))):
            return True
        return self._has_company(span, max(2, self._lines.others + 1)) or self._is_all_there_is(span, chain)

    def _has_company(self, span: Span, plain_needed: int) -> bool:
        telling, plain = self._company(span)
        alone = not self._lines.others or not span.title.called.is_tiny
        return telling > 0 or (alone and plain >= plain_needed)

    def _company(self, span: Span) -> tuple[int, int]:
        """How many other films are in lists of this message, by telling and by plain titles."""
        weights = [weight for slug, weight in self._weights.items() if slug != span.title.film.slug]
        return weights.count(_TELLS), weights.count(1)

    def _is_all_there_is(self, span: Span, chain: Chain) -> bool:
        """Whether nobody would write this as a whole message unless it was a title."""
        if self._lines.others:
            return False
        called, capital = span.title.called, self._message.has_capitals(span)
        if sum(self._company(span)):
            return capital or called.uncommon > 0 or _is_phrase(called)
        return not chain.is_stressed and (capital or _is_rare(called) or _is_phrase(called))

    def _is_answer(self, span: Span, chain: Chain) -> bool:
        """Whether it is the "no" of "No, Tokyo Story"."""
        comma = self._message.text.startswith(",", self._message.end(span))
        return comma and chain.places[0].first == span.first and not span.title.called.uncommon

    def _is_among_titles(self, span: Span) -> bool:
        """Whether a plain title stands in a row with one that tells, though what else is there is not known."""
        if span.title.called.is_tiny or span.title.is_short or not self._message.has_capitals(span):
            return False
        return bool(self._telling_lines.get(self._line(span), set()) - {span.title.film.slug})

    def _line(self, span: Span) -> int:
        return self._message.text.rfind("\n", 0, self._message.start(span))


def _places(message: Message, spans: Iterable[Span]) -> list[Place]:
    """The spans of one place as one, with the credits that tell most."""
    told: dict[tuple[int, int], list[Credits]] = defaultdict(list)
    for span in spans:
        told[span.place].append(message.credits(span))
    return [Place(*place, max(each, key=_tells)) for place, each in told.items()]


def _tells(told: Credits) -> tuple[int, bool]:
    return told.end - told.start, told.year is not None


def _is_rare(called: Called) -> bool:
    """Whether it is one long word that is no everyday one."""
    return called.weighty == called.uncommon == 1 and max(map(len, called.words)) >= _LONG_WORD


def _is_phrase(called: Called) -> bool:
    """Whether it has several words that ask nobody to do anything."""
    return len(called.words) > 2 and called.words[0] not in IMPERATIVES
