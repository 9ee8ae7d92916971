"""What sort of thing a row of another site is about, in the words of whatever language its account speaks.

IMDb writes its types in English, French, German, Italian, Spanish, Portuguese and Hindi. A sort is told by the words of
the phrase, all of which have to be known: `Fernsehspecial` is not guessed at, but asked about.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from bot.domain.films.films import Kind
from bot.domain.text.normalize import fold

_LONGEST: Final = 100
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")  # tvMiniSeries


def _words(text: str) -> frozenset[str]:
    return frozenset(word for phrase in text.split() for word in fold(phrase).split())


# Any of these, whatever else is said: a series, a part of one, a game, something to listen to, a person.
_NO_FILM: Final = _words(
    "series serie série séries serien serial mini-series miniseries miniserie mini-série minisérie minissérie "
    "fernsehserie fernsehminiserie tvserie webserie webseries show shows sitcom "
    "season seasons staffel saison stagione temporada "
    "episode episodes épisode episodio episódio folge fernsehfolge fernsehepisode capítulo "
    "game games videogame videogames videospiel computerspiel jeu jeux videogioco videojuego videojogo jogo "
    "podcast podcasts pódcast person people "
    "सीरीज़ सीरीज सीरियल धारावाहिक एपिसोड गेम पॉडकास्ट मिनीसीरीज़"
)
_SHORT: Final = _words(
    "short shorts shortfilm kurzfilm fernsehkurzfilm court-métrage courtmétrage court cortometraggio cortometraje "
    "corto curta-metragem curta लघु शॉर्ट"
) - {"metrage", "metragem"}
_FILM: Final = _words(
    "movie movies film films feature spielfilm fernsehfilm filme filmes película telefilm téléfilm "
    "telefilme telefilmes telefilmo tvfilm video vídeo vidéo special specials especial especiale speciale spécial "
    "spéciale fernsehspecial "
    "फ़िल्म फिल्म मूवी चलचित्र वीडियो स्पेशल विशेष"
)
_BESIDE: Final = _words(
    "tv t.v. television televisione televisión televisão télévisé télévisée télévision televisivo televisiva fernsehen "
    "the a de del della di da do pour para per la le a au for émission emissione programme programa länge length full "
    "long métrage metragem métraje largometraje longa-metragem lungometraggio direct to टीवी टेलीविज़न"
)
_WHOLE: Final = {"largometraje", "lungometraggio", "long", "longa"}
_KINDS: Final = {
    Kind.DOCUMENTARY: _words(
        "documentary documentaries doc docu dokumentarfilm dokumentation documentaire documentario documental "
        "documentário वृत्तचित्र"
    ),
    Kind.ANIMATION: _words(
        "animation animated cartoon animationsfilm zeichentrickfilm animazione animación animação danimation"
    ),
    Kind.FICTION: _words("fiction narrative fiktion"),
    Kind.ESSAY: _words("essay essayfilm"),
    Kind.EXPERIMENTAL: _words("experimental experimentalfilm"),
    Kind.CONCERT: _words("concert konzert konzertfilm"),
}


class Sort(Enum):
    """What a row is where it is not of a certain kind of film."""

    FILM = auto()
    NO_FILM = auto()
    UNKNOWN = auto()


def sort_of(text: str) -> Kind | Sort:
    """What these words mean."""
    words = frozenset(fold(_CAMEL.sub(" ", text[:_LONGEST])).split())
    if words & _NO_FILM or words == frozenset({"tv"}):  # as TMDB and Simkl call a series
        return Sort.NO_FILM
    certain = [kind for kind, named in _KINDS.items() if words & named]
    known = _SHORT | _FILM | _BESIDE | frozenset(word for named in _KINDS.values() for word in named)
    if not words <= known:
        return Sort.UNKNOWN
    if words & _SHORT:
        return Kind.SHORT
    if certain:
        return certain[0]
    return Sort.FILM if words & (_FILM | _WHOLE) else Sort.UNKNOWN


_DERIVED_FROM: Final = ("documentary", "animation", "short", "experimental", "concert", "essay")


def kind_from(genres: Sequence[str]) -> str:
    """The kind that genres tell of, where a table has no word for it; fiction if they tell of none."""
    return next((kind for kind in _DERIVED_FROM if kind in genres), Kind.FICTION.value)
