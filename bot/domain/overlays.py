"""What one server has made of the shared list: films of its own, versions of its own, and films it does not want."""

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.films import Film


@dataclass(frozen=True)
class Overlay:
    """One server's part. A film of the server's own counts before the shared one of the same slug."""

    own: tuple[Film, ...] = ()
    removed: tuple[Film, ...] = ()
    hidden: frozenset[str] = frozenset()

    def over(self, shared: Catalogue) -> Catalogue:
        """The list as the server sees it."""
        if not (self.own or self.removed or self.hidden):
            return shared
        covered = {film.slug for film in (*self.own, *self.removed)} | self.hidden
        return Catalogue.of((*self.own, *(film for film in shared.films if film.slug not in covered)))

    def versions(self, shared: Catalogue) -> tuple[Film, ...]:
        """The server's own versions of shared films, removed ones included."""
        return tuple(film for film in (*self.own, *self.removed) if film.slug in shared.by_slug)
