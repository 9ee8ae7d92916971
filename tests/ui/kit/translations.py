"""What can be wrong with a language's sentences, measured against the English ones."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Final

from babel import Locale
from babel.plural import PluralRule

from bot.ui.kit.limits import BUTTON_LABEL, CHOICE, COMMAND_DESCRIPTION, FIELD_DESCRIPTION, FIELD_LABEL, FORM_TITLE
from bot.ui.kit.text import width
from tests.ui.locale_keys import every_command, without_form

# Numbers whose forms a club meets; a million is where French, Italian, Portuguese and Spanish have a form of their own.
COUNTED: Final = (*range(301), 1_000, 1_000_000)
_MARKS: Final = re.compile(r"\*\*|\|\||`|^(?:## |-# |> )|<[#@t]", re.MULTILINE)
_COMMANDS: Final = sorted((f"/{command.qualified_name}" for command in every_command()), key=len, reverse=True)
_COMMAND: Final = re.compile(rf"(?:{'|'.join(map(re.escape, _COMMANDS))})(?!\w)")
# Labels of buttons may have 80 characters; over 38 they no longer stand in one line on a phone.
_LIMITS: Final[tuple[tuple[re.Pattern[str], int], ...]] = (
    (re.compile(r"(command|option|evening_help)\."), COMMAND_DESCRIPTION),
    (re.compile(r"(mood|kind|length|mode|light|shelf_part|shelf_order|order)\.\w+$"), CHOICE),
    (re.compile(r"button\."), min(BUTTON_LABEL, 45)),
    (re.compile(r"form\."), FORM_TITLE),
    (re.compile(r"text\.\w+\.label"), FIELD_LABEL),
    (re.compile(r"text\.\w+\.help"), FIELD_DESCRIPTION),
    (re.compile(r"setting\.\w+\.label"), FIELD_LABEL),
    (re.compile(r"setting\.\w+\.help"), FIELD_DESCRIPTION),
)


def faults(tag: str, told: Mapping[str, str], english: Mapping[str, str]) -> list[str]:
    """Everything that a program can find wrong with the sentences `told` in the language."""
    return [
        *_missing(told, english),
        *(fault for key, sentence in told.items() for fault in _of_sentence(key, sentence, english)),
        *_forms(tag, told),
    ]


def _missing(told: Mapping[str, str], english: Mapping[str, str]) -> Iterator[str]:
    there = {without_form(key) for key in told}
    yield from (f"{key}: missing" for key in sorted({without_form(key) for key in english} - there))


def _of_sentence(key: str, sentence: str, english: Mapping[str, str]) -> Iterator[str]:
    base = without_form(key)
    model = english.get(key) or english.get(f"{base}.other")
    if model is None:
        yield f"{key}: nobody asks for it"
        return
    is_special_form = base != key and not key.endswith(".other")
    wanted, named = _values(model), _values(sentence)
    if named - wanted or (wanted - named and not is_special_form):
        yield f"{key}: fills in {sorted(named)} instead of {sorted(wanted)}"
    if _marks(sentence) != _marks(model):
        yield f"{key}: marks {dict(_marks(sentence))} instead of {dict(_marks(model))}"
    if Counter(_COMMAND.findall(sentence)) != Counter(_COMMAND.findall(model)):
        yield f"{key}: names other commands"
    for pattern, longest in _LIMITS:
        if pattern.match(key) and width(sentence) > longest:
            yield f"{key}: {width(sentence)} of {longest}"


def _forms(tag: str, told: Mapping[str, str]) -> Iterator[str]:
    rule: PluralRule = Locale.parse(tag, sep="-").plural_form
    needed = {rule(number) for number in COUNTED}
    for base in sorted({without_form(key) for key in told if without_form(key) != key}):
        yield from (f"{base}.{form}: missing" for form in sorted(needed) if f"{base}.{form}" not in told)


def _values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _marks(sentence: str) -> Counter[str]:
    return Counter(_MARKS.findall(sentence))
