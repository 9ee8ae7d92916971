"""Hypothesis strategies for valid films, the awkward ones before all, and the worst films by name."""

import datetime
import string
from collections.abc import Callable
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.fields import MAX_TAG
from bot.domain.films import MAX_SYNOPSIS, MAX_WHY, Film, Kind, slug_for
from bot.domain.trailers import LAST_SECOND, Provider
from bot.domain.words import has_ink, one_line, paragraphs

PROPERTY: Final = settings(max_examples=200, deadline=None)

# What Discord would draw, what turns the line round, what cannot be seen, and what a format string trips over.
AWKWARD: Final = (
    *("**bold**", "__under__", "_slanted_", "~~gone~~", "||spoiler||", "`code`", "```py", "```"),
    *("# heading", "## second", "-# small", "> quote", ">>> all", "- item", "* item", "1. first", "12. twelfth"),
    *("@everyone", "@here", "<@123>", "<@!123>", "<@&123>", "<#1>", "</film:1>", "<t:1:R>", "<:a:1>", "<id:browse>"),
    *("[x](http://y.example)", "https://example.org/a_b", "http://x.example", "<https://x.example>", "\\", "\\*"),
    *("👩‍👩‍👧‍👦", "🏴‍☠️", "🇫🇷", "❤️", "𝔉𝔯𝔬𝔫𝔱", "e\u0301", "Z̸a̷l̶g̴o̵", "Ŭ", "…", "№ 5", "Film™", "’", "'", '"'),
    *("فيلم طويل", "سرگذشت‌ها", "ילדים", "𞤀𞤣𞤤𞤢𞤥", "艾未未：道歉你妹", "पथेर पांचाली", "สัตว์ประหลาด", "Ελένη"),
    *("\u200b", "\u2060", "\u202eabc", "\ufeff", "\u00ad", "\u2028", "\x00", "\x1b[31m", "{name}", "{0}", "%s"),
    *("\n", "\n\n", "\n\n# ", "\n\n> ", "\n\n- ", "\n\n-# ", "word", "two words", "a"),
)
COUNTRIES: Final = ("US", "PL", "FR", "IR", "BA", "GB", "CD", "VC", "GS", "SUHH", "CSHH", "DDDE", "YUCS")
LANGUAGES: Final = ("en", "pl", "zh", "zh-Hant", "pt-BR", "fa", "he", "sr-Latn-RS", "yue", "zxx", "gsw", "nds")
_LONG_ADDRESS: Final = "https://example.org/" + "a" * 480
_TAG_LETTERS: Final = string.ascii_lowercase + string.digits
_ID_LETTERS: Final = string.ascii_letters + string.digits + "-_"


def lines(longest: int) -> st.SearchStrategy[str]:
    """A text on one line, as a field of at most `longest` characters would keep it."""
    return _texts(longest, one_line)


def blocks(longest: int) -> st.SearchStrategy[str]:
    """A text of one or more paragraphs."""
    return _texts(longest, paragraphs)


def tags() -> st.SearchStrategy[str]:
    """A theme or genre."""
    words = st.lists(st.text(_TAG_LETTERS, min_size=1, max_size=MAX_TAG), min_size=1, max_size=4)
    return words.map(lambda parts: "-".join(parts)[:MAX_TAG].strip("-")) | st.text(
        _TAG_LETTERS, min_size=MAX_TAG, max_size=MAX_TAG
    )


def trailers() -> st.SearchStrategy[dict[str, Any]]:
    """A video with up to five moments."""
    seconds = st.integers(0, 3) | st.integers(0, LAST_SECOND - 1)
    moment = st.fixed_dictionaries({"at": seconds, "note": lines(120)})
    return st.one_of(*(_trailer(provider, moment) for provider in Provider))


def films() -> st.SearchStrategy[Film]:
    """Any film that the model accepts."""
    tag_lists = st.lists(tags(), unique=True, max_size=8)
    return st.fixed_dictionaries(
        {
            "title": lines(150),
            "other_titles": st.lists(lines(150), unique=True, max_size=3),
            "year": st.integers(1870, 2200),
            "directors": st.lists(lines(150), unique=True, min_size=1, max_size=10),
            "kind": st.sampled_from(Kind),
            "countries": st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=12),
            "languages": st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=12),
            "genres": tag_lists.map(lambda values: values[:6]),
            "themes": tag_lists,
            "why": blocks(MAX_WHY),
            "synopsis": st.fixed_dictionaries({"text": blocks(MAX_SYNOPSIS), "source": lines(150)}),
            "trailers": st.lists(trailers(), unique_by=lambda video: (video["provider"], video["id"]), max_size=5),
            "praise": st.lists(_praise(), max_size=6),
            "content_notes": st.lists(lines(120), unique=True, max_size=8),
            "prompts": st.lists(lines(300), max_size=3),
            "curator": lines(150),
            "added": st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
        },
        optional={
            "runtime": st.integers(1, 2000),
            "original_title": lines(150),
            "picture": st.just(_LONG_ADDRESS),
            "links": st.lists(_link(), max_size=5),
        },
    ).map(_film)


