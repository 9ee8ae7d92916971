"""Which film is meant: by its ids first, then by any of its titles with its year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from bot.domain.films.films import Film
from bot.domain.text.normalize import fold

NEAR: Final = (-1, 1)  # years in which another list may have the same film


@dataclass(frozen=True)
class Marks:
    """What a film can be told by; the usual title comes first."""

    titles: tuple[str, ...]
    year: int
    imdb: str | None = None
    tmdb: int | None = None
    directors: frozenset[str] = frozenset()

    def is_another(self, other: "Marks") -> bool:
        """Whether ids say that the two are not the same."""
        return _differ(self.imdb, other.imdb) or _differ(self.tmdb, other.tmdb)

    def shares_directors(self, other: "Marks") -> bool:
        """Whether a director is named by both, or one of them names none."""
        return not (self.directors and other.directors) or not self.directors.isdisjoint(other.directors)


def title_key(title: str) -> str:
    """The title for comparing: without case and accents if that leaves anything of it, and with & as a word."""
    return fold(title.replace("&", " and ")) or title.casefold()


def marks_of(entry: Film | Mapping[str, Any]) -> Marks:
    """The marks of a film, or of an entry that has at least title and year."""
    if isinstance(entry, Film):
        titles, directors = entry.titles, entry.directors
        return Marks(_keys(titles), entry.year, entry.ids.imdb, entry.ids.tmdb, frozenset(map(fold, directors)))
    others = entry.get("other_titles") or ()
    titles = (entry["title"], entry.get("original_title"), *others)
    ids = cast("Mapping[str, Any]", entry.get("ids") or {})
    directors = frozenset(fold(name) for name in entry.get("directors") or () if isinstance(name, str))
    return Marks(_keys(titles), entry["year"], ids.get("imdb"), ids.get("tmdb"), directors)


class FilmIndex:
    """Films by what they can be told by."""

    def __init__(self) -> None:
        self._marks: dict[str, Marks] = {}
        self._ids: dict[tuple[str, str | int], str] = {}
        self._named: dict[tuple[str, int], list[str]] = {}

    def add(self, slug: str, marks: Marks) -> None:
        """A film that may be meant. Of two with one id the first has it."""
        self._marks[slug] = marks
        for kind, value in (("imdb", marks.imdb), ("tmdb", marks.tmdb)):
            if value is not None:
                self._ids.setdefault((kind, value), slug)
        for title in dict.fromkeys(marks.titles):
            self._named.setdefault((title, marks.year), []).append(slug)

    def __getitem__(self, slug: str) -> Marks:
        return self._marks[slug]

    def by_id(self, marks: Marks) -> str | None:
        """The film with one of these ids, IMDb's before TMDB's."""
        by_imdb = self._ids.get(("imdb", marks.imdb)) if marks.imdb is not None else None
        by_tmdb = self._ids.get(("tmdb", marks.tmdb)) if marks.tmdb is not None else None
        if by_imdb is None and by_tmdb is not None and _differ(marks.imdb, self._marks[by_tmdb].imdb):
            return None
        return by_imdb or by_tmdb

    def by_name(self, marks: Marks, year: int | None = None) -> list[str]:
        """The films with one of these titles in that year, the marks' own where none is given.

        Where it is not the usual title of both, or not the same year, the directors must not speak against it.
        """
        found: dict[str, None] = {}
        for title in marks.titles:
            for slug in self._named.get((title, marks.year if year is None else year), ()):
                other = self._marks[slug]
                is_plain = year is None and marks.titles[0] == other.titles[0]
                if not marks.is_another(other) and (is_plain or marks.shares_directors(other)):
                    found[slug] = None
        return list(found)

    def near(self, marks: Marks) -> str | None:
        """The only film of that name a year before or after."""
        found = [slug for step in NEAR for slug in self.by_name(marks, marks.year + step)]
        return found[0] if len(found) == 1 else None


def _keys(titles: Iterable[Any]) -> tuple[str, ...]:
    return tuple(title_key(title) for title in titles if isinstance(title, str) and title)


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other
