"""What it costs to look for what other processes have written, and to start, however many servers there are.

Looks find nothing, at 100,000 servers with a list and settings of their own: time is what the database takes, by its
own clock where it tells, beside a bare SELECT and beside reading every server's number. Starts are measured in
processes of their own, to a bot that can connect and then has loaded what the servers of one shard have set; the
quickest of five counts. SQLite, and PostgreSQL too where TEST_DATABASE_URL names a server. Ends with status 1 when a
goal is missed.
"""

import asyncio
import contextlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, event, insert, text

from benchmarks.search_data import known_films
from benchmarks.search_memory import apart, megabytes
from bot.app import open_app
from bot.domain.films.loading import film_body
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.settings import Settings
from bot.storage.db.database import Database, bare_engine
from bot.storage.db.tables import films, guild_settings, revisions
from tests.conftest import POSTGRESQL, postgresql

SERVERS, LOOKS, AGAIN, HERE = 100_000, 50, 5, range(1, 1001)
STARTS, OWN = (0, 1000, 50_000), 3
AT_ONCE = 5000
MOST_MS = 2.0
EVERY = "SELECT scope, number FROM revisions"


class Cost(NamedTuple):
    ms: float  # of the database's own time
    rows: int  # that were read


class Look(NamedTuple):
    found: Cost
    statements: int
    cpu: float  # ms, of the whole process
    bare: float  # ms, of a statement that reads nothing
    every: float  # ms, of reading every server's number


class Start(NamedTuple):
    seconds: float  # until it can connect
    loaded: float  # seconds more, until what the servers of a shard have set is known
    megabytes: float


def look(address: str) -> Look:
    """A look that finds nothing."""
    return asyncio.run(_look(address))


async def _look(address: str) -> Look:
    database = await Database.open(address)
    try:
        await _fill(database, SERVERS, own=0)
        every, guilds = Films(database), Guilds(database)
        await every.refresh()
        await guilds.load(HERE)
        await every.announce(HERE)
        await _look_once(every, guilds)
        with _asked() as statements:
            await _look_once(every, guilds)
        started = time.process_time()
        for _ in range(LOOKS):
            await _look_once(every, guilds)
        cpu = (time.process_time() - started) * 1000 / LOOKS
        costs = [await _cost(address, *each) for each in statements]
        bare, reading = await _cost(address, "SELECT 1", ()), await _cost(address, EVERY, ())
        found = Cost(sum(each.ms for each in costs), sum(each.rows for each in costs))
        return Look(found, len(costs), cpu, bare.ms, reading.ms)
    finally:
        await database.close()


async def _look_once(every: Films, guilds: Guilds) -> None:
    await every.refresh()
    await guilds.refresh()


@contextlib.contextmanager
def _asked() -> Generator[list[tuple[str, Any]]]:
    """The statements that are asked meanwhile, with their parameters."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def _cost(address: str, statement: str, parameters: Any) -> Cost:
    """What it costs on a connection that has been used before."""
    if address.startswith("sqlite"):
        return _by_sqlite(address, statement, parameters)
    async with bare_engine(address) as engine, engine.connect() as connection:
        costs = [await connection.run_sync(_explained, statement, parameters) for _ in range(AGAIN)]
    return min(costs, key=lambda each: each.ms)


def _explained(connection: Connection, statement: str, parameters: Any) -> Cost:
    told = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters).scalar_one()[0]
    return Cost(told["Planning Time"] + told["Execution Time"], _read(told["Plan"]))


def _by_sqlite(address: str, statement: str, parameters: Any) -> Cost:
    """The same in a thread that waits for nothing; what is looked for without an index counts as read."""
    with contextlib.closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
        costs: list[Cost] = []
        for _ in range(AGAIN):
            started = time.thread_time()
            rows = len(connection.execute(statement, parameters).fetchall())
            costs.append(Cost((time.thread_time() - started) * 1000, rows))
        plan = [str(step[-1]) for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        is_scanned = any(step.startswith("SCAN ") and "CONSTANT" not in step for step in plan)
        return Cost(min(costs).ms, SERVERS) if is_scanned else min(costs)


def _read(plan: dict[str, Any]) -> int:
    """Rows that a plan of PostgreSQL's has read, or thrown away."""
    below = plan.get("Plans", [])
    mine = 0 if below or plan["Node Type"] == "Result" else plan["Actual Rows"]
    return int(mine + plan.get("Rows Removed by Filter", 0)) + sum(map(_read, below))


