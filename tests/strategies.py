"""Hypothesis strategies for valid films, the awkward ones before all, and the worst films by name."""

import datetime
import itertools
import string
from collections.abc import Callable, Sequence
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.films.field_types import MAX_SYNOPSIS, MAX_TAG, MAX_WHY
from bot.domain.films.films import Film, Kind, slug_for
from bot.domain.films.trailers import LAST_SECOND, Provider
from bot.domain.text.normalize import has_ink, one_line, paragraphs
from tests.builders import film

PROPERTY: Final = settings()  # as many examples as the profile says; see conftest
LARGE: Final = settings(max_examples=PROPERTY.max_examples // 2)  # for what is drawn at length

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
COUNTRIES: Final = tuple("US PL FR IR BA GB CD VC GS SUHH CSHH DDDE YUCS".split())
LANGUAGES: Final = tuple("en pl zh zh-Hant pt-BR fa he sr-Latn-RS yue zxx gsw nds ca-valencia".split())
_LONG_ADDRESS: Final = "https://example.org/" + "a" * 480
_TAG_LETTERS: Final = string.ascii_lowercase + string.digits
_ID_LETTERS: Final = string.ascii_letters + string.digits + "-_"


def lines(longest: int) -> st.SearchStrategy[str]:
    """A text on one line, as a field of at most `longest` characters would keep it."""
    return _text().map(lambda text: _cut(text, longest))


def tags() -> st.SearchStrategy[str]:
    """A theme or genre."""
    words = st.lists(st.text(_TAG_LETTERS, min_size=1, max_size=MAX_TAG), min_size=1, max_size=4)
    return words.map(lambda parts: "-".join(parts)[:MAX_TAG].strip("-")) | st.text(
        _TAG_LETTERS, min_size=MAX_TAG, max_size=MAX_TAG
    )


def trailers() -> st.SearchStrategy[dict[str, Any]]:
    """A video, to begin at any second."""
    return st.one_of(*(_trailer(provider) for provider in Provider))


def films() -> st.SearchStrategy[Film]:
    """Any film that the model accepts: a handful of drawn texts, cut to length for every field."""
    facts = st.fixed_dictionaries(
        {
            "year": st.integers(1870, 2200),
            "kind": st.sampled_from(Kind),
            "countries": st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=12),
            "languages": st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=12),
            "themes": st.lists(tags(), unique=True, max_size=8),
            "trailers": st.lists(trailers(), unique_by=lambda video: (video["provider"], video["id"]), max_size=5),
            "added": st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
        },
        optional={"runtime": st.integers(1, 2000), "picture": st.just(_LONG_ADDRESS)},
    )
    texts = st.lists(_text(), min_size=1, max_size=6)
    return st.builds(_drawn, texts, facts, st.integers(0, 10), st.booleans())


def named_films() -> st.SearchStrategy[Film]:
    """Films that are called anything, and are by anybody."""
    people = st.lists(lines(150), unique=True, min_size=1, max_size=4)
    return st.builds(film, lines(150), st.integers(1870, 2200), directors=people)


def few_films(longest: int) -> st.SearchStrategy[list[Film]]:
    """Up to `longest` small films with a slug each, which have people and themes in common."""
    known = st.builds(
        film,
        st.sampled_from(["Alien", "Aliens", "Solaris", "The Solaris", "Cléo", "8½"]),
        st.integers(1970, 1975),
        directors=st.lists(st.sampled_from("ABC"), unique=True, min_size=1),
        themes=st.lists(st.sampled_from(["art", "love", "war"]), unique=True),
        runtime=st.integers(90, 91),
    )
    return st.lists(known, unique_by=lambda drawn: drawn.slug, min_size=1, max_size=longest)


def full(fragment: str, year: int, pairs: Sequence[str] = ()) -> Film:
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
            "light": False,
            "prompts": [text(300) for _ in range(4)],
            "pairs_with": [{"slug": slug, "why": text(300)} for slug in pairs],
            "curator": text(149) + "!",
            "suggested_by": text(150),
            **_FULL_FACTS,
        }
    )


def _text() -> st.SearchStrategy[str]:
    pieces = st.sampled_from(AWKWARD) | st.text(max_size=8)
    some = st.tuples(st.sampled_from(["", " "]), st.lists(pieces, min_size=1, max_size=6))
    short = some.map(lambda drawn: drawn[0].join(drawn[1]))
    return short | pieces.map(lambda piece: (piece or "a") * MAX_SYNOPSIS)


