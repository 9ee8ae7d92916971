"""Every sentence a person reads, and the ways of making typed text harmless and short.

The sentences are in `data/locales`. They are read once, when first needed: like the code, they do not
change while the bot runs.
"""

import logging
import re
import tomllib
from collections import ChainMap
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, cast

from babel.plural import PluralRule

from bot.content import DATA
from bot.domain.films.marked_titles import without_half_a_mark
from bot.domain.films.sentences import sentences

log = logging.getLogger(__name__)

_DEFAULT: Final = "en"
# Which language a locale without sentences of its own reads, where its first part does not say so.
_NAMED: Final = {"es-419": "es-ES"}
_MARKS: Final = re.compile(r"([\\*_~`|<\[\]])")
# Only at the beginning of a line do these make a heading, a quote, a list or small print.
_LINE_MARKS: Final = re.compile(r"^(\s*\d*)([#>+.)-])", re.MULTILINE)
_ELLIPSIS: Final = "…"
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Markup(str):
    """Text that is Discord's markdown already: a mention, or lines that were built from safe parts."""

    __slots__ = ()


class Words:
    """The sentences of one language, by dotted key; `plurals` has CLDR's condition for each form but `other`.

    What is not there yet is said in the words of `instead`.
    """

    def __init__(
        self, locale: str, sentences: Mapping[str, str], plurals: Mapping[str, str], instead: "Words | None" = None
    ) -> None:
        self.locale = locale
        self.sentences = sentences if instead is None else ChainMap(dict(sentences), dict(instead.sentences))
        self._own = sentences
        self._plural = PluralRule(plurals)
        self._instead = instead

    def __call__(self, key: str, /, **values: str | int) -> Markup:
        """The sentence with the values filled in, for places that draw markdown."""
        safe = {name: _safe(value) for name, value in values.items()}
        return Markup(self.sentences[key].format_map(safe))

    def plain(self, key: str, /, **values: str | int) -> str:
        """The sentence for places that draw no markdown: labels, choices, names, the terminal."""
        return self.sentences[key].format_map(values)

    def count(self, key: str, n: int, /, **values: str | int) -> Markup:
        """The form of the sentence that goes with the number `n`."""
        forms = (f"{key}.{self._plural(n)}", f"{key}.other")
        form = next((form for form in forms if form in self._own), None)
        if form is None and self._instead is not None:
            return self._instead.count(key, n, **values)
        return self(form or forms[0], n=n, **values)

    def has(self, key: str) -> bool:
        """Whether the language itself has such a sentence."""
        return key in self._own

    @property
    def missing(self) -> int:
        """How many sentences are said in another language; a sentence that counts is one."""
        counted = {key.rpartition(".")[0] for key in self._own if key.endswith(".other")}
        return sum(key not in self._own and key.rpartition(".")[0] not in counted for key in self.sentences)


def channel_mention(channel_id: int | None, words: Words) -> Markup:
    """The channel as something to press; in words where it is not known which it is."""
    return Markup(f"<#{channel_id}>") if channel_id else words("channel.unknown")


def words_for(locale: object) -> Words:
    """The words of a Discord locale such as "en-GB".

    Those of just that locale, else of the one named for it, else of its language; English where there is none.
    """
    tag = str(locale)
    known = languages()
    for wanted in (tag, _NAMED.get(tag, tag), tag.partition("-")[0]):
        if wanted in known:
            return _language(wanted)
    return english()


@cache
def languages() -> tuple[str, ...]:
    """The tags of all languages that there are sentences in, such as "de" and "pt-BR"."""
    return tuple(sorted(path.stem for path in (DATA / "locales").glob("*.toml")))


def english() -> Words:
    """The words for the terminal, and for what Discord wants in one default language."""
    return _language(_DEFAULT)


def plain(text: str) -> Markup:
    """Typed text as Discord shows it letter for letter: no markup, no mention, no link preview."""
    escaped = _LINE_MARKS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))
    harmless = escaped.replace("@", "@\u200b").replace("://", ":\u200b//")
    return Markup("\n".join(isolated(line) for line in harmless.split("\n")))  # a line's end ends its marks


def isolated(text: str) -> str:
    """Right-to-left text in marks that keep it from turning round what stands beside it."""
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


def width(text: str) -> int:
    """The length as Discord may count it: characters outside the basic plane, such as emoji, are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """The text in at most `limit`, ended on a word with an ellipsis where something was left out."""
    if width(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - 1
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept.append(character)
    cut = "".join(kept)
    at_word = cut.rpartition(" ")[0].rstrip(" .,;:·–-")
    # A text without spaces, such as Japanese, is cut where it must be.
    return (at_word if len(at_word) > len(cut) // 2 else cut.rstrip("\u200d ")) + _ELLIPSIS


def opening(text: str, limit: int) -> str:
    """The first sentences of the first paragraph that fit into `limit`; where not even one does, as `clip`.

    A marked title is whole, or no longer marked.
    """
    kept, first = "", text.partition("\n")[0]
    for sentence in sentences(first):
        longer = kept + sentence
        if width(longer.rstrip()) > limit:
            break
        kept = longer
    return kept.rstrip() or without_half_a_mark(clip(first, limit), first)


def clip_plain(text: str, limit: int) -> Markup:
    """`plain` in at most `limit`: what is typed is clipped until its harmless form fits."""
    room = limit
    while width(safe := plain(clip(text, room))) > limit:
        room -= max(1, (width(safe) - limit) // 2)
    return safe


def clip_name(title: str, year: int, limit: int) -> str:
    """Title and year in at most `limit`; the title gives way, the year stays."""
    suffix = f" ({year})"
    return clip(title, limit - len(suffix)) + suffix


def clip_plain_name(title: str, year: int, limit: int) -> Markup:
    """`plain` title and year in at most `limit`; the title gives way, the year stays."""
    suffix = f" ({year})"
    return Markup(clip_plain(title, limit - len(suffix)) + suffix)


def listed(items: Iterable[str], limit: int, glue: str = ", ") -> Markup:
    """Typed items joined; those that do not fit are left out, and an ellipsis says so."""
    return joined([clip_plain(item, limit - len(glue) - 1) for item in items], glue, limit)


def joined(parts: Iterable[str], glue: str, limit: int) -> Markup:
    """Safe parts joined as long as they fit into `limit`; an ellipsis stands for the rest."""
    text, every = "", list(parts)
    for index, part in enumerate(every):
        longer = text + glue + part if text else part
        room = limit if index == len(every) - 1 else limit - len(glue) - 1
        if width(longer) > room:
            return Markup(text + glue.rstrip(" ") + _ELLIPSIS if text else _ELLIPSIS)
        text = longer
    return Markup(text)


def _safe(value: str | int) -> str | int:
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _language(tag: str) -> Words:
    """Read when it is first spoken: most clubs need two languages of all that there are."""
    path = DATA / "locales" / f"{tag}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    plurals = table.pop("plurals")
    words = Words(tag, dict(_flat("", table)), plurals, None if tag == _DEFAULT else english())
    if words.missing:
        log.warning("%d sentences are missing in %s and are said in English", words.missing, tag)
    return words


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{key}.", cast("dict[str, Any]", value))
        else:
            yield f"{prefix}{key}", str(value)
