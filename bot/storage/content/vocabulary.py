"""Reading the vocabulary: `themes.toml` and `genres.toml`, a table for each word."""

from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from bot.domain.films.loading import ValidationIssue
from bot.domain.films.vocabulary import Term, Vocabulary
from bot.storage.content.entries import faults_of
from bot.storage.content.films import toml_of

THEMES = "themes.toml"
GENRES = "genres.toml"


class VocabularyReading(NamedTuple):
    """The words of both files, and every fault. A file that is not there has no words."""

    vocabulary: Vocabulary
    faults: tuple[ValidationIssue, ...]


def read_vocabulary(folder: Path) -> VocabularyReading:
    """The words that the files of this folder hold."""
    themes, wrong_themes = _read(folder / THEMES)
    genres, wrong_genres = _read(folder / GENRES)
    vocabulary = Vocabulary(themes, genres)
    strange = (
        ValidationIssue(THEMES, f"{term.slug}.related", "unknown_theme", values={"tag": other})
        for term, other in vocabulary.strangers()
    )
    return VocabularyReading(vocabulary, (*wrong_themes, *wrong_genres, *(() if wrong_themes else strange)))


def _read(path: Path) -> tuple[tuple[Term, ...], tuple[ValidationIssue, ...]]:
    if not path.is_file():
        return (), ()
    values = toml_of(path, path.name)
    if isinstance(values, ValidationIssue):
        return (), (values,)
    terms: list[Term] = []
    faults: list[ValidationIssue] = []
    for slug, word in values.items():
        try:
            terms.append(Term.model_validate({**word, "slug": slug} if isinstance(word, dict) else word))
        except ValidationError as error:
            found = faults_of(path.name, error, Term)
            faults += [ValidationIssue(f.file, f"{slug}.{f.path}".rstrip("."), f.kind, f.line, f.values) for f in found]
    return tuple(terms), tuple(faults)
