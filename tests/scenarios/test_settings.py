"""/settings show: every setting on one panel, changed in a form, and seen to work."""

from collections.abc import Generator
from pathlib import Path

import pytest
import simcord

from bot.app import App
from bot.domain.curation.changes import ChangeKind
from bot.domain.guilds.settings import SETTINGS, Actor, GuildSettings
from bot.settings import Settings
from bot.ui.settings.panel import GROUPS
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.german import OPENING, WHY, german_spoken
from tests.scenarios.screen import answer, custom_ids, heading, labels, place, posts, sentence, text, texts
from tests.scenarios.settings_forms import change, changed, control, news, open_form, panel, shown
from tests.scenarios.shelf import stocked
from tests.scenarios.staff import give_role, manager, member_with
from tests.scenarios.traffic import CREATIONS, asked

TRAIN, KNIFE = film(), film("Knife in the Water", 1962)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, KNIFE])


@pytest.fixture
def mona(club: Club) -> simcord.MemberActor:
    return manager(club)


@pytest.fixture
def _german(tmp_path: Path) -> Generator[None]:
    with german_spoken(tmp_path):
        yield


def kept(app: App, club: Club) -> GuildSettings:
    return app.bot.services.guilds.settings(club.guild.id)


async def test_the_panel_shows_every_setting_and_offers_to_change_each(club: Club, mona: simcord.MemberActor) -> None:
    message = await panel(club, mona)
    assert message.ephemeral
    assert heading(message) == sentence("settings.title").removeprefix("## ")
    assert sorted(custom_ids(message)) == sorted(f"settings:change:{name}" for name in SETTINGS)
    groups = [text.removeprefix("### ") for text in texts(message) if text.startswith("### ")]
    assert groups == [sentence(f"setting_group.{group}") for group in GROUPS]
    assert shown(message, "discussion_place") == sentence("setting.discussion_place.unset")
    assert shown(message, "archive_after") == sentence("setting.archive_after.10080")
    assert shown(message, "curator_role") == sentence("setting.curator_role.unset")
    assert shown(message, "curators_channel") == sentence("setting.curators_channel.unset")
    assert shown(message, "language") == sentence("setting.language.unset")
    assert shown(message, "time_zone").startswith("UTC")
    assert shown(message, "trailer") == sentence("setting.trailer.with_card")
    assert shown(message, "who_opens") == sentence("setting.who_opens.everyone")


async def test_a_change_is_shown_in_the_place_of_the_panel_and_recorded(
    club: Club, app: App, mona: simcord.MemberActor
) -> None:
    before = await panel(club, mona)
    form = await mona.click(before, custom_id="settings:change:trailer")
    result = await mona.submit_modal(form, {"value": ["on_request"]})
    assert result.response is not None
    assert result.response.id == before.id
    assert shown(result.response, "trailer") == sentence("setting.trailer.on_request")
    assert news(result.response) == [
        sentence(
            "settings.saved",
            setting=sentence("setting.trailer.label"),
            value=sentence("setting.trailer.on_request"),
        )
    ]
    actor = Actor(guild_id=club.guild.id, member_id=mona.id, name="mona", manages=True)
    [recorded] = await app.bot.services.curation.history(actor, None, None, 9)
    assert (recorded.act, recorded.actor_id) == (ChangeKind.SETTINGS, mona.id)
    assert recorded.settings is not None
    bodies = [GuildSettings.model_validate_json(body) for body in recorded.settings]
    assert bodies == [GuildSettings(), GuildSettings(trailer="on_request")]


async def test_what_stands_like_that_already_is_not_changed(club: Club, mona: simcord.MemberActor) -> None:
    result = await change(club, mona, "trailer", ["with_card"])
    assert refused(club, result) == sentence("error.already_done")


async def test_discussions_open_in_the_chosen_forum(club: Club, mona: simcord.MemberActor) -> None:
    forum = club.guild.create_forum_channel("film-forum")
    assert shown(await changed(club, mona, "discussion_place", [forum]), "discussion_place") == forum.mention
    said = answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    [post] = forum.threads
    assert said.content == sentence("thread.ready", thread=place(post))
    assert club.lobby.threads == []
    assert len(posts(club, post.id)) == 3


async def test_discussions_open_in_the_chosen_text_channel_wherever_they_are_asked_for(
    club: Club, mona: simcord.MemberActor
) -> None:
    talk, voice = club.guild.create_text_channel("talk"), club.guild.create_voice_channel("voice")
    await changed(club, mona, "discussion_place", [talk])
    answer(await club.ann.slash(voice, "discuss", title="night train"))
    assert [thread.name for thread in talk.threads] == ["Night Train (1959)"]


async def test_an_emptied_place_is_where_somebody_asks_again(club: Club, app: App, mona: simcord.MemberActor) -> None:
    talk = club.guild.create_text_channel("talk")
    await changed(club, mona, "discussion_place", [talk])
    form = await open_form(club, mona, "discussion_place")
    assert [int(default["id"]) for default in control(form)["default_values"]] == [talk.id]
    assert control(form)["channel_types"] == [0, 5, 15]
    await mona.submit_modal(form, {})
    assert kept(app, club) == GuildSettings()
    answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    assert len(club.lobby.threads) == 1


async def test_a_discussion_that_was_open_before_stays_where_it_is(club: Club, mona: simcord.MemberActor) -> None:
    answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    forum = club.guild.create_forum_channel("film-forum")
    await changed(club, mona, "discussion_place", [forum])
    said = answer(await club.ben.slash(club.lobby, "discuss", title="night train"))
    assert said.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))
    assert forum.threads == []


