"""What the club keeps of a film: a line that says it, and the buttons by which members keep something themselves."""

from typing import Any

import discord

from bot.domain.films.films import Film
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


def mark_buttons(film: Film, words: Words) -> list[discord.ui.Item[Any]]:
    """What members can keep of the film, and who else does; answered by `ui/shelves`."""
    return [
        discord.ui.Button(label=words.plain(f"button.{verb}"), custom_id=f"film:{verb}:{film.slug}")
        for verb in ("want", "seen", "who")
    ]
