"""Reviews: posted when their writer says so, edited and deleted with them, whatever Discord does."""

import datetime

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.settings import Settings
from bot.ui.shelves.review_posts import remove_due_posts
from tests.conftest import Club, refused
from tests.scenarios.keeping import NIGHT, SHELF, everything, private, say
from tests.scenarios.presses import at_once, click
from tests.scenarios.screen import Message, labels, place, posts, sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import bot_of
from tests.scenarios.traffic import Fault, Step, trip


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, SHELF)


def reviews(club: Club) -> list[Message]:
    """What stands in the film's thread behind its opening messages."""
    threads = club.lobby.threads
    if not threads:
        return []
    return [
        post
        for post in posts(club, threads[0].id)
        if post.content and ("Nobody" in post.content or "sleeps" in post.content)
    ]


async def posted(club: Club) -> Message:
    """The panel of a review that Ann has posted."""
    panel = await say(club, club.ann, rating="9", review="Nobody sleeps.")
    await club.ann.click(panel, label="Post it in the thread")
    return panel


async def test_nothing_is_posted_before_its_writer_says_so(club: Club) -> None:
    panel = await say(club, club.ann, rating="9", review="Nobody sleeps.")
    assert reviews(club) == []
    said = private(await club.ann.click(panel, label="Post it in the thread"))
    assert text(said) == sentence("review.posted", thread=place(club.lobby.threads[0]))
    [post] = reviews(club)
    assert "||Nobody sleeps.||" in text(post)
    assert "ann" not in text(post)
    assert "★★★★½" in text(post)


async def test_two_presses_at_once_post_once(club: Club) -> None:
    panel = await say(club, club.ann, review="Nobody sleeps.")
    await at_once(club, [click(club, club.ann, panel, "Post it in the thread") for _ in range(2)])
    assert len(reviews(club)) == 1


async def test_editing_edits_the_post_and_undo_edits_it_back(club: Club) -> None:
    await posted(club)
    panel = await say(club, club.ann, rating="8", review="Nobody sleeps for long.", spoils=False, named=True)
    [post] = reviews(club)
    assert "Nobody sleeps for long." in text(post)
    assert "||" not in text(post)
    assert "**ann**" in text(post)
    assert "Post it in the thread" not in labels(panel)
    await club.ann.click(panel, label="Undo")
    [post] = reviews(club)
    assert "||Nobody sleeps.||" in text(post)


async def test_taking_the_review_back_takes_the_post_away(club: Club) -> None:
    await posted(club)
    await say(club, club.ann, rating="8", review="")
    assert reviews(club) == []


async def test_a_post_is_taken_away_and_its_review_stays_to_be_posted_again(club: Club) -> None:
    await posted(club)
    panel = await say(club, club.ann, rating="8")
    kept = private(await club.ann.click(panel, label="Take the post away"))
    assert reviews(club) == []
    assert "Nobody sleeps." in text(kept)
    await club.ann.click(kept, label="Post it in the thread")
    assert len(reviews(club)) == 1


async def test_erasing_takes_the_post_away(club: Club) -> None:
    await posted(club)
    explained = private(await club.ann.slash(club.lobby, "my erase"))
    shown = await club.ann.click(explained, label="Erase it all")
    done = private(await club.ann.submit_modal(shown, {"name": "ann"}))
    assert text(done) == sentence("my_erase.done")
    assert reviews(club) == []
    assert str(club.ann.id) not in await everything(club)


@pytest.mark.parametrize("fault", [Fault(403, 50001), Fault(403, 50013), Fault(500), Fault(429)])
async def test_a_post_that_discord_will_not_delete_is_tried_again_after_a_restart(
    club: Club, restart: Restart, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    await posted(club)
    trip(club, monkeypatch, Step("DELETE", "/channels/{channel_id}/messages/{message_id}"), fault)
    await say(club, club.ann, rating="8", review="")
    assert len(reviews(club)) == 1
    bot = await restart()
    later = discord.utils.utcnow() + datetime.timedelta(minutes=10)
    await remove_due_posts(bot, later)
    assert reviews(club) == []
    assert await bot.services.member_data.due_removals(later) == ()


async def test_a_post_that_is_gone_already_is_forgotten(club: Club) -> None:
    await posted(club)
    [post] = reviews(club)
    club.env.backend.messages[post.channel_id].pop(post.id)
    await say(club, club.ann, review="Nobody sleeps at all.")  # which would edit it
    panel = await say(club, club.ann, review="Nobody sleeps at night.")
    assert "Post it in the thread" in labels(panel)
    bot = bot_of(club)
    assert await bot.services.member_data.due_removals(discord.utils.utcnow()) == ()


async def test_a_review_is_not_posted_where_its_writer_may_not_write(club: Club) -> None:
    panel = await say(club, club.ann, review="Nobody sleeps.")
    silent = discord.Permissions(send_messages_in_threads=True).value
    club.env.backend.set_overwrite(club.lobby.id, Overwrite(club.ann.id, OverwriteType.MEMBER, deny=silent))
    assert refused(club, await club.ann.click(panel, label="Post it in the thread")) == sentence("error.may_not_write")


async def test_in_a_direct_message_there_is_no_thread_to_post_in(club: Club) -> None:
    said = private(await club.ann.user.slash("seen", film=NIGHT.slug))
    assert "Post it in the thread" not in labels(said)


async def test_the_queue_waits_longer_each_time(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    bot, now = bot_of(club), discord.utils.utcnow()
    await posted(club)
    route = Step("DELETE", "/channels/{channel_id}/messages/{message_id}")
    trip(club, monkeypatch, route, Fault(403, 50013))
    await say(club, club.ann, review="")
    trip(club, monkeypatch, route, Fault(403, 50013))
    soon, late = (now + datetime.timedelta(minutes=minutes) for minutes in (6, 17))
    await remove_due_posts(bot, soon)
    assert await bot.services.member_data.due_removals(soon + datetime.timedelta(minutes=9)) == ()
    await remove_due_posts(bot, late)
    assert reviews(club) == []


async def test_who_has_taken_the_review_back_meanwhile_is_told(club: Club) -> None:
    panel = await say(club, club.ann, review="Nobody sleeps.")
    await say(club, club.ann, review="")
    assert refused(club, await club.ann.click(panel, label="Post it in the thread")) == sentence("error.mark_changed")
