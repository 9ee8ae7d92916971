"""Members may switch embeds off: nothing that is said of a film is in one, and only a trailer's link asks for any."""

import re
from typing import Any

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import button, labels
from tests.scenarios.shelf import stocked

PRAISE = [{"listed_as": f"Best of {number}", "publication": "The Railway Review", "year": 1959} for number in range(4)]
TRAIN = film(
    "Night Train",
    1959,
    synopsis={"text": f"Two strangers. {'They talk all night. ' * 60}", "source": "The Railway Review"},
    praise=PRAISE,
    content_notes=["a death"],
)
FILMS = [TRAIN, film("Night Ferry", 1965), film("Knife in the Water", 1962, trailers=[])]
LINK = re.compile(r"https://\S+")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


def sent(club: Club) -> list[dict[str, Any]]:
    """The body of every message that the bot has written or changed."""
    bodies: list[Any] = [request.json for request in club.env.http_requests]
    found = [_message(body) for body in bodies if body and not isinstance(body, list)]
    return [body for body in found if "content" in body or "components" in body]


def _message(body: Any) -> dict[str, Any]:
    return body.get("data") or body.get("message") or body


async def test_no_answer_about_a_film_is_in_an_embed(club: Club) -> None:
    card = (await club.ann.slash(club.lobby, "film", title=TRAIN.slug)).response
    assert card is not None
    for label in labels(card):
        if "custom_id" in button(card, label):
            await club.ben.click(card, label=label)
    for command in ("synopsis", "trailer", "discuss", "films similar"):
        for title in (TRAIN.slug, "night", "zzz qqq", FILMS[2].slug):
            await club.ann.slash(club.lobby, command, title=title)
    for command in ("want", "seen", "who"):
        await club.ann.slash(club.lobby, command, film="night train")
    await club.ann.slash(club.lobby, "films random")
    assert club.env.errors  # what was not found, which is an answer, too
    bodies = sent(club)
    assert len(bodies) > 30
    assert [body for body in bodies if body.get("embeds")] == []


async def test_only_the_trailers_link_asks_discord_for_a_preview(club: Club) -> None:
    await club.ann.slash(club.lobby, "film", title=TRAIN.slug)
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    with_links = [body["content"] for body in sent(club) if body.get("content") and "https://" in body["content"]]
    assert len(with_links) == 2
    assert all(LINK.fullmatch(content) for content in with_links)
