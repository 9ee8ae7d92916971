"""Trailers: where a video is kept, and how to read the many addresses that people paste.

Only provider, id and times are kept. An address is taken apart, never fetched.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from html import unescape
from typing import Annotated, Any, Final, NamedTuple, Self, cast
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.domain.errors import TrailerRefused
from bot.domain.fields import Note

MAX_ADDRESS: Final = 2000
LAST_SECOND: Final = 86_400
DEFAULT_LABEL: Final = "Trailer"
Seconds = Annotated[int, Field(ge=0, le=LAST_SECOND)]


class Provider(StrEnum):
    """A place that keeps videos which Discord can play in a channel."""

    YOUTUBE = "youtube"
    VIMEO = "vimeo"
    DAILYMOTION = "dailymotion"


_IDS: Final = {
    # The two words in front stand where an id would, and are as long as one.
    Provider.YOUTUBE: re.compile(r"(?!videoseries|live_stream)[A-Za-z0-9_-]{11}"),
    Provider.VIMEO: re.compile(r"[0-9]{5,12}"),
    Provider.DAILYMOTION: re.compile(r"[a-z0-9]{5,12}"),
}
_HOSTS: Final = {
    "youtube.com": Provider.YOUTUBE,
    "youtube-nocookie.com": Provider.YOUTUBE,
    "youtu.be": Provider.YOUTUBE,
    "vimeo.com": Provider.VIMEO,
    "player.vimeo.com": Provider.VIMEO,
    "dailymotion.com": Provider.DAILYMOTION,
    "geo.dailymotion.com": Provider.DAILYMOTION,
    "dai.ly": Provider.DAILYMOTION,
}
_HOST_PREFIXES: Final = ("www.", "m.", "music.")
# The id's place in the path, by provider; anything else on these hosts is not a single video.
_PATHS: Final = {
    Provider.YOUTUBE: re.compile(r"/(?:embed|shorts|v|live)/(?P<id>[^/]+)/?|/(?P<short>[^/]+)/?"),
    Provider.VIMEO: re.compile(r"/(?:video/|channels/[^/]+/|groups/[^/]+/videos/)?(?P<id>\d+)/?"),
    Provider.DAILYMOTION: re.compile(r"/(?:embed/)?video/(?P<id>[^/_]+)[^/]*/?|/(?P<short>[^/]+)/?"),
}
_DAILYMOTION_PLAYER: Final = re.compile(r"/player(?:/[a-z0-9]+)?\.html")
_UNLISTED_VIMEO: Final = re.compile(r"/(?:video/)?\d+/[0-9a-f]{6,}/?")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:(?P<h>\d{1,2})h)?(?:(?P<m>\d{1,4})m)?(?:(?P<s>\d{1,5})s?)?")
_SHORTCODE: Final = re.compile(r"\[\s*embedplusvideo\b(?P<attributes>[^\]]*)\]", re.IGNORECASE)
_IFRAME: Final = re.compile(r"<iframe\b[^>]*?\bsrc=[\"'](?P<address>[^\"']+)", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"(\w+)=\"([^\"]*)\"")


class Video(NamedTuple):
    """What an address says: the provider, the video's id there, and the seconds to play."""

    provider: Provider
    id: str
    start: int = 0
    stop: int | None = None


class Moment(BaseModel):
    """A second worth jumping to, and what happens there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Seconds
    note: Note


class Trailer(BaseModel):
    """One video of a film. `address` may stand in a file instead of provider, id and times."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: Provider = Field(description="Where the video is kept.")
    id: str = Field(description="The video's id at the provider; `address` may be given instead.")
    label: Note = Field(default=DEFAULT_LABEL, description="What it is: official trailer, teaser, a clip.")
    start: Seconds = Field(default=0, description="Second at which it should begin.")
    stop: Seconds | None = Field(default=None, description="Second at which it may be stopped.")
    moments: tuple[Moment, ...] = Field(default=(), max_length=5, description="Seconds worth jumping to.")

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return cast("object", value)
        rest = cast("dict[str, Any]", value).copy()
        if "address" not in rest:
            return rest
        try:
            video = read_address(str(rest.pop("address")))
        except TrailerRefused as refusal:
            raise PydanticCustomError("trailer_address", "trailer_address", {"reason": refusal.reason}) from None
        found = {"provider": video.provider, "id": video.id, "start": video.start, "stop": video.stop}
        return {**found, **rest}

    @model_validator(mode="after")
    def _playable(self) -> Self:
        if not _IDS[self.provider].fullmatch(self.id):
            raise PydanticCustomError("trailer_id", "trailer_id", {"provider": self.provider.value})
        if self.stop is not None and self.stop <= self.start:
            raise PydanticCustomError("trailer_times", "trailer_times")
        if len({moment.at for moment in self.moments}) != len(self.moments):
            raise PydanticCustomError("twice", "twice")
        return self

    def address(self, at: int | None = None) -> str:
        """The one address that Discord draws a player for, beginning at second `at`."""
        second = self.start if at is None else at
        if self.provider is Provider.YOUTUBE:
            return f"https://www.youtube.com/watch?v={self.id}" + (f"&t={second}s" if second else "")
        if self.provider is Provider.VIMEO:
            return f"https://vimeo.com/{self.id}" + (f"#t={second}s" if second else "")
        return f"https://www.dailymotion.com/video/{self.id}" + (f"?start={second}" if second else "")

    def still(self) -> str | None:
        """The address of a picture from the video, where the provider has one under a fixed address."""
        if self.provider is Provider.YOUTUBE:
            return f"https://i.ytimg.com/vi/{self.id}/mqdefault.jpg"
        if self.provider is Provider.DAILYMOTION:
            return f"https://www.dailymotion.com/thumbnail/video/{self.id}"
        return None


