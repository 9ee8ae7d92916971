"""What happens to the database from outside the bot: other processes write to it, it is slow, it breaks."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Final

from sqlalchemy import event
from sqlalchemy.pool import Pool
from sqlalchemy.util import await_only

from bot.domain.films.films import Film
from bot.settings import Settings

# More than the bot waits before it asks the member for patience, and less than anybody gives up after.
NAP: Final = 1.8


@contextlib.contextmanager
def another_process(settings: Settings) -> Generator[sqlite3.Connection]:
    """A connection of somebody else, who commits at the end."""
    path = settings.database_url.get_secret_value().removeprefix("sqlite:///")
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        if connection.in_transaction:
            connection.commit()
    finally:
        connection.close()


def take_away(settings: Settings) -> None:
    """Somebody moves the file away, as for a backup to be put in its place."""
    path = Path(settings.database_url.get_secret_value().removeprefix("sqlite:///"))
    path.rename(path.with_name("aside.db"))


def mark_elsewhere(settings: Settings, film: Film, *, removed: bool) -> None:
    """Another process takes the film off the list, or puts it back."""
    with another_process(settings) as connection:
        connection.execute("UPDATE films SET removed = ? WHERE slug = ?", (removed, film.slug))
        connection.execute("UPDATE revisions SET number = 1 + (SELECT max(number) FROM revisions)")
        connection.execute("UPDATE film_revisions SET number = (SELECT number FROM revisions WHERE scope = 0)")


@contextlib.contextmanager
def drowsy(nap: float = NAP) -> Generator[None]:
    """Every connection is handed out late, as by a server far away.

    The wait is the event loop's, not a thread's: SimCord lets no timer of the bot fire while a thread works.
    """

    def late(_connection: object, _record: object, _proxy: object) -> None:
        await_only(asyncio.sleep(nap))

    event.listen(Pool, "checkout", late)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", late)
