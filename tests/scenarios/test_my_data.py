"""A member's own data: seen, taken, erased; and brought along from elsewhere."""

import io
import json
import logging
import zipfile

import discord
import pytest
from sqlalchemy import select

from bot.domain.shelves.marks import ShelfOwner
from bot.settings import Settings
from bot.storage.db.tables import marks
from tests.conftest import Club, refused
from tests.scenarios.curators import add, curator
from tests.scenarios.keeping import KNIFE, NIGHT, SHELF, agree, card, everything, private, say
from tests.scenarios.screen import Message, labels, sentence, text, texts
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import bot_of, suggested
from tests.storage.transfer.test_shelf_tables import IMDB, LETTERBOXD, zipped


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, SHELF)


async def file_of(message: Message) -> bytes:
    [attachment] = message.attachments
    return await attachment.read()


async def test_all_that_is_kept_is_shown_and_handed_over_in_a_direct_message_too(club: Club) -> None:
    await say(club, club.ann, rating="9", review="Nobody sleeps.")
    await suggested(club)
    await club.ann.user.slash("want", film=KNIFE.slug)
    for shown in (await club.ann.slash(club.lobby, "my data"), await club.ann.user.slash("my data")):
        page = private(shown)
        kept_in = dict(said.split("\n", 1) for said in texts(page)[1:])
        assert "1 × a review" in kept_in["**Thursday Film Club**"]
        assert "1 × a film that you put forward" in kept_in["**Thursday Film Club**"]
        assert "1 × a film that you marked" in kept_in[sentence("my_data.server", name=sentence("my_data.alone"))]
        kept = json.loads(await file_of(page))
        assert kept["member_id"] == str(club.ann.id)
        assert kept["reviews"][0]["body"]["text"] == "Nobody sleeps."
        assert len(kept["marks"]) == 2


async def test_of_whom_nothing_is_kept_nothing_is_told(club: Club) -> None:
    await say(club, club.ann, rating="9")
    assert text(private(await club.ben.slash(club.lobby, "my data"))) == sentence("my_data.nothing")


async def erase(club: Club, typed: str, restart: Restart | None = None) -> None:
    explained = private(await club.ann.slash(club.lobby, "my erase"))
    if restart is not None:
        await restart()
    shown = await club.ann.click(explained, label="Erase it all")
    result = await club.ann.submit_modal(shown, {"name": typed})
    if typed.strip().casefold() == "ann":
        assert text(private(result)) == sentence("my_erase.done")
    else:
        assert refused(club, result) == sentence("error.wrong_name")


async def test_after_an_erasing_no_table_no_file_and_no_log_holds_the_id(
    club: Club, restart: Restart, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    caplog.set_level(logging.DEBUG, "cogs")
    await say(club, club.ann, rating="9", review="Nobody sleeps.")
    await suggested(club)
    await agree(club, club.ann)
    await club.ann.slash(club.lobby, "my import", file=("ratings.csv", IMDB.encode()))
    await club.ann.user.slash("want", film=KNIFE.slug)
    await club.ben.slash(club.lobby, "want", film=NIGHT.slug)
    await private_who(club)
    assert str(club.ann.id) in await everything(club)
    await erase(club, "ANN ", restart)
    assert str(club.ann.id) not in await everything(club)
    assert str(club.ben.id) in await everything(club)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("bot", "cogs"))]
    assert not [line for line in ours if str(club.ann.id) in line]
    assert "has seen it" not in text(await card(club, club.ben))
    assert text(private(await club.ann.slash(club.lobby, "my data"))) == sentence("my_data.nothing")


async def private_who(club: Club) -> Message:
    return private(await club.ben.slash(club.lobby, "who", film=NIGHT.slug))


@pytest.mark.parametrize("typed", ["ben", "", "an", "everything"])
async def test_without_the_right_name_nothing_is_erased(club: Club, typed: str) -> None:
    await say(club, club.ann, rating="9")
    await erase(club, typed or "x")
    async with bot_of(club).services.shelves._database.read() as tx:  # pyright: ignore[reportPrivateUsage]
        assert len((await tx.execute(select(marks))).all()) == 1


