"""What a provider's answer says about a trailer."""

from collections.abc import AsyncGenerator

import pytest

from bot.domain.curation.audits import Health
from bot.domain.films.trailers import Trailer
from bot.sources import trailers
from bot.sources.http import HttpClient, Limits
from tests import web_servers
from tests.web_servers import PLAYER, Behaviour, OembedServer, saying, status

YOUTUBE, VIMEO, DAILYMOTION = "0MYFOzP6Xns", "76979871", "x84sh87"
VIDEOS = {
    "youtube": Trailer.model_validate({"provider": "youtube", "id": YOUTUBE, "start": 30}),
    "vimeo": Trailer.model_validate({"provider": "vimeo", "id": VIMEO, "start": 30}),
    "dailymotion": Trailer.model_validate({"provider": "dailymotion", "id": DAILYMOTION, "start": 30}),
}
every_provider = pytest.mark.parametrize("provider", VIDEOS)


@pytest.fixture
async def server() -> AsyncGenerator[OembedServer]:
    async with OembedServer() as running:
        yield running


async def health(server: OembedServer, provider: str, behaviour: Behaviour = web_servers.fine) -> Health:
    trailer = VIDEOS[provider]
    server.videos[trailer.id] = behaviour
    async with HttpClient(server.addresses(), Limits(trailer_seconds=0.5)) as outside:
        return await trailers.health(outside, trailer)


@every_provider
async def test_a_video_with_a_player_is_fine(server: OembedServer, provider: str) -> None:
    assert await health(server, provider) is Health.FINE


async def test_each_provider_is_asked_at_its_own_place_for_the_whole_video(server: OembedServer) -> None:
    for provider in VIDEOS:
        await health(server, provider)
    assert server.asked == [
        ("youtube", f"https://www.youtube.com/watch?v={YOUTUBE}"),
        ("vimeo", f"https://vimeo.com/{VIMEO}"),
        ("dailymotion", f"https://www.dailymotion.com/video/{DAILYMOTION}"),
    ]


@pytest.mark.parametrize(
    ("provider", "number", "wanted"),
    [
        ("youtube", 400, Health.GONE),
        ("youtube", 401, Health.NOT_EMBEDDABLE),
        ("youtube", 403, Health.NOT_EMBEDDABLE),
        ("youtube", 404, Health.GONE),
        ("vimeo", 400, Health.UNKNOWN),
        ("vimeo", 403, Health.NOT_EMBEDDABLE),
        ("vimeo", 404, Health.GONE),
        ("dailymotion", 400, Health.UNKNOWN),
        ("dailymotion", 403, Health.NOT_EMBEDDABLE),
        ("dailymotion", 404, Health.GONE),
        ("dailymotion", 410, Health.GONE),
    ],
)
async def test_a_status_means_what_the_provider_means(
    server: OembedServer, provider: str, number: int, wanted: Health
) -> None:
    assert await health(server, provider, status(number)) is wanted


@every_provider
@pytest.mark.parametrize(
    "behaviour",
    [
        status(429),
        status(500),
        status(418),
        status(204),
        web_servers.leading_to("https://consent.example.org/"),
        web_servers.endless,
        web_servers.silent,
        web_servers.hang_up,
        saying("<html>"),
        saying([PLAYER]),
        saying("null"),
        saying({}),
        saying({"error": "please sign in"}),
    ],
)
async def test_whatever_else_happens_says_nothing_about_the_video(
    server: OembedServer, provider: str, behaviour: Behaviour
) -> None:
    assert await health(server, provider, behaviour) is Health.UNKNOWN


@pytest.mark.parametrize(
    "said",
    [
        {"type": "video", "version": "1.0", "domain_status_code": 403},
        PLAYER | {"domain_status_code": 403},
        {key: value for key, value in PLAYER.items() if key != "html"},
        {key: value for key, value in PLAYER.items() if key != "title"},
    ],
    ids=["only some websites", "only some websites, with a player", "nowhere", "only with a password"],
)
async def test_vimeo_says_in_its_answer_who_may_show_a_video(server: OembedServer, said: dict[str, object]) -> None:
    assert await health(server, "vimeo", saying(said)) is Health.NOT_EMBEDDABLE


async def test_a_provider_that_is_not_there_says_nothing() -> None:
    async with HttpClient(OembedServer().addresses()) as outside:
        assert await trailers.health(outside, VIDEOS["youtube"]) is Health.UNKNOWN
