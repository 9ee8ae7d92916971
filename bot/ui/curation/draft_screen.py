"""A draft as it is shown: the real card, by what belongs together, each with the button of the form that changes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import discord

from bot.domain.curation.changes import Duplicate, film_of
from bot.domain.curation.drafts import Conflict, Difference, Draft, differences
from bot.domain.curation.form_codec import Texts, texts_of, typed
from bot.domain.curation.form_fields import FIELDS
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import one_line
from bot.ui.curation.form import forms_with, label_of
from bot.ui.errors.validation_lines import field_fault_lines
from bot.ui.films.buttons import PeekButton
from bot.ui.films.card import card_blocks
from bot.ui.kit.blocks import RULE, AnyLine, Block, Fixed, Line, Row, Section, Text
from bot.ui.kit.text import Markup, Words, clip_plain, joined

_WORDS: Final = 120
_FAULTS: Final = 1500
# A card is poorer without these, but a film can do without them.
_WANTED: Final = {"trailers", "runtime", "countries", "languages", "themes", "prompts"}
# What a film has besides its card, in the forms that change it.
_BESIDE_CARD: Final[Mapping[str, Sequence[str]]] = {
    "basics": ("runtime", "themes"),
    "facts": ("other_titles", "countries", "languages", "genres"),
    "story": ("light",),
    "links": ("trailers", "links", "picture", "ids"),
    "talk": ("prompts", "pairs_with"),
}
_ON_CARD: Final = {"runtime", "themes", "countries", "languages"}
_Button = discord.ui.Item[Any]


def ready(
    draft: Draft, film: Film, doubtful: Sequence[Duplicate], words: Words, acts: Row, forms: Mapping[str, _Button]
) -> list[Block]:
    """A film that could be published: `acts` come first, and each of `forms` stands beside what it changes."""
    note = Fixed(words("draft.edited" if draft.slug else "draft.new"))
    head, why, *rest = card_blocks(film, words, folded=False)
    texts = texts_of(film)
    return [
        Text(Line(words, "draft.heading", name=film.name), note),
        *(_same(each, words) for each in doubtful),
        acts,
        RULE,
        head,
        *(Section(tuple(_group(form, texts, words)), forms[form]) for form in ("basics", "facts")),
        Section((*why.lines, *_fields("story", texts, words)), forms["story"]) if isinstance(why, Text) else why,
        *rest,
        RULE,
        *(Section(tuple(_group(form, texts, words)), forms[form]) for form in ("links", "talk")),
    ]


def faulty(
    draft: Draft, faults: Sequence[ValidationIssue], words: Words, acts: Row, forms: Mapping[str, _Button]
) -> list[Block]:
    """What stands there instead: the faults, each beside the button of the form in which it can be corrected."""
    found = forms_with(faults, is_new=draft.slug is None)
    others = [button for form, button in forms.items() if form not in found and form != "essentials"]
    name = draft.title or words.plain("draft.nameless")
    return [
        Text(Line(words, "draft.heading", name=name), Fixed(words("draft.faulty"))),
        *(Section((Fixed(_faults(wrong, words, len(found))),), forms[form]) for form, wrong in found.items()),
        RULE,
        Row(*others),
        acts,
    ]


def conflict(found: Conflict, words: Words, mine: _Button, theirs: _Button, discard: _Button) -> list[Block]:
    """What both curators changed since the second one began, each with the button that keeps it."""
    base, others = film_of(found.draft.base), film_of(found.theirs)
    actor_id = found.change.actor_id if found.change else 0
    who = Markup(f"<@{actor_id}>") if actor_id else words("draft.somebody")
    key = "draft.conflict" if others else "draft.conflict_gone"
    changed = difference_lines(_typed(found.draft, base), words, 6)
    kept = [] if others is None else difference_lines(differences(base, others), words, 6)
    return [
        Text(Line(words, "draft.heading", name=found.draft.title), Fixed(words(key, who=who))),
        RULE,
        *([Section(_under("draft.theirs", kept, words), theirs)] if others else []),
        Section(_under("draft.mine", changed, words), mine),
        RULE,
        Row(*([] if others else [theirs]), discard),
    ]


def _under(key: str, said: Iterable[Markup], words: Words) -> tuple[Fixed, ...]:
    return tuple(Fixed(line) for line in (words(key), *said))


def _same(each: Duplicate, words: Words) -> Section:
    line = Line(words, f"draft.same_{each.common}", name=each.film.name)
    return Section((line,), PeekButton(each.film.slug, words.plain("button.see_film")))


def _group(form: str, texts: Texts, words: Words) -> Iterator[AnyLine]:
    yield Fixed(words("draft.group", name=words(f"button.form_{form}"), about=words(f"draft_group.{form}")))
    yield from _fields(form, texts, words)


def _fields(form: str, texts: Texts, words: Words) -> Iterator[AnyLine]:
    """What the card does not show of the form's texts, and which of them a card is poorer without."""
    names = _BESIDE_CARD[form]
    for name in names:
        if name in texts and name not in _ON_CARD:
            yield Line(words, "draft.field", label=words(f"text.{name}.label"), value=one_line(texts[name]))
    if empty := [words(f"text.{name}.label") for name in names if name in _WANTED and name not in texts]:
        yield Fixed(words("draft.empty", labels=joined(empty, ", ", 400)))


def _faults(faults: Sequence[ValidationIssue], words: Words, parts: int) -> Markup:
    return joined(list(field_fault_lines(faults, words)), "\n", _FAULTS * 2 // max(2, parts))


def difference_lines(found: Iterable[Difference], words: Words, most: int) -> list[Markup]:
    """One line for each text that differs: what it was and what it became."""
    every = list(found)
    lines = [_difference(each, words) for each in every[:most]]
    return [*lines, words.count("draft.more_differences", len(every) - most)] if len(every) > most else lines


def _typed(draft: Draft, base: Film | None) -> Iterable[Difference]:
    was = texts_of(base) if base else {}
    for name in FIELDS:
        if (became := typed(draft.texts, name)) != (before := was.get(name, "")):
            yield Difference(name, before, became)


def _difference(each: Difference, words: Words) -> Markup:
    label = words("draft.label", label=label_of(each.name, words))
    before, after = (clip_plain(one_line(text), _WORDS) for text in (each.before, each.after))
    key = "draft.difference" if before and after else "draft.difference_new" if after else "draft.difference_gone"
    return words(key, label=label, before=before, after=after)
