"""What a member sent in the form about a film."""

from collections.abc import Mapping

import discord

from bot.domain.shelves.marks import HALF_STARS, Review
from bot.ui.kit.forms import CHECKED, Form
from bot.ui.kit.persistent import SLUG
from bot.ui.kit.replies import Interaction, claim
from bot.ui.shelves.mark_form import DAY, NAMED, RATING, REVIEW, SPOILS
from bot.ui.shelves.marking import show_mark
from bot.ui.shelves.owners import day_typed, owner_of
from bot.ui.shelves.review_posts import edit_post

_RATINGS = {str(each): each for each in HALF_STARS}


class MarkForm(Form):
    """Keeps what was said, and shows the panel with it."""

    template = f"mark:say:{SLUG}"
    gives_back = True

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        day = day_typed(typed.get(DAY, ""), interaction)
        spoils, named = (typed.get(name) == CHECKED for name in (SPOILS, NAMED))
        review = Review.of(typed.get(REVIEW, ""), spoils=spoils, named=named)
        rating = _RATINGS.get(typed.get(RATING, ""))
        film = await interaction.client.services.films.get(ids["slug"], interaction.guild_id)
        await claim(interaction, in_place=True)
        shelves, now = interaction.client.services.shelves, discord.utils.utcnow()
        marked = await shelves.say(owner_of(interaction), film.slug, rating, review, day, now)
        await edit_post(interaction, film, marked)
        await show_mark(interaction, film, marked, in_place=True)
