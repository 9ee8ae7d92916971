"""Auditing trailers: what became of the videos that entries name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.films.films import Film
from bot.domain.films.trailers import Provider, Trailer


class Health(StrEnum):
    """What a provider says of a video."""

    FINE = "fine"
    GONE = "gone"
    NOT_EMBEDDABLE = "not_embeddable"
    UNKNOWN = "unknown"

    @property
    def is_bad(self) -> bool:
        """Whether members would get no player. A provider that did not answer has said nothing yet."""
        return self in {Health.GONE, Health.NOT_EMBEDDABLE}


@dataclass(frozen=True)
class Finding:
    """What an audit found out about one trailer of one film."""

    film: Film
    trailer: Trailer
    health: Health


def videos_of(films: Iterable[Film]) -> dict[tuple[Provider, str], tuple[tuple[Film, Trailer], ...]]:
    """Every video that these films name, and whose trailer it is; two films can share one."""
    videos: dict[tuple[Provider, str], tuple[tuple[Film, Trailer], ...]] = {}
    for film in films:
        for trailer in film.trailers:
            video = (trailer.provider, trailer.id)
            videos[video] = (*videos.get(video, ()), (film, trailer))
    return videos


def trailers_in(films: Iterable[Film]) -> int:
    """How many findings an audit of these films brings."""
    return sum(len(film.trailers) for film in films)
