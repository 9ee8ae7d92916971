"""The film of the week: what servers have decided about it, what was posted when, and what waits for its turn."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None
# The oldest revision whose code can live with the tables as they are after this one.
oldest = "0006"


def upgrade() -> None:
    op.create_table(
        "spotlights",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("next_slot", sa.Date),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("trouble", sa.String(24)),
        sa.PrimaryKeyConstraint("guild_id", name="pk_spotlights"),
    )
    op.create_index("ix_spotlights_next_at", "spotlights", ["next_at"])
    op.create_table(
        "spotlight_slots",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slot", sa.Date, nullable=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("guild_id", "slot", name="pk_spotlight_slots"),
    )
    op.create_table(
        "spotlight_films",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("place", sa.Integer),
        sa.Column("day", sa.Date),
        sa.PrimaryKeyConstraint("guild_id", "slug", name="pk_spotlight_films"),
    )
