"""Single videos at known places: which one a web address means, and the seconds to play.

Only provider, id and times are kept. An address is taken apart, never fetched.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import SplitResult, unquote, unquote_plus, urlsplit

from bot.domain.errors import TrailerRefused

LAST_SECOND: Final = 86_400


class Provider(StrEnum):
    """A place that keeps videos which Discord can play in a channel."""

    YOUTUBE = "youtube"
    VIMEO = "vimeo"
    DAILYMOTION = "dailymotion"


class Video(NamedTuple):
    """What an address says: the provider, the video's id there, and the seconds to play."""

    provider: Provider
    id: str
    start: int = 0
    stop: int | None = None


IDS: Final = {
    # The two words in front stand where an id would, and are as long as one.
    Provider.YOUTUBE: re.compile(r"(?!videoseries|live_stream)[A-Za-z0-9_-]{11}"),
    Provider.VIMEO: re.compile(r"[0-9]{5,12}"),
    Provider.DAILYMOTION: re.compile(r"[a-z0-9]{5,12}"),
}
# The provider's own domains; whatever stands in front of them (m., music., uk., geo.) is the provider's too.
DOMAINS: Final = {
    "youtube.com": Provider.YOUTUBE,
    "youtube-nocookie.com": Provider.YOUTUBE,
    "youtubeeducation.com": Provider.YOUTUBE,
    "youtubekids.com": Provider.YOUTUBE,
    "youtube.googleapis.com": Provider.YOUTUBE,
    "youtu.be": Provider.YOUTUBE,
    "ytimg.com": Provider.YOUTUBE,  # stills, which name their video
    "vimeo.com": Provider.VIMEO,
    "vimeopro.com": Provider.VIMEO,
    "dailymotion.com": Provider.DAILYMOTION,
    "dai.ly": Provider.DAILYMOTION,
}
_SHORT: Final = ("youtu.be", "dai.ly")
# The id's place in the path, by provider; anything else on these hosts is not a single video.
_PATHS: Final = {
    Provider.YOUTUBE: re.compile(
        r"/(?:embed|shorts|v|vi|e|live|watch|w|feeds/api/videos)/(?P<id>[^/]+)/?"
        r"|/(?:vi|vi_webp|video)/(?P<still>[^/]+)/[^/]*"
    ),
    Provider.VIMEO: re.compile(
        r"/(?:m/|videos?/|manage/videos/|channels/[^/]+/(?:videos?/)?|groups/[^/]+/(?:videos?/)?|ondemand/[^/]+/"
        r"|(?:album|showcase)/[^/]+/videos?/|[^/]+/review/|[^/]+/[^/]+/video/)?"
        r"(?P<id>\d+)(?:[/:](?P<key>[0-9a-f]{6,}))?/?"
    ),
    Provider.DAILYMOTION: re.compile(r"(?:/[^/]+){0,4}/video/(?P<id>[^/_]+)[^/]*/?|/swf/(?P<swf>[^/_&]+)[^/]*/?"),
}
_YOUTUBE_PAGES: Final = re.compile(
    r"/?|/(?:watch(?:_popup)?(?:\.php)?|movie|ytscreeningroom|tv|embed|e|vi?|w|apiplayer|swf/\w+\.swf)/?"
)
_YOUTUBE_CHANNEL: Final = re.compile(r"p/(?:[^/]+/){1,5}(?P<id>[^/?&]+)")  # /user/NAME#p/u/1/ID
_VIMEO_FRAGMENT: Final = re.compile(r"[!/]*(?P<id>\d+)")  # /hd#ID
_VIMEO_KEY: Final = re.compile(r"[0-9a-f]{6,}")
# Pages on the way to a video: credits, oEmbed, consent and age.
_BOUND_FOR: Final = re.compile(r"(?:^|&)(?:u|url|next|next_url|continue)=(?P<address>[^#]+)")
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_PLAIN_PATH: Final = re.compile(r"[^?&]*")
_CLOCK: Final = re.compile(r"(?:(?P<h>\d{1,2})h)?(?:(?P<m>\d{1,4})m)?(?:(?P<s>\d{1,5})s?)?")


def provider_of(host: str) -> Provider | None:
    """The provider whose host this is; None for every other, however much it looks like one."""
    return next((known for domain, known in DOMAINS.items() if _is_within(host, domain)), None)


