"""What Front Row does: one method is one use case and one transaction."""

from dataclasses import dataclass

from bot.services.about import About
from bot.services.commands import Commands
from bot.services.curation import Curation
from bot.services.discussions import Discussions
from bot.services.drafts import Drafts
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.services.imports import Imports


@dataclass(frozen=True)
class Services:
    """Everything that the bot can do; its only attribute of ours."""

    about: About
    commands: Commands
    curation: Curation
    discussions: Discussions
    drafts: Drafts
    films: Films
    guilds: Guilds
    imports: Imports
