"""Settings as they are read from the environment."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.conftest import UnfiledSettings
from tests.web_servers import TMDB_TOKEN


@pytest.mark.parametrize("typed", [TMDB_TOKEN, f"  {TMDB_TOKEN}\n"])
def test_a_token_for_tmdb_is_read_and_not_shown(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMDB_TOKEN", typed)
    settings = UnfiledSettings()
    assert settings.tmdb_token is not None
    assert settings.tmdb_token.get_secret_value() == TMDB_TOKEN
    assert TMDB_TOKEN not in repr(settings)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_the_database_is_read_and_its_password_is_not_shown(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"{scheme}://club:hunter2@127.0.0.1/films?password=hunter2"
    monkeypatch.setenv("DATABASE_URL", address)
    settings = UnfiledSettings()
    assert settings.database_url.get_secret_value() == address
    for shown in (repr(settings), str(settings), f"{settings.model_dump()}", settings.model_dump_json()):
        assert "hunter2" not in shown


@pytest.mark.parametrize("typed", ["", " ", "\t"])
def test_an_empty_token_is_none(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMDB_TOKEN", typed)
    assert UnfiledSettings().tmdb_token is None


@pytest.mark.parametrize("typed", ["two words", "line\r\nX-Header: y", "naïve", "a:b"])
def test_what_does_not_fit_into_a_header_is_no_token(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMDB_TOKEN", typed)
    with pytest.raises(ValidationError, match="no token has"):
        UnfiledSettings()


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "DATABASE_URL", "TMDB_TOKEN"])
def test_a_secret_may_lie_in_a_file_which_wins(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\ufeffabc.def-1\r\n\n", encoding="utf-8")
    monkeypatch.setenv(name, "other")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    settings = UnfiledSettings()
    assert getattr(settings, name.lower()).get_secret_value() == "abc.def-1"
    assert "abc.def" not in repr(settings)


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "DATABASE_URL", "TMDB_TOKEN"])
def test_a_file_that_cannot_be_read_is_told_with_the_setting(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for file in (tmp_path / "none", tmp_path):
        monkeypatch.setenv(f"{name}_FILE", str(file))
        with pytest.raises(ValidationError, match="cannot be read") as wrong:
            UnfiledSettings()
        assert wrong.value.errors()[0]["loc"] == (name.lower(),)


@pytest.mark.parametrize(("count", "ids"), [("16", "0-7"), ("16", "8-15"), ("1", "0"), ("3", "auto"), ("3", "auto:2")])
def test_shards_of_those_there_are_are_taken(count: str, ids: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARD_COUNT", count)
    monkeypatch.setenv("SHARD_IDS", ids)
    assert UnfiledSettings().shard_ids == ids


@pytest.mark.parametrize(
    ("count", "ids", "why"),
    [
        ("", "0-7", "SHARD_COUNT has to say"),
        ("", "auto", "SHARD_COUNT has to say"),
        ("8", "8-15", "the last is 7"),
        ("8", "0-8", "the last is 7"),
        ("8", "7-0", "ends before it begins"),
        ("8", "some", "such as 0-7"),
    ],
)
def test_shards_that_there_are_not_are_refused(count: str, ids: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARD_COUNT", count)
    monkeypatch.setenv("SHARD_IDS", ids)
    with pytest.raises(ValidationError, match=why):
        UnfiledSettings()


def test_without_shard_ids_one_process_opens_what_discord_advises(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHARD_COUNT", "SHARD_IDS"):
        monkeypatch.delenv(name, raising=False)
    assert (UnfiledSettings().shard_count, UnfiledSettings().shard_ids) == (None, None)
