"""What providers say against the trailers of a draft."""

import asyncio

from bot.domain.curation.audits import Health
from bot.domain.curation.changes import film_of
from bot.domain.curation.drafts import Draft
from bot.domain.films.films import Film
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Markup, Words


async def trailer_doubts(interaction: Interaction, draft: Draft, film: Film, words: Words) -> list[Markup]:
    """A line for each trailer that the draft brings in and that may not play; it takes up to three seconds."""
    base = film_of(draft.base)
    known = {(trailer.provider, trailer.id) for trailer in (base.trailers if base else ())}
    new = [trailer for trailer in film.trailers if (trailer.provider, trailer.id) not in known]
    check = interaction.client.services.audits.check
    healths = await asyncio.gather(*(check(trailer) for trailer in new))
    return [
        # The brackets keep Discord from drawing what the address leads to.
        words(f"draft.trailer_{health.value}", address=Markup(f"<{trailer.address(at=0)}>"))
        for trailer, health in zip(new, healths, strict=True)
        if health is not Health.FINE
    ]
