"""/curate export and import: a list leaves one server and comes to another, and every bad file is refused whole."""

import io
import zipfile
from typing import Any

import pytest
import simcord

from bot.storage.transfer.exports import export_zip
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import SLUG, curator, demote, offered, panel, published, seen
from tests.scenarios.screen import Message, answer, custom_ids, entries, labels, named, sentence, text
from tests.scenarios.shelf import Restart

DAY_TRAIN = film("Day Train", 1960)


async def upload(club: Club, who: simcord.MemberActor, name: str, content: bytes, **options: Any) -> Message:
    """Send a file, and see what it would do."""
    return answer(await who.slash(club.lobby, "curate import", file=(name, content), **options))


async def files(message: Message) -> dict[str, bytes]:
    """What is attached to the message."""
    return {each.filename: await each.read() for each in message.attachments}


async def test_a_list_goes_from_one_server_to_another_and_back(club: Club, restart: Restart) -> None:
    noor = curator(club)
    await published(club, noor)
    given = answer(await noor.slash(club.lobby, "curate export"))
    packed = (await files(given))["front-row-films.zip"]
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert {"films.csv", f"films/{SLUG}.toml", "films/persepolis-2007.toml"} <= set(names)

    other = club.env.create_guild("Another club")
    elsewhere, owner = other.create_text_channel("films"), other.add_member(other.owner)
    shown = answer(await owner.slash(elsewhere, "curate import", file=("films.zip", packed)))
    assert f"**1** new, **{len(names) - 2}** the same" in text(shown)  # but for the table and the new film
    assert labels(shown) == ["Import 1 film", "Never mind"]
    await restart()
    done = panel(await owner.click(shown, label="Import 1 film"))
    assert text(done) == "1 film is on the list now."
    [choice, *_] = await owner.autocomplete(elsewhere, "film", "title", "night tr")
    assert choice["value"] == SLUG
    await restart()
    back = answer(await owner.click(done, label="Undo the import"))
    assert text(back) == "1 film is as it was before the import."
    assert not await offered(owner, elsewhere)


async def test_one_undo_takes_a_whole_import_back_but_for_later_work(club: Club) -> None:
    noor = curator(club)
    packed = export_zip([film(f"Film {letter}", 1960) for letter in "ABC"])
    done = panel(await noor.click(await upload(club, noor, "list.zip", packed), label="Import 3 films"))
    opened = panel(await noor.slash(club.lobby, "curate edit", title="film-b-1960"))
    story = await noor.click(opened, label="Story")
    assert story.modal is not None
    changed = panel(await noor.submit_modal(story, {"why": "Later.", "synopsis": "Told anew.", "curator": "noor"}))
    await noor.click(changed, label="Publish")
    undone = answer(await noor.click(done, label="Undo the import"))
    assert text(undone).splitlines() == [
        "2 films are as they were before the import.",
        sentence("import.left", names="Film B (1960)"),
    ]
    assert seen(club, "film-b-1960").why == "Later."
    again = answer(await noor.click(done, label="Undo the import"))
    assert text(again) == sentence("import.left", names="Film B (1960)")


async def test_in_the_history_an_import_is_one_line_with_one_undo(club: Club, restart: Restart) -> None:
    noor = curator(club)
    packed = export_zip([film(f"Film {letter}", 1960) for letter in "ABC"])
    await noor.click(await upload(club, noor, "list.zip", packed), label="Import 3 films")
    page = answer(await noor.slash(club.lobby, "curate history"))
    assert "3 films imported" in text(page)
    assert labels(page) == ["Undo"]
    await restart()
    answer(await noor.click(page, label="Undo"))
    assert not await offered(club.ann, club.lobby, "film-b-1960")
    page = answer(await noor.slash(club.lobby, "curate history"))
    assert entries(page)[0].startswith("An import of 3 films taken back\n")
    answer(await noor.click(page, custom_id=custom_ids(page)[0]))
    assert await offered(club.ann, club.lobby, "film-b-1960")


