"""The demo's club has a film of the week: the last one is posted, the next ones stand on the panel."""

import datetime
from typing import Final

from bot.client import FilmBot
from bot.domain.guilds.settings import Actor
from bot.domain.spotlight.sources import Source, SourceKind
from bot.ui.spotlight.posting import post_due

_WEEK: Final = datetime.timedelta(weeks=1)


async def set_spotlight(bot: FilmBot, admin: Actor, channel_id: int, now: datetime.datetime) -> None:
    """Switch it on a week ago, drawn from what most want to see, and let the evening since have been."""
    services = bot.services
    await services.ensure_loaded(admin.guild_id)
    plan = {"is_on": True, "channel_id": channel_id, "source": Source(kind=SourceKind.WANTED)}
    told = await services.spotlight.change(admin, plan, now - _WEEK)
    evening = told.upcoming[0].at
    await post_due(bot, lambda: evening)
