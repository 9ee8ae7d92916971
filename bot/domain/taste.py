"""Which films go with which, and why: the curators' pairs first, then what two films share."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.films import Film


@dataclass(frozen=True)
class Kinship:
    """A film that goes with another. `why` is a curator's sentence, or None where only facts speak."""

    film: Film
    why: str | None
    directors: tuple[str, ...]
    themes: tuple[str, ...]


def more_like(film: Film, films: Iterable[Film], limit: int) -> tuple[Kinship, ...]:
    """At most `limit` films to see after `film`, closest first; the same every time."""
    others = {other.slug: other for other in films if other.slug != film.slug}
    paired = [_kinship(film, others[pair.slug], pair.why) for pair in film.pairs_with if pair.slug in others]
    chosen = {kin.film.slug for kin in paired}
    rest = [_kinship(film, other, None) for slug, other in others.items() if slug not in chosen]
    related = sorted((kin for kin in rest if kin.themes or kin.directors), key=lambda kin: _distance(film, kin))
    return tuple((*paired, *related)[:limit])


def _kinship(film: Film, other: Film, why: str | None) -> Kinship:
    return Kinship(
        other,
        why,
        directors=tuple(name for name in film.directors if name in other.directors),
        themes=tuple(theme for theme in film.themes if theme in other.themes),
    )


def _distance(film: Film, kin: Kinship) -> tuple[int, int, int, str]:
    """A shared director counts as much as two shared themes; then the nearer year."""
    closeness = 2 * len(kin.directors) + len(kin.themes) + (kin.film.kind is film.kind)
    return (-closeness, -len(kin.themes), abs(kin.film.year - film.year), kin.film.slug)