async def test_the_mode_decides_about_films_that_are_there(club: Club) -> None:
    noor = curator(club)
    await published(club, noor)
    changed = export_zip([seen(club, SLUG).model_copy(update={"why": "From the file."})])
    kept = await upload(club, noor, "list.zip", changed, mode="add")
    assert labels(kept) == ["Never mind"]
    assert "**1** left as they are" in text(kept)
    taken = await upload(club, noor, "list.zip", changed)
    await noor.click(taken, label="Import 1 film")
    assert seen(club, SLUG).why == "From the file."


async def test_half_a_film_becomes_a_draft(club: Club, restart: Restart) -> None:
    noor = curator(club)
    diary = b"Date,Name,Year,Letterboxd URI\n2026-01-01,Day Train,1960,https://boxd.it/abc\n"
    shown = await upload(club, noor, "watched.csv", diary)
    assert labels(shown) == ["Begin 1 draft", "Never mind"]
    await restart()
    begun = answer(await noor.click(shown, label="Begin 1 draft"))
    assert text(begun) == "1 draft begun. `/curate drafts` leads to it."
    drafts = answer(await noor.slash(club.lobby, "curate drafts"))
    assert named(drafts) == ["Day Train (1960)"]
    again = answer(await noor.click(shown, label="Begin 1 draft"))
    assert text(again).startswith("0 drafts")


async def test_every_row_that_is_left_out_says_why(club: Club) -> None:
    noor = curator(club)
    rows = [f"Film {number},19{number % 90:02d}9,X,Y" for number in range(30)]
    table = "\n".join(["title,year,why,synopsis", *rows]).encode()
    shown = await upload(club, noor, "list.csv", table)
    assert "**30** faulty" in text(shown)
    report = (await files(shown))["import-report.txt"].decode()
    assert len(report.splitlines()) >= 30
    assert "list.csv:2" in report


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("films.zip", b"PK\x05\x06" + bytes(18), "no file in it holds films"),
        ("films.exe", b"MZ\x00\x01\x02", "neither TOML, JSON, CSV nor a zip"),
        ("films.csv", "title,year\nKés,1969\n".encode("latin-1"), "is not saved as UTF-8"),
        ("films.json", b"[" * 100_000, "nested too deep"),
        ("films.csv", b"a" * (8 * 1024 * 1024 + 1), "larger than 8 MiB"),
    ],
)
async def test_a_hostile_file_is_refused_with_a_reason(club: Club, name: str, content: bytes, says: str) -> None:
    noor = curator(club)
    assert says in refused(club, await noor.slash(club.lobby, "curate import", file=(name, content)))
    history = answer(await noor.slash(club.lobby, "curate history"))
    assert sentence("history.empty") in text(history)


async def test_a_file_can_be_forgotten_and_is_then_gone(club: Club) -> None:
    noor = curator(club)
    shown = await upload(club, noor, "list.zip", export_zip([DAY_TRAIN]))
    gone = panel(await noor.click(shown, label="Never mind"))
    assert text(gone) == sentence("import.forgotten")
    again = await upload(club, noor, "list.zip", export_zip([DAY_TRAIN]))
    newer = await upload(club, noor, "list.zip", export_zip([DAY_TRAIN]))
    assert refused(club, await noor.click(again, label="Import 1 film")) == sentence("error.import_gone")
    panel(await noor.click(newer, label="Import 1 film"))
    assert seen(club, DAY_TRAIN.slug) == DAY_TRAIN


async def test_who_lost_the_right_takes_nothing_in(club: Club) -> None:
    noor = curator(club)
    shown = await upload(club, noor, "list.zip", export_zip([DAY_TRAIN]))
    demote(club, noor)
    assert refused(club, await noor.click(shown, label="Import 1 film")) == sentence("error.curators_only")
    assert not await offered(club.ann, club.lobby, DAY_TRAIN.slug)
