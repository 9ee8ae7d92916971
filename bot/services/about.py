"""Who runs this bot, and which version of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """What members may know of the bot that answers them; empty texts are left out."""

    version: str
    run_by: str
    contact: str
    privacy_page: str = ""
