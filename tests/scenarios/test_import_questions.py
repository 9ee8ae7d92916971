"""/curate import where a row is damaged, a question is open, another file is being read, or nobody decided in time."""

import asyncio
import datetime

import discord
import pytest

from bot.client import FilmBot
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, offered
from tests.scenarios.screen import answer, labels, sentence, text
from tests.scenarios.test_curate_import import upload

HEAD = "Title,Year,Director,Why,Synopsis"


async def test_a_damaged_row_comes_in_and_is_told_once(club: Club) -> None:
    noor = curator(club)
    table = f'{HEAD},Length\nDay Train,1960,A. One,"Nobody" wakes.,Two others.,long\nAlien\n'
    shown = await upload(club, noor, "list.csv", table.encode())
    assert "**1** new" in text(shown)
    assert "is no length" in text(shown)
    assert "has no year" in text(shown)
    await noor.click(shown, label="Import 1 film")
    assert await offered(noor, club.lobby, "day-train-1960")


@pytest.mark.parametrize(("label", "says"), [("The same films", "**1** left"), ("Other films", "**1** unfinished")])
async def test_a_film_with_the_year_before_is_asked_about(club: Club, label: str, says: str) -> None:
    noor = curator(club)
    shown = await upload(club, noor, "list.txt", b"Persepolis (2006)\nNight Train (1959)\n")
    assert sentence("import.ask_same") in text(shown)
    assert labels(shown) == ["The same films", "Other films", "Begin 1 draft", "Never mind"]
    again = answer(await noor.click(shown, label=label))
    assert sentence("import.ask_same") not in text(again)
    assert says.replace("**1** unfinished", "**2** unfinished") in text(again)


async def test_a_sort_that_nobody_knows_is_asked_about(club: Club) -> None:
    noor = curator(club)
    table = f"{HEAD},Type\nDay Train,1960,A. One,B,C,Hologramm\nOld Game,1990,A,B,C,Jeu vidéo\n"
    shown = await upload(club, noor, "list.csv", table.encode())
    assert "Hologramm" in text(shown)
    assert labels(shown) == ["They are films", "Leave them out", "Never mind"]
    assert labels(answer(await noor.click(shown, label="They are films"))) == ["Import 1 film", "Never mind"]
    assert labels(answer(await noor.click(shown, label="Leave them out"))) == ["Never mind"]


async def test_who_has_to_wait_is_told_and_answered_later(club: Club) -> None:
    noor, bot = curator(club), club.env.bot
    assert isinstance(bot, FilmBot)
    turn = bot.services.imports.turn()
    await turn.__aenter__()
    sent = asyncio.ensure_future(noor.slash(club.lobby, "curate import", file=("list.txt", b"Day Train (1960)\n")))
    await asyncio.sleep(0.2)
    await turn.__aexit__(None, None, None)
    result = await sent
    said = [text(message) for message in (result.response, *result.followups) if message is not None]
    assert said[0] == sentence("import.busy")
    assert "**1** unfinished" in said[-1]


async def test_what_nobody_decided_on_is_let_go(club: Club) -> None:
    noor, bot = curator(club), club.env.bot
    assert isinstance(bot, FilmBot)
    shown = await upload(club, noor, "list.txt", b"Day Train (1960)\n")
    assert "I keep the file until" in text(shown)
    await noor.click(shown, label="Begin 1 draft")
    now = discord.utils.utcnow()
    assert await bot.services.imports.forget_old(now + datetime.timedelta(hours=23)) == 0
    assert await bot.services.imports.forget_old(now + datetime.timedelta(hours=25)) == 1
    assert refused(club, await noor.click(shown, label="Begin 1 draft")) == sentence("error.import_gone")
    assert await bot.services.drafts.forget_old(now + datetime.timedelta(days=89)) == 0
    assert await bot.services.drafts.forget_old(now + datetime.timedelta(days=91)) == 1
    assert text(answer(await noor.slash(club.lobby, "curate drafts"))) == sentence("drafts.none")
