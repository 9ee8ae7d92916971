"""How alike films are told, by SQLite's full-text index: in memory, beside the database and whatever that is.

Each list has an index of its own, so that no server's words weigh in another's.
"""

import sqlite3
import threading
import weakref
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.films.films import Film
from bot.domain.text.normalize import fold

# English words count by their stems; those of other languages mostly stay as they are.
_TABLE: Final = "CREATE VIRTUAL TABLE told USING fts5(words, content='', tokenize='porter unicode61')"
# A word that more of the films have says little of any, and costs the most.
_COMMON: Final = 0.1
# FTS5 gives BM25 the other way round: the better, the further below zero.
_NEAR: Final = "SELECT rowid, -bm25(told) FROM told WHERE told MATCH ?"


class FullTextSimilarity:
    """The words of why, story, questions and content notes, film by film. May be asked from any thread."""

    def __init__(self, films: Iterable[Film]) -> None:
        told = {film.slug: _told(film) for film in films}
        self._slugs = tuple(told)
        having = Counter(word for words in told.values() for word in set(words.split()))
        self._common = {word for word, number in having.items() if number > max(2, len(told) * _COMMON)}
        self._index = sqlite3.connect(":memory:", check_same_thread=False)
        self._asking = threading.Lock()
        weakref.finalize(self, self._index.close)
        self._index.execute(_TABLE)
        self._index.executemany("INSERT INTO told(rowid, words) VALUES (?, ?)", enumerate(told.values()))

    def near(self, film: Film) -> Mapping[str, float]:
        """How well each film of the list answers to the film's words, by slug, itself included: BM25, more is nearer.

        Films without a word in common are left out. The film need not be on the list.
        """
        words = set(_told(film).split()) - self._common
        if not words:
            return {}
        wanted = " OR ".join(f'"{word}"' for word in sorted(words))
        # SQLite lets threads share a connection, but from Python 3.12 on two that ask the same share a statement, too.
        with self._asking:
            found = self._index.execute(_NEAR, (wanted,)).fetchall()
        return {self._slugs[row]: score for row, score in found}


def _told(film: Film) -> str:
    return fold(" ".join((film.why, film.synopsis.text, *film.prompts, *(film.content_notes or ()))))
