"""What a film looks like: its card, its line in a list, and the words for its facts.

Discord's limits (shared/peers section 4.2): embed title 256, description 4,096, field value 1,024,
footer 2,048, and 6,000 over all of them, which is what the shares below add up to.
"""

from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.films.films import Film
from bot.domain.films.places import country_name, language_name
from bot.services.vocabulary import vocabulary
from bot.ui.kit.limits import EMBED_TITLE
from bot.ui.kit.text import Markup, Words, clip, clip_plain, clip_plain_name, isolated, joined, listed, plain

ACCENT: Final = discord.Colour(0xC8553D)

_WHY: Final = 850
_STORY: Final = 2700
_FACT: Final = 200
_NOTES: Final = 400
_PRAISE: Final = 400
_FOOTER: Final = 250


@dataclass(frozen=True)
class FilmCard:
    """A card as data: the text for members who see no embeds, the embed, and the trailer's address.

    The address goes into a message of its own: a message with an embed gets no player.
    """

    content: str
    embed: discord.Embed
    trailer: str | None


def film_card(film: Film, words: Words) -> FilmCard:
    """The whole card of a film."""
    embed = discord.Embed(
        title=clip_plain_name(film.title, film.year, EMBED_TITLE),
        description=_description(film, words),
        colour=ACCENT,
    )
    for name, value, inline in _facts(film, words):
        embed.add_field(name=name, value=value, inline=inline)
    embed.set_footer(text=_footer(film, words))
    embed.set_image(url=film.picture_address)
    return FilmCard(
        words("card.heading", title=film.title, year=film.year),
        embed,
        film.trailers[0].address() if film.trailers else None,
    )


def runtime_words(minutes: int, words: Words) -> str:
    """A length such as "1 h 31 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return words.plain("card.minutes", minutes=rest)
    return words.plain("card.hours" if rest else "card.hours_only", hours=hours, minutes=rest)


def tag_words(tag: str) -> str:
    """A theme or genre as people write it: "social-media" is "Social media", "sci-fi" is "Science fiction"."""
    return vocabulary().name(tag)


def film_line(film: Film, words: Words, limit: int) -> Markup:
    """The film in one line of a list."""
    name = clip_plain_name(film.title, film.year, limit // 2)
    directors = listed(film.directors, limit // 2 - 30)
    if film.runtime is None:
        return words("page.line", name=name, directors=directors)
    runtime = runtime_words(film.runtime, words)
    return words("page.line_runtime", name=name, directors=directors, runtime=runtime)


def _description(film: Film, words: Words) -> str:
    why = clip_plain(film.why, _WHY)
    story = clip_plain(film.synopsis.text, _STORY)
    return f"{words('card.why')}\n{why}\n\n{words('card.story')}\n{story}"


def _facts(film: Film, words: Words) -> list[tuple[str, str, bool]]:
    countries = tuple(country_name(code) for code in film.countries)
    languages = tuple(dict.fromkeys(language_name(tag) for tag in film.languages))
    themes = tuple(tag_words(tag) for tag in film.themes)
    facts = [_counted("card.directors", film.directors, words)]
    if film.runtime is not None:
        facts.append((words("card.runtime"), plain(runtime_words(film.runtime, words)), True))
    facts += [
        _counted(key, values, words)
        for key, values in (
            ("card.countries", countries),
            ("card.languages", languages),
            ("card.themes", themes),
        )
        if values
    ]
    if film.original_title and film.original_title != film.title:
        facts.append((words("card.original_title"), clip_plain(film.original_title, _FACT), True))
    if film.content_notes is not None:
        notes = listed(film.content_notes, _NOTES, " · ") or words("card.no_content_notes")
        facts.append((words("card.content_notes"), notes, False))
    if film.praise:
        lines = [words("card.praised", **praise.model_dump()) for praise in film.praise]
        facts.append((words("card.praise"), joined(lines, "\n", _PRAISE), False))
    return facts


def _counted(key: str, values: tuple[str, ...], words: Words) -> tuple[str, str, bool]:
    return (words.count(key, len(values)), listed(values, _FACT), True)


def _footer(film: Film, words: Words) -> str:
    """Who is to be thanked, each in an equal share of the room."""
    thanked = {"picked": film.curator}
    if film.suggested_by is not None:
        thanked["suggested"] = film.suggested_by
    if film.synopsis.source != film.curator:
        thanked["told"] = film.synopsis.source
    room = _FOOTER // max(2, len(thanked))
    parts = [words.plain(f"card_footer.{key}", name=isolated(clip(name, room))) for key, name in thanked.items()]
    return " · ".join(parts)
