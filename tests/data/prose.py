"""What can be measured in the texts of entries: the tells by which written prose differs from talk.

English is too free for a program, so some measures are only near enough: a verb in a sentence is guessed at.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from bot.domain.catalogue.collections import Collection
from bot.domain.films.films import Film
from bot.domain.films.marked_titles import MARKED_TITLE
from bot.domain.text.normalize import fold
from tests.data.english import AUXILIARIES, COMMON_VERBS, FUNCTION_WORDS, PAST_FORMS

_WH: Final = r"(?:which|when|where|what|who|whom|whose|how|why)"
_CONTRACTION: Final = re.compile(
    r"\b(?:\w+n't|\w+'(?:ll|re|ve|m|d)"
    r"|(?:it|he|she|that|there|here|what|who|where|how|when|why|let|everything|nothing|something|this)'s)\b",
    re.IGNORECASE,
)
_STIFF: Final = re.compile(
    r"\b(?:whom|oneself|(?<!no )(?<!some )(?<!any )(?<!every )(?<!this )(?<!that )(?<!the )one's)\b"
    r"|(?:(?:^|[.?!:;,“\"(] ?)|\b(?:if|when|what|that|as|how|where|until|before|after|because|whether|and|but|than"
    r"|lets?|makes?|which|while|so|like) )one (?:must|can|cannot|can't|could|would|should|may|might|sees|does|needs"
    r"|wants|knows|feels|never|always|ought|thinks|begins|hears|learns|looks|expects|remembers|notices|gets|finds|says)\b",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(r"(?<=[.?!])[”\"')]*\s+(?=[“\"'(*]*[A-Z0-9À-Þ])")
_I_DID: Final = re.compile(
    rf"\bI(?:'d|'ve| have| had)?(?: \w+(?:n't)?){{0,2}}? (?:\w+ed|{'|'.join(PAST_FORMS)}|\w+n't)\b"
)
_GRADED: Final = re.compile(
    r"[^A-Z(][^(]* \((?:mentioned|shown|prolonged)\)|[A-Z]{2,}.* \((?:mentioned|shown|prolonged)\)"
)
_RUN: Final = 4


class Text(NamedTuple):
    """One text that a curator wrote: where it stands, which part of it, and what it says."""

    where: str
    part: str
    said: str


def of_film(film: Film) -> Iterator[Text]:
    """All that a curator wrote about the film."""
    yield Text(film.slug, "why", film.why)
    yield Text(film.slug, "synopsis", film.synopsis.text)
    yield from (Text(film.slug, "prompt", prompt) for prompt in film.prompts)
    yield from (Text(film.slug, "note", note) for note in film.content_notes or ())
    yield from (Text(film.slug, "pair", pair.why) for pair in film.pairs_with)


def of_collection(collection: Collection) -> Iterator[Text]:
    """All that a curator wrote about films together."""
    yield Text(collection.slug, "introduction", collection.introduction)
    yield from (Text(collection.slug, "line", film.line) for film in collection.films)


def untitled(text: str) -> str:
    """The text with a plain word in place of each film's title, and straight apostrophes."""
    return MARKED_TITLE.sub("Title", text.replace("’", "'").replace("‘", "'"))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in which titles of films are a word each."""
    said = re.sub(r"\b(Mr|Mrs|Dr|St)\.", r"\1", untitled(text))
    return [sentence for sentence in _SENTENCES.split(" ".join(said.split())) if sentence]


def contractions(text: str) -> int:
    """How often two words have grown together as they do in talk."""
    return len(_CONTRACTION.findall(untitled(text)))


def stiff_words(text: str) -> list[str]:
    """Pronouns that nobody uses in a voice message: whom, oneself, and "one" for people in general."""
    return [found[0].strip(" ,.;:") for found in _STIFF.finditer(untitled(text))]


def tells_what_i_did(why: str) -> bool:
    """Whether the curator did something with the film: laughed, rewound, got it wrong."""
    return _I_DID.search(re.sub(r"[“\"][^”\"]*[”\"]", "", untitled(why))) is not None


def states_then_asks(prompt: str) -> bool:
    """Whether a question has a statement before it."""
    said = sentences(prompt)
    return len(said) > 1 and "?" not in said[0] and "?" in said[-1]


def is_answered_by_yes(prompt: str) -> bool:
    """Whether none of its questions asks which, when, where, what, who, how or why, or this or that."""
    asked = [sentence for sentence in sentences(prompt) if "?" in sentence]
    return bool(asked) and all(map(_wants_yes_or_no, asked))


def _wants_yes_or_no(sentence: str) -> bool:
    said = sentence.casefold()
    leading = rf"(?:\W*(?:and|but|or|so|in|at|by|from|for|to|with|of|on|after|about|under|until|since)\W+)*{_WH}\b"
    if re.match(leading, said):
        return False
    first, *rest = re.split(rf"(?:, |: |; )(?=(?:{'|'.join(map(re.escape, AUXILIARIES))})\b)", said)
    begins = said.split()[0].strip("“\"'(,") in AUXILIARIES
    if not begins and (not rest or re.search(rf"\b{_WH}\b", first)):
        return False
    also = rf"\bor\b|(?:\band|\bor|,|:|;)\s+(?:(?:if so,?|in|at|by|from|for|to|with|on|since|until) )*{_WH}\b"
    return re.search(also, said) is None


def sets_side_by_side(pair: str) -> bool:
    """Whether a pair is told as "A does x. B does y.", with nobody there who has seen both."""
    is_told_of_somebody = re.search(r"(?i)\b(?:I|me|my|you|your|we|us)\b", untitled(pair)) is not None
    return len(sentences(pair)) == 2 and "?" not in pair and not is_told_of_somebody


def lacks_a_verb(pair: str) -> bool:
    """Whether a sentence of the pair seems to have no verb."""
    return any(not any(map(_may_be_verb, _words(sentence))) for sentence in sentences(pair))


def _may_be_verb(word: str) -> bool:
    is_third_person = word.endswith("s") and word[:-1] in COMMON_VERBS
    return word in COMMON_VERBS or is_third_person or "'" in word or (word.endswith("ed") and len(word) > 4)


def ungraded(film: Film) -> list[str]:
    """Content notes that do not end on how much there is of it."""
    return [note for note in film.content_notes or () if not _GRADED.fullmatch(note)]


def unnamed_pairs(films: Mapping[str, Film]) -> list[tuple[str, str]]:
    """Pairs whose sentence does not name the other film, or part of its title, as a title."""
    found: list[tuple[str, str]] = []
    for film in films.values():
        for pair in film.pairs_with:
            named = {fold(match["title"]) for match in MARKED_TITLE.finditer(pair.why)}
            titles = [fold(title) for title in films[pair.slug].titles] if pair.slug in films else []
            if not any(name and name in title for name in named for title in titles):
                found.append((film.slug, pair.slug))
    return found


def pairs_told_twice(films: Iterable[Film]) -> list[tuple[str, str]]:
    """Pairs that both films name."""
    named = {(film.slug, pair.slug) for film in films for pair in film.pairs_with}
    return sorted((one, other) for one, other in named if one < other and (other, one) in named)


def shared_runs(texts: Iterable[Text]) -> dict[str, set[str]]:
    """Four words in a row, two of them telling ones, that stand in more than one place, with the places."""
    seen: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for text in texts:
        if text.part == "note":  # concrete and short, so two films may well need the same
            continue
        for stretch in MARKED_TITLE.sub("\n", text.said).split("\n"):
            words = _words(stretch)
            for run in zip(*(words[start:] for start in range(_RUN)), strict=False):
                if sum(word not in FUNCTION_WORDS for word in run) >= 2:
                    seen[run].add(text.where)
    return {" ".join(run): places for run, places in seen.items() if len(places) > 1}


def same_openings(texts: Iterable[Text], part: str, length: int) -> dict[str, list[str]]:
    """The first words that more than one text of this part begins with."""
    seen: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for text in texts:
        if text.part == part:
            seen[tuple(fold(text.said).split()[:length])].append(text.where)
    return {" ".join(opening): places for opening, places in seen.items() if len(places) > 1}


def outlines(films: Iterable[Film]) -> Counter[tuple[int, int, int]]:
    """How many entries have so many questions, paragraphs of story, and pairs."""
    return Counter((len(film.prompts), film.synopsis.text.count("\n\n") + 1, len(film.pairs_with)) for film in films)


def unmarked_titles(texts: Iterable[Text], titles: Sequence[str]) -> list[tuple[str, str]]:
    """Titles of several words that stand in a text without their asterisks."""
    long = [title for title in titles if title.count(" ") >= 2]
    return [
        (text.where, title)
        for text in texts
        for title in long
        if re.search(rf"\b{re.escape(title)}\b", MARKED_TITLE.sub("", text.said))
    ]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("’", "'").casefold())
