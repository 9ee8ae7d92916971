"""TMDB's notice is shown where its data can be asked for, and nowhere else."""

from collections.abc import AsyncGenerator

import pytest
from pydantic import SecretStr

from bot.app import App, open_app
from bot.domain.curation.film_metadata import FilmMetadata
from bot.settings import Settings
from tests.conftest import Club
from tests.scenarios.screen import answer, text
from tests.web_servers import TMDB_TOKEN, OembedServer, TmdbServer

NOTICE = "This product uses the TMDB API but is not endorsed or certified by TMDB."


@pytest.fixture
async def tmdb() -> AsyncGenerator[TmdbServer]:
    async with TmdbServer() as running:
        yield running


@pytest.fixture(params=[False, True], ids=["without a token", "with a token"])
async def has_token(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
async def app(settings: Settings, tmdb: TmdbServer, has_token: bool) -> AsyncGenerator[App]:
    token = SecretStr(TMDB_TOKEN) if has_token else None
    own = settings.model_copy(update={"tmdb_token": token})
    async with open_app(own, addresses=OembedServer().addresses(tmdb.address)) as opened:
        yield opened


async def test_about_credits_tmdb_only_where_it_can_be_asked(
    club: Club, app: App, tmdb: TmdbServer, has_token: bool
) -> None:
    said = text(answer(await club.ann.slash(club.lobby, "about")))
    assert (NOTICE in said) is has_token
    assert ("TMDB" in said) is has_token
    assert tmdb.requests == []  # a start asks nobody
    lookups = app.bot.services.lookups
    assert (lookups is not None) is has_token
    if lookups is not None:
        found = await lookups.find("tt1845773")
        assert isinstance(found, FilmMetadata)
        assert found.title == "Ai Weiwei: Never Sorry"
