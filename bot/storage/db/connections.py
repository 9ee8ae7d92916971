"""SQLAlchemy's engine and its connections, awaited.

`sqlalchemy.ext.asyncio` does the same by the same means, but brings the whole ORM with it, which nothing here uses:
6.5 MB and a tenth of a second of each start.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeVar, TypeVarTuple, overload

from sqlalchemy import URL, Connection, CursorResult, Dialect, Engine, Executable, ScalarResult, Transaction
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.sql.selectable import TypedReturnsRows
from sqlalchemy.util.concurrency import greenlet_spawn

_T = TypeVar("_T")
_Key = TypeVar("_Key", int, str)
_Ts = TypeVarTuple("_Ts")
_P = ParamSpec("_P")
# The name of tasks that close a connection: whoever cancels all that is under way waits for these instead.
CLOSING: Final = "closing a connection"
_AT_ONCE: Final = 50  # rows; SQLAlchemy works on each of them in the event loop
_PARAMETERS: Final = 500  # fewer than a statement may have, and no more than the event loop has time for
_Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def create_engine(url: URL, **options: Any) -> "AsyncEngine":
    """A pool of connections by an asynchronous driver. Raises `ArgumentError`, and what loading the driver raises."""
    return AsyncEngine(create_sync_engine(url, **options))


def in_parts(keys: Iterable[_Key]) -> Iterator[list[_Key]]:
    """The keys that rows are asked for by, as many at a time as one statement may name."""
    left = iter(keys)
    while some := list(islice(left, _PARAMETERS)):
        yield some


class AsyncConnection:
    """A connection whose statements are awaited; whoever opened it closes it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @overload
    async def execute(
        self, statement: TypedReturnsRows[*_Ts], parameters: _Parameters | None = None
    ) -> CursorResult[*_Ts]: ...
    @overload
    async def execute(
        self, statement: Executable, parameters: _Parameters | None = None
    ) -> CursorResult[*tuple[Any, ...]]: ...
    async def execute(
        self, statement: Executable, parameters: _Parameters | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement; all its rows are there when it has been awaited."""
        return await greenlet_spawn(self._connection.execute, statement, parameters)

    async def execute_many(self, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement for each row, some at a time, so that the event loop does other things in between.

        `rows` is gone through as they are needed; nothing is run where there are none.
        """
        left = iter(rows)
        while some := list(islice(left, _AT_ONCE)):
            await self.execute(statement, some)

    @overload
    async def scalar(self, statement: TypedReturnsRows[_T]) -> _T | None: ...
    @overload
    async def scalar(self, statement: Executable) -> Any: ...
    async def scalar(self, statement: Executable) -> Any:
        """The first column of the first row; None where there is no row."""
        return (await self.execute(statement)).scalar()

    @overload
    async def scalars(self, statement: TypedReturnsRows[_T]) -> ScalarResult[_T]: ...
    @overload
    async def scalars(self, statement: Executable) -> ScalarResult[Any]: ...
    async def scalars(self, statement: Executable) -> ScalarResult[Any]:
        """The first column of each row."""
        return (await self.execute(statement)).scalars()

    async def run_sync(
        self, work: Callable[Concatenate[Connection, _P], _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        """The result of what uses the connection as one that waits, such as Alembic."""
        return await greenlet_spawn(work, self._connection, *args, **kwargs)

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncGenerator[None]:
        """A transaction: committed at the end, rolled back where an error leaves it."""
        async with _begun(self._connection.begin):
            yield

    @contextlib.asynccontextmanager
    async def begin_nested(self) -> AsyncGenerator[None]:
        """A savepoint: an error that leaves it takes back only what was done inside."""
        async with _begun(self._connection.begin_nested):
            yield

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect


class AsyncEngine:
    """A pool of connections. Whoever made it disposes of it."""

    def __init__(self, sync_engine: Engine) -> None:
        self.sync_engine = sync_engine

    @property
    def url(self) -> URL:
        return self.sync_engine.url

    @property
    def dialect(self) -> Dialect:
        return self.sync_engine.dialect

    def execution_options(self, **options: Any) -> Self:
        """The same pool; its connections have these options."""
        return type(self)(self.sync_engine.execution_options(**options))

    @contextlib.asynccontextmanager
    async def connect(self) -> AsyncGenerator[AsyncConnection]:
        """A connection, given back to the pool at the end even if somebody cancels that."""
        connection = await greenlet_spawn(self.sync_engine.connect)
        try:
            yield AsyncConnection(connection)
        finally:
            await _finish(greenlet_spawn(connection.close))

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncConnection]:
        """A connection in a transaction."""
        async with self.connect() as connection, connection.begin():
            yield connection

    async def dispose(self) -> None:
        """Close all connections that nobody has."""
        await greenlet_spawn(self.sync_engine.dispose)


@contextlib.asynccontextmanager
async def _begun(begin: Callable[[], Transaction]) -> AsyncGenerator[None]:
    transaction = await greenlet_spawn(begin)
    try:
        yield
    except BaseException as error:
        await greenlet_spawn(transaction.__exit__, type(error), error, error.__traceback__)
        raise
    await greenlet_spawn(transaction.__exit__, None, None, None)


async def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Do it to the end, and only then be cancelled: half closed, a connection would be neither open nor in the pool."""
    finishing = asyncio.ensure_future(work)
    finishing.set_name(CLOSING)
    cancelled: asyncio.CancelledError | None = None
    while not finishing.done():
        try:
            await asyncio.wait({finishing})
        except asyncio.CancelledError as error:
            cancelled = error
    await finishing
    if cancelled is not None:
        raise cancelled
