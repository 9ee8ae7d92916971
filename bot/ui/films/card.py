"""What a film looks like: its card, its line in a list, and the words for its facts.

`film_card` is the card of the screens that are not made of blocks yet. Discord's limits (its documentation,
`resources/message`): embed title 256, description 4,096, field value 1,024, footer 2,048, and 6,000 over all of them,
which is what the shares below add up to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.films.films import Film
from bot.domain.films.places import country_name, language_name
from bot.domain.shelves.counts import NO_COUNTS, FilmCounts
from bot.services.vocabulary import vocabulary
from bot.ui.films.counts import counts_line
from bot.ui.kit.blocks import AnyLine, Block, Fixed, Joined, Line, Picture, Prose, Section, Text
from bot.ui.kit.layout import length
from bot.ui.kit.limits import EMBED_TITLE
from bot.ui.kit.prose import clip_prose
from bot.ui.kit.text import Words, clip, clip_plain, clip_plain_name, isolated, joined, listed, opening, plain

ACCENT: Final = discord.Colour(0xC8553D)

# A card that would be longer than this is folded where all see it.
_FOLD: Final = 900
_BEGINNING: Final = 250
_ENGLISH: Final = ("en",)

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


def card_blocks(film: Film, words: Words, counts: FilmCounts = NO_COUNTS, *, folded: bool) -> list[Block]:
    """The card above its buttons; folded, it leaves out praise and all but the beginning of the story."""
    story = _beginning(film) if folded else film.synopsis.text
    return [
        _head(film, words),
        Text(Line(words, "card.why"), Line(words, "card.said", said=Prose(film.why))),
        Text(Line(words, "card.story"), Line(words, "card.said", said=Prose(story))),
        *_notes(film, words),
        *([] if folded else praise_blocks(film, words)),
        Text(*_thanks(film, words), *_counted_line(counts, words)),
    ]


def is_foldable(film: Film, words: Words) -> bool:
    """Whether the card that all see keeps something for whoever opens the whole story."""
    has_more = bool(film.praise) or _beginning(film) != film.synopsis.text
    return has_more and length(card_blocks(film, words, folded=False)) > _FOLD


def title_line(film: Film, words: Words) -> Line:
    """What every screen about one film begins with."""
    return Line(words, "card.title", title=film.title, year=film.year)


def praise_blocks(film: Film, words: Words) -> list[Block]:
    """Which lists and prizes named the film, where any did."""
    if not film.praise:
        return []
    lines = (Line(words, "card.praised", **praise.model_dump()) for praise in film.praise)
    return [Text(Line(words, "card.praise_title"), *lines)]


def film_card(film: Film, words: Words, counts: FilmCounts = NO_COUNTS) -> FilmCard:
    """The whole card of a film, with what the club says of it."""
    embed = discord.Embed(
        title=clip_plain_name(film.title, film.year, EMBED_TITLE),
        description=_description(film, words),
        colour=ACCENT,
    )
    for name, value, inline in _facts(film, words):
        embed.add_field(name=name, value=value, inline=inline)
    if (told := counts_line(counts, words)) is not None:
        embed.add_field(name=words("counts.title"), value=told, inline=False)
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


def _head(film: Film, words: Words) -> Block:
    lines = (title_line(film, words), *_facts_lines(film, words))
    if (address := film.picture_address) is None:
        return Text(*lines)
    return Section(lines, Picture(address, words.plain("card.picture", title=isolated(film.title), year=film.year)))


def _facts_lines(film: Film, words: Words) -> Iterator[AnyLine]:
    """Who, how long and where in one line; in a small one what sort of film it is, and in which languages.

    That a film is in English goes without saying in this list.
    """
    facts = [Line(words, "card.said", said=", ".join(film.directors))]
    if film.runtime is not None:
        facts.append(Line(words, "card.said", said=runtime_words(film.runtime, words)))
    if film.countries:
        facts.append(Line(words, "card.said", said=", ".join(country_name(code) for code in film.countries)))
    yield Joined(*facts)
    sort = [Line(words, "card.small", said=words.plain(f"kind.{film.kind.value}"))]
    if film.themes:
        sort.append(Line(words, "card.said", said=", ".join(tag_words(tag) for tag in film.themes)))
    if film.spoken and film.spoken != _ENGLISH:
        languages = dict.fromkeys(language_name(tag) for tag in film.languages)
        sort.append(Line(words, "card.said", said=", ".join(languages)))
    yield Joined(*sort)
    if film.original_title and film.original_title != film.title:
        yield Line(words, "card.original", title=film.original_title)


def _notes(film: Film, words: Words) -> list[Block]:
    if film.content_notes is None:
        return []
    if not film.content_notes:
        return [Text(Line(words, "card.notes_none"))]
    return [Text(Line(words, "card.notes"), Line(words, "card.hidden", said=" · ".join(film.content_notes)))]


def _thanks(film: Film, words: Words) -> Iterator[AnyLine]:
    """Who chose the film, who put it forward, and whose words the story is, each where it is somebody else."""
    thanks = [Line(words, "card.picked", name=film.curator)]
    if film.suggested_by is not None:
        thanks.append(Line(words, "card.suggested", name=film.suggested_by))
    if film.synopsis.source != film.curator:
        thanks.append(Line(words, "card.told", name=film.synopsis.source))
    yield Joined(*thanks)


def _counted_line(counts: FilmCounts, words: Words) -> Iterator[AnyLine]:
    if (told := counts_line(counts, words)) is not None:
        yield Fixed(told)


def _beginning(film: Film) -> str:
    return opening(film.synopsis.text, _BEGINNING)


def _description(film: Film, words: Words) -> str:
    why = clip_prose(film.why, _WHY)
    story = clip_prose(film.synopsis.text, _STORY)
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
