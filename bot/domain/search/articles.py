"""The articles with which titles begin, in the languages that have them."""

from collections.abc import Iterable
from typing import Final

ENGLISH: Final = frozenset("the a an".split())
_FOREIGN: Final = frozenset("le la les une der das dem el los las il lo gli una het".split())
# Articles that are other words in English, with the languages in which they are articles.
_DOUBTFUL: Final = {
    article: frozenset(languages.split())
    for article, languages in (
        *(("die", "de"), ("den", "de da sv nb no"), ("ein", "de"), ("eine", "de"), ("een", "nl"), ("de", "nl")),
        *(("un", "fr es it ro"), ("i", "it"), ("o", "pt"), ("os", "pt"), ("as", "pt"), ("um", "pt"), ("uma", "pt")),
        *(("az", "hu"), ("to", "el"), ("al", "ar"), ("en", "sv da nb no"), ("ett", "sv"), ("et", "da nb no")),
    )
}
_ELIDED: Final = "l"
_BEHIND_ELIDED: Final = frozenset("aeiouyh")


def is_article(word: str, following: str, spoken: Iterable[str]) -> bool:
    """Whether the first folded word of a title is its article, in a film in which these languages are spoken."""
    if word == _ELIDED:
        return following[0] in _BEHIND_ELIDED
    return word in ENGLISH or word in _FOREIGN or not _DOUBTFUL.get(word, frozenset()).isdisjoint(spoken)
