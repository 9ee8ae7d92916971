"""Telling systemd that the bot is ready, still lives, or stops: datagrams to the socket that it names.

https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator

from bot.client import FilmBot
from bot.settings import ServiceManager

_LOOK = 0.5


def notify(address: str, state: str) -> None:
    """Say it, if anybody listens; a name that begins with @ is one of Linux' that is in no folder."""
    if not hasattr(socket, "AF_UNIX"):
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as talking:
        talking.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)


@contextlib.asynccontextmanager
async def reported(bot: FilmBot, manager: ServiceManager) -> AsyncGenerator[None]:
    """Keep the manager informed until the block ends. Where there is none, nothing happens."""
    address = manager.notify_socket
    if not address:
        yield
        return
    work = asyncio.ensure_future(_report(bot, address, manager.watchdog_usec))
    try:
        yield
    finally:
        work.cancel()
        notify(address, "STOPPING=1")


async def _report(bot: FilmBot, address: str, watchdog_usec: int) -> None:
    """Ready once all servers are known; alive twice in the time that the watchdog allows, from the loop itself."""
    every = watchdog_usec / 2e6 if watchdog_usec else _LOOK
    is_told = False
    while True:
        if not is_told and bot.is_ready():
            notify(address, "READY=1")
            is_told = True
        if watchdog_usec:
            notify(address, "WATCHDOG=1")
        await asyncio.sleep(every if is_told else min(_LOOK, every))
