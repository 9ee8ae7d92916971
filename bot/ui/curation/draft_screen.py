"""What a draft's panel says: what is wrong, what is doubtful, what is still empty, and who was faster."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.curation.changes import Duplicate, film_of
from bot.domain.curation.drafts import Conflict, Difference, Draft, differences
from bot.domain.curation.form_codec import texts_of, typed
from bot.domain.curation.form_fields import FIELDS
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import one_line
from bot.ui.curation.form import label_of
from bot.ui.errors.validation_lines import field_fault_lines
from bot.ui.kit.text import Markup, Words, clip_plain, clip_plain_name, joined

_NAME: Final = 200
_WORDS: Final = 120
_LINES: Final = 1500
_BLANK: Final = Markup("")  # without it, the line behind a list would belong to its last item
# A card is poorer without these, but a film can do without them.
_WANTED: Final = ("trailers", "runtime", "countries", "languages", "themes", "prompts")


def ready(draft: Draft, film: Film, doubtful: Sequence[Duplicate], words: Words) -> Markup:
    """What stands above the preview of a film that could be published."""
    lines = [words("draft.edited" if draft.slug else "draft.new", name=_name(film))]
    lines += [words(f"draft.same_{each.common}", name=_name(each.film)) for each in doubtful]
    texts = texts_of(film)
    if empty := [label_of(name, words) for name in _WANTED if name not in texts]:
        lines.append(
            words("draft.empty", labels=joined([words("draft.label", label=each) for each in empty], ", ", 400))
        )
    return joined(lines, "\n", _LINES)


def faulty(draft: Draft, faults: Sequence[ValidationIssue], words: Words) -> Markup:
    """What stands there instead of a preview: one line for each fault."""
    name = clip_plain(draft.title, _NAME) if draft.title else words("draft.nameless")
    lines = [words("draft.faulty", name=name), *field_fault_lines(faults, words)]
    return joined(lines, "\n", _LINES)


def conflict(found: Conflict, words: Words) -> Markup:
    """What both curators changed, since the second one began."""
    base, theirs = film_of(found.draft.base), film_of(found.theirs)
    mine = _typed(found.draft, base)
    actor_id = found.change.actor_id if found.change else 0
    who = Markup(f"<@{actor_id}>") if actor_id else words("draft.somebody")
    name = clip_plain(found.draft.title, _NAME)
    lines = [words("draft.conflict" if theirs else "draft.conflict_gone", who=who, name=name)]
    if theirs is not None:
        lines += [_BLANK, words("draft.theirs"), *difference_lines(differences(base, theirs), words, 6)]
    lines += [_BLANK, words("draft.mine"), *difference_lines(mine, words, 6)]
    return joined(lines, "\n", _LINES + 400)


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


def _name(film: Film) -> Markup:
    return clip_plain_name(film.title, film.year, _NAME)
