"""What to see tonight. What was asked stands in the buttons' custom ids, so that nobody has to remember it."""

from collections.abc import Mapping
from typing import Final, TypeVar

import discord
from discord import app_commands

from bot.domain.errors import NothingMatches
from bot.domain.films.places import language_name
from bot.domain.recommend.watch_requests import Pick, Tonight, WatchRequest
from bot.ui.films.card import runtime_words
from bot.ui.films.entries import film_entry, first_words
from bot.ui.films.recommendation_reasons import series, subject, subjects
from bot.ui.kit.blocks import RULE, Fixed, Joined, Line, Section, Text
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import listing, show_page
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, run_or_defer
from bot.ui.kit.text import Markup, Words, joined, words_for

# How many different orders of the same films there are.
SEEDS: Final = 10_000
_TEMPLATE: Final = r"films:tonight:(?P<seed>\d{1,4}):(?P<turn>\d{1,3}):(?P<evening>[^:]{0,40})"
_Command = TypeVar("_Command")


class TonightButton(PersistentButton, template=_TEMPLATE):
    """Shows a handful of films for an evening, in place of what stands there."""

    def __init__(self, seed: int, turn: int, evening: str, label: str = "-") -> None:
        custom_id = f"films:tonight:{seed}:{turn}:{evening}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
        self.seed = seed
        self.turn = turn
        self.evening = evening

    async def press(self, interaction: Interaction) -> None:
        try:
            evening = WatchRequest.decoded(self.evening)
        except ValueError:  # an old message asks for something that no longer exists
            raise NothingMatches from None
        await suggest(interaction, evening, self.seed, self.turn)


def describe_evening(command: _Command) -> _Command:
    """What the options of the command are described as."""
    return app_commands.describe(**{name: command_text(f"evening_help.{name}") for name in WatchRequest.model_fields})(
        command
    )


async def suggest(
    interaction: Interaction, evening: WatchRequest, seed: int, turn: int = 0, also: Section | None = None
) -> None:
    """Up to five films for the evening, or what to ask less of; as a first answer, or in place of the one before.

    `also` stands below the films.
    """
    words = words_for(interaction.locale)
    taste = interaction.client.services.recommendations
    found = await run_or_defer(interaction, taste.tonight(evening, interaction.guild_id, seed, turn), private=True)
    if found.picks:
        layout = tonight_page(found, evening, seed, turn, words, also)
    else:
        left = await run_or_defer(interaction, taste.loosened(evening, interaction.guild_id), private=True)
        layout = nothing_page(left, evening, seed, words)
    await show_page(interaction, layout)


def tonight_page(
    found: Tonight, evening: WatchRequest, seed: int, turn: int, words: Words, also: Section | None = None
) -> Layout:
    """The films, each with its length and the reason it is among them, and the way to others where there are any."""
    others = TonightButton(seed, (turn + 1) % found.turns, evening.encoded(), words.plain("button.others"))
    entries = [_entry(pick, evening, words) for pick in found.picks]
    more = [RULE, also] if also is not None else []
    head = Text(Line(words, "tonight.title"), *_asked(evening, words))
    return listing(head, [*entries, *more], *([others] if found.turns > 1 else []))


def nothing_page(left: Mapping[str, int], evening: WatchRequest, seed: int, words: Words) -> Layout:
    """That nothing fits, and a button for each wish that can be given up; where no single one helps, one for all."""
    asked = wishes(evening, words)
    head = Text(Line(words, "tonight.nothing"), *_asked(evening, words))
    lines = [Fixed(words.count("tonight.without", left[name], wish=asked[name])) for name in left]
    what = Line(words, "tonight.loosen" if lines else "tonight.too_much")
    fewer = {words.plain(f"button.any_{name}"): evening.model_copy(update={name: None}) for name in left}
    ways = fewer or {words.plain("button.any_film"): WatchRequest()}
    buttons = [TonightButton(seed, 0, other.encoded(), label) for label, other in ways.items()]
    return listing(head, [Text(what, *lines)], *buttons)


def wishes(evening: WatchRequest, words: Words) -> dict[str, Markup]:
    """What is asked for, as people say it, by field name."""
    said: dict[str, Markup] = {}
    if evening.mood:
        said["mood"] = words(f"mood.{evening.mood}")
    if evening.minutes:
        said["minutes"] = words("tonight.up_to", length=runtime_words(evening.minutes, words))
    if evening.kind:
        said["kind"] = words(f"kind.{evening.kind}")
    if evening.decade:
        said["decade"] = words("card.decade", decade=evening.decade)
    if evening.language:
        said["language"] = words("tonight.language", language=language_name(evening.language))
    if evening.light:
        said["light"] = words("tonight.light")
    return said


def _asked(evening: WatchRequest, words: Words) -> list[Line]:
    asked = wishes(evening, words)
    return [Line(words, "page.small", said=joined(asked.values(), " · ", 300))] if asked else []


def _entry(pick: Pick, evening: WatchRequest, words: Words) -> Section:
    film = pick.film
    spare = evening.minutes - film.runtime if evening.minutes and film.runtime else 0
    because = _because(pick, evening, words)
    if spare <= 0:
        return film_entry(film, words, because)
    return film_entry(film, words, Joined(because, Line(words, "tonight.spare", length=runtime_words(spare, words))))


def _because(pick: Pick, evening: WatchRequest, words: Words) -> Line:
    if evening.mood:
        tags = series([subject(tag) for tag in pick.tags], words, 120)
        said = words("tonight.because", mood=words.plain(f"mood.{evening.mood}"), tags=tags)
        return Line(words, "page.small", said=said)
    about, forms = subjects(pick.tags)
    if not about:
        return first_words(pick.film, words)
    tags = series(about, words, 120)
    if not forms:
        return Line(words, "page.small", said=words("tonight.about", tags=tags))
    form = words.plain(f"form_of_film.{forms[0]}")
    return Line(words, "page.small", said=words("tonight.about_and_form", tags=tags, form=form))
