"""Finding a film among 95,352 titles at each keystroke: Front Row's index, beside three other ways, in one run.

Queries are drawn from a seed. Every way is asked the same ones; the slow ones only as many as a minute allows. Times
are the CPU's, of the one thread that answers, because a shared machine would add other people's work; each query is
asked three times and the quickest counts. Ends with status 1 when a goal is missed, and with 0 where the titles, which
are no part of the project, are not there.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.search_data import TITLES, Asked, Kind, by_first_letters, drawn, known_films, large_list, shared_names
from benchmarks.search_memory import guilds_cost, index_cost
from benchmarks.search_others import Engine, full_scan, sqlite_trigrams, tantivy_index
from benchmarks.search_waits import longest_waits
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.errors import FilmNotFound
from bot.domain.films.films import Film
from bot.services.writings import WRITINGS

SEED, PLACES, AGAIN = 20261123, 25, 2
OURS, SCAN, TRIGRAMS, TANTIVY = "Front Row", "full scan", "FTS5 trigram", "tantivy"
ASKED = {OURS: 500, TRIGRAMS: 60, TANTIVY: 60, SCAN: 12}  # of each kind
PLOT = Path(__file__).parents[1] / "docs" / "images" / "search.png"


class Result(NamedTuple):
    times: list[float]  # milliseconds, sorted
    first: float  # shares of the queries
    among: float

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        return self.times[max(0, len(self.times) * 99 // 100 - 1)]


class Goal(NamedTuple):
    label: str
    value: float
    met: bool
    text: str


def ask(engine: Engine, queries: Sequence[Asked]) -> Result:
    times: list[float] = []
    first = among = 0
    for query in queries:
        found, spent = timed(lambda typed=query.typed: engine(typed, PLACES))
        again = min(timed(lambda typed=query.typed: engine(typed, PLACES))[1] for _ in range(AGAIN))
        times.append(min(spent, again))
        first += bool(found) and query.means(found[0])
        among += any(map(query.means, found))
    return Result(sorted(times), first / len(queries), among / len(queries))


def timed(work: Callable[[], Sequence[Film]]) -> tuple[Sequence[Film], float]:
    started = time.thread_time()
    found = work()
    return found, (time.thread_time() - started) * 1000


def measure(films: Sequence[Film], mine: Catalogue) -> dict[str, dict[Kind, Result]]:
    asked = queries(films)
    makers: dict[str, Callable[[Sequence[Film]], Engine | None]] = {
        OURS: lambda _: mine.suggest,
        TRIGRAMS: sqlite_trigrams,
        TANTIVY: tantivy_index,
        SCAN: full_scan,
    }
    measured: dict[str, dict[Kind, Result]] = {}
    for name, make in makers.items():
        engine = make(films)
        if engine is None:
            print(f"{name} is not installed, and left out", file=sys.stderr)
            continue
        gc.freeze()
        measured[name] = {kind: ask(engine, drawn_of[: ASKED[name]]) for kind, drawn_of in asked.items()}
        print(f"{name} measured", file=sys.stderr)
    return measured


def queries(films: Sequence[Film]) -> dict[Kind, Sequence[Asked]]:
    rng = Random(SEED)  # noqa: S311 - the same queries in every run
    return {kind: drawn(kind, films, rng, ASKED[OURS], shared_names(films)) for kind in Kind}


def slowest(films: Sequence[Film], engine: Engine) -> float:
    """The longest that any of the queries holds the event loop."""
    return max(ask(engine, asked).times[-1] for asked in queries(films).values())


def entered(catalogue: Catalogue) -> Engine:
    """What `/film` does with free text."""

    def find(typed: str, _limit: int) -> Sequence[Film]:
        try:
            return [catalogue.find(typed, WRITINGS)]
        except FilmNotFound:
            return []

    return find


def goals(films: Sequence[Film], mine: Catalogue, measured: dict[str, dict[Kind, Result]]) -> list[Goal]:
    ours = measured[OURS]
    begun = by_first_letters(Catalogue.of(known_films()), 3, PLACES)
    p99 = max(result.p99 for result in ours.values())
    return [
        most("keystroke, p99 of the slowest kind, ms", p99, 5),
        least("... and the scan's median over that p99", min(r.median for r in measured[SCAN].values()) / p99, 20),
        most("keystroke, the slowest of all, ms", max(result.times[-1] for result in ours.values()), 5),
        most("/film with free text, the slowest, ms", slowest(films, entered(mine)), 5),
        most("/films search, the slowest, ms", slowest(films, lambda typed, _: mine.search(typed)), 5),
        least("one slip: among 25", ours[Kind.ONE_SLIP].among, 0.99),
        least("one slip: first", ours[Kind.ONE_SLIP].first, 0.90),
        least("two slips in 8+ letters: among 25", ours[Kind.TWO_SLIPS].among, 0.97),
        least("words out of order: among 25", ours[Kind.SHUFFLED].among, 0.99),
        least("three letters: 25 films that begin so", ours[Kind.BEGINNING].among, 1),
        least("three letters of a shipped title: it is there", begun, 1),
    ]


def costs() -> list[Goal]:
    """What is measured in processes of their own."""
    large, small, guilds = index_cost(large=True), index_cost(large=False), guilds_cost()
    waits = longest_waits()
    print(
        f"longest wait of others in a process that does nothing: {waits.nothing:.1f} ms; "
        f"while a thread counts: {waits.counting:.1f} ms",
        file=sys.stderr,
    )
    return [
        most("index of 95,352: made in, s", large.seconds, 10),
        most("index of 95,352: memory, MB", large.megabytes, 400),
        most("index of 150: made in, ms", small.seconds * 1000, 50),
        most("1,000 servers with 50 films of their own, MB", guilds.megabytes, 150),
        most("first keys in a server that has just woken, ms", guilds.seconds * 1000, 5),
        most("others wait, while 1 of 95,352 changes, ms", waits.one_changed, 5),
        most("others wait, while 5,000 of them change, ms", waits.many_changed, 10),
        most("others wait, while all are put in, ms", waits.all_put_in, 10),
    ]


def most(label: str, value: float, goal: float) -> Goal:
    return Goal(label, value, value <= goal, f"<= {goal:g}")


def least(label: str, value: float, goal: float) -> Goal:
    return Goal(label, value, value >= goal, f">= {goal:g}")


def report(measured: dict[str, dict[Kind, Result]], reached: Sequence[Goal]) -> bool:
    print(f"\n{'':22}{'':14}{'median ms':>11}{'p99 ms':>10}{'first':>8}{'in 25':>8}{'asked':>7}")
    for kind in Kind:
        for name, results in measured.items():
            each = results[kind]
            print(
                f"{kind.value:22}{name:14}{each.median:11.2f}{each.p99:10.2f}"
                f"{each.first:8.1%}{each.among:8.1%}{len(each.times):7}"
            )
    print()
    for goal in reached:
        print(f"{goal.label:50}{goal.value:9.3f}  {goal.text:10}{'yes' if goal.met else 'NO'}")
    return all(goal.met for goal in reached)


def draw(measured: dict[str, dict[Kind, Result]]) -> None:
    """The plot: how long a keystroke takes, and how often the film is there, by kind of query."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (times, shares) = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    width = 0.8 / len(measured)
    for number, (name, results) in enumerate(measured.items()):
        places = [at + (number - (len(measured) - 1) / 2) * width for at in range(len(Kind))]
        times.bar(places, [results[kind].p99 for kind in Kind], width, label=name)
        shares.bar(places, [results[kind].among * 100 for kind in Kind], width)
    times.axhline(5, color="black", linewidth=0.8, linestyle="--")
    times.set_yscale("log")
    times.set_title("A keystroke among 95,352 films: p99, ms of CPU")
    shares.set_title("The film that was meant is among 25, %")
    for axes in (times, shares):
        axes.set_xticks(range(len(Kind)), [kind.value.replace(", ", ",\n") for kind in Kind], fontsize=8)
    figure.legend(  # pyright: ignore[reportUnknownMemberType] - matplotlib leaves some of its own types open
        loc="outside lower center", ncols=len(measured), frameon=False
    )
    PLOT.parent.mkdir(exist_ok=True)
    figure.savefig(  # pyright: ignore[reportUnknownMemberType]
        PLOT, dpi=90, metadata={"Software": None}
    )


def main() -> int:
    if not TITLES.exists():
        print(f"skipped: {TITLES} is not there", file=sys.stderr)
        return 0
    apart = costs()
    films = large_list()
    mine = Catalogue.of(()).changed(films)
    measured = measure(films, mine)
    met = report(measured, [*goals(films, mine, measured), *apart])
    draw(measured)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
