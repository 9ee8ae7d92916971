"""Bringing a database up to date, and refusing one that a newer version has written.

Alembic does the work, but is loaded only when there is work: an up-to-date start needs one query.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncEngine
from bot.storage.db.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER: Final = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """The database was written by a newer version of the bot."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"found revision {found}, know up to {known}")
        self.found = found
        self.known = known


def revisions() -> tuple[str, ...]:
    """Every revision this version knows, oldest first: the numbers of the migration files."""
    return tuple(sorted(path.name[:4] for path in (_FOLDER / "versions").glob("[0-9]*.py")))


async def upgrade(engine: AsyncEngine) -> bool:
    """Apply what is missing in one transaction; tells whether anything was. Raises `NewerDatabase`."""
    async with engine.connect() as connection:
        if await connection.run_sync(_is_current):
            return False
    async with engine.execution_options(write=True).begin() as connection:
        await serialize(connection, "migration")
        return await connection.run_sync(_upgrade)


async def current(engine: AsyncEngine) -> str | None:
    """The revision the database is at; None for an empty one. Raises `NewerDatabase`."""
    async with engine.connect() as connection:
        return await connection.run_sync(_current)


async def differences(engine: AsyncEngine) -> list[str]:
    """How the database's tables differ from the ones in the code; empty when they are equal."""
    async with engine.connect() as connection:
        return await connection.run_sync(_differences)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in revisions():
        raise NewerDatabase(found, revisions()[-1])
    return found


def _is_current(connection: Connection) -> bool:
    return _current(connection) == revisions()[-1]


def _upgrade(connection: Connection) -> bool:
    if _is_current(connection):  # another process was faster
        return False
    from alembic import command

    command.upgrade(_config(connection), "head")
    return True


def _differences(connection: Connection) -> list[str]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(difference) for difference in compare_metadata(context, metadata)]


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
