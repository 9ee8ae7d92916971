"""*Find films mentioned here* on messages whose words are not, or not only, in what was typed.

SimCord makes embeds, forwarded messages, polls and components as Discord sends them with a command from a message's
menu, and like Discord it leaves them out of everything else that a bot without the message-content intent is sent.
"""

from typing import Any, Final

import discord
import pytest
from simcord.backend.models.message import Poll, PollAnswer
from simcord.results import to_discord_message

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import Message, answer, opened_by, sentence
from tests.scenarios.shelf import stocked

FIND: Final = "Find films mentioned here"
STORY: Final = film("Tokyo Story", 1953, directors=["Yasujirō Ozu"])
ALIEN: Final = film("Alien", 1979, directors=["Ridley Scott"], ids={"imdb": "tt0078748"})
NO: Final = film("No", 2012, directors=["Pablo Larraín"])
COMPONENTS_V2: Final = 1 << 15


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [STORY, ALIEN, NO])


async def found(club: Club, **parts: Any) -> list[str]:
    """The films that Ann is told about a message of Ben's with these parts."""
    return opened_by(await asked(club, club.env.backend.create_message(club.lobby.id, club.ben.id, **parts)))


async def asked(club: Club, message: Any) -> Message:
    await club.env.settle()
    said = message if isinstance(message, discord.Message) else to_discord_message(club.env, message)
    return answer(await club.ann.context_menu(club.lobby, FIND, said))


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


@pytest.mark.parametrize(
    ("embed", "films"),
    [
        ({"title": "Alien"}, [ALIEN]),
        ({"title": "Alien (1979) – IMDb", "url": "https://example.org"}, [ALIEN]),
        ({"title": "Watchlist", "description": "1. Alien\n2. Vertigo\n3. Tokyo Story"}, [ALIEN, STORY]),
        ({"description": "We saw *Tokyo Story* and left"}, [STORY]),
        ({"title": "Club", "fields": [{"name": "Friday", "value": "Alien, Ridley Scott, 1979"}]}, [ALIEN]),
        ({"title": "Club", "fields": [{"name": "Tokyo Story", "value": "at eight"}]}, [STORY]),
        ({"description": "tonight", "author": {"name": "Tokyo Story (1953)"}}, [STORY]),
        ({"description": "tonight", "footer": {"text": "next week: Tokyo Story"}}, [STORY]),
        ({"description": "look: https://www.imdb.com/title/tt0078748/"}, [ALIEN]),
    ],
)
async def test_embeds_are_read(club: Club, embed: dict[str, Any], films: list[Any]) -> None:
    page = await asked(
        club, club.env.backend.create_message(club.lobby.id, club.ben.id, embeds=[{"type": "rich", **embed}])
    )
    assert opened_by(page) == [each.slug for each in films]


async def test_a_forwarded_message_is_read_with_its_embeds(club: Club) -> None:
    said = club.env.backend.create_message(
        club.lobby.id, club.ben.id, "Alien (1979)", embeds=[{"type": "rich", "title": "Tokyo Story"}]
    )
    forwarded = await club.ben.forward(to_discord_message(club.env, said), club.lobby)
    assert forwarded.content == ""
    assert opened_by(await asked(club, forwarded)) == [ALIEN.slug, STORY.slug]


async def test_the_question_and_the_answers_of_a_poll_are_read(club: Club) -> None:
    answers = [PollAnswer(1, "Alien"), PollAnswer(2, "No"), PollAnswer(3, "Tokyo Story"), PollAnswer(4, None, "🎬")]
    poll = Poll("Which film on Friday?", answers, "2126-12-01T00:00:00+00:00")
    assert await found(club, content="", poll=poll) == [ALIEN.slug, NO.slug, STORY.slug]


@pytest.mark.parametrize(
    ("components", "films"),
    [
        ([text("Watchlist:\n- Alien\n- Tokyo Story")], [ALIEN, STORY]),
        ([{"type": 17, "components": [text("Tonight: Alien"), {"type": 14}]}], [ALIEN]),
        (
            [
                {
                    "type": 9,
                    "components": [text("Tokyo Story (1953)")],
                    "accessory": {"type": 11, "media": {"url": "https://example.org/a.png"}},
                }
            ],
            [STORY],
        ),
        (
            [{"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}, "description": "Alien, 1979"}]}],
            [ALIEN],
        ),
        (
            [{"type": 1, "components": [{"type": 2, "style": 2, "custom_id": "a", "label": "Tokyo Story"}]}],
            [STORY],
        ),
    ],
)
async def test_components_are_read(club: Club, components: list[dict[str, Any]], films: list[Any]) -> None:
    flags = COMPONENTS_V2 if components[0]["type"] != 1 else 0
    content = "" if flags else "a vote"
    assert await found(club, content=content, components=components, flags=flags) == [each.slug for each in films]


async def test_a_card_of_the_bot_names_its_own_film(club: Club) -> None:
    await club.ben.slash(club.lobby, "film", title=ALIEN.slug)
    [card, *_] = sorted(club.env.backend.messages[club.lobby.id].values(), key=lambda message: message.id)
    assert opened_by(await asked(club, card)) == [ALIEN.slug]


async def test_a_message_without_words_is_said_to_be_one(club: Club) -> None:
    address = "https://example.org/a.png"
    attachment = {"id": "1", "filename": "a.png", "size": 1, "url": address, "proxy_url": address}
    page = await asked(club, club.env.backend.create_message(club.lobby.id, club.ben.id, "", attachments=[attachment]))
    assert (page.content, page.ephemeral) == (sentence("mentions.empty"), True)


async def test_a_message_deleted_meanwhile_is_answered_as_it_was(club: Club) -> None:
    said = await club.ben.send(club.lobby, "Tokyo Story")
    result = await club.ann.context_menu(club.lobby, FIND, said)
    await club.ben.delete(said)
    assert opened_by(answer(result)) == [STORY.slug]
