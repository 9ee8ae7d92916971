"""What a server has decided for itself, and who may decide."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.errors import ChangedSince, OpeningIsForCurators, SettingUnknown
from bot.domain.films.places import is_language
from bot.domain.guilds.time_zones import time_zone_named

_Id = Annotated[int, Field(gt=0, lt=2**63)]
_AN_ID: Final = re.compile(r"[1-9][0-9]{0,18}")


class Control(StrEnum):
    """How a setting is chosen."""

    PLACE = "place"  # a channel that can have threads
    CHANNEL = "channel"  # a text channel
    ROLE = "role"
    CHOICE = "choice"  # one of the values that the field's type names
    LANGUAGE = "language"
    TIME_ZONE = "time_zone"


class GuildSettings(BaseModel):
    """One server's settings. A missing value is the default, so that a new setting needs no migration.

    Each field says here how it is chosen and from what; panel, forms, documents and tests read it. Its
    sentences are `setting.NAME` in the locale files: label, help, and each choice in words.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    discussion_place: Annotated[_Id | None, Control.PLACE] = None
    # The lengths of quiet after which Discord lets a thread be archived, in minutes.
    archive_after: Annotated[Literal[60, 1440, 4320, 10080], Control.CHOICE] = 10080
    curator_role: Annotated[_Id | None, Control.ROLE] = None
    curators_channel: Annotated[_Id | None, Control.CHANNEL] = None
    language: Annotated[str | None, Control.LANGUAGE] = None
    time_zone: Annotated[str, Control.TIME_ZONE] = "UTC"
    trailer: Annotated[Literal["with_card", "on_request"], Control.CHOICE] = "with_card"
    who_opens: Annotated[Literal["everyone", "curators"], Control.CHOICE] = "everyone"


# Every setting by its name, in the order in which it is shown.
SETTINGS: Final[Mapping[str, Control]] = {
    name: next(each for each in field.metadata if isinstance(each, Control))
    for name, field in GuildSettings.model_fields.items()
}


def choices(name: str) -> tuple[str | int, ...]:
    """The values between which a setting lets people choose; none where it is no `Control.CHOICE`."""
    return get_args(GuildSettings.model_fields[name].annotation) if SETTINGS[name] is Control.CHOICE else ()


def value_of(name: str, typed: str) -> Any:
    """The value that was typed or chosen for a setting; its default for nothing.

    Raises `SettingUnknown`, or `TimeZoneUnknown`.
    """
    control = SETTINGS.get(name)
    if control is None:
        raise SettingUnknown
    if not typed.strip():
        return GuildSettings.model_fields[name].default
    if control is Control.TIME_ZONE:
        return time_zone_named(typed)
    if control is Control.LANGUAGE:
        found = typed if is_language(typed) else None
    elif control is Control.CHOICE:
        found = {str(choice): choice for choice in choices(name)}.get(typed)
    else:
        found = int(typed) if _AN_ID.fullmatch(typed) and int(typed) < 2**63 else None
    if found is None:
        raise SettingUnknown
    return found


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

    def check_opens(self, settings: GuildSettings) -> None:
        """Raise `OpeningIsForCurators` unless they may open a discussion that is not there yet."""
        if settings.who_opens == "curators" and not self.curates(settings):
            raise OpeningIsForCurators


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