def video_at(address: str) -> Video:
    """The video that a web address leads to.

    Raises `TrailerRefused` with the reason `not_an_address`, `unknown_host`, `no_video` or `unlisted`.
    """
    parts, host = _taken_apart(address if _WEB.match(address) else f"https://{address.removeprefix('//')}")
    provider = provider_of(host)
    if provider is None:
        raise TrailerRefused("unknown_host")
    if "@" in parts.netloc:
        raise TrailerRefused("not_an_address")
    # The old player put its settings into the path, as in /v/ID&hl=en_US&start=30.
    path = re.sub("/{2,}", "/", unquote(parts.path))
    bare = _PLAIN_PATH.match(path)
    parts = parts._replace(path=bare[0] if bare else "")
    settings = settings_in(f"{parts.query}&{parts.fragment}&{path[len(parts.path) :]}")
    if provider is Provider.VIMEO and _VIMEO_KEY.fullmatch(settings.get("h") or settings.get("unlisted_hash") or ""):
        raise TrailerRefused("unlisted")
    found = _id_in(provider, host, parts, settings)
    if not found and (bound := _BOUND_FOR.search(parts.query)):
        return _video_beyond(bound["address"], provider, host)
    return video_of(provider, found, settings)


def video_of(provider: Provider, found: str, settings: Mapping[str, str]) -> Video:
    """The video of that id, with the times that the settings name. Raises `TrailerRefused` for what is no id."""
    found = found.strip(" /")
    if not IDS[provider].fullmatch(found):
        raise TrailerRefused("no_video")
    start = _seconds(settings.get("t") or settings.get("start") or settings.get("time_continue") or "")
    stop = _seconds(settings.get("stop") or settings.get("end") or "")
    return Video(provider, found, start or 0, stop if stop and stop > (start or 0) else None)


def settings_in(text: str) -> dict[str, str]:
    """The values by name in "a=1&b=2", also where "?", "#!" or ";" stands between them; the first of a name counts."""
    pairs = [part.lstrip("!/").partition("=") for part in re.split(r"[?&;#]", text)]
    return {name: unquote_plus(value) for name, _, value in reversed(pairs) if value}


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _taken_apart(address: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removesuffix(".")
        is_sound = parts.port != 0  # which also refuses a port that there cannot be
    except ValueError:
        raise TrailerRefused("not_an_address") from None
    if not is_sound or "." not in host or re.search(r"[\s\\]", address):
        raise TrailerRefused("not_an_address")
    return parts, host


def _video_beyond(address: str, provider: Provider, host: str) -> Video:
    """The video that a page of the provider's own leads on to."""
    target = unquote(address)
    target = f"https://{host}{target}" if target.startswith("/") and not target.startswith("//") else target
    parts, further = _taken_apart(target if _WEB.match(target) else f"https://{target}")
    if provider_of(further) is not provider or _BOUND_FOR.search(parts.query):
        raise TrailerRefused("no_video")
    return video_at(target)


def _id_in(provider: Provider, host: str, parts: SplitResult, settings: Mapping[str, str]) -> str:
    if match := _PATHS[provider].fullmatch(parts.path):
        if match.groupdict().get("key"):
            raise TrailerRefused("unlisted")
        return match[1] or match[2]
    if any(_is_within(host, short) for short in _SHORT) and (found := parts.path.strip("/")) not in {"", "watch"}:
        return found
    if provider is Provider.YOUTUBE:
        return _youtube_id(parts, settings)
    if provider is Provider.VIMEO:
        fragment = _VIMEO_FRAGMENT.fullmatch(parts.fragment)
        return settings.get("clip_id") or (fragment["id"] if fragment else "")
    return settings.get("video") or settings.get("videoId") or ""


def _youtube_id(parts: SplitResult, settings: Mapping[str, str]) -> str:
    if channel := _YOUTUBE_CHANNEL.match(parts.fragment):
        return channel["id"]
    if not _YOUTUBE_PAGES.fullmatch(parts.path):
        return ""
    return settings.get("v") or settings.get("vi") or settings.get("video_id") or ""


def _seconds(clock: str) -> int | None:
    """The seconds in "90", "90s" or "1h2m3s"; None where there is no such time within a day."""
    match = _CLOCK.fullmatch(clock.strip().lower())
    if match is None or not clock.strip():
        return None
    hours, minutes, seconds = (int(match[unit] or 0) for unit in ("h", "m", "s"))
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= LAST_SECOND else None
