"""What Front Row does: one method is one use case and one transaction."""

from dataclasses import dataclass

from bot.services.about import About
from bot.services.audits import Audits
from bot.services.backups import Backups
from bot.services.club_shelves import ClubShelves
from bot.services.collections import Collections
from bot.services.commands import Commands
from bot.services.curation import Curation
from bot.services.departures import Departures
from bot.services.discussions import Discussions
from bot.services.drafts import Drafts
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.services.imports import Imports
from bot.services.lookups import Lookups
from bot.services.member_data import MemberData
from bot.services.picks import Picks
from bot.services.recommendations import Recommendations
from bot.services.searches import Searches
from bot.services.shelf_transfer import ShelfTransfer
from bot.services.shelves import Shelves
from bot.services.suggestions import Suggestions


@dataclass(frozen=True)
class Services:
    """Everything that the bot can do; its only attribute of ours. What needs a token or a folder may be missing."""

    about: About
    audits: Audits
    backups: Backups | None
    club_shelves: ClubShelves
    collections: Collections
    commands: Commands
    curation: Curation
    departures: Departures
    discussions: Discussions
    drafts: Drafts
    films: Films
    guilds: Guilds
    imports: Imports
    lookups: Lookups | None
    member_data: MemberData
    picks: Picks
    suggestions: Suggestions
    recommendations: Recommendations
    searches: Searches
    shelf_transfer: ShelfTransfer
    shelves: Shelves
