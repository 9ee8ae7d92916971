"""What an upload holds, as lines of plain text: counts, notes, and a line for every row that is left out."""

from collections.abc import Iterable, Iterator

from bot.domain.imports import ImportPlan
from bot.domain.uploads import Faulty, Note, Unfinished
from bot.ui.fault_lines import fault_lines
from bot.ui.text import Markup, Words, joined


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


def _place(row: Unfinished) -> str:
    return ":".join(str(part) for part in (row.file, row.line) if part)
