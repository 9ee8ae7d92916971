"""What one server has made of the shared list: films of its own, versions of its own, and films it does not want."""

import pickle
import zlib
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.films import Film

_QUICK = 1  # of zlib's levels: it packs texts nearly as well as the thorough ones, in a fraction of the time


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
        return shared.with_own(self.own, self.hidden | {film.slug for film in self.removed})

    def versions(self, shared: Catalogue) -> tuple[Film, ...]:
        """The server's own versions of shared films, removed ones included."""
        return tuple(film for film in (*self.own, *self.removed) if film.slug in shared.by_slug)


@dataclass(frozen=True)
class PackedOverlay:
    """An overlay as it is kept for servers where nobody is just asking: in a tenth of the memory."""

    own: bytes
    removed: bytes
    hidden: frozenset[str]

    @classmethod
    def of(cls, overlay: Overlay) -> "PackedOverlay":
        """The overlay, packed."""
        return cls(_packed(overlay.own), _packed(overlay.removed), overlay.hidden)

    def unpacked(self) -> Overlay:
        """The overlay that was packed."""
        return Overlay(_unpacked(self.own), _unpacked(self.removed), self.hidden)


def _packed(films: tuple[Film, ...]) -> bytes:
    # Not as JSON: a film that is read from that is checked all over again, which takes ten times as long.
    return zlib.compress(pickle.dumps(films), _QUICK)


def _unpacked(packed: bytes) -> tuple[Film, ...]:
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - this process has packed them itself
