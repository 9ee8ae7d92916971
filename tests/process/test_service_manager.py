"""What systemd hears of a bot that it starts: ready, alive, stopping."""

import asyncio
import signal
import socket
from pathlib import Path

from tests.discord_server import DiscordServer
from tests.process.test_run import TOKEN, started, status


async def test_ready_alive_and_stopping(tmp_path: Path) -> None:
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)

        async def until(word: bytes) -> None:
            async with asyncio.timeout(15):
                while word not in heard:
                    heard.append(await asyncio.get_running_loop().sock_recv(listening, 100))

        async with asyncio.timeout(40), DiscordServer(token=TOKEN) as server:
            settings = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
            async with started(server, tmp_path / "bot.log", f"sqlite:///{tmp_path / 'bot.db'}", **settings) as bot:
                await until(b"READY=1")
                heard.clear()
                await until(b"WATCHDOG=1")
                bot.send_signal(signal.SIGTERM)
                await until(b"STOPPING=1")
                assert await status(bot, 5) == 0


async def test_where_nobody_listens_nothing_happens(tmp_path: Path) -> None:
    async with asyncio.timeout(40), DiscordServer(token=TOKEN) as server:
        gone = {"NOTIFY_SOCKET": str(tmp_path / "gone"), "WATCHDOG_USEC": "0"}
        async with started(server, tmp_path / "bot.log", f"sqlite:///{tmp_path / 'bot.db'}", **gone) as bot:
            bot.send_signal(signal.SIGTERM)
            assert await status(bot, 5) == 0
    assert "Traceback" not in (tmp_path / "bot.log").read_text()
