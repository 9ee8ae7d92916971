"""Where a discussion opens: in text channels, announcement channels and forums, and nowhere else."""

import discord
import pytest
import simcord
from simcord.backend import serializers

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, labels, place, posts, sentence
from tests.scenarios.shelf import stocked
from tests.scenarios.traffic import CREATIONS, asked

TRAIN = film(themes=["trains", "social-media", "night"], genres=["drama", "noir"], kind="fiction")
REQUIRE_TAG = 1 << 4


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN])


def forum_with(club: Club, *tags: str, reserved: str = "", demanding: bool = False) -> simcord.ChannelHandle:
    """A forum with these tags, and one that only moderators may use."""
    forum = club.guild.create_forum_channel("film-forum")
    channel = club.env.backend.get_channel(forum.id)
    for name in (*tags, *([reserved] if reserved else [])):
        tag = {"id": str(club.env.backend.snowflake()), "name": name, "moderated": name == reserved}
        channel.available_tags.append({**tag, "emoji_id": None, "emoji_name": None})
    # SimCord does not know the flags of a channel.
    flags = {"flags": REQUIRE_TAG if demanding else 0}
    club.env.backend.emit("CHANNEL_UPDATE", {**serializers.channel_payload(club.env.backend, channel), **flags})
    return forum


def post_of_a_member(club: Club, forum: simcord.ChannelHandle) -> simcord.ChannelHandle:
    """Commands can only be used inside a forum's posts."""
    thread = club.env.backend.create_thread(forum.id, "What are you watching?", club.ben.id, broadcast=False)
    club.env.backend.announce_thread_create(thread)
    return forum.threads[0]


async def ask(club: Club, forum: simcord.ChannelHandle) -> simcord.InteractionResult:
    return await club.ann.slash(post_of_a_member(club, forum), "discuss", title="night train")


def tags_of(club: Club, forum: simcord.ChannelHandle, post: simcord.ChannelHandle) -> list[str]:
    names = {int(tag["id"]): tag["name"] for tag in club.env.backend.get_channel(forum.id).available_tags}
    return [names[tag] for tag in club.env.backend.get_thread(post.id).applied_tags]


async def test_in_a_forum_the_discussion_is_a_post_that_begins_with_the_card(club: Club) -> None:
    forum = forum_with(club, "Comedy")
    said = answer(await ask(club, forum))
    _, post = forum.threads
    assert said.content == sentence("thread.ready", thread=place(post))
    assert post.name == "Night Train (1959)"
    card, trailer, invitation = posts(club, post.id)
    assert labels(card) == ["Trailer", "Watch on YouTube", "Want to see", "Seen it", "Who else?"]
    assert trailer.content.startswith("https://www.youtube.com/")
    assert invitation.content.startswith(sentence("thread.opening"))
    assert tags_of(club, forum, post) == []
    assert club.ann.id in club.env.backend.get_thread(post.id).thread_members


async def test_a_post_gets_the_tags_that_fit_the_film_but_no_moderators_tag(club: Club) -> None:
    forum = forum_with(club, "Comedy", "TRAINS", "Social Media", "Fiction", reserved="Drama")
    await ask(club, forum)
    assert tags_of(club, forum, forum.threads[1]) == ["TRAINS", "Social Media", "Fiction"]


async def test_a_post_gets_no_more_tags_than_discord_allows(club: Club) -> None:
    forum = forum_with(club, "Trains", "Social media", "Night", "Drama", "Noir", "Fiction")
    await ask(club, forum)
    assert len(tags_of(club, forum, forum.threads[1])) == 5


async def test_where_a_tag_is_demanded_and_none_fits_any_will_do(club: Club) -> None:
    forum = forum_with(club, "Comedy", "Western", reserved="Official", demanding=True)
    await ask(club, forum)
    assert tags_of(club, forum, forum.threads[1]) == ["Comedy"]


async def test_a_forum_that_demands_a_tag_and_has_none_is_named(club: Club) -> None:
    forum = forum_with(club, reserved="Drama", demanding=True)
    result = await ask(club, forum)
    assert refused(club, result) == sentence("error.forum_needs_tag", channel=place(forum))
    assert asked(club, *CREATIONS) == []


async def test_a_posts_thread_is_found_again_from_anywhere(club: Club) -> None:
    forum = forum_with(club)
    await ask(club, forum)
    said = answer(await club.ben.slash(club.lobby, "discuss", title="night train"))
    assert said.content == sentence("thread.ready", thread=place(forum.threads[1]))
    assert len(asked(club, *CREATIONS)) == 1


async def test_in_an_announcement_channel_the_thread_is_of_its_kind(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SimCord takes a thread of an announcement channel for a channel.
    monkeypatch.setattr("simcord.backend.models.channel.THREAD_TYPES", (10, 11, 12))
    news = club.guild.create_news_channel("news")
    said = answer(await club.ann.slash(news, "discuss", title="night train"))
    [thread] = news.threads
    assert said.content == sentence("thread.ready", thread=place(thread))
    assert club.env.backend.get_thread(thread.id).type == discord.ChannelType.news_thread.value
    assert len(posts(club, thread.id)) == 3


@pytest.mark.parametrize("kind", ["voice", "stage"])
async def test_a_channel_without_threads_is_named(club: Club, kind: str) -> None:
    create = {"voice": club.guild.create_voice_channel, "stage": club.guild.create_stage_channel}[kind]
    channel = create("talk")
    result = await club.ann.slash(channel, "discuss", title="night train")
    assert refused(club, result) == sentence("error.no_threads_here", channel=place(channel))
    assert asked(club, *CREATIONS) == []
