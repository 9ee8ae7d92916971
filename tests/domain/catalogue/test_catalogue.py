"""Finding films by what people type: while they type, when they press enter, and in a search."""

import datetime
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content import DATA
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.errors import FilmNotFound
from bot.domain.films.films import Film
from bot.domain.search.query import bare, title_forms
from bot.domain.text.normalize import fold
from bot.services.writings import WRITINGS
from bot.storage.content.films import read_films
from tests.builders import film
from tests.strategies import AWKWARD, PROPERTY, few_films

NEVER_SORRY = film(
    "Ai Weiwei: Never Sorry", 2012, directors=["Alison Klayman"], themes=["art"], other_titles=["艾未未：道歉你妹"]
)
CLEO = film("Cléo from 5 to 7", 1962, original_title="Cléo de 5 à 7", directors=["Agnès Varda"], themes=["paris"])
GLEANERS = film("The Gleaners and I", 2000, original_title="Les Glaneurs et la glaneuse", directors=["Agnès Varda"])
SOLARIS, SOLARIS_AGAIN = film("Solaris", 1972), film("Solaris", 2002)
ALIEN, ALIENS = film("Alien", 1979), film("Aliens", 1986)
CLUB = Catalogue.of(
    [
        *(NEVER_SORRY, CLEO, GLEANERS, SOLARIS, SOLARIS_AGAIN, ALIEN, ALIENS),
        *(film("Rosemary's Baby", 1968), film("L'Avventura", 1960), film("Das Boot", 1981), film("M", 1931)),
        *(film("2046", 2004), film("Blade Runner 2049", 2017), film("Summer 1993", 2017), film("8½", 1963)),
        *(film("Persona", 1966, why="She falls silent on the stage."), film("पथेर पांचाली", 1955)),
    ]
)
SHIPPED = read_films(DATA / "films").films
LIST = Catalogue.of(SHIPPED)


def titles(films: Iterable[Film]) -> list[str]:
    return [found.title for found in films]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ai-weiwei-never-sorry-2012", "Ai Weiwei: Never Sorry (2012)"),
        (" ai-weiwei-never-sorry-2012 ", "Ai Weiwei: Never Sorry (2012)"),
        ("Ai Weiwei: Never Sorry", "Ai Weiwei: Never Sorry (2012)"),
        ("AI WEIWEI NEVER SORRY", "Ai Weiwei: Never Sorry (2012)"),
        ("ai weiwei never sory", "Ai Weiwei: Never Sorry (2012)"),
        ("艾未未：道歉你妹", "Ai Weiwei: Never Sorry (2012)"),
        ("cleo de 5 a 7", "Cléo from 5 to 7 (1962)"),
        ("CLÉO DE 5 À 7", "Cléo from 5 to 7 (1962)"),
        ("the gleaners and i", "The Gleaners and I (2000)"),
        ("gleaners and i", "The Gleaners and I (2000)"),
        ("rosemarys baby", "Rosemary's Baby (1968)"),
        ("Rosemary’s Baby", "Rosemary's Baby (1968)"),
        ("L’Avventura", "L'Avventura (1960)"),
        ("avventura", "L'Avventura (1960)"),
        ("boot", "Das Boot (1981)"),
        ("the boot", "Das Boot (1981)"),
        ("m", "M (1931)"),
        ("alien", "Alien (1979)"),
        ("Aliens!", "Aliens (1986)"),
        ("solaris 1972", "Solaris (1972)"),
        ("Solaris (2002)", "Solaris (2002)"),
        ("2046", "2046 (2004)"),
        ("2046 2004", "2046 (2004)"),
        ("Blade Runner 2049", "Blade Runner 2049 (2017)"),
        ("Blade Runner 2049 (2017)", "Blade Runner 2049 (2017)"),
        ("blade runer 2049", "Blade Runner 2049 (2017)"),
        ("summer 1993", "Summer 1993 (2017)"),
        ("8½", "8½ (1963)"),
        ("8 1/2", "8½ (1963)"),
        ("persona" + " " * 10_000, "Persona (1966)"),
    ],
)
def test_a_film_is_found_by_what_people_type(typed: str, name: str) -> None:
    assert CLUB.find(typed, WRITINGS).name == name


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("solaris", ["Solaris (1972)", "Solaris (2002)"]),
        ("solarsi", ["Solaris (1972)", "Solaris (2002)"]),
        ("ali", ["Alien (1979)", "Aliens (1986)"]),
        # A part of a title.
        ("never sorry", ["Ai Weiwei: Never Sorry (2012)"]),
        ("sorry never", ["Ai Weiwei: Never Sorry (2012)"]),
        ("nev sor wei", ["Ai Weiwei: Never Sorry (2012)"]),
        ("艾未未", ["Ai Weiwei: Never Sorry (2012)"]),
        ("Cle\u0301o", ["Cléo from 5 to 7 (1962)"]),
        ("glaneurs", ["The Gleaners and I (2000)"]),
        ("blade runner 2017", ["Blade Runner 2049 (2017)"]),
        ("पथेर", ["पथेर पांचाली (1955)"]),
        ("agnes varda", ["Cléo from 5 to 7 (1962)", "The Gleaners and I (2000)"]),
        ("alison klayman", ["Ai Weiwei: Never Sorry (2012)"]),
        ("zzz qqq", []),
        ("solaris 1999", ["Solaris (1972)", "Solaris (2002)"]),
        ("never sorry 2011", ["Ai Weiwei: Never Sorry (2012)"]),
        ("ai weiwei never sorry 2011", ["Ai Weiwei: Never Sorry (2012)"]),
        ("", []),
        (" \n ", []),
        ("!?", []),
        ("👩‍👧", []),
        ("\x00", []),
        ("x" * 10_000, []),
        ("?" * 10_000, []),
    ],
)
def test_what_could_be_several_films_or_none_is_refused_with_near_matches(typed: str, near: list[str]) -> None:
    with pytest.raises(FilmNotFound) as refused:
        CLUB.find(typed, WRITINGS)
    assert [f"{match.title} ({match.year})" for match in refused.value.near][: len(near) or None] == near
    assert len(str(refused.value.values["query"])) <= 120


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("solaris", ["Solaris (1972)", "Solaris (2002)"]),
        ("solaris 2002", ["Solaris (2002)"]),
        ("alien", ["Alien (1979)", "Aliens (1986)"]),
        ("aliens", ["Aliens (1986)", "Alien (1979)"]),
        ("varda", ["Cléo from 5 to 7 (1962)", "The Gleaners and I (2000)"]),
        ("blade runner 2049", ["Blade Runner 2049 (2017)"]),
        ("blade runner 2", ["Blade Runner 2049 (2017)"]),
        ("art", ["Ai Weiwei: Never Sorry (2012)"]),
    ],
)
def test_suggestions_begin_with_what_is_likeliest(typed: str, found: list[str]) -> None:
    assert [suggested.name for suggested in CLUB.suggest(typed, 25)][: len(found)] == found


