"""What six members of the demo's club keep, so that counts, averages, *Who else?* and picks have something to say."""

import datetime
from collections.abc import Mapping
from typing import Final

from bot.domain.shelves.marks import NOTHING, Mark, Review, ShelfOwner
from bot.services.shelves import Shelves

# Half stars by film, in the order of the members; 0 for a film that the member has not seen.
_RATED: Final[Mapping[str, tuple[int, ...]]] = {
    "persepolis-2007": (10, 9, 8, 0, 9, 7),
    "wadjda-2012": (9, 9, 0, 8, 10, 0),
    "ai-weiwei-never-sorry-2012": (9, 0, 8, 7, 8, 9),
    "a-separation-2011": (8, 10, 9, 0, 9, 8),
    "searching-for-sugar-man-2012": (7, 0, 9, 10, 0, 8),
    "this-is-not-a-film-2011": (0, 9, 8, 0, 8, 9),
    "mustang-2015": (0, 9, 0, 7, 9, 0),
    "parasite-2019": (6, 8, 9, 9, 7, 10),
    "citizenfour-2014": (0, 6, 9, 8, 0, 9),
    "spirited-away-2001": (0, 8, 0, 9, 10, 9),
}
# Who wants what, by the member's number.
_WANTED: Final[Mapping[str, tuple[int, ...]]] = {
    "faces-places-2017": (0, 1, 2, 4),
    "this-is-not-a-film-2011": (0, 3),
    "the-lunchbox-2013": (0, 3, 5),
    "honeyland-2019": (1, 2, 5),
    "ai-weiwei-never-sorry-2012": (1,),
}
_REVIEW: Final = Review(text="The drawings make it lighter, and so it hits harder.", spoils=False, named=True)


async def keep_marks(shelves: Shelves, guild_id: int, members: tuple[int, ...], now: datetime.datetime) -> None:
    """Let the members mark films, and agree to be seen; the last one keeps it to themselves."""
    for number, member_id in enumerate(members):
        owner = ShelfOwner(guild_id, member_id)
        marks = _marks(number, now)
        await shelves.put_all(owner, lambda _, marks=marks: marks, now)
        await shelves.show(owner, now, shown=number < len(members) - 1)


def _marks(number: int, now: datetime.datetime) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    for place, (slug, ratings) in enumerate(_RATED.items()):
        if rating := ratings[number]:
            day = (now - datetime.timedelta(days=9 * place + number)).date()
            found[slug] = NOTHING.say(rating, _REVIEW if number == 0 and not place else None, day)
    for slug, wanting in _WANTED.items():
        if number in wanting:
            found[slug] = found.get(slug, NOTHING).want(now)
    return found
