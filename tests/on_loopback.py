"""The bot as a process of its own, told that Discord is on this machine.

`python -m tests.on_loopback PORT run` is `frontrow run` against a DiscordServer on that port, with `--version=1.2`
before `run` as if it were that version, and `python -m tests.on_loopback PORT bare` the bare bot of the benchmarks.
"""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def process(
    port: int, *argv: str, env: Mapping[str, str], log: Path
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A running bot; ended with the block if it still runs, and its log is noted on what went wrong inside."""
    command = (sys.executable, "-m", "tests.on_loopback", str(port), *argv)
    whole_env = os.environ | env  # noqa: TID251  (a child gets what this process has)
    with log.open("wb") as output:
        bot = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=whole_env, stdout=output, stderr=asyncio.subprocess.STDOUT
        )
    try:
        yield bot
    except BaseException as error:
        error.add_note(_last_words(bot, log))
        raise
    finally:
        await _end(bot)


def _last_words(bot: asyncio.subprocess.Process, log: Path) -> str:
    return f"the bot's log, exit status {bot.returncode}:\n{log.read_text()[-4000:]}"


async def _end(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is None:
        bot.terminate()
        try:
            await asyncio.wait_for(bot.wait(), 5)
        except TimeoutError:
            bot.kill()
            await bot.wait()


def point_at(port: int) -> None:
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway")


def main(port: str, *argv: str) -> int:
    point_at(int(port))
    # Each process loads only the bot it runs: the benchmark weighs them.
    if argv == ("bare",):
        from benchmarks import bare_bot

        return bare_bot.main()
    import bot
    from bot import cli

    if argv and argv[0].startswith("--version="):
        bot.__version__ = argv[0].removeprefix("--version=")
        argv = argv[1:]
    return cli.main([*argv])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
