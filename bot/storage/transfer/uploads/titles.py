"""Titles as people keep them in lists: with the year behind, with the article behind, and one on each line."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from bot.domain.films.field_types import FIRST_YEAR, LAST_YEAR
from bot.domain.text.normalize import has_ink, one_line

_LONGEST: Final = 400
_WITH_YEAR: Final = re.compile(r"(?P<title>.*\S)\s*[(\[](?P<year>\d{4})[)\]]", re.DOTALL)
# Of titles in every language in which a catalogue puts the article last.
_ARTICLE_LAST: Final = re.compile(
    r"(?P<title>.*\S),\s*"
    r"(?P<article>the|an?|l[eao]s?|l['’]|un[eao]?|d(?:er|ie|as|en|et)|eine?|el|il|gli|os?|uma?|het)",
    re.IGNORECASE | re.DOTALL,
)
_LINE: Final = re.compile(
    r"\s*(?:\d{1,4}[.)]\s+|[-*•–]\s+)?(?P<title>.*?\S)\s*"  # bullets
    r"(?:[(\[](?P<year>\d{4})[)\]]|(?:\t|[,;|–—-]\s)\s*(?P<bare>\d{4}))"  # dashes
    r"(?P<rest>.*)"
)
_MOST_LINES: Final = 250_000


class Titled(NamedTuple):
    """A line of a list of titles: the entry that it makes, and what stands behind the year."""

    line: int
    entry: dict[str, Any]
    rest: str


def untangled(title: str, year: object) -> tuple[str, object]:
    """Title and year, where the year stands behind the title and the article at its end.

    A year of its own beside the title counts, and one behind it that says something else belongs to the title.
    """
    shown = title[:_LONGEST].strip()
    match = _WITH_YEAR.fullmatch(shown)
    if match is not None and (behind := int(match["year"])) in range(FIRST_YEAR, LAST_YEAR + 1):
        if year in (None, ""):
            shown, year = match["title"], behind
        elif isinstance(year, int) and abs(year - behind) <= 1:
            shown = match["title"]
    return (article_first(shown) if len(title) <= _LONGEST else title), year


def article_first(title: str) -> str:
    """`Piano, The` as it is said."""
    match = _ARTICLE_LAST.fullmatch(title)
    if match is None:
        return title
    article = match["article"]
    joint = "" if article[-1] in "'’" else " "  # French apostrophes
    return f"{article[0].upper()}{article[1:].lower()}{joint}{match['title']}"


def titles_in(text: str) -> list[Titled] | None:
    """Every line that is not blank of a text in which most lines are a title with its year; else None."""
    found = list(_lines(text))
    good = sum("year" in each.entry for each in found)
    return found if good and 2 * good >= len(found) else None


def _lines(text: str) -> Iterator[Titled]:
    for number, line in enumerate(text.splitlines()[:_MOST_LINES], 1):
        if not has_ink(one_line(line[:_LONGEST])):
            continue
        match = _LINE.fullmatch(line[:_LONGEST])
        year = int(match["year"] or match["bare"]) if match else 0
        if match is None or not FIRST_YEAR <= year <= LAST_YEAR:
            yield Titled(number, {"title": one_line(line[:150])}, "")
        else:
            yield Titled(number, {"title": article_first(match["title"].strip()), "year": year}, match["rest"].strip())
