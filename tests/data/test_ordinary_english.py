"""No word is leaned on: none stands far more often on the list than in ordinary English.

`wordfreq` knows how often; its figures end with 2021 and will not move any more, so neither does this bound.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from wordfreq import word_frequency

from bot.content import DATA
from bot.storage.content.films import read_films
from tests.data.prose import Text, of_film, untitled

_TEXTS: Final = tuple(t for each in read_films(DATA / "films").films for t in of_film(each) if t.part != "note")
_TIMES: Final = 20
_ENTRIES: Final = 14  # a word counts where at least one entry in so many has it
# What a list of films cannot do without.
_OF_FILMS: Final = frozenset(
    "film films filmed films camera cameras lens cinema director scene scenes screen documentary watch watches watching"
    " footage story".split()
)
_STIFF: Final = ("somebody", "nobody", "anybody", "everybody")


def leaned_on(texts: Iterable[Text], entries: int) -> Mapping[str, float]:
    """How many times more often than in ordinary English the words stand that many entries have."""
    counted: Counter[str] = Counter()
    places: defaultdict[str, set[str]] = defaultdict(set)
    every = 0
    for text in texts:
        words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", untitled(text.said))
        every += len(words)
        for word in words:
            if word.islower():  # a name is no word
                counted[word] += 1
                places[word].add(text.where)
    ordinary = {word: word_frequency(word, "en") for word in counted if len(places[word]) >= entries}
    return {word: counted[word] / every / usual for word, usual in ordinary.items() if usual}


def test_no_word_is_leaned_on() -> None:
    films = {text.where for text in _TEXTS}
    found = leaned_on(_TEXTS, len(films) // _ENTRIES)
    assert {word: times for word, times in found.items() if times > _TIMES and word not in _OF_FILMS} == {}


def test_people_are_called_somebody_no_more_often_than_elsewhere() -> None:
    found = leaned_on(_TEXTS, 1)
    assert {word: found[word] for word in _STIFF if found.get(word, 0) > 2} == {}


def test_a_word_that_is_leaned_on_is_seen() -> None:
    texts = [Text(f"film-{year}", "why", "They quarrel and go to the house of a friend.") for year in (1990, 1991)]
    assert leaned_on(texts, 2)["quarrel"] > _TIMES
    assert leaned_on(texts, 2)["the"] < _TIMES
    assert leaned_on(texts, 3) == {}
