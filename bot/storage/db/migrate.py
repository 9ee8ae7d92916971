"""Bringing a database up to date, and refusing one that a newer version has written.

Alembic does the work, but is loaded only when there is work: an up-to-date start needs one query.

A migration may name the `oldest` revision whose code can live with what it makes of the tables (its own, where it names
none). That is kept in the database, so that code which does not know the migration can tell whether to go on: while a
new version takes over from an old one, the old one survives a restart.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, delete, func, insert, inspect, select, text

from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncEngine
from bot.storage.db.tables import metadata, processes, schema_floors

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER: Final = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """The database was written by a newer version of the bot, with whose tables this one cannot live."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"found revision {found}, know up to {known}")
        self.found = found
        self.known = known


class BreaksRunning(Exception):
    """Processes are running that could not live with the tables as they would become.

    `key` and `values` name the sentence that says so.
    """

    key = "cli.database_breaks"

    def __init__(self, versions: Sequence[str]) -> None:
        self.values = {"versions": ", ".join(versions)}
        super().__init__(self.values["versions"])


def revisions() -> tuple[str, ...]:
    """Every revision this version knows, oldest first: the numbers of the migration files."""
    return tuple(sorted(path.name[:4] for path in (_FOLDER / "versions").glob("[0-9]*.py")))


async def upgrade(engine: AsyncEngine, *, may_break: bool = False) -> bool:
    """Apply what is missing in one transaction; tells whether anything was.

    Raises `NewerDatabase`, or `BreaksRunning` unless that is allowed.
    """
    async with engine.connect() as connection:
        if await connection.run_sync(_is_current):
            return False
    async with engine.execution_options(write=True).begin() as connection:
        await serialize(connection, "migration")
        return await connection.run_sync(_upgrade, may_break)


async def current(engine: AsyncEngine) -> str | None:
    """The revision the database is at; None for an empty one. Raises `NewerDatabase`.

    It may be one that is not known here, with which this version can live all the same.
    """
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
    if found is not None and found not in revisions() and _oldest(connection, found) > revisions()[-1]:
        raise NewerDatabase(found, revisions()[-1])
    return found


def _oldest(connection: Connection, revision: str) -> str:
    """The oldest revision whose code can live with that one."""
    if not inspect(connection).has_table(schema_floors.name):
        return revision
    is_it = schema_floors.c.revision == revision
    return connection.execute(select(schema_floors.c.oldest).where(is_it)).scalar() or revision


def is_current(revision: str | None) -> bool:
    """Whether a database at that revision lacks nothing that this version needs."""
    return revision is not None and revision >= revisions()[-1]


def _is_current(connection: Connection) -> bool:
    return is_current(_current(connection))


def _upgrade(connection: Connection, may_break: bool) -> bool:
    before = _current(connection)
    if is_current(before):  # another process was faster
        return False
    from alembic import command

    config = _config(connection)
    oldest = _floor(config, before)
    if not may_break:
        _spare_running(connection, oldest)
    command.upgrade(config, "head")
    connection.execute(delete(schema_floors))
    connection.execute(insert(schema_floors).values(revision=revisions()[-1], oldest=oldest))
    return True


def _floor(config: "Config", before: str | None) -> str:
    """The oldest revision whose code can live with all that is applied after `before`."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(config)
    missing = [scripts.get_revision(each) for each in revisions() if before is None or each > before]
    return max(getattr(script.module, "oldest", script.revision) for script in missing)


def _spare_running(connection: Connection, oldest: str) -> None:
    """Raise `BreaksRunning` where a process is there that knows no revision from the oldest one on."""
    if not inspect(connection).has_table(processes.name):
        return
    row = processes.c
    old = select(row.version).where(row.revision < oldest, row.expires_at > func.current_timestamp()).distinct()
    if versions := connection.execute(old.order_by(row.version)).scalars().all():
        raise BreaksRunning(versions)


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
