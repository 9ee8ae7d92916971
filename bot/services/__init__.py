"""What Front Row does: one method is one use case and one transaction."""

from dataclasses import dataclass

from bot.services.about import About
from bot.services.commands import Commands
from bot.services.discussions import Discussions
from bot.services.films import Films


@dataclass(frozen=True)
class Services:
    """Everything that the bot can do; its only attribute of ours."""

    about: About
    commands: Commands
    discussions: Discussions
    films: Films
