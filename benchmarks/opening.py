"""Which films open for what is typed with enter: never one for the title of another, and nearly always for one slip.

Asked are all titles of the large list that no shipped film has, and every title of the shipped list with one random
slip of the finger, drawn from a seed. The words and titles that tell another title from a slip are partly those of the
same list, so the first question is asked again knowing one half of them, for the other half. Last, what is
wrongly opened in a list of 93,352 films, of which nobody could say that no title is like another's. Ends with status 1
when a goal is missed, and with 0 where the titles, which are no part of the project, are not there.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

from benchmarks.search_data import TITLES, known_films, large_list, rows, slip
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.errors import FilmNotFound
from bot.domain.films.films import Film
from bot.domain.search.query import title_forms
from bot.domain.search.slips import Writings
from bot.domain.text.normalize import comparable, fold
from bot.services.writings import WRITINGS

SEED, SLIPS, LEFT_OUT = 20261130, 10, 2000
LEAST_LETTERS = 5
GOAL = 0.95


def opened(catalogue: Catalogue, typed: str, known: Writings = WRITINGS) -> Film | None:
    try:
        return catalogue.find(typed, known)
    except FilmNotFound:
        return None


def strangers(shipped: Iterable[Film]) -> list[str]:
    """The titles that no shipped film has."""
    theirs = {form for film in shipped for form in title_forms(film)}
    return sorted({row["title"] for row in rows() if comparable(row["title"]) not in theirs})


def wrong(catalogue: Catalogue, typed: Sequence[str], known: Writings = WRITINGS) -> list[str]:
    """What opens though it is the title of another film."""
    found = ((title, opened(catalogue, title, known)) for title in typed)
    return [f"{title} -> {film.name}" for title, film in found if film is not None]


def half_known(titles: Sequence[str]) -> tuple[Sequence[str], Writings]:
    """Every second title, and the others with their words."""
    words = frozenset(word for title in titles[::2] for word in fold(title).split())
    return titles[1::2], Writings(words.__contains__, frozenset(map(comparable, titles[::2])).__contains__)


def slipped(shipped: Sequence[Film], *, least: int) -> tuple[float, list[str]]:
    """The share of slips in titles of so many letters for which their film opens, and those for which another does."""
    rng = Random(SEED)  # noqa: S311 - the same slips in every run
    catalogue, every, right, others = Catalogue.of(shipped), 0, 0, list[str]()
    for film in shipped:
        for title in film.titles:
            if len(fold(title).replace(" ", "")) < least:
                continue
            for _ in range(SLIPS):
                typed = slip(title, rng)
                found = opened(catalogue, typed)
                every, right = every + 1, right + (found == film)
                if found is not None and found != film:
                    others.append(f"{typed} -> {found.name}")
    return right / every, others


def wrong_among_many() -> tuple[int, list[str]]:
    """Of the titles of films left out of the large list, all of which nobody else has, those that open another one.

    The left-out titles are taken for unknown.
    """
    films = large_list()
    named = Counter(comparable(film.title) for film in films)
    left_out = {film.slug: film for film in Random(SEED).sample(films, LEFT_OUT)}  # noqa: S311
    catalogue = Catalogue.of(film for film in films if film.slug not in left_out)
    typed = [film.title for film in left_out.values() if named[comparable(film.title)] == 1]
    unknown = {comparable(title) for title in typed}

    def is_title(folded: str) -> bool:
        return folded not in unknown and WRITINGS.is_title(folded)

    return len(typed), wrong(catalogue, typed, WRITINGS._replace(is_title=is_title))


def main() -> int:
    if not TITLES.exists():
        print(f"skipped: {TITLES} is not there", file=sys.stderr)
        return 0
    shipped = known_films()
    typed = strangers(shipped)
    catalogue = Catalogue.of(shipped)
    taken = wrong(catalogue, typed)
    share, others = slipped(shipped, least=LEAST_LETTERS)
    whole, others_whole = slipped(shipped, least=1)
    print(
        f"{len(typed):,} titles of others, typed with enter: {len(taken)} open a shipped film (goal 0)",
        *taken,
        sep="\n  ",
    )
    print(f"one slip in a title of five letters or more: {share:.1%} open it (goal {GOAL:.0%}); in any: {whole:.1%}")
    print(f"one slip: {len(others) + len(others_whole)} open another film (goal 0)", *others, *others_whole, sep="\n  ")
    half, words = half_known(typed)
    unknown = wrong(catalogue, half, words)
    print(f"knowing only the other half of the titles: {len(unknown)} of {len(half):,}", *unknown, sep="\n  ")
    asked, among = wrong_among_many()
    print(f"in a list of 93,352, titles of others: {len(among)} of {asked:,}", *among, sep="\n  ")
    return 0 if not taken and not others and not others_whole and share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
