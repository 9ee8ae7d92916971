"""What a file of films holds, row by row: whole films, unfinished ones, and faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue

MAX_BYTES: Final = 8 * 1024 * 1024  # of a whole file
SOURCE: Final = "synopsis.source"  # stands in `silent` beside the names of whole fields


@dataclass(frozen=True)
class Complete:
    """A row that makes a whole film.

    `silent` are the fields that the row says nothing of, because its table has no such column or
    because they were filled in: a film that is on the list keeps its own. `named` tells that the slug
    was written down, not made of title and year.
    """

    film: Film
    file: str
    line: int | None = None
    is_table: bool = False
    named: bool = True
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Unfinished:
    """A row that is right as far as it goes, but says less than an entry needs.

    `entry` holds the values that were read, as an entry file would; `missing` the dotted paths of what
    is required and not there.
    """

    title: str
    year: int
    entry: Mapping[str, Any]
    missing: tuple[str, ...]
    file: str
    line: int | None = None

    @property
    def name(self) -> str:
        """Title and year, which together tell most films apart."""
        return f"{self.title} ({self.year})"


@dataclass(frozen=True)
class Faulty:
    """A row that makes no film; `name` is what can be said of the film, or ""."""

    faults: tuple[ValidationIssue, ...]
    file: str
    line: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Asked:
    """A row of a sort of thing for which nobody knows the `word`: a film only if a curator says so."""

    word: str
    row: Complete | Unfinished


Row = Complete | Unfinished | Faulty | Asked


@dataclass(frozen=True)
class Note:
    """Something that was passed over without harm; `kind` is a key of the `import_note` texts."""

    kind: str
    values: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


@dataclass(frozen=True)
class LeftOut:
    """A value that could not be read, in a row that comes in all the same.

    `cell` is what stood there, and `more` tells in how many more rows of the file the same is wrong.
    """

    fault: ValidationIssue
    cell: str = ""
    more: int = 0


@dataclass(frozen=True)
class Upload:
    """What a file of films holds, in its order."""

    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
