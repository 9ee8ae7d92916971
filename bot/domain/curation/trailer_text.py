"""The trailers of a film as one text of a form: an address on each line with its label, or whatever is pasted."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain.curation.text_fields import TextField, UnreadableLine, Values, lines_of
from bot.domain.errors import TrailerRefused
from bot.domain.films.pasted_videos import PastedVideo, videos_in
from bot.domain.films.trailers import DEFAULT_LABEL, Trailer
from bot.domain.films.video_markup import ADDRESS, SHORTCODE, TAG, address_of_link, addresses_in_tag
from bot.domain.text.normalize import one_line

# What is one thing, though pages and blogs write it on several lines.
_ELEMENT: Final = re.compile(
    r"<(?P<tag>object|iframe|video|figure|blockquote)\b.{0,4000}?</(?P=tag)>", re.IGNORECASE | re.DOTALL
)
_CODE: Final = re.compile(r"[\[\]{}<>/]")


def _write(values: Values) -> str:
    trailers = [Trailer.model_validate(trailer) for trailer in values["trailers"]]
    return "\n".join(f"{t.address()} {'' if t.label == DEFAULT_LABEL else t.label}".strip() for t in trailers)


def _read(text: str, known: Values) -> dict[str, Any]:
    before = {(trailer["provider"], trailer["id"]): trailer for trailer in known.get("trailers", ())}
    return {"trailers": [_values(pasted, before) for line, number in _pieces(text) for pasted in _at(line, number)]}


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """What is to be read at once, with the number of its line: a line, and a label on the line before it."""
    for spread in (_ELEMENT, TAG, SHORTCODE):
        text = spread.sub(lambda match: one_line(match[0]), text)
    label = ""
    number = 0
    for number, line in enumerate(lines_of(text), 1):
        if _is_wrapping(line):
            continue
        if not label and not _CODE.search(line):
            label = line
            continue
        yield f"{label} {line}", number - bool(label and not ADDRESS.search(line))
        label = ""
    if label:
        yield label, number


def _is_wrapping(line: str) -> bool:
    """Whether a line is nothing but tags that no address is in."""
    tags = list(TAG.finditer(line))
    is_bare = bool(tags) and not one_line(TAG.sub("", line))
    return is_bare and not any(address_of_link(tag) or any(addresses_in_tag(tag)) for tag in tags)


def _at(line: str, number: int) -> tuple[PastedVideo, ...]:
    try:
        return videos_in(line)
    except TrailerRefused as refusal:
        error = UnreadableLine("trailer_address", reason=refusal.reason)
        error.line = number
        raise error from None


def _values(pasted: PastedVideo, before: Mapping[tuple[str, str], Values]) -> dict[str, Any]:
    video = pasted.video
    same = before.get((video.provider.value, video.id), {})
    stop = video.stop or same.get("stop") or 0  # which is not written, so nobody could move it out of the way
    return {
        "provider": video.provider.value,
        "id": video.id,
        "label": pasted.label or DEFAULT_LABEL,
        "start": video.start,
        "stop": stop if stop > video.start else None,
        "moments": same.get("moments", ()),
    }


TRAILERS: Final = TextField(_write, _read)
