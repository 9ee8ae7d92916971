"""Which backups are kept, and what a backup's own name says: when it was made."""

import datetime
import re
from collections.abc import Iterable
from typing import Final

DAILY: Final = 7
WEEKLY: Final = 4
# How old the newest backup may become before the next is made.
EVERY: Final = datetime.timedelta(days=1)
# An erasure that was noted so shortly before a backup may not have been in the database yet when the backup was made.
ERASING_TAKES: Final = datetime.timedelta(minutes=10)
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"front-row-(\d{8}T\d{6}Z)\.(?:db|dump)")


def backup_name(made_at: datetime.datetime, ending: str) -> str:
    """The name of a backup of this moment; `ending` is `db` or `dump`."""
    return f"front-row-{made_at.astimezone(datetime.UTC).strftime(_STAMP)}.{ending}"


def made_at(name: str) -> datetime.datetime | None:
    """When the backup of this name was made; None for a file of another name."""
    if (match := _NAME.fullmatch(name)) is None:
        return None
    try:
        return datetime.datetime.strptime(match[1], _STAMP).replace(tzinfo=datetime.UTC)
    except ValueError:  # such as a thirteenth month
        return None


def surplus(moments: Iterable[datetime.datetime]) -> frozenset[datetime.datetime]:
    """The backups that may go: all but the last of each of seven days and the last of each of four weeks.

    Days and weeks without a backup are not counted, so that a bot that was off for a month keeps its old ones.
    """
    newest_first = sorted(set(moments), reverse=True)
    days, weeks = dict[object, datetime.datetime](), dict[object, datetime.datetime]()
    for moment in newest_first:
        days.setdefault(moment.date(), moment)
        weeks.setdefault(moment.isocalendar()[:2], moment)
    kept = {*list(days.values())[:DAILY], *list(weeks.values())[:WEEKLY]}
    return frozenset(newest_first) - kept
