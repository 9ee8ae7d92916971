"""Reviews, the messages in which they are posted, and the queue of those messages that are to go."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, insert, select, update

from bot.domain.shelves.marks import Review, ShelfOwner
from bot.domain.shelves.posts import Post, Removal
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import post_removals, reviews

_AT_ONCE: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


async def put(tx: AsyncConnection, owner: ShelfOwner, written: Mapping[str, Review | None]) -> None:
    """Keep these reviews of the member's, in place of what there is; the posts of those that go are to go too."""
    row = reviews.c
    found = await tx.execute(select(row.slug, row.channel_id, row.message_id).where(_mine(owner)))
    known = {each.slug: each for each in found}
    gone = [slug for slug in written if slug in known and written[slug] is None]
    posts = [known[slug] for slug in gone if known[slug].message_id is not None]
    await remove_posts(tx, [Post(owner.guild_id, each.channel_id, each.message_id) for each in posts])
    of_film: BindParameter[str] = bindparam("film")
    if gone:
        await tx.execute(delete(reviews).where(_mine(owner), row.slug == of_film), [{"film": slug} for slug in gone])
    for slug, review in written.items():
        if review is None:
            continue
        body = review.model_dump_json()
        if slug in known:
            await tx.execute(update(reviews).where(_mine(owner), row.slug == slug).values(body=body))
        else:
            values = {"guild_id": owner.guild_id, "member_id": owner.member_id, "slug": slug, "body": body}
            await tx.execute(insert(reviews).values(**values))


async def post_of(tx: AsyncConnection, owner: ShelfOwner, slug: str) -> Post | None:
    """Where the member's review of the film is posted."""
    row = reviews.c
    found = await tx.execute(select(row.channel_id, row.message_id).where(_mine(owner), row.slug == slug))
    each = found.first()
    return None if each is None or each.message_id is None else Post(owner.guild_id, each.channel_id, each.message_id)


async def remember_post(tx: AsyncConnection, owner: ShelfOwner, slug: str, post: Post) -> bool:
    """Note where it is posted; False where there is no such review any more, or it is posted already."""
    values = {"channel_id": post.channel_id, "message_id": post.message_id}
    done = await tx.execute(
        update(reviews).where(_mine(owner), reviews.c.slug == slug, reviews.c.message_id.is_(None)).values(**values)
    )
    return done.rowcount == 1


async def forget_post(tx: AsyncConnection, post: Post) -> None:
    """Note that the message is not there any more."""
    row = reviews.c
    where = and_(row.guild_id == post.guild_id, row.message_id == post.message_id)
    await tx.execute(update(reviews).where(where).values(channel_id=None, message_id=None))


async def remove_posts(tx: AsyncConnection, posts: Iterable[Post]) -> None:
    """Put messages into the queue of those that are to go."""
    for post in posts:
        known = await tx.scalar(select(post_removals.c.message_id).where(_is(post)))
        if known is None:
            await tx.execute(insert(post_removals).values(**post._asdict(), due=_AT_ONCE, tries=0))


async def posts_of_member(tx: AsyncConnection, member_id: int) -> list[Post]:
    """Every post of a review of the member's, in whatever server."""
    row = reviews.c
    found = await tx.execute(
        select(row.guild_id, row.channel_id, row.message_id).where(
            row.member_id == member_id, row.message_id.is_not(None)
        )
    )
    return [Post(each.guild_id, each.channel_id, each.message_id) for each in found]


async def due_removals(tx: AsyncConnection, now: datetime.datetime, limit: int) -> list[Removal]:
    """Posts that are to be tried now, the longest due first."""
    row = post_removals.c
    found = await tx.execute(
        select(row.guild_id, row.channel_id, row.message_id, row.tries)
        .where(row.due <= now)
        .order_by(row.due)
        .limit(limit)
    )
    return [Removal(Post(each.guild_id, each.channel_id, each.message_id), each.tries) for each in found]


async def put_off(tx: AsyncConnection, removal: Removal, until: datetime.datetime) -> None:
    """Try again at that moment."""
    await tx.execute(update(post_removals).where(_is(removal.post)).values(due=until, tries=removal.tries + 1))


async def removed(tx: AsyncConnection, post: Post) -> None:
    """The message is gone, or never will be."""
    await tx.execute(delete(post_removals).where(_is(post)))


def _mine(owner: ShelfOwner) -> ColumnElement[bool]:
    return and_(reviews.c.guild_id == owner.guild_id, reviews.c.member_id == owner.member_id)


def _is(post: Post) -> ColumnElement[bool]:
    return and_(post_removals.c.guild_id == post.guild_id, post_removals.c.message_id == post.message_id)
