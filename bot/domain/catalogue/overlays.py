"""What one server has made of the shared list: films of its own, versions of its own, and films it does not want."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.films.films import Film
from bot.domain.unlocked_cached_property import unlocked_cached_property

_NOTHING: Final = Catalogue.of(())


@dataclass(frozen=True)
class Overlay:
    """One server's part. A film of the server's own counts before the shared one of the same slug."""

    own: Catalogue = field(default=_NOTHING)
    removed: Catalogue = field(default=_NOTHING)
    hidden: frozenset[str] = frozenset()

    @classmethod
    def of(cls, own: Iterable[Film] = (), removed: Iterable[Film] = (), hidden: Iterable[str] = ()) -> "Overlay":
        """The overlay of these films and of the shared films with these slugs."""
        return cls(Catalogue.of(own), Catalogue.of(removed), frozenset(hidden))

    @unlocked_cached_property
    def covered(self) -> frozenset[str]:
        """The slugs for which the server does not see the shared film."""
        return frozenset((*self.hidden, *self.own.by_slug, *self.removed.by_slug))

    def changed(self, slugs: frozenset[str], now: "Overlay") -> "Overlay":
        """The overlay in which these slugs, and those that `now` has, stand as they do there."""
        moved = slugs | now.covered
        return Overlay(
            self.own.changed(now.own.films, moved),
            self.removed.changed(now.removed.films, moved),
            (self.hidden - moved) | now.hidden,
        )

    def over(self, shared: Catalogue) -> Catalogue:
        """The list as the server sees it."""
        return shared.with_own(self.own, self.covered) if self.covered else shared

    def shared_part(self, shared: Catalogue) -> Catalogue:
        """The films that the server sees as the shared list has them."""
        return shared.with_own(_NOTHING, self.covered)

    def versions(self, shared: Catalogue) -> Catalogue:
        """The server's own versions of shared films, removed ones included."""
        return self.own.with_own(self.removed).only(shared.by_slug.keys() & self.covered)

    def everything(self, shared: Catalogue) -> Catalogue:
        """Every film that the server sees or once saw: its own, removed and hidden ones included."""
        return shared.with_own(self.own.with_own(self.removed))