def _cut(text: str, longest: int, clean: Callable[[str], str] = one_line) -> str:
    cut = clean(clean(text[: 2 * longest])[:longest])
    return cut if has_ink(cut) else "a"


def _drawn(texts: list[str], facts: dict[str, Any], many: int, own_words: bool) -> Film:
    """The film of these facts that has `many` of everything, its texts taken in turn."""
    turn = itertools.cycle(texts)

    def several(longest: int, most: int, least: int = 0) -> list[str]:
        drawn = (_cut(f"{next(turn)}{number or ''}", longest) for number in range(max(least, min(many, most))))
        return list(dict.fromkeys(drawn))

    curator, story = _cut(next(turn), 150), _cut(next(turn), MAX_SYNOPSIS, paragraphs)
    videos = [
        {**video, "label": _cut(next(turn), 120), "moments": [{"at": n * n, "note": note} for n, note in notes]}
        for video in facts["trailers"]
        for notes in [list(enumerate(several(120, 5)))]
    ]
    return _film(
        {
            **facts,
            "title": _cut(next(turn), 150),
            **({"original_title": _cut(next(turn), 150)} if many else {}),
            "other_titles": several(150, 3),
            "directors": several(150, 10, least=1),
            "genres": facts["themes"][:6],
            "why": _cut(next(turn), MAX_WHY, paragraphs),
            "synopsis": {"text": story, "source": curator if own_words else _cut(next(turn), 150)},
            "trailers": videos,
            "links": [{"label": label, "address": _LONG_ADDRESS} for label in several(80, 5)],
            "praise": [{"listed_as": note, "publication": curator, "year": 2012} for note in several(120, 6)],
            "content_notes": several(120, 8),
            "light": (None, True, False)[many % 3],
            "prompts": several(300, 4),
            "curator": curator,
        }
    )


def _trailer(provider: Provider) -> st.SearchStrategy[dict[str, Any]]:
    ids = {
        Provider.YOUTUBE: st.text(_ID_LETTERS, min_size=11, max_size=11),
        Provider.VIMEO: st.text(string.digits, min_size=5, max_size=12),
        Provider.DAILYMOTION: st.text(_TAG_LETTERS, min_size=5, max_size=12),
    }
    times = {"start": st.integers(0, LAST_SECOND - 1), "stop": st.just(LAST_SECOND)}
    return st.fixed_dictionaries({"provider": st.just(provider.value), "id": ids[provider]}, optional=times)


def _film(fields: dict[str, Any]) -> Film:
    return Film.model_validate({**fields, "slug": slug_for(fields["title"], fields["year"])})


def _full_trailer(text: str, number: int) -> dict[str, Any]:
    moments = [{"at": 86_000 + second, "note": text} for second in range(5)]
    return {"provider": "youtube", "id": f"0MYFOzP6Xn{number}", "label": text, "moments": moments}


_FULL_FACTS: Final = {
    "runtime": 1999,
    "countries": COUNTRIES[:12],
    "languages": LANGUAGES[:12],
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
    "right_to_left_without_end": "ف",
    "chinese": "道歉",
    "braces": "{name}",
}
WORST: Final = tuple(_WORST)


def worst(name: str) -> Film:
    """One of the worst films; each has a year, and so a slug, of its own."""
    return full(_WORST[name], 1990 + WORST.index(name))


def packed() -> Film:
    """A film whose card is as full as a card gets: long texts, and lists that fill their share to the end."""
    filled = {
        "directors": ["*" * (9 - number) + "aa" * number for number in range(10)],
        "content_notes": ["*" * (23 - number) + "aa" * number for number in range(8)],
        "praise": [{"listed_as": "a" * 41, "publication": "*" * 73, "year": 2012}] * 6,
        "countries": tuple("BA CD VC GS GB US SUHH CSHH DDDE YUCS".split()),
        "languages": tuple("zxx ca sr pt gsw nds yue fa he zh pl en".split()),
    }
    return Film.model_validate({**full("*", 1990).model_dump(), **filled})


def worst_list() -> list[Film]:
    """All of the worst films, each with the five that it is paired with, which are as bad."""
    listed: list[Film] = []
    for number, (name, fragment) in enumerate(_WORST.items()):
        others = [full(fragment, 1900 + 5 * number + after) for after in range(5)]
        listed += [full(fragment, worst(name).year, [other.slug for other in others]), *others]
    return listed
