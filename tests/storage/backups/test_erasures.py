"""The list of erasures: no id in it, a line that is torn spoils no other, and nobody writes over anybody."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.backups.erasures import ErasureJournal, KeyLost, Kind, fingerprint, told_by
from tests.cli.frontrow import ROOT

NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
MEMBER = 881234567890123456


def test_who_was_erased_is_found_by_key_and_copy_and_not_read_from_the_list(tmp_path: Path) -> None:
    journal = ErasureJournal(tmp_path / "backups")
    journal.note(Kind.MEMBER, MEMBER, NOW, {"ann", "Ann Ominous"})
    journal.note(Kind.SERVER, 7, NOW)
    said = (tmp_path / "backups" / "erasures.jsonl").read_text()
    for told in (str(MEMBER), "ann", "Ominous"):
        assert told not in said
    key = journal.key()
    assert key is not None
    assert key.hex() not in said
    assert told_by(journal.since(NOW), Kind.MEMBER) == {
        fingerprint(key, MEMBER): {fingerprint(key, "ann"), fingerprint(key, "Ann Ominous")}
    }
    assert list(told_by(journal.since(NOW), Kind.SERVER)) == [fingerprint(key, 7)]
    assert journal.since(NOW + datetime.timedelta(seconds=1)) == ()


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    ErasureJournal(tmp_path).note(Kind.MEMBER, MEMBER, NOW)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("torn", ['{"at": "2026-12-01T2', "{}", "null", '"', '{"at":1}', "\0\0\0\0", "ÿ"])
def test_a_torn_line_spoils_no_other(tmp_path: Path, torn: str) -> None:
    journal = ErasureJournal(tmp_path)
    journal.note(Kind.MEMBER, 1, NOW)
    with (tmp_path / "erasures.jsonl").open("ab") as file:
        file.write(torn.encode("latin-1"))
    journal.note(Kind.MEMBER, 2, NOW)
    assert len(journal.since(NOW)) == 2


def test_a_list_without_its_key_is_refused(tmp_path: Path) -> None:
    journal = ErasureJournal(tmp_path)
    journal.require_key()
    journal.note(Kind.MEMBER, 1, NOW)
    journal.require_key()
    (tmp_path / "erasures.key").unlink()
    with pytest.raises(KeyLost):
        journal.require_key()


def test_several_processes_that_begin_at_once_write_one_list_with_one_key(tmp_path: Path) -> None:
    code = (
        "import datetime, sys; from pathlib import Path\n"
        "from bot.storage.backups.erasures import ErasureJournal, Kind\n"
        "journal = ErasureJournal(Path(sys.argv[1]))\n"
        "for who in range(50): journal.note(Kind.MEMBER, who, datetime.datetime.now(datetime.UTC))"
    )
    command = (sys.executable, "-c", code, str(tmp_path))
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    lines = [json.loads(line) for line in (tmp_path / "erasures.jsonl").read_text().splitlines()]
    assert len(lines) == 150
    assert len({line["who"] for line in lines}) == 50  # one key
    assert len(list(tmp_path.iterdir())) == 2
