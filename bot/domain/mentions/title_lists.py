"""Where a line of a message is titles and nothing else, and what that says for each of them.

A *chain* is titles one after another with nothing but commas, marks, "and" or "vs" between them. It is *whole* if
nothing stands before it but a bullet, a number, a label ("Friday:", "Double bill:") or a word such as "watched", and
nothing behind it but ratings, lengths, times, or "back to back".
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from bot.domain.mentions.credits import Credits
from bot.domain.text.normalize import fold
from bot.domain.text.stopwords import CINEMA, CONTINUATIONS, CUES, LABELS, NAMED, NAMING, TRAILING
from bot.domain.text.tokenizer import words_of

_SCORES: Final = re.compile(
    r"\d{1,3}(?:[.,]\d{1,2})?\s?(?:/|out of)\s?\d{1,3}|\d{1,2}[:.]\d{2}(?!\d)(?:\s?[ap]m)?|\d{1,2}\s?[ap]m\b|½"
    r"|\d(?:[.,]\d)?\s?(?:stars?|★|⭐)|\d{1,3}\s?(?:points?|pts?|votes?)|\d{1,3}\s?(?:%|min\w*|['’](?!\w))|\d\s?h(?:rs?)?\b(?:\s?\d{1,2}\s?m\w*)?"
    r"|(?<=[–—:=(,-])\s?\d{1,2}(?:[.,]\d)?(?=\W*$)|(?<=\s)\d[.,]\d(?=\W*$)|\s[x×]\s?\d\b|\b4k\b",
    re.IGNORECASE,
)
_MARKER: Final = re.compile(
    r"[\W_]*(?:(?:(?:#|no\.?|nr\.?)\s?)?\d{1,3}(?:\s?[.):\]–—-]|\ufe0f?\u20e3|(?:st|nd|rd|th)[:.)])|#\d{1,3}|[a-zA-Z][.)]"
    r"|\[[ xX]\])?[\W_]*",
)
_LABEL: Final = re.compile(r"(?P<label>.{1,60}?)\s?(?::|\s[–—|-])[\W_]*", re.DOTALL)
_JOIN: Final = re.compile(
    r"(?:[^\w.!?]|_)*(?:(?:and|or|vs\.?|versus|then|plus|with|followed|by|paired|und|et|y|e|n|x|×)(?:[^\w.!?]|_)+){0,3}"
    r"|[\s,;]+\(?\d{1,2}[.)]\s*[\W_]{0,3}"
)
_TAIL: Final = re.compile(
    r"[\W_]*(?:(?:as|for|in|are|is|would be|make|makes|made)\s)?(?:(?:a|an|the|my|our|perfect|great|good|nice)\s){0,3}"
    r"(?:back[\s-]to[\s-]back|double[\s-](?:bill|feature)|triple[\s-](?:bill|feature)|marathon|in a row|one after)\b",
    re.IGNORECASE,
)
_BILL: Final = re.compile(
    r"\b(?:double|triple)[\s-](?:bill|feature)s?(?:\s(?:of|with|is|was))?[\W_]*$|\bmarathon(?:\sof)?[\W_]*$"
    r"|\bback[\s-]to[\s-]back[\W_]*$",
    re.IGNORECASE,
)
_LAST_WORDS: Final = re.compile(r"(?:(\w+)\s{1,2})?(\w+)\s{1,2}[\"'“„«‹「『《*_~|\[(]{0,6}$")
_STRESS: Final = re.compile(r"[.!?…]")
_ITEM_BEFORE: Final = re.compile(r"[,;/|+→•·]\s{0,2}(?:and\s)?[\"'“„«‹「『《*_~|\[(]{0,6}$")
_ITEM_BEHIND: Final = re.compile(r"[\"'”’“»›」』》*_~|\])]{0,6}\s?[,;/|+→•·]")
_SUBTITLE: Final = re.compile(r"[\"'”’»*_\s]{0,6}(?::|or\b)")
# A word such as "from" goes on with the sentence, but with a title if a capital comes next: "Alien from L.A."
_TURN: Final = re.compile(r"\W*(?:from|in|at|on|for|to|with|is|was|who|that|as|a|the|and|or)\s+[^\W\d_]")
_FAR: Final = 120


class Place(NamedTuple):
    """Where the words of titles stand, with their credits."""

    first: int  # numbers of words
    last: int
    credits: Credits


class Chain(NamedTuple):
    """Titles that stand one after another."""

    places: tuple[Place, ...]
    is_whole: bool
    is_item: bool  # between commas or other marks that part titles
    is_called_films: bool  # by what stands before or behind it
    is_stressed: bool  # ends as a sentence does


class Lines(NamedTuple):
    """The lines of a message: chains of titles, and whether any line is something else."""

    chains: tuple[Chain, ...]
    others: int  # lines with words that are neither a whole chain nor a heading
    speaks_of_films: bool


def read_lines(text: str, places: Sequence[Place]) -> Lines:
    """Read the lines. The places come in their order, none inside another."""
    chains: list[Chain] = []
    others, films, start, at = 0, False, 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        here: list[Place] = []
        while at < len(places) and places[at].credits.start < end:
            here.append(places[at])
            at += 1
        found = list(_chains(text, start, end, here))
        chains += found
        whole = any(chain.is_whole for chain in found)
        others += not whole and any(c.isalnum() for c in line) and not line.rstrip(" *_").endswith(":")
        films = films or any(chain.is_called_films for chain in found)
        films = films or (not whole and not CINEMA.isdisjoint(fold(line).split()))
        start = end + 1
    return Lines(tuple(chains), others, films)


def _chains(text: str, start: int, end: int, places: Iterable[Place]) -> Iterable[Chain]:
    run: list[Place] = []
    for place in places:
        if run and place.credits.start < run[-1].credits.end:
            continue  # a word of what is told of the one before
        if run and not _joins(text[run[-1].credits.end : place.credits.start]):
            yield _chain(text, start, end, run)
            run = []
        run.append(place)
    if run:
        yield _chain(text, start, end, run)


def _chain(text: str, start: int, end: int, run: Sequence[Place]) -> Chain:
    left = text[max(start, run[0].credits.start - _FAR) : run[0].credits.start]
    right = text[run[-1].credits.end : min(end, run[-1].credits.end + _FAR)]
    is_bill = len(run) > 1 and _TAIL.match(right) is not None
    labelled, led = _opens(left), _leads(left)
    closed = _closes(right)
    goes_on = led and _SUBTITLE.match(right) is None and not turns_capital(right)
    goes_on = goes_on and (not (words := fold(right).split()) or words[0] in CONTINUATIONS)
    is_item = (labelled or led or _ITEM_BEFORE.search(left)) and (closed or _ITEM_BEHIND.match(right))
    return Chain(
        tuple(run),
        is_bill or (closed and (labelled or led)) or goes_on,
        bool(is_item),
        is_bill or led or (labelled and not CINEMA.isdisjoint(fold(left).split())),
        _STRESS.search(right) is not None,
    )


def turns_capital(right: str) -> bool:
    """Whether what stands behind a title is a small word and then a capital."""
    match = _TURN.match(right)
    return match is not None and match[0][-1].isupper()


def _joins(between: str) -> bool:
    without = _SCORES.sub("", between)
    return len(between) < _FAR and not without.isspace() and _JOIN.fullmatch(f"{without} ") is not None


def _opens(left: str) -> bool:
    """Whether what follows is the first thing on its line, or comes behind a label."""
    if _MARKER.fullmatch(left) or _BILL.search(left):
        return True
    match = _LABEL.fullmatch(left)
    if match is None:
        return False
    words = words_of(_SCORES.sub("", match["label"]))
    known = [word.folded in LABELS or word.folded.isdecimal() for word in words]
    if ":" not in left[len(match["label"]) :]:
        return all(known)
    # "Tonight: Dark Angel: The Ascent" names a longer title.
    return any(known) and all(one or not word.is_capital for one, word in zip(known[1:], words[1:], strict=True))


def _leads(left: str) -> bool:
    match = _LAST_WORDS.search(left)
    if match is None or fold(match[2]) not in CUES or (match[2][0].isupper() and match.start(2)):
        return False
    return fold(match[2]) not in NAMING or fold(match[1] or "") in NAMED


def _closes(right: str) -> bool:
    """Whether nothing is left on the line that could belong to the title."""
    words = fold(_SCORES.sub(" ", right)).split()
    return len(right) < _FAR and len(words) <= 6 and all(word in TRAILING for word in words)
