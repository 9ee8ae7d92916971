"""Messages that name films, in the forms in which people do, drawn from a seed.

`TRIED` are the forms that the rule was made with, `HELD_OUT` those that it was not looked at with.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from bot.domain.films.films import Film

Form = Callable[[Sequence[Film], Random], str]


OTHERS = [
    *("Vertigo", "The Seventh Seal", "Persona", "Citizen Kane", "Rear Window", "Stalker", "Ran", "Mirror", "Amour"),
    *("The Third Man", "Breathless", "Psycho", "Heat", "Fargo", "Sunrise", "Rashomon", "Paris, Texas", "Jaws"),
]


class Named(NamedTuple):
    """A message, and the slugs of the films that it names."""

    text: str
    slugs: frozenset[str]


class Forms(NamedTuple):
    """Forms by their names, and how many films each message of them names at least and at most."""

    forms: Mapping[str, tuple[int, int, Form]]

    def messages(self, name: str, films: Sequence[Film], rng: Random, rounds: int) -> list[Named]:
        """Messages of one form in which every film is named once a round."""
        least, most, form = self.forms[name]
        found: list[Named] = []
        for _ in range(rounds):
            left = rng.sample(films, len(films))
            while len(left) >= least:
                taken = [left.pop() for _ in range(min(len(left), rng.randint(least, most)))]
                found.append(Named(form(taken, rng), frozenset(film.slug for film in taken)))
        return found


def lines(pattern: str) -> Form:
    """A film a line. The pattern has {title}, {year}, {director}, {surname}, {n} (its number) and {score}."""

    def form(films: Sequence[Film], rng: Random) -> str:
        return "\n".join(filled(pattern, film, number + 1, rng) for number, film in enumerate(films))

    return form


def row(between: str, last: str | None = None, around: str = "{}", each: str = "{title}") -> Form:
    """The films in one line."""

    def form(films: Sequence[Film], rng: Random) -> str:
        named = [filled(each, film, number + 1, rng) for number, film in enumerate(films)]
        *first, end = named
        said = between.join(named) if last is None or not first else f"{between.join(first)}{last}{end}"
        return around.format(said)

    return form


def small(form: Form) -> Form:
    """The same without any capital."""
    return lambda films, rng: form(films, rng).lower()


def loud(form: Form) -> Form:
    """The same in nothing but capitals."""
    return lambda films, rng: form(films, rng).upper()


def below(heading: str, form: Form) -> Form:
    """The same below a heading."""
    return lambda films, rng: f"{heading}\n{form(films, rng)}"


def among(between: str, last: str, around: str = "{}") -> Form:
    """The films with others, which are not on the list, in between."""

    def form(films: Sequence[Film], rng: Random) -> str:
        said = [film.title for film in films] + rng.sample(OTHERS, rng.randint(1, 3))
        rng.shuffle(said)
        *first, end = said
        return around.format(between.join(first) + last + end)

    return form


def filled(pattern: str, film: Film, number: int, rng: Random) -> str:
    director = film.directors[0]
    stars = rng.randint(1, 10)
    return pattern.format(
        title=film.title,
        year=film.year,
        director=director,
        surname=director.split()[-1],
        n=number,
        letter="abcdefghij"[(number - 1) % 10],
        score=stars,
        stars="★" * (1 + stars // 2),
    )


TRIED = Forms(
    {
        "a title a line": (2, 6, lines("{title}")),
        "bullets": (2, 6, lines("- {title}")),
        "numbers": (2, 6, lines("{n}. {title}")),
        "Title, Director, year": (1, 5, lines("{title}, {director}, {year}")),
        "Title (Director, year)": (1, 5, lines("{title} ({director}, {year})")),
        "Title - Director": (1, 5, lines("{title} - {director}")),
        "Title (year)": (1, 5, lines("* {title} ({year})")),
        "Title | Director | year": (2, 5, lines("{title} | {director} | {year}")),
        "Title by Director": (1, 4, lines("{title} by {director}")),
        "Director: Title": (1, 4, lines("{director}: {title}")),
        "A, B and C": (3, 5, row(", ", " and ")),
        "only a title": (1, 1, row(", ")),
        "only a title, no capitals": (1, 1, small(row(", "))),
        "a, b, c, no capitals": (2, 5, small(row(", "))),
        "A and B back to back": (2, 2, row(" and ", None, "{} back to back")),
        "double bill: A + B": (2, 2, row(" + ", None, "double bill: {}")),
        "A / B / C": (2, 5, row(" / ")),
        "scores a line": (2, 6, lines("{title} {score}/10")),
        "stars a line": (2, 6, lines("{n}) {title} {stars}")),
        "Watchlist: A, B, C": (2, 6, row(", ", None, "Watchlist: {}")),
        "keycaps below a question": (2, 5, below("Which film on Friday?", lines("{n}\ufe0f\u20e3 {title}"))),
        "Fri 20:30 – Title": (1, 4, lines("Fri 20:30 – {title}")),
        "capitals, a line each": (2, 5, loud(lines("{title}"))),
        "bullets, others among them": (2, 5, below("To watch in May:", among("\n- ", "\n- ", "- {}"))),
        "watched A and B last night": (2, 3, row(", ", " and ", "We watched {} last night.")),
    }
)
HELD_OUT = Forms(
    {
        "seen Director's Title?": (1, 1, row(", ", None, "Has anyone seen {}?", "{director}’s {title}")),
        "A vs B": (2, 2, row(" vs ")),
        "year – Title": (2, 6, lines("{year} – {title}")),
        "boxes to tick": (2, 6, lines("[ ] {title}")),
        "• **Title** (year), dir. D": (1, 5, lines("• **{title}** ({year}), dir. {director}")),
        "a) Title": (2, 6, lines("{letter}) {title}")),
        "A → B → C": (3, 5, row(" → ")),
        "Title, dir. Director": (1, 5, lines("{title}, dir. {director}")),
        "My picks: A; B; C": (2, 5, row("; ", None, "My picks: {}")),
        "Title (Director)": (1, 5, lines("{title} ({director})")),
        "emoji a line": (2, 5, lines("🍿 {title} 🎬")),
        "A followed by B": (2, 2, row(" followed by ", None, "{} tonight?")),
        "seen so far, below": (2, 6, below("Seen so far:", lines("{title}"))),
        "Title [year] - score": (1, 5, lines("{title} [{year}] - {score}/10")),
        "n) Title / Surname / year": (1, 5, lines("{n}) {title} / {surname} / {year}")),
        "no capitals, a line each": (2, 6, small(lines("{title}"))),
        "no capitals, a & b": (2, 2, small(row(" & "))),
        "title year": (1, 4, small(lines("{title} {year}"))),
        "“A” and “B”": (2, 3, row(", ", " and ", "{} please", "“{title}”")),
        "Quoted lines": (2, 5, lines("> *{title}*")),
        "A (year), B (year)": (2, 5, row(", ", None, "{}", "{title} ({year})")),
        "A double feature of A and B": (2, 2, row(" and ", None, "a double feature of {}?")),
        "Day label: Title": (1, 3, lines("Day {n}: {title}")),
        "a row, others among them": (3, 5, among(", ", ", ")),
        "lines, others among them": (3, 5, among("\n", "\n")),
        "spoilers": (1, 3, lines("||{title}|| ({year})")),
        "**1.** Title – Director (year)": (1, 5, lines("**{n}.** {title} – {director} ({year})")),
    }
)
# Written down when the rule was done, and never looked at while it was made.
FRESH = Forms(
    {
        "Title — Director, year": (1, 4, lines("{title} — {director}, {year}")),
        "#n Title": (2, 5, lines("#{n} {title}")),
        "(year) Title": (2, 5, lines("({year}) {title}")),
        "Director – Title (year)": (1, 4, lines("{director} – {title} ({year})")),
        "Saturday 8pm: Title": (1, 3, lines("Saturday 8pm: {title}")),
        "A x B tonight": (2, 2, row(" x ", None, "{} tonight")),
        "rewatching A then B": (2, 2, row(" then ", None, "rewatching {}")),
        "just watched title": (1, 1, small(row(", ", None, "just watched {}"))),
        "my top n": (3, 5, below("my top films ever", small(lines("{n}. {title}")))),
        "Title, stars": (2, 5, lines("{title}, {stars}")),
        "Title = score": (2, 5, lines("{title} = {score}/10")),
        "Title by Surname, year": (1, 4, lines("{title} by {surname}, {year}")),
        "Title [Director, year]": (1, 4, lines("{title} [{director}, {year}]")),
        "votes": (2, 5, lines("{title} - {score} votes")),
        "A & B double feature": (2, 2, row(" & ", None, "{} double feature")),
        "A, B, C?": (2, 4, row(", ", None, "{}?")),
        "A or B or C": (2, 4, row(" or ", None, "{}?")),
        "tabs": (2, 5, lines("{n}\t{title}\t{director}\t{year}")),
        "~~Title~~": (2, 5, lines("- ~~{title}~~")),
        "Title (dir. Director)": (1, 4, lines("{title} (dir. {director})")),
        "Title 'yy": (1, 4, lines("{title}, {year}!")),
    }
)
