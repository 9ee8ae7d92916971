"""What a film looks like: its card, and the words for its facts."""

from collections.abc import Iterator
from typing import Final

from bot.domain.films.films import Film
from bot.domain.films.places import country_name, language_name
from bot.domain.shelves.counts import NO_COUNTS, FilmCounts
from bot.services.vocabulary import vocabulary
from bot.ui.films.counts import counts_line
from bot.ui.kit.blocks import AnyLine, Block, Fixed, Joined, Line, Picture, Prose, Section, Text
from bot.ui.kit.layout import length
from bot.ui.kit.text import Words, isolated, opening

# A card that would be longer than this is folded where all see it.
_FOLD: Final = 900
_BEGINNING: Final = 250
_ENGLISH: Final = ("en",)


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
