"""Drafts, changes, suggestions, imports, hidden films, and servers with settings of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _films()
    _changes()
    _suggestions()
    _guilds()


def _films() -> None:
    op.create_table(
        "hidden_films",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "slug", name="pk_hidden_films"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("author_id", sa.BigInteger, nullable=False),
        sa.Column("slug", sa.String(72)),
        sa.Column("base", sa.Text),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("suggestion", sa.Integer),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_author", "drafts", ["guild_id", "author_id"])


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("slug", sa.String(72)),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("shared", sa.Text),
        sa.Column("batch", sa.String(16)),
        sa.PrimaryKeyConstraint("number", name="pk_changes"),
    )
    op.create_index("ix_changes_guild", "changes", ["guild_id", "number"])
    op.create_table(
        "imports",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("author_id", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_guild", "imports", ["guild_id"])


def _suggestions() -> None:
    op.create_table(
        "suggestions",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("author_id", sa.BigInteger, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("trailer", sa.Text),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("curator_id", sa.BigInteger),
        sa.Column("draft", sa.String(16)),
        sa.Column("slug", sa.String(72)),
        sa.Column("reason", sa.Text),
        sa.Column("card_channel_id", sa.BigInteger),
        sa.Column("card_message_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("number", name="pk_suggestions"),
    )
    op.create_index("ix_suggestions_guild", "suggestions", ["guild_id", "state"])


def _guilds() -> None:
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_guild_settings"),
    )
    op.create_table(
        "departures",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_departures"),
    )
