"""The tables, which the migrations have to equal (a test compares them).

Discord's ids are numbers of up to 64 bits. `scope` is the server that owns a film, or `SHARED`.
"""

import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
)

from bot.domain.films.field_types import MAX_SLUG

SHARED: Final = 0


class UtcDateTime(TypeDecorator[datetime.datetime]):
    """An aware moment. SQLite forgets time zones, so all is stored, and comes back, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        return None if value is None else value.astimezone(datetime.UTC)

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        return None if value is None else value.replace(tzinfo=datetime.UTC)


metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

films = Table(
    "films",
    metadata,
    Column("scope", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("body", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
    PrimaryKeyConstraint("scope", "slug"),
)

# The number of the last change of each list. Lists and settings share one line of numbers, which only grows: see
# `storage/db/revisions.py`.
revisions = Table(
    "revisions",
    metadata,
    Column("scope", BigInteger, nullable=False, autoincrement=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("scope"),
    Index("ix_revisions_number", "number"),
)

# At which revision of a scope a film was put, removed, hidden or given up there, for the last time.
film_revisions = Table(
    "film_revisions",
    metadata,
    Column("scope", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("scope", "slug"),
    Index("ix_film_revisions_number", "scope", "number"),
)

# A row without a thread is a claim: its holder is opening the thread until `claimed_until`.
discussions = Table(
    "discussions",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("thread_id", BigInteger),
    Column("claim", String(32)),
    Column("claimed_until", UtcDateTime),
    PrimaryKeyConstraint("guild_id", "slug"),
)

# Shared films that a server does not want on its own list.
hidden_films = Table(
    "hidden_films",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    PrimaryKeyConstraint("guild_id", "slug"),
)

# What a curator has typed and not yet published. `base` is the film's body as members saw it when the draft was begun.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(16), nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("slug", String(MAX_SLUG)),
    Column("base", Text),
    Column("texts", Text, nullable=False),
    Column("suggestion", Integer),
    Column("written", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_drafts_author", "guild_id", "author_id"),
)

# Who has changed what: only ever added to. What was before and after are standings or settings, as JSON.
changes = Table(
    "changes",
    metadata,
    Column("number", Integer, nullable=False, autoincrement=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigInteger, nullable=False),
    Column("act", String(16), nullable=False),
    Column("slug", String(MAX_SLUG)),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("shared", Text),
    Column("batch", String(16)),
    PrimaryKeyConstraint("number"),
    Index("ix_changes_guild", "guild_id", "number"),
    Index("ix_changes_batch", "guild_id", "batch", "number"),
    Index("ix_changes_film", "guild_id", "slug", "number"),
    sqlite_autoincrement=True,  # a number stands in buttons; after an erasing it must not be another row's
)

# An upload that has been read and not yet been taken up: what would become of the list.
imports = Table(
    "imports",
    metadata,
    Column("id", String(16), nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_imports_guild", "guild_id"),
)

# What searches asked for whose words do not fit into a custom id.
searches = Table(
    "searches",
    metadata,
    Column("id", String(16), nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("query", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_searches_made_at", "made_at"),
    Index("ix_searches_guild", "guild_id"),
)

# Films that members propose. `channel_id` is where the member is told what became of it.
suggestions = Table(
    "suggestions",
    metadata,
    Column("number", Integer, nullable=False, autoincrement=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("year", Integer),
    Column("why", Text, nullable=False),
    Column("trailer", Text),
    Column("channel_id", BigInteger, nullable=False),
    Column("made", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("curator_id", BigInteger),
    Column("draft", String(16)),
    Column("slug", String(MAX_SLUG)),
    Column("reason", Text),
    Column("card_channel_id", BigInteger),
    Column("card_message_id", BigInteger),
    PrimaryKeyConstraint("number"),
    Index("ix_suggestions_guild", "guild_id", "state"),
    sqlite_autoincrement=True,
)

guild_settings = Table(
    "guild_settings",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    PrimaryKeyConstraint("guild_id"),
    Index("ix_guild_settings_revision", "revision"),
)

# Servers that the bot has been removed from, whose data is kept for a while.
departures = Table(
    "departures",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("left_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("guild_id"),
)

# What /films random has shown a server since its list last began anew.
picks = Table(
    "picks",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    PrimaryKeyConstraint("guild_id", "slug"),
)

# What members keep of films. `counted` is the rating that stands in the average that is shown, and `pending` tells that
# it is another by now: see `domain/shelves/counts.py`. Where `guild_id` is 0 it belongs to the member alone.
marks = Table(
    "marks",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("member_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("wanted_at", UtcDateTime),
    Column("seen", Boolean, nullable=False),
    Column("rating", Integer),
    Column("hidden", Boolean, nullable=False),
    Column("counted", Integer),
    Column("pending", Boolean, nullable=False),
    PrimaryKeyConstraint("guild_id", "member_id", "slug"),
    Index("ix_marks_film", "guild_id", "slug"),
    Index("ix_marks_member", "member_id"),
)

# On which days a member has seen a film: the first, the second and so on; no day where the member did not say.
viewings = Table(
    "viewings",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("member_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("place", Integer, nullable=False, autoincrement=False),
    Column("day", Date),
    PrimaryKeyConstraint("guild_id", "member_id", "slug", "place"),
)

# What members wrote of films, and where that is posted.
reviews = Table(
    "reviews",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("member_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("body", Text, nullable=False),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    PrimaryKeyConstraint("guild_id", "member_id", "slug"),
    Index("ix_reviews_member", "member_id"),
)

# What members did to their shelves, to be taken back for a while.
shelf_acts = Table(
    "shelf_acts",
    metadata,
    Column("number", Integer, nullable=False, autoincrement=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("number"),
    Index("ix_shelf_acts_member", "guild_id", "member_id"),
    Index("ix_shelf_acts_at", "at"),
    sqlite_autoincrement=True,
)

# Members who let the others of a server see what they want and have seen.
shown_members = Table(
    "shown_members",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("member_id", BigInteger, nullable=False, autoincrement=False),
    PrimaryKeyConstraint("guild_id", "member_id"),
)

# What a server sees of a film: sums over those members, the average as it is shown, and at which revision that changed.
film_counts = Table(
    "film_counts",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("wants", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("raters", Integer, nullable=False),
    Column("stars", Integer, nullable=False),
    Column("pending", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("shown_raters", Integer),
    Column("shown_stars", Integer),
    Column("number", BigInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "slug"),
    Index("ix_film_counts_number", "guild_id", "number"),
)

# The number of the last change of a server's shelves.
shelf_revisions = Table(
    "shelf_revisions",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    PrimaryKeyConstraint("guild_id"),
)

# Posts of ours that are to go; whose they were is not kept.
post_removals = Table(
    "post_removals",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("message_id", BigInteger, nullable=False, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    PrimaryKeyConstraint("guild_id", "message_id"),
    Index("ix_post_removals_due", "due"),
)

# Uploads of members' own that have been read and not yet been taken up.
shelf_imports = Table(
    "shelf_imports",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("member_id", BigInteger, nullable=False, autoincrement=False),
    Column("id", String(16), nullable=False),
    Column("body", Text, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("guild_id", "member_id"),
)

# What servers have decided about their film of the week. `next_at` is when somebody has to look after it: the moment of
# `next_slot`, or while a film is being posted, the moment from which another may go on with it; never where it is off.
spotlights = Table(
    "spotlights",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("next_slot", Date),
    Column("next_at", UtcDateTime),
    Column("round", Integer, nullable=False),
    Column("trouble", String(24)),
    PrimaryKeyConstraint("guild_id"),
    Index("ix_spotlights_next_at", "next_at"),
)

# The row of a slot is the claim to it: whoever adds it has chosen the film, and nobody gives it back.
spotlight_slots = Table(
    "spotlight_slots",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slot", Date, nullable=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("state", String(16), nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    PrimaryKeyConstraint("guild_id", "slot"),
)

# Films that wait in the queue, in their place, or for a day; the others were shown or skipped in this round.
spotlight_films = Table(
    "spotlight_films",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("place", Integer),
    Column("day", Date),
    PrimaryKeyConstraint("guild_id", "slug"),
)

# The command definitions that Discord was last given, by application, and by which version.
command_sets = Table(
    "command_sets",
    metadata,
    Column("application_id", BigInteger, nullable=False, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("version", String(32)),
    PrimaryKeyConstraint("application_id"),
)

# Who answers on which shard until when, and who waits to. Up to `answered`, interactions are the holder's before. See
# `storage/db/shard_leases.py`.
shard_leases = Table(
    "shard_leases",
    metadata,
    Column("shard_id", Integer, nullable=False, autoincrement=False),
    Column("shard_count", Integer, nullable=False),
    Column("holder", String(32)),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("successor", String(32)),
    Column("answered", BigInteger, nullable=False),
    PrimaryKeyConstraint("shard_id"),
)

# The processes with shards of their own. Who has not been seen until `expires_at` is gone.
processes = Table(
    "processes",
    metadata,
    Column("id", String(32), nullable=False),
    Column("version", String(32), nullable=False),
    Column("revision", String(4), nullable=False),
    Column("shards", String(16), nullable=False),
    Column("guilds", Integer, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("id"),
)

# When the next shard of a bucket may identify itself.
identify_gates = Table(
    "identify_gates",
    metadata,
    Column("bucket", Integer, nullable=False, autoincrement=False),
    Column("free_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("bucket"),
)

# The oldest revision whose code can live with the tables as they are at a revision: see `storage/db/migrate.py`.
schema_floors = Table(
    "schema_floors",
    metadata,
    Column("revision", String(4), nullable=False),
    Column("oldest", String(4), nullable=False),
    PrimaryKeyConstraint("revision"),
)
