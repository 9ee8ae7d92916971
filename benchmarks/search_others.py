"""Other ways to find a title as it is typed, each in the form that its makers recommend for slips or parts of words."""

import importlib.util
import sqlite3
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from bot.domain.films.films import Film
from bot.domain.text.normalize import fold

Engine = Callable[[str, int], Sequence[Film]]


def full_scan(films: Sequence[Film]) -> Engine:
    """rapidfuzz over every title."""
    titles = [fold(f"{film.title} {film.year}") for film in films]

    def suggest(typed: str, limit: int) -> list[Film]:
        return [films[at] for _, _, at in process.extract(fold(typed), titles, scorer=fuzz.WRatio, limit=limit)]

    return suggest


def sqlite_trigrams(films: Sequence[Film]) -> Engine:
    """SQLite's FTS5 with its trigram tokenizer, in memory: all trigrams of what was typed, any of them, best first."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE titles USING fts5(title, tokenize='trigram', detail='full')")
    database.executemany(
        "INSERT INTO titles(rowid, title) VALUES (?, ?)",
        ((at, fold(f"{film.title} {film.year}")) for at, film in enumerate(films)),
    )

    def suggest(typed: str, limit: int) -> list[Film]:
        folded = fold(typed)
        trigrams = dict.fromkeys(folded[at : at + 3] for at in range(len(folded) - 2))
        if not trigrams:
            return []
        wanted = " OR ".join(f'"{trigram}"' for trigram in trigrams)
        rows = database.execute("SELECT rowid FROM titles WHERE title MATCH ? ORDER BY rank LIMIT ?", (wanted, limit))
        return [films[at] for (at,) in rows]

    return suggest


def tantivy_index(films: Sequence[Film]) -> Engine | None:
    """tantivy's fuzzy terms, the last word as a beginning; None where it is not installed."""
    if importlib.util.find_spec("tantivy") is None:
        return None
    import tantivy

    fields = tantivy.SchemaBuilder()
    fields.add_text_field("title")
    fields.add_unsigned_field("at", stored=True)
    schema = fields.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for at, film in enumerate(films):
        writer.add_document(tantivy.Document(title=fold(f"{film.title} {film.year}"), at=at))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def like(word: str, *, is_last: bool) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(schema, "title", word, 2 if len(word) > 7 else 1, prefix=is_last)

    def suggest(typed: str, limit: int) -> list[Film]:
        words = fold(typed).split()
        parts = [(tantivy.Occur.Should, like(word, is_last=word is words[-1])) for word in words]
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit).hits
        return [films[searcher.doc(address)["at"][0]] for _, address in hits]

    return suggest
