"""What private answers leave behind: the bot's memory before and after ten thousand of them.

The bot runs in a process of its own against the loopback Discord of the tests. Each answer is private and has buttons,
for which discord.py would wait a quarter of an hour; every one is checked. Ends with status 1 when more is kept than
the goal allows.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import psutil

from benchmarks.answers import FILM, SETTLE, TOKEN, environment, megabytes
from tests import on_loopback
from tests.discord_server import DiscordServer

WARM_UP, ANSWERS, STEPS = 1000, 10_000, 5
MOST = 3.0
BOUND = 600.0


async def answer_privately(server: DiscordServer, times: int) -> None:
    for _ in range(times):
        shown = await server.slash("film", FILM | {"quiet": True})
        data = shown.callback["data"]
        if not (data["flags"] & 64 and data["components"]):
            raise ValueError(f"/film quiet was not answered privately and with buttons: {data}")
        await shown.until("trailer", lambda it: it.followups)
        server.forget()


async def measured(folder: Path) -> list[float]:
    """Megabytes after the warm-up, and after each part of the answers."""
    async with DiscordServer(token=TOKEN) as server:
        env = await environment(folder)
        async with on_loopback.process(server.port, "run", env=env, log=folder / "bot.log") as process:
            await server.ready(20)
            await asyncio.sleep(SETTLE)
            bot = psutil.Process(process.pid)
            await answer_privately(server, WARM_UP)
            found = [megabytes(bot)]
            for _ in range(STEPS):
                await answer_privately(server, ANSWERS // STEPS)
                found.append(megabytes(bot))
            return found


async def run() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        async with asyncio.timeout(BOUND):
            found = await measured(Path(folder))
    kept = found[-1] - found[0]
    print(f"memory over {ANSWERS} private answers, MB: " + " ".join(f"{each:.1f}" for each in found))
    print(f"kept: {kept:+.2f} MB, goal <= {MOST} MB: {'yes' if kept <= MOST else 'NO'}")
    return kept <= MOST


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(run()) else 1)
