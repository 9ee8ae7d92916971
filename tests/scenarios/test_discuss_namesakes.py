"""Two films of the same title and year: each has a thread of its own."""

import pytest
import simcord

from bot.domain.films.films import Film
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, place, posts, sentence
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.traffic import Fault, Step, trip

FIRST = film("Twin", 1959, prompts=["About the first?"])
SECOND = film("Twin", 1959, slug="twin-1959-2", prompts=["About the second?"])
SILENT = film("Quiet", 1959, trailers=[], prompts=["About the first?"])
OTHER_SILENT = film("Quiet", 1959, slug="quiet-1959-2", trailers=[], prompts=["About the second?"])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [FIRST, SECOND, SILENT, OTHER_SILENT])


async def thread_of(club: Club, channel: simcord.ChannelHandle, entry: Film) -> simcord.ChannelHandle:
    """The thread into which the film's discussion leads."""
    said = answer(await club.ann.slash(channel, "discuss", title=entry.slug)).content
    threads = [*club.lobby.threads, *(t for c in club.guild.channels.values() for t in c.threads)]
    return next(thread for thread in threads if said == sentence("thread.ready", thread=place(thread)))


@pytest.mark.parametrize(("one", "other"), [(FIRST, SECOND), (SILENT, OTHER_SILENT)])
async def test_namesakes_do_not_share_a_thread(club: Club, restart: Restart, one: Film, other: Film) -> None:
    first = await thread_of(club, club.lobby, one)
    second = await thread_of(club, club.lobby, other)
    assert (first.name, second.name) == (one.name, one.name)
    assert first.id != second.id
    assert "About the first?" in posts(club, first.id)[-1].content
    assert "About the second?" in posts(club, second.id)[-1].content
    await restart()
    assert (await thread_of(club, club.lobby, one)).id == first.id
    assert (await thread_of(club, club.lobby, other)).id == second.id


async def test_a_half_opened_thread_is_not_taken_up_for_a_namesake(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    trip(club, monkeypatch, Step("POST", "/channels/{channel_id}/messages", number=3), Fault(500))
    assert refused(club, await club.ann.slash(club.lobby, "discuss", title=FIRST.slug))
    [begun] = club.lobby.threads
    assert (await thread_of(club, club.lobby, SECOND)).id != begun.id
    assert (await thread_of(club, club.lobby, FIRST)).id == begun.id
    assert len(club.lobby.threads) == 2
    assert len(posts(club, begun.id)) == 3


async def test_namesakes_do_not_share_a_post_in_a_forum(club: Club) -> None:
    forum = club.guild.create_forum_channel("film-forum")
    post = club.env.backend.create_thread(forum.id, "What are you watching?", club.ben.id, broadcast=False)
    club.env.backend.announce_thread_create(post)
    inside = forum.threads[0]
    first = await thread_of(club, inside, FIRST)
    second = await thread_of(club, inside, SECOND)
    assert first.id != second.id
    assert len(posts(club, first.id)) == len(posts(club, second.id)) == 3
