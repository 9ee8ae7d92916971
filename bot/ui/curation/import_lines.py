"""What an upload holds, as lines of plain text: counts, notes, and a line for every row that is left out."""

from collections.abc import Iterable, Iterator

from bot.domain.curation.import_plans import ImportPlan, YearOff
from bot.domain.curation.uploads import Asked, Complete, Faulty, LeftOut, Note, Unfinished
from bot.ui.errors.validation_lines import fault_lines
from bot.ui.kit.text import Markup, Words, joined


def count_line(plan: ImportPlan, words: Words) -> str:
    """How many films there are of each sort."""
    return words.plain(
        "imports.counts",
        new=len(plan.new),
        changed=len(plan.changed),
        same=len(plan.same),
        left=len(plan.left),
        unfinished=len(plan.unfinished),
        faulty=len(plan.faulty),
    )


def counted(plan: ImportPlan, words: Words) -> Markup:
    """How many films there are of each sort that there is."""
    sorts = {
        "new": plan.new,
        "changed": plan.changed,
        "same": plan.same,
        "left": plan.left,
        "unfinished": plan.unfinished,
        "faulty": plan.faulty,
        "asked": plan.asked,
        "year_off": plan.year_off,
    }
    parts = [words(f"import_count.{sort}", n=len(found)) for sort, found in sorts.items() if found]
    return joined(parts or [words("import_count.none")], ", ", 300)


def note_lines(notes: Iterable[Note], words: Words) -> Iterator[str]:
    """One line for each thing that was passed over."""
    for note in notes:
        yield words.plain(f"import_note.{note.kind}", **note.values)


def unfinished_line(row: Unfinished, words: Words) -> str:
    """What the film still needs."""
    return words.plain("imports.unfinished", place=_place(row), name=row.name, missing=", ".join(row.missing) or "–")


def faulty_lines(row: Faulty, words: Words) -> Iterator[str]:
    """What is wrong with the row, in one line for each fault."""
    for line in fault_lines(row.faults, words):
        yield words.plain("imports.faulty", line=line, name=row.name) if row.name else line


def left_out_line(left_out: LeftOut, words: Words) -> str:
    """What could not be read, in a row that comes in all the same."""
    [line] = fault_lines([left_out.fault], words)
    said = words.plain("imports.left_out", line=line, cell=left_out.cell) if left_out.cell else line
    return words.plain("imports.more_rows", line=said, n=left_out.more) if left_out.more else said


def asked_line(asked: Asked, words: Words) -> str:
    """A row of a sort of thing that nobody knows."""
    row = asked.row
    return words.plain("imports.asked", place=_place(row), name=_name(row), word=asked.word[:40])


def year_off_line(question: YearOff, words: Words) -> str:
    """A row whose film may be there under another year."""
    row = question.row
    return words.plain("imports.year_off", place=_place(row), name=_name(row), other=question.other)


def _name(row: Complete | Unfinished) -> str:
    return row.film.name if isinstance(row, Complete) else row.name


def _place(row: Complete | Unfinished) -> str:
    return ":".join(str(part) for part in (row.file, row.line) if part)