def test_exact_beats_beginning_beats_words_beats_slips() -> None:
    expected = ["Persona", "The Persona", "Persona Grata", "The Third Persona", "Parsona"]
    club = Catalogue.of(film(title, 1970 - number) for number, title in enumerate(expected))
    assert titles(club.suggest("persona", 25)) == expected


@pytest.mark.parametrize("typed", ["Passenger", "The Passenger"])
def test_an_article_decides_where_only_an_article_is_between_two_titles(typed: str) -> None:
    club = Catalogue.of([film("Passenger", 1963), film("The Passenger", 1975)])
    assert club.find(typed, WRITINGS).title == typed
    assert titles(club.suggest(typed, 25))[0] == typed


def test_a_title_that_ends_in_a_year_comes_before_a_beginning_of_that_year() -> None:
    club = Catalogue.of([film("Summer Story", 1993), film("Summer 1993", 2017)])
    assert club.find("summer 1993", WRITINGS).title == "Summer 1993"
    assert titles(club.suggest("summer 1993", 25)) == ["Summer 1993", "Summer Story"]


def test_films_that_fit_equally_well_stand_by_year_and_then_by_title() -> None:
    club = Catalogue.of([film("Night B", 1960), film("Night A", 1960), film("Night C", 1950)])
    assert titles(club.suggest("night", 25)) == ["Night C", "Night A", "Night B"]


