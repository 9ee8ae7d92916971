"""What Front Row does: one method is one use case and one transaction."""

from collections.abc import Collection
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
from bot.services.identify_gate import IdentifyGate
from bot.services.imports import Imports
from bot.services.lookups import Lookups
from bot.services.member_data import MemberData
from bot.services.picks import Picks
from bot.services.recommendations import Recommendations
from bot.services.searches import Searches
from bot.services.shard_leases import ShardLeases
from bot.services.shelf_transfer import ShelfTransfer
from bot.services.shelves import Shelves
from bot.services.spotlight import Spotlight
from bot.services.spotlight_posts import SpotlightPosts
from bot.services.suggestions import Suggestions


@dataclass(frozen=True)
class Services:
    """Everything that the bot can do; its only attribute of ours.

    What needs a token, a folder or several processes may be missing.
    """

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
    identify_gate: IdentifyGate | None
    imports: Imports
    lookups: Lookups | None
    member_data: MemberData
    picks: Picks
    suggestions: Suggestions
    recommendations: Recommendations
    searches: Searches
    shard_leases: ShardLeases | None
    shelf_transfer: ShelfTransfer
    shelves: Shelves
    spotlight: Spotlight
    spotlight_posts: SpotlightPosts

    async def announce(self, guild_ids: Collection[int]) -> None:
        """Have at hand what every answer in these servers needs. Raises `StorageUnavailable`."""
        await self.guilds.load(guild_ids)
        await self.films.announce(guild_ids)

    async def ensure_loaded(self, guild_id: int | None) -> None:
        """Have a server's settings and its list at hand; costs nothing where they are. Raises `StorageUnavailable`."""
        if guild_id is not None:
            await self.guilds.load([guild_id])
            await self.films.ensure_loaded(guild_id)

    def let_go(self, guild_ids: Collection[int]) -> None:
        """Keep in memory no longer what these servers have set and made of the list, as they have gone."""
        self.guilds.let_go(guild_ids)
        self.films.let_go(guild_ids)
