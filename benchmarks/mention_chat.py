"""Messages that name no film of the list, however much some of them look like it, drawn from a seed."""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from benchmarks.mention_forms import HELD_OUT, TRIED, Forms
from benchmarks.search_data import TITLES
from bot.domain.films.films import Film, Synopsis
from bot.domain.films.films import Kind as FilmKind
from bot.domain.text.normalize import fold
from bot.domain.text.stopwords import COMMON, STOPWORDS

EVERYDAY = (
    "is that a real {t} or what,there is {t} in the garden again,{t} was all he said,my {t} broke down on the way home"
    ",so much {t} and so little time,who needs {t} anyway?,nobody talks about {t} any more,I dreamt of {t} last night"
    ",can somebody explain {t} to me,the word {t} comes from Latin,we had {t} for dinner,{t}? no idea,don't say {t}"
    " to her"
    ",it's all {t} these days,they called me {t} at school,I have {t} at nine tomorrow,watch out for the {t}"
    ",the {t} of the week goes to Tom,first {t} and then bed,is there {t} or not,what about {t} and cheese"
    ",ok {t} it is then lol,he saw the {t} and ran,looking for {t} near the station,more {t} please"
    ",I love {t} in the morning,she sang about {t},that is pure {t},a bit of {t} never hurt,we lost the {t} again"
    ",no more {t},yes {t} yes,please stop the {t},he works with {t} now,{t} is what I call it,two {t} and a coffee"
).split(",")
PEOPLE = (
    "{t} is coming tonight|I met {t} at the bar|{t} and Tom went home early|happy birthday {t}!|ask {t} about it"
    "|@someone where is {t}?|{t} said it would rain|my sister {t} has the keys|Thanks {t}, see you|Anna, {t} and me"
    "|the new album by {t} is out|they play {t} on the radio|{t} won the match|a photo of {t}|I work at {t}"
    "|we flew to {t} in May|{t} Street is closed|the {t} Hotel has rooms|Hotel {t} is full|Dear {t},|{t} Smith called"
    "|Saint {t}|the song {t} by Prince|listening to {t} right now|I was born in {t}|{t} Airport is shut"
).split("|")
SHORT = (
    "no|No|No.|No!|NO|no, thanks|No, thank you|m|M|Mmm|get out|Get out!|GET OUT|come and see|Come and see!|do the"
    " right thing"
    "|Do the right thing, Tom|past lives?|perfect days ahead|modern times...|hate|I hate it|Hate mail again|alien?"
    "|aliens"
    "|the square|the piano is out of tune|whisky?|a whisky, please|the iron gate is locked|close up|Close up, please"
    "|what a waste|waste land everywhere|free solo climbing|human flow|black girl magic|control room to base"
    "|no, whisky|get out, alien|Yes. No. Maybe.|no no no|Ida?|pina colada|city of god knows what|rams and ewes"
).split("|")
THINGS = (
    "milk eggs bread butter love joy yes maybe summer water tea rice salt tom anna vera max leo mia roses sheep"
    " violin ghost planet light fish wine beer cars tractor stars winter moon cheese apples nails paint soap paris rome"
).split()
NAMED_LIKE_FILMS = (
    "whisky hate no parasite mustang daisies rams square piano alien collective senna metropolis brightness ida pina"
).split()
CARRIED = (
    "{t}|{l}|have you seen {l}|- {t}|1. {t}|{t} ({year})|{t}, {year}|*{t}*|“{t}” is on tonight|We watched {t} last"
    " night|watched {t}|have you seen {t}?"
    "|Double bill: {t} + Vertigo|Films for June: {t}, Vertigo and Rear Window|Vertigo and {t} back to back|{t} 8/10"
    "|Tonight: {t}|I think {t} is the best of them"
).split("|")


EVERYDAY_WORDS = COMMON | STOPWORDS


class OtherFilm(NamedTuple):
    """A film that is not on the list."""

    title: str
    year: int
    director: str


def others(shipped: Sequence[Film]) -> list[OtherFilm]:
    """The films of the long list, without those that have a title of a shipped film."""
    own = {fold(title) for film in shipped for title in film.titles}
    return [film for film in _large() if fold(film.title) not in own]


def namesakes(shipped: Sequence[Film]) -> list[OtherFilm]:
    """The films of the long list with a shipped film's title, of other years."""
    years: dict[str, set[int]] = defaultdict(set)
    for film in shipped:
        for title in film.titles:
            years[fold(title)].add(film.year)
    return [
        film
        for film in _large()
        if (known := years.get(fold(film.title))) and all(abs(film.year - year) > 2 for year in known)
    ]


