"""Several processes on one database: who runs which shards, and in which order they identify themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None
# The oldest revision whose code can live with the tables as they are after this one: nothing is taken away or changed.
oldest = "0006"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "shard_leases",
        sa.Column("shard_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("shard_count", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(32)),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("successor", sa.String(32)),
        sa.Column("answered", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("shard_id"),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("revision", sa.String(4), nullable=False),
        sa.Column("shards", sa.String(16), nullable=False),
        sa.Column("guilds", sa.Integer, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "identify_gates",
        sa.Column("bucket", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("free_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("bucket"),
    )
    op.create_table(
        "schema_floors",
        sa.Column("revision", sa.String(4), nullable=False),
        sa.Column("oldest", sa.String(4), nullable=False),
        sa.PrimaryKeyConstraint("revision"),
    )
    op.add_column("command_sets", sa.Column("version", sa.String(32)))
