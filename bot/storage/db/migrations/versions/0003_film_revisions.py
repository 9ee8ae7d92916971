"""At which revision each film of a list last changed, so that a look takes up no more than that."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("begun", sa.String(32)))
    op.create_table(
        "film_revisions",
        sa.Column("scope", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scope", "slug", name="pk_film_revisions"),
    )
    op.create_index("ix_film_revisions_number", "film_revisions", ["scope", "number"])
