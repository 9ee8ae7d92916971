"""A server's settings: each says how it is chosen, and whatever is typed becomes a value or a refusal."""

import pytest

from bot.domain.errors import OpeningIsForCurators, SettingUnknown, TimeZoneUnknown
from bot.domain.guilds.settings import SETTINGS, Actor, Control, GuildSettings, choices, value_of
from tests.strategies import AWKWARD

ROLE = 77
BEN = Actor(guild_id=1, member_id=2, name="ben", manages=False)


def test_every_field_says_how_it_is_chosen() -> None:
    assert list(SETTINGS) == list(GuildSettings.model_fields)


@pytest.mark.parametrize("name", [name for name, control in SETTINGS.items() if control is Control.CHOICE])
def test_every_choice_can_be_chosen_and_kept(name: str) -> None:
    assert len(choices(name)) > 1
    for choice in choices(name):
        assert value_of(name, str(choice)) == choice
        kept = GuildSettings.model_validate({name: choice}).model_dump_json(exclude_defaults=True)
        assert getattr(GuildSettings.model_validate_json(kept), name) == choice


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("discussion_place", "1456074443980800000", 1456074443980800000),
        ("curator_role", "9223372036854775807", 2**63 - 1),
        ("language", "de", "de"),
        ("time_zone", "europe/berlin", "Europe/Berlin"),
    ],
)
def test_what_is_typed_becomes_a_value_that_the_model_takes(name: str, typed: str, value: object) -> None:
    assert value_of(name, typed) == value
    assert getattr(GuildSettings.model_validate({name: value}), name) == value


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("nothing", ["", " ", "\n\t "])
def test_nothing_is_the_default(name: str, nothing: str) -> None:
    assert value_of(name, nothing) == getattr(GuildSettings(), name)


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize(
    "typed", [*AWKWARD, "x" * 4000, "-1", "0", "9223372036854775808", "9" * 4000, "1e3", "٣", "None", "10080 "]
)
def test_whatever_is_typed_is_a_value_or_refused(name: str, typed: str) -> None:
    try:
        value = value_of(name, typed)
    except (SettingUnknown, TimeZoneUnknown):
        return
    assert getattr(GuildSettings.model_validate({name: value}), name) == value


def test_a_setting_that_there_is_not_is_refused() -> None:
    with pytest.raises(SettingUnknown):
        value_of("colour", "red")


def test_anybody_opens_a_discussion_unless_the_server_leaves_it_to_curators() -> None:
    BEN.check_opens(GuildSettings())
    curated = GuildSettings(who_opens="curators", curator_role=ROLE)
    with pytest.raises(OpeningIsForCurators):
        BEN.check_opens(curated)
    BEN.model_copy(update={"role_ids": frozenset({ROLE})}).check_opens(curated)
    BEN.model_copy(update={"manages": True}).check_opens(curated)
