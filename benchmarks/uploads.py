"""What large uploads cost: the memory of eight sent at once, a while later, and how long the event loop is held.

Fails where eight files of 7.7 MB take more than 120 MB at their peak, or where more than 20 MB of it are kept. Beside
how long one that is read, answered, taken up and undone holds the event loop stands what a thread that only counts
does to it. Run: python -m benchmarks.uploads
"""

import asyncio
import csv
import gc
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Final

import psutil
from discord.utils import utcnow

from bot.domain.curation.import_plans import Mode
from bot.domain.guilds.settings import Actor
from bot.services.background import configure_malloc
from bot.services.curation import Curation
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.services.imports import Imports
from bot.storage.db.database import Database

FILES: Final = 8
ROWS: Final = 4_900
MB: Final = 1e6
PEAK: Final = 120.0
KEPT: Final = 20.0
GUILD: Final = 2001


def table(number: int) -> bytes:
    """A list of whole films, of 7.7 MB."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["title", "year", "director", "why", "synopsis"])
    for row in range(ROWS):
        words = f"w{row} x{number} " * 200
        writer.writerow([f"Film {number} {row}", 1900 + row % 100, f"D {row}", words[:380], words[:1150]])
    return text.getvalue().encode()


async def lag(until: Awaitable[object]) -> float:
    """How many milliseconds the event loop is held at the most while this goes on."""
    work, worst = asyncio.ensure_future(until), 0.0
    while not work.done():
        before = time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - before - 0.001)
    await work
    return worst * 1000


def counting() -> None:
    """What any thread does to an event loop: half a second of nothing but computing."""
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        pass


class Peak:
    """The most memory that this process has had, looked at every twenty milliseconds."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.most = self.now()

    def now(self) -> float:
        return self._process.memory_info().rss / MB

    async def watch(self) -> None:
        while True:
            self.most = max(self.most, self.now())
            await asyncio.sleep(0.02)


async def read(imports: Imports, number: int, content: bytes | Path) -> None:
    """One curator sends a file, as the screen takes it: it is fetched when its turn has come."""
    actor = Actor(guild_id=GUILD, member_id=number, name="Ann", manages=True)
    async with imports.turn():
        now = utcnow()
        fetched = content if isinstance(content, bytes) else await asyncio.to_thread(content.read_bytes)
        await imports.read(actor, f"{number:016x}", "films.csv", fetched, Mode.ADD, now)


async def held(database: Database, imports: Imports, content: bytes) -> dict[str, float]:
    """How many milliseconds each step of an import holds the event loop at the most."""
    actor, upload = Actor(guild_id=GUILD, member_id=50, name="Ann", manages=True), f"{50:016x}"
    curation = Curation(database, Films(database), Guilds(database))

    async def in_turn(work: Awaitable[object]) -> None:
        async with imports.turn():
            await work

    return {
        "beside a thread that counts": await lag(asyncio.to_thread(counting)),
        "read": await lag(read(imports, 50, content)),
        "answered": await lag(in_turn(imports.answer(actor, upload, utcnow(), are_films=True))),
        "taken up": await lag(in_turn(imports.take(actor, upload, utcnow()))),
        "undone": await lag(curation.undo_batch(actor, upload, "undo", utcnow())),
    }


async def measured(folder: Path, files: list[Path]) -> tuple[float, float, dict[str, float]]:
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'films.db'}")
    try:
        imports = Imports(database, Films(database), Guilds(database))
        await read(imports, 99, b"title,year,director,why,synopsis\nA,2000,B,C,D\n")
        gc.collect()
        gc.freeze()  # as the runner does
        peak = Peak()
        before = peak.now()
        watching = asyncio.ensure_future(peak.watch())
        await asyncio.gather(*(read(imports, number, file) for number, file in enumerate(files)))
        watching.cancel()
        await asyncio.sleep(2)
        kept = peak.now() - before
        content = await asyncio.to_thread(files[0].read_bytes)
        return peak.most - before, kept, await held(database, imports, content)
    finally:
        await database.close()


def written(folder: Path) -> list[Path]:
    """The files, made by another process so that nothing of that is measured here."""
    made = [folder / f"{number}.csv" for number in range(FILES)]
    subprocess.run([sys.executable, "-m", "benchmarks.uploads", *map(str, made)], check=True)
    return made


def main() -> int:
    if files := [Path(name) for name in sys.argv[1:]]:
        for number, file in enumerate(files):
            file.write_bytes(table(number))
        return 0
    configure_malloc()
    with tempfile.TemporaryDirectory() as made:
        peak, kept, steps = asyncio.run(measured(Path(made), written(Path(made))))
    print(f"{FILES} at once: {peak:+.0f} MB at the peak (at most {PEAK:.0f}), {kept:+.1f} MB kept (at most {KEPT:.0f})")
    told = ", ".join(f"{step} {most:.0f}" for step, most in steps.items())
    print(f"event loop held at the most, in milliseconds: {told}")
    return 1 if peak > PEAK or kept > KEPT else 0


if __name__ == "__main__":
    sys.exit(main())
