"""Settings of a running bot, from the environment or `.env`; `.env.example` explains each."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.content import DATA
from bot.domain.guilds.shards import parse_shard_ids

DEFAULT_DATABASE: Final = "sqlite:///var/front-row.db"


def _fit_for_a_header(token: SecretStr) -> SecretStr | None:
    text = token.get_secret_value().strip()
    if not re.fullmatch(r"[A-Za-z0-9._-]*", text):
        raise ValueError("it holds characters that no token has")
    return SecretStr(text) if text else None


def _of_all_shards(typed: str, info: ValidationInfo) -> str:
    shard_ids, count = parse_shard_ids(typed), info.data.get("shard_count")
    if count is None:
        raise ValueError("SHARD_COUNT has to say how many shards there are in all")
    if isinstance(shard_ids, range) and shard_ids[-1] >= count:
        raise ValueError(f"of {count} shards the last is {count - 1}")
    return typed


class Settings(BaseSettings):
    """Read once, when the program starts, and passed on."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    discord_token_file: Path | None = Field(default=None, description="A file that holds DISCORD_TOKEN, and wins.")
    database_url_file: Path | None = Field(default=None, description="A file that holds DATABASE_URL, and wins.")
    tmdb_token_file: Path | None = Field(default=None, description="A file that holds TMDB_TOKEN, and wins.")
    discord_token: SecretStr | None = Field(
        default=None, validate_default=True, description="The bot's token; a secret."
    )
    database_url: SecretStr = Field(
        default=SecretStr(DEFAULT_DATABASE),
        validate_default=True,
        description="Where films and threads are remembered: SQLite or PostgreSQL; a secret, for a password in it.",
    )
    backup_folder: Path | None = Field(
        default=None,
        description="Where backups and the list of erasures lie; a bot on SQLite writes a backup there once a day.",
    )
    films_folder: Path = Field(default=DATA / "films", description="The folder with the film entries.")
    metrics_port: Annotated[int, Field(ge=0, le=65_535)] | None = Field(
        default=None, description="Where /livez, /readyz and /metrics are served; nowhere when empty."
    )
    metrics_host: str = Field(default="127.0.0.1", description="The address of this machine at which they are served.")
    log_format: Literal["text", "json"] = Field(
        default="text", description="How a line of the log is written: for people, or as JSON for programs."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is written to the log."
    )
    shard_count: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="How many gateway connections to open; Discord's advice when empty."
    )
    shard_ids: Annotated[str, AfterValidator(_of_all_shards)] | None = Field(
        default=None,
        description="Which of them this process opens, such as 0-7, or auto for a range that nobody runs; all when "
        "empty. For several processes on PostgreSQL.",
    )
    shard_lease: Annotated[int, Field(ge=5, le=3600)] = Field(
        default=90,
        description="Seconds after which the shards of a process that has died are another's; as long a process "
        "answers without its database.",
    )
    tmdb_token: Annotated[SecretStr, AfterValidator(_fit_for_a_header)] | None = Field(
        default=None,
        validate_default=True,
        description="TMDB's API read access token, to look films up for curators; a secret.",
    )
    run_by: str = Field(default="", max_length=200, description="Who runs this bot, for /about.")
    privacy_page: str = Field(
        default="",
        max_length=200,
        description="The address of your page about privacy, for /about; docs/privacy.md is one.",
    )
    contact: str = Field(default="", max_length=200, description="Where members may ask, for /about.")

    @field_validator("discord_token", "database_url", "tmdb_token", mode="before")
    @classmethod
    def _read_secret(cls, given: object, info: ValidationInfo) -> object:
        """What the file says, where one is named: containers and systemd hand secrets over as files."""
        file: Path | None = info.data.get(f"{info.field_name}_file")
        if file is None:
            return given
        try:
            return file.read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not saved as UTF-8"
            raise ValueError(f"its file {file} cannot be read: {reason}") from None


class ServiceManager(BaseSettings):
    """What systemd tells a service that it starts with Type=notify."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    notify_socket: str = ""
    watchdog_usec: int = 0