def start(address: str) -> Start:
    """A start on a database that is filled, after one that has loaded whatever is loaded only once."""
    return asyncio.run(_start(address))


async def _start(address: str) -> Start:
    settings = Settings(database_url=SecretStr(address), discord_token=None, tmdb_token=None, shard_count=1)
    async with open_app(settings):
        pass
    before, starts = megabytes(), [await _start_once(settings) for _ in range(AGAIN)]
    return min(starts)._replace(megabytes=megabytes() - before)


async def _start_once(settings: Settings) -> Start:
    started = time.perf_counter()
    async with open_app(settings) as app:
        seconds = time.perf_counter() - started
        await app.bot.services.announce(HERE)
        return Start(seconds, time.perf_counter() - started - seconds, 0)


async def _fill(database: Database, servers: int, own: int) -> None:
    """Servers with settings and so many films of their own, whose changes were numbered one after the other."""
    bodies = [(each.slug, film_body(each)) for each in known_films()[:own]]
    async with database.begin() as tx:
        for some in _in_parts(range(1, servers + 1)):
            rows = [{"scope": scope, "number": scope} for scope in some]
            await tx.execute(insert(revisions), rows)
            chosen = [
                {"guild_id": each, "body": '{"trailer":"on_request"}', "revision": SERVERS + each} for each in some
            ]
            await tx.execute(insert(guild_settings), chosen)
            for slug, body in bodies:
                given = [{"scope": scope, "slug": slug, "body": body, "removed": False} for scope in some]
                await tx.execute(insert(films), given)
    async with database.begin() as tx:
        await tx.execute(text("ANALYZE"))


def _in_parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


async def measured(kind: str) -> bool:
    """Everything on databases of one kind; whether the goals are met."""
    async with _database(kind) as address:
        looked = apart(partial(look, address))
    print(
        f"{kind}: a look that finds nothing at {SERVERS:,} servers: {looked.found.ms:.3f} ms of database time in"
        f" {looked.statements} statements that read {looked.found.rows} rows, {looked.cpu:.1f} ms of CPU;"
        f" a bare SELECT {looked.bare:.3f} ms, every server's number {looked.every:.1f} ms"
    )
    started: list[Start] = []
    for servers in STARTS:
        async with _database(kind) as address:
            database = await Database.open(address)
            await _fill(database, servers, OWN)
            await database.close()
            started.append(apart(partial(start, address)))
        print(
            f"{kind}: start with {servers:,} servers with films of their own {started[-1].seconds:.2f} s and"
            f" {started[-1].megabytes:+.1f} MB, what {len(HERE):,} of them have set in {started[-1].loaded:.2f} s more"
        )
    none, *some = started
    is_quick = looked.found.ms <= MOST_MS and looked.found.rows == 0
    return is_quick and all(each.seconds <= 2 * none.seconds for each in some)


@contextlib.asynccontextmanager
async def _database(kind: str) -> AsyncGenerator[str]:
    """The address of a new database with all tables."""
    if kind == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bench.db"
    else:
        assert POSTGRESQL is not None
        async with postgresql(POSTGRESQL, like="template1") as address:
            yield address


def main() -> int:
    kinds = ["SQLite", *(["PostgreSQL"] if POSTGRESQL else [])]
    met = [asyncio.run(measured(kind)) for kind in kinds]
    print("goals met" if all(met) else "a goal is MISSED", file=sys.stderr)
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
