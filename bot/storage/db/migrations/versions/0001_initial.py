"""Films, discussions, random picks and the commands Discord knows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "films",
        sa.Column("scope", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("scope", "slug", name="pk_films"),
    )
    op.create_table(
        "revisions",
        sa.Column("scope", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_revisions"),
    )
    op.create_table(
        "discussions",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("claim", sa.String(32)),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("guild_id", "slug", name="pk_discussions"),
    )
    op.create_table(
        "picks",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "slug", name="pk_picks"),
    )
    op.create_table(
        "command_sets",
        sa.Column("application_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_command_sets"),
    )
