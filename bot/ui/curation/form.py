"""The forms in which a film is typed: which texts each asks for, and under which labels."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import discord

from bot.domain.films.films import Kind
from bot.domain.films.loading import ValidationIssue
from bot.ui.kit.forms import choice_part, text_part
from bot.ui.kit.text import Words

# Discord takes at most five parts in a form. The first is what a new film cannot do without.
FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "essentials": ("name", "directors", "trailers", "why", "synopsis"),
    "basics": ("name", "directors", "kind", "runtime", "themes"),
    "facts": ("original_title", "other_titles", "countries", "languages", "genres"),
    "story": ("why", "synopsis", "content_notes", "light", "curator"),
    "links": ("trailers", "links", "picture", "ids", "praise"),
    "talk": ("prompts", "pairs_with"),
}
_LONG: Final = frozenset("trailers why synopsis other_titles content_notes links praise prompts pairs_with".split())


def film_parts(form: str, texts: Mapping[str, str], words: Words) -> list[discord.ui.Label[Any]]:
    """The parts of the form, filled in with what is known."""
    return [_part(name, texts.get(name, ""), words) for name in FORMS[form]]


def forms_with(faults: Iterable[ValidationIssue], *, is_new: bool) -> dict[str, list[ValidationIssue]]:
    """The forms in which the faults can be corrected, with those of each.

    For a new film that is rather the first form of all, wherever it has what is wrong.
    """
    order = FORMS if is_new else {name: parts for name, parts in FORMS.items() if name != "essentials"}
    found: dict[str, list[ValidationIssue]] = {}
    for fault in faults:
        wrong = fault.path.partition(".")[0]
        found.setdefault(next(name for name, parts in order.items() if wrong in parts), []).append(fault)
    return found


def label_of(name: str, words: Words) -> str:
    """What the text is called."""
    return words.plain(f"text.{name}.label")


def _part(name: str, value: str, words: Words) -> discord.ui.Label[Any]:
    label, help_text = label_of(name, words), words.plain(f"text.{name}.help")
    if name == "kind":
        kinds = {kind.value: words.plain(f"kind.{kind.value}") for kind in Kind}
        return choice_part(name, label, kinds, value=value or Kind.FICTION.value, help_text=help_text)
    if name == "light":
        said = {answer: words.plain(f"light.{answer}") for answer in ("yes", "no")}
        return choice_part(name, label, said, value=value or None, help_text=help_text)
    return text_part(name, label, help_text, value=value, long=name in _LONG)
