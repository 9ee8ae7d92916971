"""What can be pressed below a film, and what that shows. The custom ids are `film:verb:slug`."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.errors import NearMatch
from bot.domain.films.films import Film
from bot.domain.recommend.recommender import Recommendation
from bot.ui.films.entries import film_entry, open_button
from bot.ui.films.recommendation_reasons import kin_reasons
from bot.ui.films.story import StoryButton, SynopsisButton, card_layout
from bot.ui.films.thread import discuss
from bot.ui.films.trailer import TrailerButton, play, send_trailer, watch_button
from bot.ui.kit.blocks import Line, Row, Text
from bot.ui.kit.double_click import once
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import BUTTON_LABEL, OPTION
from bot.ui.kit.pages import listing
from bot.ui.kit.persistent import FilmButton, Menu
from bot.ui.kit.refused_notice import tell_curator
from bot.ui.kit.replies import Interaction, reply, run_or_defer, words_to
from bot.ui.kit.text import Markup, Words, clip, clip_name, isolated, words_for

_KIN: Final = 5


class ShowButton(FilmButton, verb="show", private=False):
    """Shows the card to all."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await show(interaction, film, private=False)


class PeekButton(FilmButton, verb="peek"):
    """Shows the card to whoever presses it."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await show(interaction, film, private=True)


class ShareButton(FilmButton, verb="share", private=False, style=discord.ButtonStyle.primary):
    """Posts for all what one member has been looking at alone."""

    async def press(self, interaction: Interaction) -> None:
        async with once(interaction) as is_first:
            if is_first:
                await super().press(interaction)

    async def act(self, interaction: Interaction, film: Film) -> None:
        await show(interaction, film, private=False)


class DiscussButton(FilmButton, verb="discuss", style=discord.ButtonStyle.primary):
    """Leads into the film's thread."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await discuss(interaction, film)


class PlayButton(FilmButton, verb="play", private=False):
    """Plays the trailer for all."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await play(interaction, film, private=False)


class SimilarButton(FilmButton, verb="similar"):
    """Tells which films to see after this one, and why."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await show_similar(interaction, film)


class FilmSelect(Menu, name="film:choose"):
    """Opens the card of a film that a list names, for whoever chooses it."""

    def __init__(self, placeholder: str = "-", films: Sequence[Film] = ()) -> None:
        options = [
            discord.SelectOption(
                label=isolated(clip_name(film.title, film.year, OPTION - 2)),
                value=film.slug,
                description=isolated(clip(", ".join(film.directors), OPTION - 2)),
            )
            for film in films
        ]
        super().__init__(placeholder, options)

    async def choose(self, interaction: Interaction, value: str) -> None:
        film = await run_or_defer(
            interaction, interaction.client.services.films.get(value, interaction.guild_id), private=True
        )
        await show(interaction, film, private=True)


BUTTONS: Final = (
    ShowButton,
    PeekButton,
    ShareButton,
    DiscussButton,
    StoryButton,
    SynopsisButton,
    PlayButton,
    SimilarButton,
    TrailerButton,
)


async def show(interaction: Interaction, film: Film, *, private: bool) -> None:
    """The card, and after it the trailer as a message of its own, unless the server wants it on request only."""
    words = words_to(interaction, private=private)
    counts = await interaction.client.services.club_shelves.counts(interaction.guild_id, film.slug)
    is_in_club = interaction.guild_id is not None
    buttons = card_buttons(film, words, private=private, is_in_club=is_in_club)
    note = None if is_in_club else words("card.add_me", link=Markup(interaction.client.install_link))
    card = card_layout(film, words, counts, buttons, private=private, note=note)
    left_out = await reply(interaction, view=card, private=private)
    wanted = private or interaction.client.services.guilds.settings(interaction.guild_id).trailer == "with_card"
    if film.trailers and wanted:
        await send_trailer(interaction, film, private=private)
    await tell_curator(interaction, left_out)


async def show_similar(interaction: Interaction, film: Film) -> None:
    """The films to see next, each with a reason."""
    words = words_for(interaction.locale)
    work = interaction.client.services.recommendations.like(film, interaction.guild_id, _KIN)
    kin = await run_or_defer(interaction, work, private=True)
    await reply(interaction, view=similar_page(film, kin, words), private=True)


def similar_page(film: Film, kin: Sequence[Recommendation], words: Words) -> Layout:
    """What `show_similar` shows; where nothing is close, the way back to the film."""
    title = Line(words, "similar.title", title=film.title, year=film.year)
    if not kin:
        return Layout([Text(title, Line(words, "similar.none")), Row(open_button(film, words))])
    return listing(Text(title), [film_entry(item.film, words, *kin_reasons(item, words)) for item in kin])


def button_for(command: str, *, quiet: bool) -> type[FilmButton] | None:
    """The button that does with a film what the command does; None where no button does that."""
    made: dict[str, type[FilmButton]] = {
        "film": PeekButton if quiet else ShowButton,
        "synopsis": SynopsisButton,
        "trailer": PlayButton,
        "discuss": DiscussButton,
        "films similar": SimilarButton,
        # On the card is the button that they meant.
        **dict.fromkeys(("want", "seen", "who"), PeekButton),
    }
    return made.get(command)


def near_match_buttons(near: Sequence[NearMatch], kind: type[FilmButton]) -> list[FilmButton]:
    """A button for each film that may have been meant."""
    return [kind(match.slug, isolated(clip_name(match.title, match.year, BUTTON_LABEL - 2))) for match in near]


def card_buttons(film: Film, words: Words, *, private: bool, is_in_club: bool = True) -> list[discord.ui.Item[Any]]:
    """What can be pressed below the film's card: at most a row of them. Only a club has threads to reply in."""
    items: list[discord.ui.Item[Any]] = []
    if private:
        items.append(ShareButton(film.slug, words.plain("button.share")))
    if film.trailers:
        items.append(TrailerButton(film.slug, words.plain("button.trailer")))
    if is_in_club:
        items.append(DiscussButton(film.slug, words.plain("button.discuss")))
    items.append(SimilarButton(film.slug, words.plain("button.similar")))
    if (watch := watch_button(film, words)) is not None:
        items.append(watch)
    return items