async def test_the_history_says_a_former_member(club: Club) -> None:
    noor = curator(club)
    panel = await add(club, noor, name="Solaris (1972)")
    await noor.click(panel, label="Publish")
    explained = private(await noor.slash(club.lobby, "my erase"))
    shown = await noor.click(explained, label="Erase it all")
    await noor.submit_modal(shown, {"name": "noor"})
    history = private(await noor.slash(club.lobby, "curate history"))
    assert "a former member" in text(history)
    assert str(noor.id) not in text(history)
    entry = await card_of(club)
    assert "a former member" in text(entry)


async def card_of(club: Club) -> Message:
    shown = await club.ann.slash(club.lobby, "film", title="solaris", quiet=True)
    assert shown.response is not None
    return shown.response


async def test_erasing_a_server_takes_its_shelves_and_leaves_those_of_others(club: Club) -> None:
    await say(club, club.ann, rating="9")
    await club.ann.user.slash("want", film=KNIFE.slug)
    noor = curator(club)
    explained = private(await noor.slash(club.lobby, "settings erase"))
    shown = await noor.click(explained, label=labels(explained)[0])
    await noor.submit_modal(shown, {"name": "Thursday Film Club"})
    async with bot_of(club).services.shelves._database.read() as tx:  # pyright: ignore[reportPrivateUsage]
        assert [row.guild_id for row in await tx.execute(select(marks))] == [0]


async def test_a_letterboxd_export_is_looked_at_marked_and_taken_back(club: Club, restart: Restart) -> None:
    shown = private(await club.ann.slash(club.lobby, "my import", file=("letterboxd.zip", zipped(LETTERBOXD))))
    assert "2 films of your file are on the list." in text(shown)
    await restart()
    taken = private(await club.ann.click(shown, label="Mark 2 films"))
    assert text(taken) == "2 films are marked."
    shelf = text(private(await club.ann.slash(club.lobby, "my shelf")))
    assert "Night Train" in shelf
    assert "★★★★½" in shelf
    back = private(await club.ann.click(taken, label="Undo the import"))
    assert text(back) == "2 films are as they were before."
    shelf = text(private(await club.ann.slash(club.lobby, "my shelf")))
    assert sentence("shelf.empty") in shelf


async def test_what_is_not_on_the_list_is_named_and_changes_nothing(club: Club) -> None:
    typed = "Date,Name,Year,Letterboxd URI\n" + "".join(f"2024-01-01,Else @everyone {n},1950,x\n" for n in range(30))
    shown = private(await club.ann.slash(club.lobby, "my import", file=("watched.csv", typed.encode())))
    assert "30 films are not on this list" in text(shown)
    assert "@everyone" not in text(shown)
    assert labels(shown) == []
    assert len((await file_of(shown)).decode().splitlines()) == 30


async def test_what_is_no_export_is_refused(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "my import", file=("x.rar", b"Rar!\x1a\x07\x00"))
    assert refused(club, result)


async def test_an_upload_gives_way_to_the_next_one(club: Club) -> None:
    shown = private(await club.ann.slash(club.lobby, "my import", file=("letterboxd.zip", zipped(LETTERBOXD))))
    await bot_of(club).services.shelf_transfer.read(
        ShelfOwner(club.guild.id, club.ann.id),
        "0" * 16,
        "watched.csv",
        LETTERBOXD["watched.csv"].encode(),
        discord.utils.utcnow(),
    )
    assert refused(club, await club.ann.click(shown, label="Mark 2 films")) == sentence("error.import_gone")


async def test_an_export_has_tables_and_everything(club: Club) -> None:
    await say(club, club.ann, rating="9", review="Nobody sleeps.")
    packed = await file_of(private(await club.ann.slash(club.lobby, "my export")))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert set(archive.namelist()) == {"watched.csv", "watchlist.csv", "everything.json"}
        assert "Night Train,1959" in archive.read("watched.csv").decode()
