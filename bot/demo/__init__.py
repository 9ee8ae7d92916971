"""The real bot on a simulated Discord, in a browser: no token, no network, nothing kept."""

from bot.demo.stage import run_demo

__all__ = ("run_demo",)
