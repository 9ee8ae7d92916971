"""What a server has set for itself, who may set it, and how one step is taken back."""

import pytest
from pydantic import ValidationError

from bot.domain.errors import ChangedSince
from bot.domain.guilds.settings import Actor, GuildSettings, without

DEFAULT = GuildSettings()


def settings(**values: object) -> GuildSettings:
    return GuildSettings.model_validate(values)


@pytest.mark.parametrize(
    ("before", "after", "current", "left"),
    [
        (DEFAULT, settings(curator_role=5), settings(curator_role=5), DEFAULT),
        (settings(curator_role=5), DEFAULT, DEFAULT, settings(curator_role=5)),
        (
            DEFAULT,
            settings(curator_role=5),
            settings(curator_role=5, archive_after=60),
            settings(archive_after=60),
        ),
        (
            settings(archive_after=60),
            settings(archive_after=1440, trailer="on_request"),
            settings(archive_after=1440, trailer="on_request", who_opens="curators"),
            settings(archive_after=60, who_opens="curators"),
        ),
        # One half has been set back by hand already.
        (DEFAULT, settings(curator_role=5, archive_after=60), settings(archive_after=60), DEFAULT),
        (DEFAULT, settings(curator_role=5), DEFAULT, DEFAULT),
        (DEFAULT, DEFAULT, settings(curator_role=5), settings(curator_role=5)),
    ],
)
def test_a_step_is_taken_back_and_nothing_else(
    before: GuildSettings, after: GuildSettings, current: GuildSettings, left: GuildSettings
) -> None:
    assert without(before, after, current) == left


def test_a_later_step_of_the_same_setting_is_in_the_way() -> None:
    with pytest.raises(ChangedSince):
        without(DEFAULT, settings(curator_role=5), settings(curator_role=6))
    with pytest.raises(ChangedSince):
        without(DEFAULT, settings(curator_role=5, archive_after=60), settings(curator_role=6, archive_after=60))


@pytest.mark.parametrize(
    ("manages", "roles", "role", "may"),
    [
        (True, set[int](), None, True),
        (False, set[int](), None, False),
        (False, {5, 6}, 6, True),
        (False, {5}, 6, False),
        (False, {0}, None, False),
    ],
)
def test_curators_have_the_role_or_manage_the_server(manages: bool, roles: set[int], role: int, may: bool) -> None:
    actor = Actor(guild_id=1, member_id=2, name="Ann", manages=manages, role_ids=frozenset(roles))
    assert actor.curates(settings(curator_role=role)) is may


@pytest.mark.parametrize("values", [{"archive_after": 61}, {"curator_role": 0}, {"trailer": "never"}])
def test_a_setting_has_to_be_one_that_there_is(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        settings(**values)


def test_settings_of_a_newer_version_are_read_by_an_older_one() -> None:
    assert GuildSettings.model_validate_json('{"archive_after": 60, "colour": "red"}') == settings(archive_after=60)
