"""Two processes on PostgreSQL that post films of the week and are killed at every step: each film is there once."""

import datetime
from pathlib import Path

from tests.conftest import POSTGRESQL, needs_postgresql, postgresql
from tests.process.season import played

# Clocks are put forward in Berlin on the second night.
NIGHTS = [datetime.date(2026, 3, 28), datetime.date(2026, 3, 29)]


@needs_postgresql
async def test_killed_at_every_step_nothing_is_doubled_and_nothing_missed(tmp_path: Path) -> None:
    assert POSTGRESQL is not None
    async with postgresql(POSTGRESQL) as address:
        season = await played(address, tmp_path, guilds=16, nights=NIGHTS, nerves=0.05, speed=30)
    assert (season.doubled, season.missed) == (0, 0)
    assert season.expected == 32
    assert season.kills["before the answer"] > 0
    assert season.kills["before the message is there"] > 0
