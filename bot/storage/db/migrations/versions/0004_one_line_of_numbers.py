"""Numbers that are never given twice: of changes and suggestions, and one line of them for all that is looked for.

SQLite takes the number of the last row again once that row has been erased. Which numbers were given before is not
known any more, so a database that has been in use goes on far above whatever it can have given.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FAR = 1_000_000
_NEVER_TWICE = {"changes": "number", "suggestions": "number"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, number in _NEVER_TWICE.items():
            _never_twice(table, number)
    op.create_index("ix_changes_batch", "changes", ["guild_id", "batch", "number"])
    op.create_index("ix_changes_film", "changes", ["guild_id", "slug", "number"])
    # Lists and settings were numbered each for itself, and anew after an erasing.
    with op.batch_alter_table("revisions") as revisions:
        revisions.drop_column("begun")
    op.create_index("ix_revisions_number", "revisions", ["number"])
    op.create_index("ix_guild_settings_revision", "guild_settings", ["revision"])


def _never_twice(table: str, number: str) -> None:
    with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
        pass
    connection = op.get_bind()
    last = connection.scalar(sa.text(f"SELECT max({number}) FROM {table}")) or 0  # noqa: S608  # names of ours
    if connection.scalar(sa.text("SELECT count(*) FROM revisions")):
        last += _FAR
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table})
    connection.execute(
        sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), {"table": table, "last": last}
    )
