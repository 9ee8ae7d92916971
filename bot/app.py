"""The composition root: opens what the bot needs, in order, and closes it in reverse."""

import contextlib
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from bot import __version__
from bot.client import CommandTree, FilmBot
from bot.domain.guilds.shards import parse_shard_ids
from bot.services import Services
from bot.services.about import About
from bot.services.audits import Audits
from bot.services.backups import Backups, journal_for
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
from bot.services.shard_leases import Plan, ShardLeases
from bot.services.shelf_transfer import ShelfTransfer
from bot.services.shelves import Shelves
from bot.services.spotlight import Spotlight
from bot.services.spotlight_posts import SpotlightPosts
from bot.services.suggestions import Suggestions
from bot.settings import Settings
from bot.sources.http import OUTSIDE, Endpoints, HttpClient
from bot.sources.metadata import Metadata
from bot.storage.content.collections import read_collections
from bot.storage.content.films import read_films
from bot.storage.content.moods import read_moods
from bot.storage.db.database import Database
from bot.ui.errors.error_handler import FilmTree
from cogs import EXTENSIONS

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class App:
    """A bot that is ready to be started, and what it stands on."""

    bot: FilmBot
    database: Database


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings, tree: type[CommandTree] = FilmTree, addresses: Endpoints = OUTSIDE
) -> AsyncGenerator[App]:
    """A bot on its database, with the list brought up to date. `addresses` says where others are reached.

    Raises `FilmsUnreadable`, `DatabaseUnavailable`, `NewerDatabase` or `BreaksRunning`.
    """
    reading = read_films(settings.films_folder)
    collected = read_collections(settings.films_folder)
    for fault in (*reading.faults, *collected.faults):
        log.error("left out: %s %s (%s)", fault.file, fault.path, fault.kind)
    database = await Database.open(settings.database_url.get_secret_value())
    try:
        films, guilds = Films(database), Guilds(database)
        plan = await films.seed(reading)
        await guilds.refresh()
        log.info(
            "films: %d on the list, %d added, %d changed, %d taken off, %d faults",
            len(films.catalogue.films),
            len(plan.add),
            len(plan.update),
            len(plan.remove),
            len(reading.faults),
        )
        async with HttpClient(addresses) as web:
            collections = Collections(films, collected.collections)
            services = _services(settings, database, films, guilds, collections, web)
            yield App(FilmBot(services, EXTENSIONS, tree, settings.shard_count), database)
    finally:
        await database.close()
        log.info("database closed")


def _services(
    settings: Settings, database: Database, films: Films, guilds: Guilds, collections: Collections, web: HttpClient
) -> Services:
    token = settings.tmdb_token
    club, folder = ClubShelves(database), settings.backup_folder
    erasures = journal_for(settings.database_url.get_secret_value(), folder)
    plan = _plan(settings)
    shelves, recommendations = Shelves(database, club), Recommendations(films, read_moods())
    plans = Spotlight(database, films, collections, guilds)
    return Services(
        about=About(__version__, settings.run_by, settings.contact, settings.privacy_page),
        audits=Audits(web),
        backups=Backups(settings.database_url.get_secret_value(), folder) if folder else None,
        club_shelves=club,
        collections=collections,
        commands=Commands(database),
        curation=Curation(database, films, guilds),
        departures=Departures(database, films, guilds, erasures),
        discussions=Discussions(database),
        drafts=Drafts(database, films, guilds),
        films=films,
        guilds=guilds,
        identify_gate=IdentifyGate(database) if plan else None,
        imports=Imports(database, films, guilds),
        lookups=Lookups(Metadata(web, token.get_secret_value())) if token else None,
        member_data=MemberData(database, films, club, erasures),
        picks=Picks(database, club, recommendations),
        suggestions=Suggestions(database, films, guilds),
        recommendations=recommendations,
        searches=Searches(database),
        shard_leases=ShardLeases(database, plan, __version__) if plan else None,
        shelf_transfer=ShelfTransfer(database, films, shelves),
        shelves=shelves,
        spotlight=plans,
        spotlight_posts=SpotlightPosts(database, films, guilds, plans),
    )


def _plan(settings: Settings) -> Plan | None:
    """Which shards to run beside other processes; None for all of them in this one."""
    if settings.shard_ids is None or settings.shard_count is None:
        return None
    return Plan(settings.shard_count, parse_shard_ids(settings.shard_ids), settings.shard_lease)
