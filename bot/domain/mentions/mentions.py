"""Which films of the list a message names; rather one too few than one that was not meant.

A mention is a whole title (the usual, the original or another one), word by word, or the address of one of the film's
trailers, of its page at IMDb or at TMDB. How much more has to speak for a title depends on how much it says by itself:

- *telling* titles have two words or more that carry meaning, not all of them everyday words: "Whale Rider";
- *plain* ones have one such word, or everyday words only: "Alien", "The Square", "Get Out";
- *tiny* ones are a single everyday word, or have no more than two letters: "No", "M".

In the order of their weight:

1. The year or the director beside it settles it (`credits`): the film's own, a year give or take one, speaks for any
   title that is not the end of a longer one; another year against it.
2. A line that is titles and nothing else (`title_lists`): enough for a telling title in any case; for a plain one where
   the message is nothing else, and for the others where there is company, see
   `mention_lists`.
3. Standing alone in quotation marks, in italics or bold, or as the words of a link: enough for a telling title in any
   case, for a plain one with its capitals, and for a tiny one with its capitals straight after a word such as "watched"
   or "film".
4. With its capitals in running text: enough for a telling title that is not part of a longer name. A plain one has to
   stand straight after such a word, or straight before "film" or "movie", and what follows must not go on with it
   ("watched Pina dance").
5. Without capitals: only telling titles, of three words or more straight after such a word, or of five or more with
   three that carry meaning.

Capitals in a message that is all in capitals say nothing. Where titles overlap, the longest one is meant, and a title
inside another one of the list is never looked at.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.mentions.addresses import LinkIndex
from bot.domain.mentions.evidence import Evidence
from bot.domain.mentions.spans import Message, Span
from bot.domain.mentions.titles import TitleIndex
from bot.domain.text.tokenizer import Word, strip_markup, words_of

# Letters of a message that are read. A message and one that it forwards have 4,000 each, the embeds of each 6,000, a
# poll 850; only previews of addresses can make it more.
LONGEST_TEXT: Final = 24_000
_MOST_SPANS: Final = 1000  # places of titles that are looked at; nobody names so many films
_SOFT: Final = frozenset(" \t-–—:'’&*_\"“”«»")


class _Part(NamedTuple):
    titles: TitleIndex
    links: LinkIndex
    without: frozenset[str]  # slugs that are not looked at


class MentionIndex:
    """Finds the films of a list in what people write. Made once for a list of films."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self._parts = tuple(parts)

    @classmethod
    def of(cls, films: Iterable[Film]) -> "MentionIndex":
        """The index of these films. That takes a second for 20,000 of them, so it is nothing for the event loop."""
        return cls([_part(tuple(films))])

    def with_own(self, own: Iterable[Film], without: Collection[str]) -> "MentionIndex":
        """The list with other films beside it, and without some of its slugs; it shares what is known of the rest."""
        kept = (part._replace(without=part.without.union(without)) for part in self._parts)
        return MentionIndex([*kept, _part(tuple(own))])

    def find(self, *texts: str) -> tuple[Film, ...]:
        """The films that the texts name, in the order in which they do. Films of one title are all named by it.

        What stands in one text says nothing for another. No more than `LONGEST_TEXT` letters are read of all together.
        """
        found: dict[str, Film] = {}
        left = LONGEST_TEXT
        for text in texts:
            found.update((film.slug, film) for film in self._found(text[:left]) if film.slug not in found)
            left = max(0, left - len(text))
        return tuple(found.values())

    def _found(self, text: str) -> Iterator[Film]:
        prose = strip_markup(text)
        words = words_of(prose)
        spans = self._spans(prose, words)
        evidence = Evidence(Message(prose, words), spans)
        found = [(words[span.first].start, span.title.film) for span in _chosen(evidence, spans)]
        for part in self._parts:
            found += [(at, film) for at, film in part.links.linked(text) if film.slug not in part.without]
        yield from (film for _, film in sorted(found, key=itemgetter(0)))

    def _spans(self, text: str, words: Sequence[Word]) -> list[Span]:
        """Every place where the words of a title stand one after another, in their order; none inside another."""
        spans: list[Span] = []
        reach = -1
        for first in range(len(words)):
            here = [span for span in self._at(words, first) if _is_in_one(text, words, span)]
            if len(spans) > _MOST_SPANS:
                break
            last = max((span.last for span in here), default=-1)
            if last > reach:
                spans += [span for span in here if span.last == last]
                reach = last
        return spans

    def _at(self, words: Sequence[Word], first: int) -> Iterator[Span]:
        for part in self._parts:
            for last, title in part.titles.at(words, first):
                if title.film.slug not in part.without:
                    yield Span(first, last, title)


def _part(films: Sequence[Film]) -> _Part:
    return _Part(TitleIndex(films), LinkIndex(films), frozenset())


def mentioned(text: str, films: Iterable[Film]) -> tuple[Film, ...]:
    """The films among these that the text names: `MentionIndex.find`, for once."""
    return MentionIndex.of(films).find(text)


def _is_in_one(text: str, words: Sequence[Word], span: Span) -> bool:
    """Whether nothing stands between the words of a title but what may."""
    allowed = _SOFT | span.title.called.marks
    gaps = (text[words[at].end : words[at + 1].start] for at in range(span.first, span.last))
    return all(set(gap) <= allowed for gap in gaps)


def _chosen(evidence: Evidence, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans that are meant; of those that overlap the longest."""
    taken: dict[int, tuple[int, int]] = {}
    for span in sorted(filter(evidence.is_meant, spans), key=lambda span: (span.first - span.last, span.first)):
        place = span.place
        if {taken.get(at, place) for at in range(span.first, span.last + 1)} == {place}:
            taken.update(dict.fromkeys(range(span.first, span.last + 1), place))
            yield span
