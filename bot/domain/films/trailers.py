"""Trailers: a film's videos, with what they are called, where they begin and what is worth jumping to."""

from typing import Annotated, Any, Final, Self, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.domain.errors import TrailerRefused
from bot.domain.films.field_types import Note
from bot.domain.films.pasted_videos import MAX_ADDRESS, PastedVideo, read_address, the_video_in, videos_in
from bot.domain.films.videos import IDS, LAST_SECOND, Provider, Video

__all__ = [
    "DEFAULT_LABEL",
    "LAST_SECOND",
    "MAX_ADDRESS",
    "Moment",
    "Provider",
    "Seconds",
    "Trailer",
    "Video",
    "each_video",
    "holds_videos",
    "read_address",
    "trailer_values",
]

DEFAULT_LABEL: Final = "Trailer"
Seconds = Annotated[int, Field(ge=0, le=LAST_SECOND)]


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
        if isinstance(value, str):
            value = {"address": value}
        if not isinstance(value, dict):
            return cast("object", value)
        rest = cast("dict[str, Any]", value).copy()
        if "address" not in rest:
            return rest
        try:
            pasted = the_video_in(str(rest.pop("address")))
        except TrailerRefused as refusal:
            raise PydanticCustomError("trailer_address", "trailer_address", {"reason": refusal.reason}) from None
        return {**trailer_values(pasted), **rest}

    @model_validator(mode="after")
    def _playable(self) -> Self:
        if not IDS[self.provider].fullmatch(self.id):
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


def trailer_values(pasted: PastedVideo) -> dict[str, Any]:
    """The values of a trailer that such a paste makes."""
    video = pasted.video
    values = {"provider": video.provider, "id": video.id, "start": video.start, "stop": video.stop}
    return {**values, **({"label": pasted.label} if pasted.label else {})}


def each_video(value: Any) -> Any:
    """The trailers of an entry as it was written, with several made of one where an address holds several.

    One address may stand for the whole list. What cannot be read stays for `Trailer` to refuse.
    """
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple):
        return value
    return [one for entry in cast("list[object]", listed) for one in _apart(entry)]


def holds_videos(text: str) -> bool:
    """Whether every address in the text can be read, and there is one."""
    try:
        return bool(videos_in(text))
    except TrailerRefused:
        return False


def _apart(entry: object) -> list[object]:
    rest = {"address": entry} if isinstance(entry, str) else entry
    if not isinstance(rest, dict) or "address" not in rest:
        return [entry]
    values = cast("dict[str, object]", rest).copy()
    address = str(values.pop("address"))
    if not holds_videos(address) or len(found := videos_in(address)) == 1:
        return [entry]
    return [{**trailer_values(pasted), **values} for pasted in found]
