"""Settings, the doctor and erasing: whatever language they speak, Discord takes what they say."""

import re

import discord
import pytest

from bot.domain.guilds.departures import KEPT_DAYS
from bot.domain.guilds.settings import SETTINGS, GuildSettings, choices
from bot.ui.kit.permissions import for_discussions
from bot.ui.kit.text import Markup, clip_plain, languages, width, words_for
from bot.ui.settings import check
from bot.ui.settings.labels import setting_lines
from bot.ui.settings.panel import SettingForm
from tests.strategies import AWKWARD
from tests.ui.locale_keys import permissions
from tests.ui.messages import Message, marks, refusals

every_language = pytest.mark.parametrize("locale", languages())
MENTION = Markup(f"<@&{2**63 - 1}>")
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
    assert width(words.plain("settings.change")) <= 150


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
    lines, missing = check.permission_lines(CHANNEL, own, sorted(permissions()), MENTION, words)
    assert missing == (5 if seen else 1)
    panel = Markup(f"</settings show:{2**63 - 1}>")
    more = (words("check.forum_needs_tag"), words("check.wherever_asked", panel=panel))
    headings = ("check.here", "check.discussions", "check.curators_channel", "check.curators")
    embed = check.report([check.Finding(key, (*lines, *more), missing) for key in headings], words)
    assert refusals(Message.of(None, embed)) == []


def test_a_forum_needs_what_a_text_channel_needs_but_for_opening_threads() -> None:
    forum, talk = discord.ForumChannel.__new__(discord.ForumChannel), discord.TextChannel.__new__(discord.TextChannel)
    assert {"send_messages"} == set(for_discussions(forum)) - set(for_discussions(talk))
    assert "embed_links" not in for_discussions(forum)


@every_language
@pytest.mark.parametrize("name", [*AWKWARD, "x" * 100, "*" * 100, "👩‍👩‍👧‍👦" * 14])
def test_any_name_of_a_server_is_explained_letter_for_letter(locale: str, name: str) -> None:
    words = words_for(locale)
    what = words("erase.what", name=clip_plain(name, 400), days=KEPT_DAYS)
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
