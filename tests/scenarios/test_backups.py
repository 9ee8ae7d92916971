"""What a member or a server has erased stays erased where a backup from before is restored."""

import asyncio
import logging
from collections.abc import Awaitable
from pathlib import Path

import discord
import pytest

from bot.services.backups import back_up
from bot.settings import Settings
from bot.storage.backups.folder import backups
from tests.cli.frontrow import frontrow
from tests.conftest import Club, refused
from tests.scenarios.keeping import NIGHT, SHELF, everything, private, say
from tests.scenarios.screen import sentence, text
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import bot_of


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return stocked(settings.model_copy(update={"backup_folder": tmp_path / "kept"}), SHELF)


def look(club: Club) -> Awaitable[None]:
    cog = bot_of(club).get_cog("BackupsCog")
    assert cog is not None
    return cog.look()  # pyright: ignore[reportAttributeAccessIssue,reportUnknownVariableType,reportUnknownMemberType]  # extensions are loaded anew


async def test_erased_members_stay_erased(
    club: Club, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await say(club, club.ann, rating="9", review="Nobody sleeps.")
    await club.ben.slash(club.lobby, "want", film=NIGHT.slug)
    copy = await back_up(settings.database_url.get_secret_value(), tmp_path / "copy.db", discord.utils.utcnow())
    caplog.set_level(logging.DEBUG, "bot")
    explained = private(await club.ann.slash(club.lobby, "my erase"))
    result = await club.ann.submit_modal(await club.ann.click(explained, label="Erase it all"), {"name": "ann"})
    assert text(private(result)) == sentence("my_erase.done")
    assert str(club.ann.id) not in await everything(club)
    kept = (tmp_path / "kept" / "erasures.jsonl").read_text()
    assert str(club.ann.id) not in kept + caplog.text
    where = {"DATABASE_URL": f"sqlite:///{tmp_path / 'restored.db'}", "BACKUP_FOLDER": str(tmp_path / "kept")}
    done = await frontrow(tmp_path, "db", "restore", str(copy), **where)
    assert done.out.strip().endswith(sentence("cli.restored_erased", number=1))
    restored = (tmp_path / "restored.db").read_bytes()
    assert b"Nobody sleeps." not in restored
    assert b"Nobody sleeps." in copy.read_bytes()


async def test_where_the_list_cannot_be_written_nothing_is_erased_and_the_member_is_told(
    club: Club, tmp_path: Path
) -> None:
    await say(club, club.ann, rating="9", review="Nobody sleeps.")
    if (folder := tmp_path / "kept").is_dir():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    folder.write_text("in the way")
    explained = private(await club.ann.slash(club.lobby, "my erase"))
    result = await club.ann.submit_modal(await club.ann.click(explained, label="Erase it all"), {"name": "ann"})
    assert refused(club, result) == sentence("error.memory_failed")
    assert str(club.ann.id) in await everything(club)


async def test_the_bot_makes_its_own_and_says_when_it_cannot(
    club: Club, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(100):
        if backups(tmp_path / "kept"):
            break
        await asyncio.sleep(0.05)
    assert len(backups(tmp_path / "kept")) == 1
    await look(club)
    assert len(backups(tmp_path / "kept")) == 1
    for path in (tmp_path / "kept").iterdir():
        path.unlink()
    (tmp_path / "kept").rmdir()
    (tmp_path / "kept").write_text("in the way")
    await look(club)
    assert "could not make a backup (" in caplog.text
