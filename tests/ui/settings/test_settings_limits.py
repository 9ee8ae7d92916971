"""Settings, the doctor and erasing: whatever language they speak, Discord takes what they say."""

import itertools
import re
from collections.abc import Iterable
from itertools import repeat

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guilds.departures import KEPT_DAYS
from bot.domain.guilds.settings import SETTINGS, GuildSettings, choices
from bot.ui.kit.blocks import Fixed, Line, Row, Text
from bot.ui.kit.permissions import for_discussions
from bot.ui.kit.text import Markup, clip_plain, languages, width, words_for
from bot.ui.settings import check, panel
from bot.ui.settings.labels import setting_lines
from bot.ui.settings.panel import GROUPS, EveryoneButton, SettingForm, panel_layout
from tests.strategies import AWKWARD
from tests.ui.locale_keys import permissions
from tests.ui.messages import Message, marks, refusals

every_language = pytest.mark.parametrize("locale", languages())
MENTION = Markup(f"<@&{2**63 - 1}>")
VALUES = [MENTION, Markup("x" * 100), *map(clip_plain, AWKWARD, repeat(100))]
CHANNEL = Markup(f"<#{2**63 - 1}>")


@every_language
@pytest.mark.parametrize("name", SETTINGS)
def test_a_form_shows_label_help_and_choices_in_full(locale: str, name: str) -> None:
    words = words_for(locale)
    assert width(words.plain(f"setting.{name}.label")) <= 45
    assert width(words.plain(f"setting.{name}.help")) <= 100
    said = [words.plain(f"setting.{name}.{choice}") for choice in choices(name)]
    assert all(width(choice) <= 100 for choice in said)
    assert len(set(said)) == len(said) <= 25
    unset = GuildSettings.model_fields[name].default is None
    assert words.has(f"setting.{name}.unset") is unset


@every_language
def test_titles_labels_and_buttons_fit(locale: str) -> None:
    words = words_for(locale)
    assert width(words.plain("erase.title")) <= 45
    assert width(words.plain("erase.label")) <= 45
    assert width(words.plain("erase.button")) <= 80
    keys = ("settings.change", "settings.everyone_yes", "check.again")
    assert all(width(words.plain(key)) <= 80 for key in keys)
    assert all(width(words.plain(f"setting_group.{group}")) <= 80 for group in GROUPS)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_form_is_known_again_by_its_custom_id(name: str) -> None:
    custom_id = f"settings:set:{name}"
    found = re.fullmatch(SettingForm.template, custom_id)
    assert found is not None
    assert found["name"] == name
    assert width(custom_id) <= 100


@every_language
@pytest.mark.parametrize("seen", [True, False])
def test_a_report_of_everything_that_can_be_missing_fits(locale: str, seen: bool) -> None:
    words = words_for(locale)
    own = discord.Permissions(view_channel=seen)
    panel = Markup(f"</settings show:{2**63 - 1}>")

    def found(key: str, needed: Iterable[str], setting: str | None, *more: Markup) -> check.Finding:
        heading = words("check.heading_in", heading=words(f"check.{key}"), channel=CHANNEL)
        faults, fine, missing = check.permission_lines(own, needed, MENTION, words)
        assert missing == (len(list(needed)) - 1 if seen else 1) or key in {"here", "time_out", "curators"}
        return check.Finding(heading, (*faults, *more), (*fine, *more), setting, missing)

    asked = words("check.forum_needs_tag"), words("check.wherever_asked", panel=panel)
    every = [
        found("here", ["embed_links"], None),
        found("time_out", [], None, words("check.timed_out", until=CHANNEL))._replace(fine=()),
        found("discussions", sorted(permissions()), "discussion_place", *asked),
        found("curators_channel", ["view_channel", "send_messages"], "curators_channel"),
        found("curators", [], "curator_role", words("check.integrations", role=MENTION)),
    ]
    assert refusals(Message.of(view=check.report(every, words))) == []


def test_every_setting_stands_in_one_group() -> None:
    assert sorted(name for group in GROUPS.values() for name in group) == sorted(SETTINGS)


@every_language
@given(
    st.lists(
        st.sampled_from([MENTION, Markup("x" * 100), *map(clip_plain, AWKWARD, repeat(100))]), min_size=8, max_size=30
    )
)
def test_a_panel_of_any_values_fits_whatever_has_happened(locale: str, said: list[Markup]) -> None:
    words = words_for(locale)
    values = dict(zip(SETTINGS, said, strict=False))
    news = [Text(*(Fixed(line) for line in said[:6])), Row(EveryoneButton("x"))]
    shown = [control["custom_id"] for control in Message.of(view=panel_layout(news, values, words, "")).controls]
    assert [f"settings:change:{name}" for name in itertools.chain(*GROUPS.values())] == shown[1:]
    assert refusals(Message.of(view=panel_layout(news, values, words, ""))) == []


def test_more_settings_than_one_message_takes_are_turned_to_by_their_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = {"discussions": ["trailer"] * 4, "curators": ["language"] * 4, "shown": ["time_zone", "curator_role"]}
    monkeypatch.setattr(panel, "GROUPS", groups)
    words, values = words_for("en"), dict.fromkeys(SETTINGS, Markup("x"))

    def shown(about: str) -> tuple[list[str], list[str]]:
        layout = Message.of(view=panel_layout([Text(Fixed(Markup("x")))], values, words, about))
        ids = [control["custom_id"] for control in layout.controls]
        turns = [each for each in ids if each.startswith("settings:group:")]
        return sorted({*ids} - {*turns}), turns

    assert shown("trailer") == (
        ["settings:change:language", "settings:change:trailer"],
        ["settings:group:shown"],
    )
    assert shown("time_zone") == (
        ["settings:change:curator_role", "settings:change:time_zone"],
        ["settings:group:discussions", "settings:group:curators"],
    )


def test_a_forum_needs_what_a_text_channel_needs_but_for_opening_threads() -> None:
    forum, talk = discord.ForumChannel.__new__(discord.ForumChannel), discord.TextChannel.__new__(discord.TextChannel)
    assert {"send_messages"} == set(for_discussions(forum)) - set(for_discussions(talk))
    assert "embed_links" not in for_discussions(forum)


@every_language
@pytest.mark.parametrize("name", [*AWKWARD, "x" * 100, "*" * 100, "👩‍👩‍👧‍👦" * 14])
def test_any_name_of_a_server_is_explained_letter_for_letter(locale: str, name: str) -> None:
    words = words_for(locale)
    what = Line(words, "erase.what", name=name, days=KEPT_DAYS).drawn()
    own = words("erase.what", name="x", days=KEPT_DAYS)
    assert width(what) <= 4096
    assert marks(what) == marks(own)


def test_the_history_tells_of_settings_in_the_words_of_the_panel() -> None:
    words = words_for("en")
    before = GuildSettings(curators_channel=7)
    after = GuildSettings(
        archive_after=60, curator_role=5, curators_channel=None, language="de", time_zone="Asia/Tokyo"
    )
    bodies = before.model_dump_json(), after.model_dump_json()
    assert setting_lines(bodies, words) == [
        "- **When a quiet discussion closes**: after a week → after an hour",
        f"- **Curators' role**: {words('setting.curator_role.unset')} → <@&5>",
        f"- **Curators' channel**: <#7> → {words('setting.curators_channel.unset')}",
        f"- **Language**: {words('setting.language.unset')} → German",
        "- **Time zone**: UTC → Asia/Tokyo",
    ]
    assert setting_lines(('{"colour": "red"}', '{"colour": "blue"}'), words) == []
