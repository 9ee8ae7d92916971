"""A member's mark in words, for that member."""

import datetime

import discord

from bot.domain.shelves.marks import Mark
from bot.ui.kit.blocks import AnyLine, Fixed, Line
from bot.ui.kit.text import Markup, Words

_NOON = datetime.time(12, tzinfo=datetime.UTC)


def stars(half_stars: float) -> str:
    """Half stars as people write them: 9 is "★★★★½"."""
    whole, half = divmod(round(half_stars), 2)
    return "★" * whole + "½" * half


def day_words(day: datetime.date) -> Markup:
    """The day in the way of whoever reads it."""
    return Markup(discord.utils.format_dt(datetime.datetime.combine(day, _NOON), "D"))


def wanted_line(mark: Mark, words: Words) -> Markup:
    """Whether the member wants to see it."""
    return words("mark.wanted" if mark.wanted else "mark.not_wanted")


def seen_line(mark: Mark, words: Words) -> Markup:
    """Whether, how often and when the member has seen it."""
    times, day = len(mark.viewings), mark.last_seen
    if not mark.is_seen:
        return words("mark.not_seen")
    if times == 1:
        return words("mark.seen_on", day=day_words(day)) if day else words("mark.seen")
    if day is None:
        return words("mark.seen_times", n=times)
    return words("mark.seen_times_last", n=times, day=day_words(day))


def said_lines(mark: Mark, words: Words) -> list[AnyLine]:
    """What the member said of it, in stars and in words."""
    lines: list[AnyLine] = []
    if mark.rating:
        lines.append(Fixed(words("mark.rated", stars=Markup(stars(mark.rating)))))
    if mark.review:
        lines.append(Line(words, "mark.wrote", review=mark.review.text))
    return lines or [Fixed(words("mark.not_said"))]


def short_mark(mark: Mark, words: Words) -> Markup:
    """The mark in a line of a list."""
    parts = list[str]()
    if mark.wanted:
        parts.append(words("mark.short_wanted"))
    if mark.is_seen:
        day = mark.last_seen
        parts.append(words("mark.short_seen_on", day=day_words(day)) if day else words("mark.short_seen"))
    if len(mark.viewings) > 1:
        parts.append(words("mark.short_times", n=len(mark.viewings)))
    if mark.rating:
        parts.append(stars(mark.rating))
    if mark.review:
        parts.append(words("mark.short_review"))
    if mark.hidden:
        parts.append(words("mark.short_hidden"))
    return Markup(" · ".join(parts))
