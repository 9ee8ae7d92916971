"""TMDB's answers, as far as they are of use: what the fields of an entry would refuse is left out.

https://developer.themoviedb.org/reference/movie-details tells what they hold.
"""

from collections.abc import Iterable
from typing import Annotated, Final, TypeVar, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from bot.domain.curation.film_metadata import Candidate, FilmMetadata, Minutes, Year
from bot.domain.films.field_types import CountryCode, LanguageTag, Name, Story, Tag
from bot.domain.films.films import Ids, Kind
from bot.domain.films.trailers import Provider, Trailer
from bot.domain.text.normalize import fold

_T = TypeVar("_T")
# Codes that TMDB uses beside the standards: states that are no more, and Cantonese.
_CODES: Final = {"SU": "SUHH", "XC": "CSHH", "XG": "DDDE", "YU": "YUCS", "cn": "yue"}
_NO_GENRES: Final = frozenset({"tv-movie"})
_SITES: Final = {"YouTube": Provider.YOUTUBE, "Vimeo": Provider.VIMEO}


def _or_none(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    try:
        return validate(value)
    except ValidationError:
        return None


def _standard_code(value: object) -> object:
    return _CODES.get(value, value) if isinstance(value, str) else None


def _tag(value: object) -> object:
    tag = fold(value).replace(" ", "-") if isinstance(value, str) else None
    return None if tag in _NO_GENRES else tag


def _year(value: object) -> object:
    """The year of a date such as "2012-07-27"; a film without a date has an empty one."""
    return value[:4] if isinstance(value, str) else None


def _items(value: object) -> object:
    return cast("object", value) if isinstance(value, list) else ()


_DROPPED: Final = WrapValidator(_or_none)
_Maybe = Annotated[_T | None, _DROPPED]
_Several = Annotated[tuple[_Maybe[_T], ...], BeforeValidator(_items)]


class _Part(BaseModel):
    model_config = ConfigDict(defer_build=True)  # most bots never ask TMDB


class _Genre(_Part):
    name: Annotated[Tag | None, BeforeValidator(_tag), _DROPPED] = None


class _Country(_Part):
    iso_3166_1: Annotated[CountryCode | None, BeforeValidator(_standard_code), _DROPPED] = None


class _Language(_Part):
    iso_639_1: Annotated[LanguageTag | None, BeforeValidator(_standard_code), _DROPPED] = None


class _Worker(_Part):
    job: _Maybe[str] = None
    name: _Maybe[Name] = None


class _Credits(_Part):
    crew: _Several[_Worker] = ()


class _Video(_Part):
    iso_639_1: _Maybe[str] = None
    key: _Maybe[str] = None
    site: _Maybe[str] = None
    type: _Maybe[str] = None
    official: _Maybe[bool] = None


class _Videos(_Part):
    results: _Several[_Video] = ()


class _ExternalIds(_Part):
    imdb_id: _Maybe[str] = None


class _Found(_Part):
    """A film as searches list it."""

    id: Annotated[int, Field(gt=0)]
    title: _Maybe[Name] = None
    original_title: _Maybe[Name] = None
    release_date: Annotated[Year | None, BeforeValidator(_year), _DROPPED] = None


class _Page(_Part):
    results: _Several[_Found] = ()
    movie_results: _Several[_Found] = ()


class _Movie(_Found):
    """A film with all that was asked for along with it."""

    overview: _Maybe[Story] = None
    runtime: _Maybe[Minutes] = None
    original_language: Annotated[LanguageTag | None, BeforeValidator(_standard_code), _DROPPED] = None
    genres: _Several[_Genre] = ()
    production_countries: _Several[_Country] = ()
    spoken_languages: _Several[_Language] = ()
    credits: _Maybe[_Credits] = None
    videos: _Maybe[_Videos] = None
    external_ids: _Maybe[_ExternalIds] = None


def candidates(content: object) -> tuple[Candidate, ...]:
    """The films that a search, or a look-up by another database's id, has found."""
    try:
        page = _Page.model_validate(content)
    except ValidationError:
        return ()
    return tuple(
        Candidate(film.id, title, film.release_date, _other_than(title, film.original_title))
        for film in (*page.results, *page.movie_results)
        if film and (title := film.title or film.original_title)
    )


def facts(content: object) -> FilmMetadata | None:
    """What is known of the film; None where the answer describes none that has a title."""
    try:
        film = _Movie.model_validate(content)
    except ValidationError:
        return None
    title = film.title or film.original_title
    if title is None:
        return None
    crew = film.credits.crew if film.credits else ()
    genres = _unique(genre.name for genre in film.genres if genre)
    return FilmMetadata(
        title=title,
        original_title=_other_than(title, film.original_title),
        year=film.release_date,
        directors=_unique(worker.name for worker in crew if worker and worker.job == "Director")[:10],
        kind=_kind(genres),
        runtime=film.runtime,
        countries=_unique(country.iso_3166_1 for country in film.production_countries if country)[:12],
        languages=_languages(film)[:12],
        genres=genres[:6],
        overview=film.overview,
        trailer=_trailer(film.videos.results if film.videos else ()),
        ids=_ids(film),
    )


def _other_than(title: str, original: str | None) -> str | None:
    return original if original != title else None


def _unique(values: Iterable[_T | None]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _languages(film: _Movie) -> tuple[str, ...]:
    """The languages that are spoken; TMDB lists them in no order, so the film's own comes first."""
    spoken = _unique(language.iso_639_1 for language in film.spoken_languages if language)
    own = film.original_language
    return _unique((own, *spoken)) if own in spoken or not spoken else spoken


def _kind(genres: tuple[str, ...]) -> Kind | None:
    """The kind as far as genres tell; a short or an essay is for the curator to call one."""
    known = (Kind.DOCUMENTARY, Kind.ANIMATION)
    return next((kind for kind in known if kind in genres), Kind.FICTION if genres else None)


def _trailer(videos: Iterable[_Video | None]) -> Trailer | None:
    """The best of the videos: trailers before teasers, then official ones, YouTube's, English ones."""
    usable = [video for video in videos if video and video.site in _SITES and video.type in {"Trailer", "Teaser"}]
    usable.sort(
        key=lambda video: (
            video.type != "Trailer",
            not video.official,
            video.site != "YouTube",
            video.iso_639_1 != "en",
        )
    )
    for video in usable:
        try:
            return Trailer.model_validate({"provider": _SITES[video.site or ""], "id": video.key})
        except ValidationError:
            continue
    return None


def _ids(film: _Movie) -> Ids:
    try:
        return Ids(tmdb=film.id, imdb=film.external_ids.imdb_id if film.external_ids else None)
    except ValidationError:
        return Ids(tmdb=film.id)