def lists_of_films(longest: int) -> st.SearchStrategy[list[Film]]:
    """Up to `longest` films with a slug each."""
    return st.lists(films(), unique_by=lambda film: film.slug, min_size=1, max_size=longest)


def full(fragment: str, year: int) -> Film:
    """A film with everything in it, and every text as long as it may be, made of one fragment over and over."""

    def text(longest: int, number: int = 0) -> str:
        return one_line(f"{number or ''}{fragment * longest}"[:longest])

    names = [text(150, number) for number in range(1, 11)]
    return _film(
        {
            "title": text(150),
            "original_title": text(150, 11),
            "other_titles": names,
            "year": year,
            "directors": names,
            "kind": "documentary",
            "why": text(MAX_WHY),
            "synopsis": {"text": text(MAX_SYNOPSIS), "source": text(150)},
            "trailers": [_full_trailer(text(120), number) for number in range(5)],
            "links": [{"label": text(80), "address": _LONG_ADDRESS} for _ in range(5)],
            "praise": [{"listed_as": text(120), "publication": text(150), "year": 2012} for _ in range(6)],
            "content_notes": [text(120, number) for number in range(8)],
            "prompts": [text(300) for _ in range(3)],
            "curator": text(149) + "!",
            **_FULL_FACTS,
        }
    )


def _texts(longest: int, clean: Callable[[str], str]) -> st.SearchStrategy[str]:
    pieces = st.sampled_from(AWKWARD) | st.text(max_size=8)
    short = st.tuples(st.sampled_from(["", " "]), st.lists(pieces, min_size=1, max_size=6)).map(
        lambda drawn: drawn[0].join(drawn[1])
    )
    whole = pieces.map(lambda piece: (piece or "a") * longest)
    return (short | whole).map(lambda text: clean(clean(text)[:longest])).filter(has_ink)


def _trailer(provider: Provider, moment: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    ids = {
        Provider.YOUTUBE: st.text(_ID_LETTERS, min_size=11, max_size=11),
        Provider.VIMEO: st.text(string.digits, min_size=5, max_size=12),
        Provider.DAILYMOTION: st.text(_TAG_LETTERS, min_size=5, max_size=12),
    }
    return st.fixed_dictionaries(
        {"provider": st.just(provider.value), "id": ids[provider], "label": lines(120)},
        optional={
            "start": st.integers(0, LAST_SECOND - 1),
            "stop": st.just(LAST_SECOND),
            "moments": st.lists(moment, unique_by=lambda drawn: drawn["at"], max_size=5),
        },
    )


def _praise() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"listed_as": lines(120), "publication": lines(150), "year": st.integers(1870, 2200)}
    )


def _link() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"label": lines(80), "address": st.just("https://example.org/a")})


def _film(fields: dict[str, Any]) -> Film:
    return Film.model_validate({**fields, "slug": slug_for(fields["title"], fields["year"])})


def _full_trailer(text: str, number: int) -> dict[str, Any]:
    moments = [{"at": 86_000 + second, "note": text} for second in range(5)]
    return {"provider": "youtube", "id": f"0MYFOzP6Xn{number}", "label": text, "moments": moments}


_FULL_FACTS: Final = {
    "runtime": 1999,
    "countries": COUNTRIES[:12],
    "languages": LANGUAGES,
    "genres": [f"{number}-genre-of-all-sorts" for number in range(6)],
    "themes": [f"{number}-theme-of-all-sorts" for number in range(8)],
    "picture": _LONG_ADDRESS,
    "added": datetime.date(2026, 11, 23),
}
_WORST: Final = {
    "one_word_without_end": "A",
    "words": "Never Sorry ",
    "asterisks": "*",
    "backslashes": "\\",
    "mentions": "@everyone <@123> ",
    "addresses": "https://x.example/ ",
    "spoilers": "||a||",
    "families": "👩‍👩‍👧‍👦",
    "letters_of_two_units": "𝔉",
    "right_to_left": "فيلم طويل ",
    "chinese": "道歉",
    "braces": "{name}",
}
WORST: Final = tuple(_WORST)


def worst(name: str) -> Film:
    """One of the worst films; each has a year, and so a slug, of its own."""
    return full(_WORST[name], 1990 + WORST.index(name))
