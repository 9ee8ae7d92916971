"""What members keep, as walks need it: films, the form, and the panel."""

from typing import Any, Final

import simcord
from sqlalchemy import select

from bot.domain.films.films import Film
from bot.storage.db.tables import metadata
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import Message, answer, card_and_trailer
from tests.scenarios.suggestions import bot_of

NIGHT: Final = film()
KNIFE: Final = film("Knife in the Water", 1962, themes=["boats"], directors=["Roman Polanski"], trailers=[])
OTHERS: Final = [film(f"Ship {n}", 1970 + n, themes=["the-sea"], trailers=[]) for n in range(12)]
SHELF: Final = [NIGHT, KNIFE, *OTHERS]


async def card(club: Club, who: simcord.MemberActor, one: Film = NIGHT) -> Message:
    """The film's card, as the member asks for it."""
    shown = await who.slash(club.lobby, "film", title=one.slug)
    return card_and_trailer(shown)[0] if one.trailers else answer(shown)


def private(result: simcord.InteractionResult) -> Message:
    """The one private message that the member got."""
    shown = [*([result.response] if result.response else []), *result.followups]
    assert all(message.ephemeral for message in shown)
    return shown[-1]


async def say(club: Club, who: simcord.MemberActor, one: Film = NIGHT, **typed: Any) -> Message:
    """Say something of the film in the form; the panel with it."""
    panel = private(await who.slash(club.lobby, "seen", film=one.slug))
    label = next(text for text in ("Rate or review it", "Change what you said") if text in str(panel.components))
    shown = await who.click(panel, label=label)
    assert shown.modal is not None
    parts = {each["component"]["custom_id"]: each["component"] for each in shown.modal["components"]}
    filled = {
        "rating": next((o["value"] for o in parts["rating"]["options"] if o.get("default")), None),
        "review": parts["review"].get("value") or "",
        "spoils": parts["spoils"].get("default", False),
        "named": parts["named"].get("default", False),
        "day": parts["day"].get("value") or "",
    }
    return private(await who.submit_modal(shown, {**filled, **typed}))


async def agree(club: Club, *members: simcord.MemberActor) -> None:
    """The members let the others see what they keep."""
    for who in members:
        shelf = private(await who.slash(club.lobby, "my shelf"))
        await who.click(shelf, label="Let others here see it")


async def everything(club: Club) -> str:
    """All that the database holds, as text."""
    database = bot_of(club).services.shelves._database  # pyright: ignore[reportPrivateUsage]
    async with database.read() as tx:
        return str([[tuple(row) for row in await tx.execute(select(table))] for table in metadata.sorted_tables])
