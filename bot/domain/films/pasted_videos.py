"""The videos in a text that somebody pasted: one reader for forms, options, tables and entry files.

A text may be an address, several of them with words beside them, a Markdown link, what a phone shares,
a blog's shortcode, or HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from bot.domain.errors import TrailerRefused
from bot.domain.films.video_markup import (
    ADDRESS,
    SHORTCODE,
    STRAY,
    TAG,
    address_in_shortcode,
    address_of_link,
    addresses_in_tag,
    depth_of,
    plain,
)
from bot.domain.films.videos import Provider, Video, video_at
from bot.domain.text.normalize import one_line

MAX_ADDRESS: Final = 2000
MAX_PASTED: Final = 10_000
# A Markdown link, and the form in which Slack copies one.
_NAMED: Final = re.compile(
    r"!?\[(?P<label>[^\[\]]{0,200})\]\(\s*<?(?P<address>[^\s()<>]{1,2000})>?(?:\s+\"[^\"]{0,200}\")?\s*\)"
    r"|<(?P<url>https?://[^\s<>|]{1,2000})\|(?P<text>[^<>|]{0,200})>",
    re.IGNORECASE,
)
_OTHER_SCHEME: Final = re.compile(r"\W*(?:javascript|vbscript|data|file|ftp|blob|about):\S", re.IGNORECASE)
_BULLET: Final = re.compile(r"^(?:[-*+•·–—]|\d{1,2}[.)])\s+")
_EMPTY_BRACKETS: Final = re.compile(r"\(\s*\)|\[\s*\]|<\s*>|\{\s*\}|\"\s*\"|“\s*”|„\s*“|«\s*»")
_AROUND: Final = " \t:;,|–—-•*_~`=>"
_LEFT_BEHIND: Final = re.compile(r"\s+[.,;]+$")  # what stood straight behind an address
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|\"([^\"]*)\"|“([^“”]*)”")
# What phones and sites write around a title that they share.
_SHARED: Final = re.compile(
    r"watch\s+[\"“']?(?P<title>.+?)[\"”']?\s+(?:by .{1,80} )?on @?(?:youtube|vimeo|dailymotion)"
    r"|.*[\"“„«](?P<quoted>[^\"“”„«»]{2,})[\"”“»].*\b(?:youtube|vimeo|dailymotion)\b.*",
    re.IGNORECASE,
)
_JOINING: Final = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "o"})


class PastedVideo(NamedTuple):
    """A video, and the words that were written beside it; "" where there are none."""

    video: Video
    label: str = ""


class _Place(NamedTuple):
    """A stretch of a text that stands for an address, and the words in it that belong to that."""

    start: int
    end: int
    address: str
    label: str = ""


def read_address(text: str) -> Video:
    """Which video the text leads to. Raises `TrailerRefused` as `the_video_in` does."""
    return the_video_in(text).video


def the_video_in(text: str) -> PastedVideo:
    """The one video in the text. Raises `TrailerRefused` as `videos_in` does, or for `several`."""
    found = videos_in(text)
    if len(found) != 1:
        raise TrailerRefused("several")
    return found[0]


def videos_in(text: str) -> tuple[PastedVideo, ...]:
    """Every video in the text, each once, in order; there is one at least.

    Raises `TrailerRefused` with the reason `empty`, `too_long`, `not_an_address`, `unknown_host`, `no_video`
    or `unlisted`: where there is none, and where one of several addresses at a known place is none.
    """
    if len(text) > MAX_PASTED:
        raise TrailerRefused("too_long")
    if not text.strip():
        raise TrailerRefused("empty")
    typed = one_line(plain(text))
    if _OTHER_SCHEME.match(typed):
        raise TrailerRefused("not_an_address")
    places, rest = _places(_without_html(typed))
    if not places:
        return (PastedVideo(video_at(typed)),)
    return tuple(_labelled(*_judged(places), rest))


def _without_html(text: str) -> str:
    """The text with the address of its video in place of each tag that plays one, and without all other tags.

    Words inside a player, or inside what is around it, are the page's and left out. Where there are only
    links, their words say what they are.
    """
    tags = list(TAG.finditer(text))
    players = [_played_by(tag) for tag in tags]
    if not any(players):
        refused = next((address for tag in tags for address in addresses_in_tag(tag)), "")
        return refused or TAG.sub(lambda tag: f" {address_of_link(tag)} ", text)
    kept: list[str] = []
    depth = end = 0
    for tag, player in zip(tags, players, strict=True):
        between = text[end : tag.start()]
        kept += [between if depth == 0 else " ".join(match[0] for match in ADDRESS.finditer(between)), player]
        depth = max(0, depth + depth_of(tag))
        end = tag.end()
    return " ".join((*kept, text[end:]))


def _played_by(tag: re.Match[str]) -> str:
    """The address of the video that a tag plays; "" if it plays none that others could see."""
    return next((address for address in addresses_in_tag(tag) if not _refusal(address)), "")


def _refusal(address: str) -> TrailerRefused | None:
    try:
        video_at(address)
    except TrailerRefused as refusal:
        return refusal
    return None


def _places(text: str) -> tuple[list[_Place], str]:
    """Where addresses stand, and the text with blanks there."""
    found: list[_Place] = []

    def take(match: re.Match[str], named: tuple[str, str] | None) -> str:
        if named is None:
            return match[0]
        found.append(_Place(match.start(), match.end(), *named))
        return " " * len(match[0])

    rest = _NAMED.sub(
        lambda match: take(match, (match["address"] or match["url"], match["label"] or match["text"] or "")), text
    )
    rest = SHORTCODE.sub(lambda match: take(match, address_in_shortcode(match)), rest)
    rest = ADDRESS.sub(lambda match: take(match, (match[0], "")), rest)
    return sorted(found), rest


def _judged(places: Iterable[_Place]) -> tuple[list[_Place], list[Video]]:
    """The places that lead to a video, and the videos. What leads elsewhere is passed over beside one."""
    leading: list[_Place] = []
    videos: list[Video] = []
    refused: list[TrailerRefused] = []
    for place in places:
        try:
            videos.append(video_at(place.address))
            leading.append(place)
        except TrailerRefused as refusal:
            refused.append(refusal)
    at_home = next((each for each in refused if each.reason in {"no_video", "unlisted"}), None)
    if at_home or not videos:
        raise at_home or refused[0]
    return leading, videos


def _labelled(places: Sequence[_Place], videos: Sequence[Video], rest: str) -> Iterator[PastedVideo]:
    """Each video once, with the words before it, or behind it where none stand before the first."""
    ends = [0, *(place.end for place in places)]
    starts = [*(place.start for place in places), len(rest)]
    words = [rest[end:start] for end, start in zip(ends, starts, strict=True)]
    is_one = len({(video.provider, video.id) for video in videos}) == 1
    if is_one:
        named = next((label for place in places if (label := _words(place.label))), "")
        yield PastedVideo(videos[0], named or _words(" ".join(words)))
        return
    shift = 0 if _words(words[0]) else 1
    seen: set[tuple[Provider, str]] = set()
    for number, (place, video) in enumerate(zip(places, videos, strict=True)):
        if (video.provider, video.id) not in seen:
            yield PastedVideo(video, _words(place.label) or _words(words[number + shift]))
        seen.add((video.provider, video.id))


def _words(text: str) -> str:
    """What can be a label: words, without list marks, brackets and what sites write around a shared title."""
    label = _EMPTY_BRACKETS.sub(" ", STRAY.sub(" ", ADDRESS.sub(" ", text)))
    label = _BULLET.sub("", one_line(label)).strip(_AROUND)
    if shared := _SHARED.fullmatch(label):
        label = shared["title"] or shared["quoted"]
    if within := _IN_BRACKETS.fullmatch(label):
        label = next(group for group in within.groups() if group is not None)
    label = _LEFT_BEHIND.sub("", label.strip(_AROUND))
    return label if any(map(str.isalpha, label)) and label.lower() not in _JOINING else ""