@pytest.mark.parametrize("forum", [True, False])
async def test_a_new_discussion_closes_when_the_server_wants(
    club: Club, mona: simcord.MemberActor, forum: bool
) -> None:
    where = club.guild.create_forum_channel("forum") if forum else club.lobby
    await changed(club, mona, "discussion_place", [where])
    message = await changed(club, mona, "archive_after", ["1440"])
    assert shown(message, "archive_after") == sentence("setting.archive_after.1440")
    answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    [creation] = asked(club, *CREATIONS)
    assert creation.json is not None
    assert (creation.path, creation.json["auto_archive_duration"]) == (f"/channels/{where.id}/threads", 1440)


async def test_a_card_for_all_comes_without_its_trailer_where_the_server_wants_it_on_request(
    club: Club, mona: simcord.MemberActor
) -> None:
    await changed(club, mona, "trailer", ["on_request"])
    card = answer(await club.ann.slash(club.lobby, "film", title="night train"))
    assert "Trailer" in labels(card)
    assert answer(await club.ben.click(card, label="Trailer")).content.startswith("https://www.youtube.com/")
    quiet = await club.ann.slash(club.lobby, "film", title="night train", quiet=True)
    assert len(quiet.followups) == 1
    assert quiet.response is not None
    assert heading(answer(await club.ann.click(quiet.response, label="Share"))) == "Night Train (1959)"


async def test_only_curators_open_a_discussion_where_the_server_wants_it_and_all_may_join(
    club: Club, mona: simcord.MemberActor
) -> None:
    role = club.guild.create_role("Curators")
    cora = member_with(club, "cora", role)
    assert shown(await changed(club, mona, "curator_role", [role]), "curator_role") == role.mention
    await changed(club, mona, "who_opens", ["curators"])
    result = await club.ann.slash(club.lobby, "discuss", title="night train")
    assert refused(club, result) == sentence("error.opening_is_for_curators")
    assert club.lobby.threads == []
    ready = answer(await cora.slash(club.lobby, "discuss", title="night train")).content
    assert ready == answer(await club.ann.slash(club.lobby, "discuss", title="night train")).content
    assert answer(await mona.slash(club.lobby, "discuss", title="knife in the water")).ephemeral
    assert len(club.lobby.threads) == 2


async def test_a_new_curator_may_open_at_once(club: Club, mona: simcord.MemberActor) -> None:
    role = club.guild.create_role("Curators")
    await changed(club, mona, "curator_role", [role])
    await changed(club, mona, "who_opens", ["curators"])
    card = (await club.ann.slash(club.lobby, "film", title="night train")).response
    assert card is not None
    refused(club, await club.ann.click(card, label="Leave a reply"))
    give_role(club, club.ann, role)
    answer(await club.ann.click(card, label="Leave a reply"))
    assert len(club.lobby.threads) == 1


@pytest.mark.usefixtures("_german")
async def test_all_read_the_servers_language_and_each_member_their_own(club: Club, mona: simcord.MemberActor) -> None:
    offered = [option["label"] for option in control(await open_form(club, mona, "language"))["options"]]
    assert offered == [sentence("setting.language.unset"), "German", "English"]
    assert shown(await changed(club, mona, "language", ["de"]), "language") == "German"
    public = await club.ann.slash(club.lobby, "film", title="night train")
    assert public.response is not None
    assert WHY in text(public.response)
    quiet = await club.ann.slash(club.lobby, "film", title="night train", quiet=True)
    assert quiet.response is not None
    assert WHY not in text(quiet.response)
    said = answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    assert said.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))
    opened = posts(club, club.lobby.threads[0].id)
    assert WHY in text(opened[0])
    assert opened[-1].content.startswith(OPENING)


@pytest.mark.usefixtures("_german")
async def test_the_language_can_be_left_to_discord_again(club: Club, app: App, mona: simcord.MemberActor) -> None:
    await changed(club, mona, "language", ["de"])
    form = await open_form(club, mona, "language")
    assert [option["value"] for option in control(form)["options"] if option["default"]] == ["de"]
    await mona.submit_modal(form, {"value": ["-"]})
    assert kept(app, club) == GuildSettings()


async def test_a_time_zone_is_typed_as_a_city_and_shown_with_its_clock(
    club: Club, app: App, mona: simcord.MemberActor
) -> None:
    message = await changed(club, mona, "time_zone", "kathmandu")
    assert kept(app, club).time_zone == "Asia/Kathmandu"
    hours, _, minutes = shown(message, "time_zone").removeprefix("Asia/Kathmandu, where it is ").partition(":")
    assert (len(hours), len(minutes)) == (2, 2)
    assert control(await open_form(club, mona, "time_zone"))["value"] == "Asia/Kathmandu"


async def test_a_wrong_time_zone_gets_near_ones(club: Club, app: App, mona: simcord.MemberActor) -> None:
    said = refused(club, await change(club, mona, "time_zone", "Amerika/New York"))
    assert said.startswith("I do not know the time zone “Amerika/New York”.")
    assert r"America/New\_York" in said
    assert kept(app, club) == GuildSettings()


async def test_the_curators_channel_is_a_text_channel(club: Club, app: App, mona: simcord.MemberActor) -> None:
    form = await open_form(club, mona, "curators_channel")
    assert control(form)["channel_types"] == [0]
    result = await mona.submit_modal(form, {"value": [club.lobby]})
    assert result.response is not None
    assert shown(result.response, "curators_channel") == club.lobby.mention
    assert kept(app, club).curators_channel == club.lobby.id
