"""/curate add with a title or an address: TMDB fills in what it knows, and the curator writes the rest."""

from collections.abc import AsyncGenerator

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.sources.http import Endpoints
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, form, panel, send
from tests.scenarios.screen import labels, sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.web_servers import MOVIE, TMDB_TOKEN, OembedServer, TmdbServer, status


@pytest.fixture
async def tmdb() -> AsyncGenerator[TmdbServer]:
    async with TmdbServer(MOVIE, {**MOVIE, "id": 7, "title": "Ai Weiwei: Yours Truly"}) as running:
        yield running


@pytest.fixture
async def addresses(tmdb: TmdbServer) -> AsyncGenerator[Endpoints]:
    async with OembedServer() as providers:
        yield providers.addresses(tmdb.address)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()]).model_copy(update={"tmdb_token": SecretStr(TMDB_TOKEN)})


async def test_an_address_fills_in_the_facts_and_the_curator_writes_why(club: Club, restart: Restart) -> None:
    noor = curator(club)
    result = await noor.slash(club.lobby, "curate add", look_up="https://www.imdb.com/title/tt1845773/")
    faulty = panel(result)
    assert "**Why it is here**" in text(faulty)
    assert result.followups[0].content == sentence("lookup.credit")
    await restart()
    correct = await noor.click(faulty, label="Correct it")
    filled = form(correct)
    assert filled["name"] == "Ai Weiwei: Never Sorry (2012)"
    assert filled["directors"] == "Alison Klayman"
    assert filled["trailers"].startswith("https://www.youtube.com/watch?v=0MYFOzP6Xns")
    ready = panel(await send(noor, correct, why="Names cover a wall."))
    assert "Publish" in labels(ready)
    assert "1\u00a0h\u00a031\u00a0min · United States" in text(ready)


async def test_of_several_films_the_curator_chooses_one(club: Club, restart: Restart) -> None:
    noor = curator(club)
    which = panel(await noor.slash(club.lobby, "curate add", look_up="Ai Weiwei"))
    assert text(which) == sentence("lookup.which")
    await restart()
    chosen = panel(await noor.select(which, ["7"]))
    assert "Ai Weiwei: Yours Truly" in text(chosen)


async def test_without_words_the_form_opens_as_ever(club: Club) -> None:
    shown = await curator(club).slash(club.lobby, "curate add")
    assert form(shown)["name"] == ""


async def test_trouble_at_tmdb_is_told_and_the_form_still_works(club: Club, tmdb: TmdbServer) -> None:
    noor = curator(club)
    tmdb.behaviour = status(500)
    refusal = refused(club, await noor.slash(club.lobby, "curate add", look_up="tt1845773"))
    assert refusal == sentence("error.lookup_failed")
    assert form(await noor.slash(club.lobby, "curate add"))["name"] == ""


async def test_what_tmdb_does_not_know_is_told(club: Club) -> None:
    refusal = refused(club, await curator(club).slash(club.lobby, "curate add", look_up="tt9999999"))
    assert refusal == sentence("error.nothing_looked_up")
