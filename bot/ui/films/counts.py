"""What the club says of a film, in one line."""

from bot.domain.shelves.counts import FilmCounts
from bot.ui.kit.text import Markup, Words


def counts_line(counts: FilmCounts, words: Words) -> Markup | None:
    """How many want it and have seen it, and their average; None where there is nothing to say."""
    parts = list[str]()
    if counts.wants:
        parts.append(words.count("counts.want", counts.wants))
    if counts.seen:
        parts.append(words.count("counts.seen", counts.seen))
    if counts.average is not None:
        parts.append(words("counts.average", average=Markup(f"{counts.average:.1f}")))
    return Markup(" · ".join(parts)) if parts else None
