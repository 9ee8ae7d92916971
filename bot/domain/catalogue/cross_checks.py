"""What can be wrong between entries that are each right alone: words, pairs, trailers, ids, collections."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.domain.catalogue.collections import Collection
from bot.domain.films.films import Film
from bot.domain.films.loading import LoadResult, ValidationIssue
from bot.domain.films.marked_titles import has_lone_asterisk, texts_with_titles
from bot.domain.films.vocabulary import Vocabulary


def faults_between(reading: LoadResult, vocabulary: Vocabulary) -> Iterator[ValidationIssue]:
    """Every fault between entries. An empty half of the vocabulary binds nobody.

    A pair with a film whose own file has a fault is none: that fault is told already.
    """
    known = known_slugs(reading)
    for film in reading.films:
        yield from _unknown_words(film, vocabulary)
        yield from _unknown_pairs(film, known)
        yield from _lone_asterisks(film)
    yield from _shared(reading.films)


class Owners:
    """Who has which of the things that no two films may have in common."""

    def __init__(self, bodies: Iterable[Mapping[str, Any]]) -> None:
        self._owned: dict[tuple[str, str], str] = {}
        for body in bodies:
            name = f"{body['title']} ({body['year']})"
            for trailer in body.get("trailers", ()):
                self._owned.setdefault(("trailers", f"{trailer['provider']}:{trailer['id']}"), name)
            for kind, value in body.get("ids", {}).items():
                self._owned.setdefault((f"ids.{kind}", str(value)), name)

    def claim(self, film: Film) -> Iterator[ValidationIssue]:
        """Give the film what nobody has, and tell what is another's."""
        for path, value in _own_things(film):
            key = path.partition(".")[0] if path.startswith("trailers") else path
            other = self._owned.setdefault((key, value), film.name)
            if other != film.name:
                yield ValidationIssue(_file(film), path, "taken", values={"other": other})


def without_strangers(
    film: Film, owners: Owners, known: frozenset[str], vocabulary: Vocabulary
) -> tuple[Film, tuple[ValidationIssue, ...]]:
    """The film as `faults_between` has nothing against it, and what had to be taken out of it for that."""
    faults = (*_unknown_words(film, vocabulary), *_unknown_pairs(film, known), *owners.claim(film))
    if not faults:
        return film, ()
    wrong = {fault.path.removesuffix(".id").removesuffix(".slug") for fault in faults}
    kept: dict[str, object] = {
        key: tuple(value for number, value in enumerate(getattr(film, key)) if f"{key}.{number}" not in wrong)
        for key in ("themes", "genres", "pairs_with", "trailers")
    }
    kept["ids"] = film.ids.model_copy(update={key: None for key in ("imdb", "tmdb") if f"ids.{key}" in wrong})
    return film.model_copy(update=kept), faults


def faults_of_collections(
    collections: Iterable[tuple[str, Collection]], known: frozenset[str]
) -> Iterator[ValidationIssue]:
    """Every unknown film that a collection names, and every lone asterisk; each comes with its file's name."""
    for file, collection in collections:
        if has_lone_asterisk(collection.introduction):
            yield ValidationIssue(file, "introduction", "lone_asterisk")
        for number, film in enumerate(collection.films):
            if film.slug not in known:
                yield ValidationIssue(file, f"films.{number}.slug", "unknown_film", values={"slug": film.slug})
            if has_lone_asterisk(film.line):
                yield ValidationIssue(file, f"films.{number}.line", "lone_asterisk")


def known_slugs(reading: LoadResult) -> frozenset[str]:
    """The films of the folder, those included whose file has a fault."""
    broken = (fault.file.removesuffix(".toml") for fault in reading.faults)
    return frozenset((*(film.slug for film in reading.films), *broken))


def _unknown_pairs(film: Film, known: frozenset[str]) -> Iterator[ValidationIssue]:
    for number, pair in enumerate(film.pairs_with):
        if pair.slug not in known:
            yield ValidationIssue(_file(film), f"pairs_with.{number}.slug", "unknown_film", values={"slug": pair.slug})


def _unknown_words(film: Film, vocabulary: Vocabulary) -> Iterator[ValidationIssue]:
    halves = (("themes", film.themes, vocabulary.themes), ("genres", film.genres, vocabulary.genres))
    for key, tags, terms in halves:
        known = {term.slug for term in terms}
        for number, tag in enumerate(tags):
            if known and tag not in known:
                yield ValidationIssue(_file(film), f"{key}.{number}", f"unknown_{key[:-1]}", values={"tag": tag})


def _lone_asterisks(film: Film) -> Iterator[ValidationIssue]:
    for path, text in texts_with_titles(film):
        if has_lone_asterisk(text):
            yield ValidationIssue(_file(film), path, "lone_asterisk")


def _shared(films: Iterable[Film]) -> Iterator[ValidationIssue]:
    """Trailers and ids that an earlier film has already."""
    taken: dict[tuple[str, str], Film] = {}
    for film in films:
        for path, value in _own_things(film):
            other = taken.setdefault((path.partition(".")[0] + path.rpartition(".")[2], value), film)
            if other is not film:
                yield ValidationIssue(_file(film), path, "taken", values={"other": other.slug})


def _own_things(film: Film) -> Iterator[tuple[str, str]]:
    """What no two films may have in common, each with its place in the entry."""
    for number, trailer in enumerate(film.trailers):
        yield f"trailers.{number}.id", f"{trailer.provider}:{trailer.id}"
    if film.ids.imdb is not None:
        yield "ids.imdb", film.ids.imdb
    if film.ids.tmdb is not None:
        yield "ids.tmdb", str(film.ids.tmdb)


def _file(film: Film) -> str:
    return f"{film.slug}.toml"
