"""What to see tonight. What was asked stands in the buttons' custom ids, so that nobody has to remember it."""

from collections.abc import Mapping
from typing import Final, TypeVar

import discord
from discord import app_commands

from bot.domain.errors import NothingMatches
from bot.domain.films.places import language_name
from bot.domain.recommend.watch_requests import Pick, Tonight, WatchRequest
from bot.domain.text.normalize import one_line
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.card import ACCENT, runtime_words
from bot.ui.films.recommendation_reasons import series, subject, subjects
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.prose import clip_prose
from bot.ui.kit.replies import Interaction, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip_plain_name, joined, words_for

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
    interaction: Interaction, evening: WatchRequest, seed: int, turn: int = 0, also: Markup | None = None
) -> None:
    """Up to five films for the evening, or what to ask less of; as a first answer, or in place of the one before.

    `also` is said below the films.
    """
    words = words_for(interaction.locale)
    taste = interaction.client.services.recommendations
    found = await run_or_defer(interaction, taste.tonight(evening, interaction.guild_id, seed, turn), private=True)
    if found.picks:
        embed, view = tonight_embed(found, evening, words, also), tonight_view(found, evening, seed, turn, words)
    else:
        left = await run_or_defer(interaction, taste.loosened(evening, interaction.guild_id), private=True)
        embed, view = nothing_embed(left, evening, words), nothing_view(left, evening, seed, words)
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, None, embed=embed, view=view)
    else:
        await reply(interaction, embed=embed, view=view, private=True)


def tonight_embed(found: Tonight, evening: WatchRequest, words: Words, also: Markup | None = None) -> discord.Embed:
    """The films, each with its length and the reason it is among them."""
    lines = [_line(pick, evening, words) for pick in found.picks]
    asked = wishes(evening, words)
    parts = [words("page.filters", filters=joined(asked.values(), ", ", 300)), *lines] if asked else lines
    parts = parts if also is None else [*parts, also]
    return discord.Embed(title=words("tonight.title"), description=joined(parts, "\n\n", 4000), colour=ACCENT)


def tonight_view(found: Tonight, evening: WatchRequest, seed: int, turn: int, words: Words) -> discord.ui.View:
    """A menu that opens one, and the way to others where there are any."""
    menu = FilmSelect(words.plain("button.choose_film"), [pick.film for pick in found.picks])
    others = TonightButton(seed, (turn + 1) % found.turns, evening.encoded(), words.plain("button.others"))
    return view_of(menu, *([others] if found.turns > 1 else []))


def nothing_embed(left: Mapping[str, int], evening: WatchRequest, words: Words) -> discord.Embed:
    """That nothing fits, and which wish to give up."""
    asked = wishes(evening, words)
    lines = [words.count("tonight.without", left[name], wish=asked[name]) for name in left]
    what = words("tonight.loosen") if lines else words("tonight.too_much")
    text = joined([words("page.filters", filters=joined(asked.values(), ", ", 300)), "", what, *lines], "\n", 4000)
    return discord.Embed(title=words("tonight.nothing"), description=text, colour=ACCENT)


def nothing_view(left: Mapping[str, int], evening: WatchRequest, seed: int, words: Words) -> discord.ui.View:
    """A button for each wish that can be given up; where no single one helps, one for all."""
    fewer = {words.plain(f"button.any_{name}"): evening.model_copy(update={name: None}) for name in left}
    ways = fewer or {words.plain("button.any_film"): WatchRequest()}
    return view_of(*(TonightButton(seed, 0, other.encoded(), label) for label, other in ways.items()))


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


def _line(pick: Pick, evening: WatchRequest, words: Words) -> Markup:
    film = pick.film
    heading = [words("tonight.name", name=clip_plain_name(film.title, film.year, 200))]
    if film.runtime is not None:
        heading.append(words("tonight.length", length=runtime_words(film.runtime, words)))
    spare = evening.minutes - film.runtime if evening.minutes and film.runtime else 0
    why = [_because(pick, evening, words)]
    if spare > 0:
        why.append(words("tonight.spare", length=runtime_words(spare, words)))
    return words("tonight.line", heading=joined(heading, " · ", 300), why=joined(why, " ", 600))


def _because(pick: Pick, evening: WatchRequest, words: Words) -> Markup:
    if evening.mood:
        tags = series([subject(tag) for tag in pick.tags], words, 120)
        return words("tonight.because", mood=words.plain(f"mood.{evening.mood}"), tags=tags)
    about, forms = subjects(pick.tags)
    if about and forms:
        form = words.plain(f"form_of_film.{forms[0]}")
        return words("tonight.about_and_form", tags=series(about, words, 120), form=form)
    return words("tonight.about", tags=series(about, words, 120)) if about else clip_prose(one_line(pick.film.why), 200)