def read_address(text: str) -> Video:
    """Read any address, blog shortcode or embed snippet of a video at a known provider.

    Raises `TrailerRefused` with the reason `empty`, `too_long`, `not_an_address`, `unknown_host`,
    `no_video` or `unlisted`.
    """
    typed = text.strip()
    if not typed:
        raise TrailerRefused("empty")
    if len(typed) > MAX_ADDRESS:
        raise TrailerRefused("too_long")
    if shortcode := _SHORTCODE.fullmatch(typed):
        return _from_shortcode(dict(_ATTRIBUTE.findall(shortcode["attributes"])))
    if iframe := _IFRAME.match(typed):
        typed = unescape(iframe["address"])
    return _from_url(typed.removeprefix("<").removesuffix(">"))


def _from_shortcode(attributes: Mapping[str, str]) -> Video:
    settings = _query(unescape(attributes.get("vars", "")))
    if settings.get("ytid"):
        return _video(Provider.YOUTUBE, settings["ytid"], settings)
    return _from_url(attributes.get("standard", ""))


def _from_url(address: str) -> Video:
    whole = address if _SCHEME.match(address) else f"https://{address.removeprefix('//')}"
    try:
        parts = urlsplit(whole)
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        raise TrailerRefused("not_an_address") from None
    if parts.scheme not in {"http", "https"} or "." not in host or re.search(r"\s", whole):
        raise TrailerRefused("not_an_address")
    provider = _HOSTS.get(host) or _HOSTS.get(_without_prefix(host))
    if provider is None:
        raise TrailerRefused("unknown_host")
    if provider is Provider.VIMEO and _UNLISTED_VIMEO.fullmatch(parts.path):
        raise TrailerRefused("unlisted")
    # The old player put its settings into the path, as in /v/ID&hl=en_US&start=30.
    path, _, settings = parts.path.partition("&")
    values = {**_query(settings), **_query(parts.fragment), **_query(parts.query)}
    parts = parts._replace(path=path)
    return _video(provider, _id_in(provider, parts, values), values)


def _without_prefix(host: str) -> str:
    prefix = next((p for p in _HOST_PREFIXES if host.startswith(p)), "")
    return host.removeprefix(prefix)


def _id_in(provider: Provider, parts: SplitResult, values: Mapping[str, str]) -> str:
    if provider is Provider.YOUTUBE and parts.path.rstrip("/") == "/watch":
        return values.get("v", "")
    if provider is Provider.DAILYMOTION and _DAILYMOTION_PLAYER.fullmatch(parts.path):
        return values.get("video", "")
    match = _PATHS[provider].fullmatch(unquote(parts.path))
    if match is None:
        return ""
    found = match.groupdict()
    is_short_host = parts.hostname in {"youtu.be", "www.youtu.be", "dai.ly"}
    return found.get("id") or (found.get("short") or "" if is_short_host else "")


def _video(provider: Provider, found: str, values: Mapping[str, str]) -> Video:
    if not _IDS[provider].fullmatch(found):
        raise TrailerRefused("no_video")
    start = _seconds(values.get("t") or values.get("start") or values.get("time_continue") or "")
    stop = _seconds(values.get("stop") or values.get("end") or "")
    return Video(provider, found, start or 0, stop if stop and stop > (start or 0) else None)


def _query(text: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(text).items()}


def _seconds(clock: str) -> int | None:
    """The seconds in "90", "90s" or "1h2m3s"; None where there is no such time within a day."""
    match = _CLOCK.fullmatch(clock.strip().lower())
    if match is None or not clock.strip():
        return None
    hours, minutes, seconds = (int(match[unit] or 0) for unit in ("h", "m", "s"))
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= LAST_SECOND else None