def test_with_nothing_typed_the_newest_come_first_and_articles_do_not_count() -> None:
    new = datetime.date(2026, 12, 24)
    club = Catalogue.of([film("B"), film("The Apple"), film("Zoo", added=new), film("Éden"), film("C", added=new)])
    assert titles(club.films) == ["C", "Zoo", "The Apple", "B", "Éden"]
    assert titles(club.suggest("", 3)) == ["C", "Zoo", "The Apple"]
    assert titles(club.suggest("  !", 3)) == ["C", "Zoo", "The Apple"]


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda entry: entry.slug)
def test_every_beginning_of_a_shipped_title_suggests_it_and_the_whole_finds_it(shipped: Film) -> None:
    for title in shipped.titles:
        beginnings = [title[:end] for end in range(1, len(title) + 1)]
        missing = [typed for typed in beginnings if fold(typed) and shipped not in LIST.suggest(typed, 25)]
        assert [typed for typed in missing if begin_so(typed) <= 25] == []
        assert LIST.find(title, WRITINGS) == shipped
        assert LIST.find(f"{title} ({shipped.year})", WRITINGS) == shipped


def begin_so(typed: str) -> int:
    """How many shipped films begin so, with their article or without it."""
    begin = fold(typed)
    return sum(
        any(form.startswith(begin) or bare(form).startswith(begin) for form in title_forms(film)) for film in SHIPPED
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("stage silent", ["Persona"]),
        ("STAGE", ["Persona"]),
        ("stag", ["Persona"]),
        ("tage", []),
        ("stag silent", ["Persona"]),
        ("persona", ["Persona"]),
        ("varda", ["Cléo from 5 to 7", "The Gleaners and I"]),
        ("paris", ["Cléo from 5 to 7"]),
        ("stage nowhere", []),
        ("", []),
        ("…", []),
    ],
)
def test_a_search_looks_into_titles_people_themes_reasons_and_stories(typed: str, found: list[str]) -> None:
    assert titles(CLUB.search(typed))[: len(found) or None] == found


def test_a_search_names_what_the_title_says_before_what_the_story_tells() -> None:
    told = film("Echo", 1950, synopsis={"text": "A mirror breaks.", "source": "Ann"})
    club = Catalogue.of([told, film("Mirror", 1975)])
    assert titles(club.search("mirror")) == ["Mirror", "Echo"]


def test_an_empty_list_has_nothing_to_find() -> None:
    nothing = Catalogue.of([])
    assert [*nothing.suggest("", 25), *nothing.suggest("persona", 25), *nothing.search("persona")] == []
    with pytest.raises(FilmNotFound):
        nothing.find("persona", WRITINGS)


TYPED = st.text() | st.sampled_from([*AWKWARD, "alien 1979", "the", "a", "b c", "solaris 197", "x" * 10_000])


@PROPERTY
@given(few_films(6), TYPED, st.integers(0, 25))
@example([film()], "\ud800", 25)
@example([film()], "night \u0661\u0669\u0665\u0669", 25)
@example([film()], "night ²²²²", 25)
def test_whatever_is_typed_finds_films_of_the_list_or_is_refused(listed: list[Film], typed: str, limit: int) -> None:
    club = Catalogue.of(listed)
    suggested, searched, meant = slugs(club.suggest(typed, limit)), slugs(club.search(typed)), meant_by(club, typed)
    assert len(suggested) <= limit
    assert len(meant) <= 5
    for found in (suggested, searched, meant):
        assert len(set(found)) == len(found)
        assert set(found) <= set(club.by_slug)


@PROPERTY
@given(few_films(6))
def test_every_film_is_found_by_slug_and_by_name_with_its_year(listed: list[Film]) -> None:
    club = Catalogue.of(listed)
    for known in listed:
        assert club.find(known.slug, WRITINGS) == known
        assert club.find(known.name, WRITINGS) == known


def slugs(films: Iterable[Film]) -> list[str]:
    return [found.slug for found in films]


def meant_by(club: Catalogue, typed: str) -> list[str]:
    """The film that is found, or those that may have been meant."""
    try:
        return [club.find(typed, WRITINGS).slug]
    except FilmNotFound as refused:
        return [match.slug for match in refused.near]


@pytest.mark.parametrize("typed", ["toy story", "uk", "½", "h.a.l", "in", "spirited away from"])
def test_a_film_that_nobody_asked_for_is_not_opened(typed: str) -> None:
    with pytest.raises(FilmNotFound):
        LIST.find(typed, WRITINGS)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("C.O.D.A.", "CODA"),
        ("no 2013", "No"),
        ("dr strangelove", "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb"),
        ("japanese", "Tokyo Story"),
        ("alien movie", "Alien"),
        ("films by varda", "Cléo from 5 to 7"),
        ("glaciers", "An Inconvenient Truth"),
    ],
)
def test_what_members_typed_in_vain_finds_the_film(typed: str, title: str) -> None:
    assert title in titles(LIST.suggest(typed, 3))
