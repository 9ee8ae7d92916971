"""The form in which a member rates a film and writes of it."""

from typing import Any, Final

import discord

from bot.domain.shelves.marks import HALF_STARS, MAX_REVIEW, Mark
from bot.ui.kit.forms import before_form, box_part, radio_part, show_form, text_part
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Words, clip_name, words_for
from bot.ui.shelves.mark_lines import stars
from bot.ui.shelves.owners import owner_of, today

RATING: Final = "rating"
REVIEW: Final = "review"
SPOILS: Final = "spoils"
NAMED: Final = "named"
DAY: Final = "day"
_TITLE: Final = 45


async def open_form(interaction: Interaction, slug: str) -> None:
    """Open the form, filled in with what the member has said before."""
    services, words = interaction.client.services, words_for(interaction.locale)
    film = await before_form(services.films.get(slug, interaction.guild_id))
    marked = await before_form(services.shelves.mark(owner_of(interaction), slug))
    parts = form_parts(marked.mark, words, today(interaction).isoformat())
    await show_form(interaction, f"mark:say:{slug}", clip_name(film.title, film.year, _TITLE), parts)


def form_parts(mark: Mark, words: Words, day: str) -> list[discord.ui.Label[Any]]:
    """Its five parts: stars, review, two boxes and the day."""
    say = words.plain
    given = {str(each): f"{stars(each)}  ({each / 2:g})" for each in reversed(HALF_STARS)}
    seen_on = mark.last_seen.isoformat() if mark.last_seen else "" if mark.is_seen else day
    review = mark.review
    written = review.text if review else ""
    return [
        radio_part(RATING, say("mark_form.rating"), given, value=str(mark.rating or "")),
        text_part(
            REVIEW, say("mark_form.review"), say("mark_form.review_help", limit=MAX_REVIEW), value=written, long=True
        ),
        box_part(
            SPOILS, say("mark_form.spoils"), say("mark_form.spoils_help"), value=review.spoils if review else True
        ),
        box_part(NAMED, say("mark_form.named"), say("mark_form.named_help"), value=review.named if review else False),
        text_part(DAY, say("mark_form.day"), say("mark_form.day_help"), value=seen_on),
    ]
