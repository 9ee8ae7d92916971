"""What members want to see and have seen, how they rated it, what they wrote, and what the others see of that."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _marks()
    _viewings()
    _reviews()
    _shelf_acts()
    _shown_members()
    _film_counts()
    _shelf_revisions()
    _post_removals()
    _shelf_imports()


def _marks() -> None:
    op.create_table(
        "marks",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True)),
        sa.Column("seen", sa.Boolean, nullable=False),
        sa.Column("rating", sa.Integer),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("counted", sa.Integer),
        sa.Column("pending", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "member_id", "slug", name="pk_marks"),
    )
    op.create_index("ix_marks_film", "marks", ["guild_id", "slug"])
    op.create_index("ix_marks_member", "marks", ["member_id"])


def _viewings() -> None:
    op.create_table(
        "viewings",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("place", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("day", sa.Date),
        sa.PrimaryKeyConstraint("guild_id", "member_id", "slug", "place", name="pk_viewings"),
    )


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("guild_id", "member_id", "slug", name="pk_reviews"),
    )
    op.create_index("ix_reviews_member", "reviews", ["member_id"])


def _shelf_acts() -> None:
    op.create_table(
        "shelf_acts",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_shelf_acts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shelf_acts_member", "shelf_acts", ["guild_id", "member_id"])
    op.create_index("ix_shelf_acts_at", "shelf_acts", ["at"])


def _shown_members() -> None:
    op.create_table(
        "shown_members",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("guild_id", "member_id", name="pk_shown_members"),
    )


def _film_counts() -> None:
    op.create_table(
        "film_counts",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("slug", sa.String(72), nullable=False),
        sa.Column("wants", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("raters", sa.Integer, nullable=False),
        sa.Column("stars", sa.Integer, nullable=False),
        sa.Column("pending", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Integer, nullable=False),
        sa.Column("shown_raters", sa.Integer),
        sa.Column("shown_stars", sa.Integer),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "slug", name="pk_film_counts"),
    )
    op.create_index("ix_film_counts_number", "film_counts", ["guild_id", "number"])


def _shelf_revisions() -> None:
    op.create_table(
        "shelf_revisions",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_shelf_revisions"),
    )


def _post_removals() -> None:
    op.create_table(
        "post_removals",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "message_id", name="pk_post_removals"),
    )
    op.create_index("ix_post_removals_due", "post_removals", ["due"])


def _shelf_imports() -> None:
    op.create_table(
        "shelf_imports",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "member_id", name="pk_shelf_imports"),
    )