def longer(shipped: Sequence[Film], films: Sequence[OtherFilm]) -> list[OtherFilm]:
    """Those in whose titles a shipped one stands, word by word."""
    own = {tuple(fold(title).split()) for film in shipped for title in film.titles}
    lengths = sorted({len(each) for each in own})

    def contains(words: Sequence[str]) -> bool:
        return any(tuple(words[at : at + n]) in own for n in lengths for at in range(len(words) - n + 1))

    return [film for film in films if contains(fold(film.title).split())]


def messages(shipped: Sequence[Film], seed: int) -> Mapping[str, list[str]]:
    """Messages by their kind."""
    rng = Random(seed)  # noqa: S311 - the same messages in every run
    films = others(shipped)
    carrying = longer(shipped, films)
    plain = [film.title for film in shipped if is_plain(film.title)]
    few = [film for film in films if film.director]
    kinds: dict[str, Callable[[], Iterator[str]]] = {
        "everyday words": lambda: (t.format(t=rng.choice(plain).lower()) for t in EVERYDAY * 25),
        "people, songs, places": lambda: (
            t.format(t=rng.choice([p for p in plain if len(p.split()) == 1])) for t in PEOPLE * 25
        ),
        "short answers": lambda: iter(SHORT),
        "lists of things": lambda: _things(rng, 400),
        "stories told": lambda: _told(shipped),
        "longer titles": lambda: (
            rng.choice(CARRIED).format(t=film.title, l=film.title.lower(), year=film.year)
            for film in rng.sample(carrying, min(1500, len(carrying)))
        ),
        "namesakes": lambda: _namesakes(rng, namesakes(shipped), 400),
        "other films, tried forms": lambda: _in_forms(TRIED, few, rng, 70),
        "other films, held-out forms": lambda: _in_forms(HELD_OUT, few, rng, 70),
        "other films, longer titles in lists": lambda: _in_forms(TRIED, carrying, rng, 20),
    }
    return {kind: list(make()) for kind, make in kinds.items()}


def is_plain(title: str) -> bool:
    """Whether it is one word, or everyday words."""
    words = fold(title).split()
    return len(words) == 1 or EVERYDAY_WORDS.issuperset(words)


def _in_forms(forms: Forms, films: Sequence[OtherFilm], rng: Random, each: int) -> Iterator[str]:
    for least, most, form in forms.forms.values():
        for _ in range(each):
            yield form([_as_film(film) for film in rng.sample(films, rng.randint(least, most))], rng)


def _namesakes(rng: Random, films: Sequence[OtherFilm], times: int) -> Iterator[str]:
    forms = ["{t} ({year})", "{t} ({d}, {year})", "{t}, {d}, {year}", "{t} - {d} ({year})", "*{t}* ({year}) is on"]
    directed = [film for film in films if film.director]
    for _ in range(times):
        film = rng.choice(directed)
        yield rng.choice(forms).format(t=film.title, d=film.director, year=film.year)


def _things(rng: Random, times: int) -> Iterator[str]:
    for _ in range(times):
        said = [*rng.sample(THINGS, rng.randint(3, 6)), *rng.sample(NAMED_LIKE_FILMS, rng.randint(1, 2))]
        rng.shuffle(said)
        said = [word.capitalize() for word in said] if rng.random() < 0.5 else said
        yield rng.choice(["\n", ", ", "\n- "]).join(["to do" if rng.random() < 0.2 else said[0], *said[1:]])


def _told(shipped: Sequence[Film]) -> Iterator[str]:
    """Sentences of the stories, but for those with a title of several words."""
    titles = [f" {fold(title)} " for film in shipped for title in film.titles if len(fold(title).split()) > 1]
    for film in shipped:
        for sentence in re.split(r"(?<=[.!?])\s+", film.synopsis.text):
            if not any(title in f" {fold(sentence)} " for title in titles):
                yield sentence


def _as_film(film: OtherFilm) -> Film:
    return Film.model_construct(
        slug="other",
        title=film.title,
        year=film.year,
        directors=(film.director or "Jane Doe",),
        kind=FilmKind.FICTION,
        synopsis=Synopsis(text="-", source="-"),
    )


def _large() -> Iterator[OtherFilm]:
    with gzip.open(TITLES, "rt", encoding="utf-8") as file:
        for entry in csv.DictReader(file):
            yield OtherFilm(entry["title"], int(entry["year"]), entry["directors"].partition("|")[0])
