"""${message}."""

from alembic import op
import sqlalchemy as sa

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
# The oldest revision whose code can live with the tables as they are after this one.
oldest = ${repr(up_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
