"""How each part of a film is typed in a form: one text for each, several things on lines of their own.

A reader returns the entry's keys that its text stands for; None for a key means that nothing was typed.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.domain.curation.text_fields import (
    TextField,
    UnreadableLine,
    Values,
    each_line,
    lines_of,
    paragraphs_of,
    several_lines,
    several_words,
    single_line,
    words_of,
)
from bot.domain.curation.trailer_text import TRAILERS
from bot.domain.films.field_types import MAX_SLUG, MAX_TAG
from bot.domain.films.films import NO_NOTES, Kind, slug_for
from bot.domain.films.lengths import minutes_in
from bot.domain.films.places import country_code, country_name, language_name, language_tag
from bot.domain.text.normalize import fold, one_line

_YEAR_IN_BRACKETS: Final = re.compile(r"(?P<title>.*\S)\s*[(\[](?P<year>\d{4})[)\]]")
# No two repetitions side by side may match the same characters: pasted nonsense would be read for minutes.
_YEAR_AT_THE_END: Final = re.compile(r"(?P<title>.*[^\s,])[\s,]+(?P<year>\d{4})")
_SOURCE: Final = re.compile(r"source\s*:(?P<source>.+)", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"<?(?P<address>(?:https?://|www\.|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}/)\S+?)>?(?=[,;]?(?:\s|$))", re.IGNORECASE
)
_PRAISE: Final = re.compile(r"(?P<publication>.*?[^\s,])[\s,]+(?P<year>\d{4})\s*:\s*(?P<listed_as>.+)")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{4}(?:-[0-9]+)?")
_PAIR: Final = re.compile(
    rf"(?P<slug>{_SLUG.pattern}):\s*(?P<said>.+)|(?P<title>.+?)\s*[(\[](?P<year>\d{{4}})[)\]]\s*[:–-]\s*(?P<why>.+)"
)
_IMDB: Final = re.compile(r"\btt\d{7,10}\b")
_TMDB: Final = re.compile(r"(?:\btmdb[\s:]*|themoviedb\.org/movie/)(?P<id>\d{1,9})\b", re.IGNORECASE)


def _write_name(values: Values) -> str:
    return f"{values['title']} ({values['year']})"


def _read_name(text: str, _known: Values) -> dict[str, Any]:
    line = one_line(text)
    if not line:
        return {}
    match = _YEAR_IN_BRACKETS.fullmatch(line) or _YEAR_AT_THE_END.fullmatch(line)
    if match is None:
        raise UnreadableLine("year_missing")
    return {"title": match["title"], "year": int(match["year"])}


def _read_kind(text: str, _known: Values) -> dict[str, Any]:
    return {"kind": fold(text) or Kind.FICTION.value}


def _write_runtime(values: Values) -> str:
    return str(values["runtime"] or "")


def _read_runtime(text: str, _known: Values) -> dict[str, Any]:
    if not text.strip():
        return {"runtime": None}
    if (minutes := minutes_in(text)) is None:
        raise UnreadableLine("length")
    return {"runtime": minutes}


def _write_synopsis(values: Values) -> str:
    story = values["synopsis"]
    own = story["source"] == values["curator"]
    return story["text"] if own else f"{story['text']}\n\nSource: {story['source']}"


def _read_synopsis(text: str, _known: Values) -> dict[str, Any]:
    story, _, last = text.rpartition("\n")
    match = _SOURCE.fullmatch(last.strip())
    if match is not None and (source := one_line(match["source"])):
        return {"synopsis": {"text": story, "source": source}}
    return {"synopsis": {"text": text}} if text else {}


def _write_notes(values: Values) -> str:
    notes = values["content_notes"]
    return "" if notes is None else "\n".join(notes) or NO_NOTES


def _read_notes(text: str, _known: Values) -> dict[str, Any]:
    return {"content_notes": list(lines_of(text)) or None}


def _write_light(values: Values) -> str:
    return {None: "", True: "yes", False: "no"}[values["light"]]


def _read_light(text: str, _known: Values) -> dict[str, Any]:
    return {"light": fold(text) or None}


def _write_links(values: Values) -> str:
    return "\n".join(f"{link['label']}: {link['address']}" for link in values["links"])


def _read_links(text: str, _known: Values) -> dict[str, Any]:
    return {"links": each_line(text, _read_link)}


def _read_link(line: str) -> dict[str, str]:
    # A label may look like an address too, as the one does that is given to a bare address.
    match = max(_ADDRESS.finditer(line), key=lambda m: (m["address"].startswith("https://"), m.start()), default=None)
    if match is None:
        raise UnreadableLine("link_line")
    label = _without(line, match)
    address = match["address"]
    return {"label": label or address.split("/")[2 if "//" in address else 0], "address": address}


def _write_ids(values: Values) -> str:
    ids = values["ids"]
    return ", ".join(part for part in (ids["imdb"] or "", f"tmdb {ids['tmdb']}" if ids["tmdb"] else "") if part)


def _read_ids(text: str, _known: Values) -> dict[str, Any]:
    imdb, tmdb = _IMDB.search(text), _TMDB.search(text)
    if not all(_IMDB.search(part) or _TMDB.search(part) for part in words_of(text)):
        raise UnreadableLine("ids_line")
    return {"ids": {"imdb": imdb[0] if imdb else None, "tmdb": int(tmdb["id"]) if tmdb else None}}


def _write_praise(values: Values) -> str:
    return "\n".join(f"{each['publication']} {each['year']}: {each['listed_as']}" for each in values["praise"])


def _read_praise(text: str, _known: Values) -> dict[str, Any]:
    return {"praise": each_line(text, _read_award)}


def _read_award(line: str) -> dict[str, Any]:
    match = _PRAISE.fullmatch(line)
    if match is None:
        raise UnreadableLine("praise_line")
    return {**match.groupdict(), "year": int(match["year"])}


def _write_pairs(values: Values) -> str:
    return "\n".join(f"{pair['slug']}: {pair['why']}" for pair in values["pairs_with"])


def _read_pairs(text: str, _known: Values) -> dict[str, Any]:
    return {"pairs_with": each_line(text, _read_pair)}


def _read_pair(line: str) -> dict[str, str]:
    match = _PAIR.fullmatch(line)
    slug = "" if match is None else match["slug"] or slug_for(match["title"], int(match["year"]))
    if match is None or len(slug) > MAX_SLUG or not _SLUG.fullmatch(slug):
        raise UnreadableLine("pair_line")
    return {"slug": slug, "why": match["why"] or match["said"]}


def _read_tag(word: str) -> str:
    tag = "-".join(fold(word).split())
    if not 0 < len(tag) <= MAX_TAG or not tag.isascii():
        raise UnreadableLine("tag_word", word=word, longest=MAX_TAG)
    return tag


def _read_theme(word: str) -> str:
    tag = _read_tag(word)
    return _THEMES_BY_NAME.get(tag, tag)


def _read_country(name: str) -> str:
    if (code := country_code(name)) is None:
        raise UnreadableLine("country_name", name=name)
    return code


def _read_language(name: str) -> str:
    if (tag := language_tag(name)) is None:
        raise UnreadableLine("language_name", name=name)
    return tag


def _write_tag(tag: str) -> str:
    return tag.replace("-", " ")


def _without(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]} {line[found.end() :]}".strip(" \t:;,|–-")


# Themes that members read under another name than their tag; a test holds this to data/themes.toml.
_THEMES_BY_NAME: Final = {"science-fiction": "sci-fi"}
FIELDS: Final[Mapping[str, TextField]] = {
    "name": TextField(_write_name, _read_name),
    "directors": several_words("directors", str, str, least=1),
    "kind": TextField(lambda values: str(values["kind"]), _read_kind),
    "runtime": TextField(_write_runtime, _read_runtime),
    "themes": several_words("themes", _write_tag, _read_theme),
    "original_title": single_line("original_title"),
    "other_titles": several_lines("other_titles"),
    "countries": several_words("countries", country_name, _read_country),
    "languages": several_words("languages", language_name, _read_language),
    "genres": several_words("genres", _write_tag, _read_tag),
    "why": paragraphs_of("why"),
    "synopsis": TextField(_write_synopsis, _read_synopsis),
    "content_notes": TextField(_write_notes, _read_notes),
    "light": TextField(_write_light, _read_light),
    "curator": paragraphs_of("curator"),
    "trailers": TRAILERS,
    "links": TextField(_write_links, _read_links),
    "picture": single_line("picture"),
    "ids": TextField(_write_ids, _read_ids),
    "praise": TextField(_write_praise, _read_praise),
    "prompts": several_lines("prompts"),
    "pairs_with": TextField(_write_pairs, _read_pairs),
}
