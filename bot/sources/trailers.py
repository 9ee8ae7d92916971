"""Asking a provider's public oEmbed endpoint whether a video is there and may be shown by others."""

from collections.abc import Mapping
from typing import Final, cast

from bot.domain.curation.audits import Health
from bot.domain.films.trailers import Provider, Trailer
from bot.sources.http import Answer, HttpClient, Service, SourceFailed

_SERVICES: Final = {
    Provider.YOUTUBE: Service.YOUTUBE,
    Provider.VIMEO: Service.VIMEO,
    Provider.DAILYMOTION: Service.DAILYMOTION,
}
# YouTube: 400 for an id that cannot be, 401 where the owner has switched embedding off, 403 for private videos.
# Vimeo: 403 where embedding is off. Statuses that are not here tell nothing about the video.
_STATUSES: Final[Mapping[Provider, Mapping[int, Health]]] = {
    Provider.YOUTUBE: {400: Health.GONE, 401: Health.NOT_EMBEDDABLE, 403: Health.NOT_EMBEDDABLE},
    Provider.VIMEO: {401: Health.NOT_EMBEDDABLE, 403: Health.NOT_EMBEDDABLE},
    Provider.DAILYMOTION: {401: Health.NOT_EMBEDDABLE, 403: Health.NOT_EMBEDDABLE},
}
_GONE_EVERYWHERE: Final = {404: Health.GONE, 410: Health.GONE}


async def health(web: HttpClient, trailer: Trailer) -> Health:
    """What the provider says of the trailer. Whatever goes wrong on the way there is `UNKNOWN`."""
    query = {"url": trailer.address(at=0), "format": "json"}
    try:
        answer = await web.get(_SERVICES[trailer.provider], query)
    except SourceFailed:
        return Health.UNKNOWN
    if answer.status != 200:
        known = _GONE_EVERYWHERE | _STATUSES[trailer.provider]
        return known.get(answer.status, Health.UNKNOWN)
    return _described(trailer.provider, answer)


def _described(provider: Provider, answer: Answer) -> Health:
    if not isinstance(answer.content, dict):
        return Health.UNKNOWN
    video = cast("dict[str, object]", answer.content)
    # Vimeo answers 200 for videos that only some websites, or only those with a password, may show: it then sends a
    # status of its own, or leaves out the player or the title.
    if provider is Provider.VIMEO and video.get("domain_status_code") == 403:
        return Health.NOT_EMBEDDABLE
    if provider is Provider.VIMEO and video.get("type") == "video" and not (video.get("html") and video.get("title")):
        return Health.NOT_EMBEDDABLE
    return Health.FINE if video.get("html") else Health.UNKNOWN
