"""What is kept of one member in every server, for nobody but that member, and how it goes."""

import asyncio
import datetime
import json
import logging
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bot.domain.errors import WrongName
from bot.domain.guilds.departures import confirms
from bot.domain.shelves.posts import Post, Removal
from bot.services.background import in_thread
from bot.services.club_shelves import ClubShelves
from bot.services.films import Films
from bot.storage.backups.erasures import ErasureJournal, Kind
from bot.storage.db import member_data, posted_reviews
from bot.storage.db.database import Database

log = logging.getLogger(__name__)

# How long until a post that Discord will not delete is tried again; twice as long each time, up to the longest.
_FIRST_PAUSE: Final = datetime.timedelta(minutes=5)
_LONGEST_PAUSE: Final = datetime.timedelta(days=1)
_DOUBLINGS: Final = 10
_AT_ONCE: Final = 20


class MemberRecords(NamedTuple):
    """How many rows of each sort are kept of a member, by server, and all of them as JSON."""

    counts: Mapping[int, Mapping[str, int]]
    file: bytes


class Member(NamedTuple):
    """Who wants their data gone: the name to be typed, and whatever else they are called."""

    member_id: int
    name: str
    others: frozenset[str] = frozenset()


class MemberData:
    """Shows and erases, as the registry in `storage/db/kept_data.py` says."""

    def __init__(
        self, database: Database, all_films: Films, club: ClubShelves, erasures: ErasureJournal | None = None
    ) -> None:
        self._database = database
        self._erasures = erasures
        self._films = all_films
        self._club = club

    async def of(self, member_id: int) -> MemberRecords:
        """All that is kept."""
        async with self._database.read() as tx:
            counts = await member_data.counted(tx, member_id)
            rows = await member_data.exported(tx, member_id)
        return MemberRecords(counts, await in_thread(_file, member_id, rows))

    async def erase(self, member: Member, typed: str, former: str, now: datetime.datetime) -> None:
        """Erase all of it, if the member's name was typed. Raises `WrongName`.

        `former` is what is written in place of the member's name where a film bears it. What cannot be noted for
        whoever restores a backup is not erased either: `StorageUnavailable`.
        """
        if not confirms(typed, member.member_id, member.name):
            raise WrongName
        names = member.others | {member.name}
        async with self._database.begin() as tx:
            await member_data.erase(tx, member.member_id, names, former, now)
            if self._erasures is not None:
                await asyncio.to_thread(self._erasures.note, Kind.MEMBER, member.member_id, now, names)
        log.info("erased the data of a member, who asked for it")
        self._club.forget()
        await self._films.refresh_if_possible()

    async def due_removals(self, now: datetime.datetime) -> tuple[Removal, ...]:
        """Some of the posts that are to be deleted now."""
        async with self._database.read() as tx:
            return tuple(await posted_reviews.due_removals(tx, now, _AT_ONCE))

    async def removed(self, post: Post) -> None:
        """The post is gone."""
        async with self._database.begin() as tx:
            await posted_reviews.removed(tx, post)

    async def put_off(self, removal: Removal, now: datetime.datetime) -> None:
        """Discord will not have the post deleted now; it is tried again later, as often as it takes."""
        pause = min(_FIRST_PAUSE * 2 ** min(removal.tries, _DOUBLINGS), _LONGEST_PAUSE)
        async with self._database.begin() as tx:
            await posted_reviews.put_off(tx, removal, now + pause)


def _file(member_id: int, rows: Mapping[str, list[dict[str, Any]]]) -> bytes:
    kept = {noun: found for noun, found in rows.items() if found}
    return json.dumps({"member_id": str(member_id), **kept}, ensure_ascii=False, indent=1).encode()
