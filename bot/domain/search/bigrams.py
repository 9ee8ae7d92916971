"""Texts that nearly say what was typed: a few hundred by the pairs of letters they share, for rapidfuzz to judge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.domain.search.bitset import bits_of, count_planes, select, with_count

_LONGEST: Final = 63
_ROOM: Final = 3  # two slips and a letter of an article that was left out
# So many texts are judged: of the same length but for a letter, about as long, and longer.
_CLOSE, _ALIKE, _LONGER = 80, 40, 40
# A slip takes away two pairs of letters, or three when two letters change places.
_PAIRS_LOST: Final = 6
# Scores are rapidfuzz's, 0-100. A beginning says less than the whole, and words that merely occur still less.
_BEGUN: Final = 4
_OCCURS: Final = 20
_NEAR: Final = 58
_SHORTEST: Final = 3


class BigramIndex:
    """An immutable index of texts in Latin letters; texts in other scripts are found by their Latin forms."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._places = range(len(texts))
        having: defaultdict[str, list[int]] = defaultdict(list)
        lengths: list[list[int]] = [[] for _ in range(_LONGEST + 1)]
        for at, text in enumerate(texts):
            if text.isascii():
                lengths[min(len(text), _LONGEST)].append(at)
                for pair in _pairs(text):
                    having[pair].append(at)
        self._having = {pair: bits_of(places) for pair, places in having.items()}
        self._up_to = _running(lengths)

    def fuzzy_matches(self, typed: str) -> list[tuple[float, int]]:
        """Places of texts that are like what was typed, each with its score of 58 to 100."""
        if len(typed) < _SHORTEST or not typed.isascii():
            return []
        places = self._likeliest(typed)
        texts = [self._texts[at] for at in places]
        begun = [text[: len(typed)] for text in texts]
        best: dict[int, float] = {}
        for scorer, judged, scale, less in (
            (OSA.normalized_similarity, texts, 100, 0),
            (OSA.normalized_similarity, begun, 100, _BEGUN),
            # Words in another order, or among others. A single word is looked for among single words.
            *(((fuzz.WRatio, texts, 1, _OCCURS),) if " " in typed else ()),
        ):
            least = (_NEAR + less) / scale
            for _, score, at in process.extract(typed, judged, scorer=scorer, limit=None, score_cutoff=least):
                best[at] = max(best.get(at, 0), score * scale - less)
        return [(score, places[at]) for at, score in best.items()]

    def _likeliest(self, typed: str) -> list[int]:
        wanted = _pairs(typed)
        pairs = [self._having[pair] for pair in wanted if pair in self._having]
        planes = count_planes(pairs)
        length = min(len(typed), _LONGEST)
        shorter, alike = self._below(length - _ROOM), self._below(length + _ROOM + 1)
        close = self._below(length + 2) & ~self._below(length - 1)
        parts = {close: _CLOSE, alike & ~shorter & ~close: _ALIKE, self._up_to[-1] & ~alike: _LONGER}
        least = max(1, len(wanted) - _PAIRS_LOST, len(wanted) // 3)
        found = 0
        for count in range(len(pairs), least - 1, -1):
            level = with_count(planes, count)
            for part, left in list(parts.items()):
                here = level & part
                if left > 0 and here:
                    found |= here if here.bit_count() <= left else bits_of(select(here, self._places, left))
                    parts[part] = left - here.bit_count()
        return select(found, self._places, len(self._texts))

    def _below(self, length: int) -> int:
        """The texts that are shorter."""
        return 0 if length <= 0 else self._up_to[min(length - 1, _LONGEST)]


def _pairs(text: str) -> set[str]:
    """Every two letters that follow each other in a word, and the word's ends."""
    pairs: set[str] = set()
    for word in text.split():
        ended = f" {word} "
        pairs.update(ended[at : at + 2] for at in range(len(ended) - 1))
    return pairs


def _running(lengths: Iterable[Sequence[int]]) -> list[int]:
    """For each length, the texts that are no longer."""
    so_far, sets = 0, list[int]()
    for places in lengths:
        so_far |= bits_of(places)
        sets.append(so_far)
    return sets
