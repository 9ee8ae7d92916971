"""What a server has decided for itself, and who may decide."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.errors import ChangedSince

# The lengths of quiet after which Discord lets a thread be archived, in minutes.
ARCHIVE_AFTER: Final = (60, 1440, 4320, 10080)
_Id = Annotated[int, Field(gt=0)]


class GuildSettings(BaseModel):
    """One server's settings. A missing value is the default, so that a new setting needs no migration."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    discussion_place: _Id | None = None
    archive_after: Literal[60, 1440, 4320, 10080] = 10080
    curator_role: _Id | None = None
    curators_channel: _Id | None = None
    language: str | None = None
    time_zone: str = "UTC"
    trailer: Literal["with_card", "on_request"] = "with_card"
    who_opens: Literal["everyone", "curators"] = "everyone"


class Actor(BaseModel):
    """Whoever asks for something that not all may do, as Discord knows them at that moment."""

    model_config = ConfigDict(frozen=True)

    guild_id: int
    member_id: int
    name: str
    manages: bool  # has Manage Server
    role_ids: frozenset[int] = frozenset()

    def curates(self, settings: GuildSettings) -> bool:
        """Whether they may change the server's list."""
        return self.manages or settings.curator_role in self.role_ids


def without(before: GuildSettings, after: GuildSettings, current: GuildSettings) -> GuildSettings:
    """The current settings without the step from `before` to `after`. Raises `ChangedSince`."""
    values = current.model_dump()
    for name, was in before.model_dump().items():
        became = getattr(after, name)
        if was == became:
            continue
        if values[name] not in (was, became):
            raise ChangedSince
        values[name] = was
    return GuildSettings.model_validate(values)
