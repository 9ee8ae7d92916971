"""The search index: changed film by film, shared between servers, and forgiving about how names are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.facets import facets
from bot.domain.catalogue.filters import FilmFilter
from bot.domain.catalogue.overlays import Overlay
from bot.domain.curation.changes import duplicates
from bot.domain.curation.suggestions import already_there, read_proposal
from bot.domain.films.films import Film
from bot.domain.search.bitset import bits_of, select, up_to
from bot.domain.search.index import Index
from bot.domain.search.terms import Terms, in_steps
from bot.domain.text.normalize import fold
from tests.builders import film
from tests.strategies import AWKWARD, PROPERTY, few_films

TYPED = ("a", "al", "alien", "alein 1972", "solrais", "the solaris", "cleo", "8 1/2", "b", "art", "strangers", "x")
CLUB = Catalogue.of(
    [
        *(film("詩", 2010, directors=["이창동"]), film("Солярис", 1972, directors=["Andrei Tarkovsky"])),
        *(film("Götterdämmerung", 1999), film("İstanbul", 2004), film("Straße", 2005), film("ﬁlm", 2006)),
        *(film("M*A*S*H", 1970), film("Harold & Maude", 1971), film("Un'estate", 1980), film("Ελένη", 1990)),
        *(film("2001: A Space Odyssey", 1968), film("M", 1931), film("Die Ehe der Maria Braun", 1979)),
        *(film("Ai Weiwei: Never Sorry", 2012), film("艾未未：道歉你妹", 2013), film("Un Chien Andalou", 1929)),
    ]
)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("shi", "詩"),
        ("solyaris", "Солярис"),
        ("solaris", "Солярис"),
        ("солярис", "Солярис"),
        ("eleni", "Ελένη"),
        ("ai wei wei dao qian", "艾未未：道歉你妹"),
        ("goetterdaemmerung", "Götterdämmerung"),
        ("gotterdammerung", "Götterdämmerung"),
        ("istanbul", "İstanbul"),
        ("strasse", "Straße"),
        ("film", "ﬁlm"),
        ("mash", "M*A*S*H"),
        ("harold and maude", "Harold & Maude"),
        ("estate", "Un'estate"),
        ("2001", "2001: A Space Odyssey"),
        ("m", "M"),
        ("ehe der maria", "Die Ehe der Maria Braun"),
        ("braun maria ehe", "Die Ehe der Maria Braun"),
        ("götterdemerung", "Götterdämmerung"),
        ("andaluo", "Un Chien Andalou"),
        ("tarkovski", "Солярис"),
        ("tarkovsky solyaris", "Солярис"),
        ("weiwie nevr sory", "Ai Weiwei: Never Sorry"),
        ("braun 1978", "Die Ehe der Maria Braun"),
    ],
)
def test_spelling_scripts_articles_and_slips_are_forgiven(typed: str, title: str) -> None:
    assert CLUB.suggest(typed, 25)[0].title == title


@pytest.mark.parametrize("typed", ["xylophone", "zz", "xq"])
def test_what_is_like_nothing_finds_nothing(typed: str) -> None:
    assert list(CLUB.suggest(typed, 25)) == []


def test_a_cast_that_an_entry_knows_is_searched_too() -> None:
    class Played(Film):
        cast: tuple[str, ...] = ()

    played = Played.model_validate({**film("Stalker", 1979).model_dump(), "cast": ("Alisa Freindlich",)})
    assert list(Catalogue.of([played, film("Mirror", 1975)]).suggest("freindlich", 25)) == [played]


BEES = film("Honeyland", 2019, why="A beekeeper sings to her bees.", synopsis={"text": "Half for me.", "source": "-"})


@pytest.mark.parametrize("typed", ["beekeeper", "beek", "bees sin", "HALF for", "sings half"])
def test_what_is_told_of_a_film_finds_it_too_by_whole_words_and_the_beginning_of_the_last(typed: str) -> None:
    club = Catalogue.of([BEES, film("Night Train", 1959)])
    assert list(club.suggest(typed, 25)) == list(club.search(typed)) == [BEES]


def test_what_is_told_fills_a_search_before_slips_and_a_suggestion_only_where_no_name_fits() -> None:
    sing, sang = film("Sings", 1950), film("Sinks", 1951)
    club = Catalogue.of([BEES, sing, sang])
    assert list(club.search("sings")) == [sing, BEES, sang]
    assert list(club.suggest("sings", 25)) == [sing, sang]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("alien movie", ["Alien"]),
        ("that film with the aliens", ["Alien"]),
        ("films by varda", ["Cléo", "Gleaners"]),
        ("a documentary about a beekeeper", ["Honeyland"]),
        ("varda paris cleo restored", ["Cléo"]),
        ("beekeepers sing loudly", ["Honeyland"]),
        ("beekeepers dance loudly", []),
        ("fantasy", ["Alien"]),
        ("bolivia", ["Honeyland"]),
        ("quechua honeyland", ["Honeyland"]),
        ("a l i e n", ["Alien"]),
        ("alien 1980", ["Alien"]),
        ("al\u200bien", ["Alien"]),
    ],
)
def test_what_stands_around_what_is_remembered_does_no_harm(typed: str, titles: list[str]) -> None:
    club = Catalogue.of(
        [
            film("Alien", 1979, genres=["fantasy"], synopsis={"text": "Aliens.", "source": "-"}),
            film("Alien Skies", 1980, genres=["drama"], synopsis={"text": "Dust.", "source": "-"}, why="Dust."),
            *(
                film("Cléo", 1962, directors=["Agnès Varda"], themes=["paris"]),
                film("Gleaners", 2000, directors=["Agnès Varda"]),
            ),
            BEES.model_copy(update={"countries": ("BO",), "languages": ("qu",)}),
        ]
    )
    found = [entry.title for entry in club.search(typed)]
    assert found[: len(titles) or None] == titles


def test_a_year_that_is_wrong_is_forgiven_in_a_search_too() -> None:
    assert list(Catalogue.of([film("Alien", 1979)]).search("alien 1980")) == [film("Alien", 1979)]


def test_same_named_films_are_told_apart_by_year_and_by_director() -> None:
    old, new = film("Solaris", 1972, directors=["Tarkovsky"]), film("Solaris", 2002, directors=["Soderbergh"])
    club = Catalogue.of([old, new])
    assert club.suggest("solaris 2002", 25)[0] == new
    assert club.suggest("solaris soderbergh", 25)[0] == new
    assert club.suggest("tarkovsky solaris", 25)[0] == old


def answers(club: Catalogue, typed: str) -> tuple[list[Film], list[Film]]:
    return list(club.suggest(typed, 25)), list(club.search(typed))


@PROPERTY
@given(few_films(8), st.lists(few_films(4), max_size=4), st.text() | st.sampled_from([*TYPED, *AWKWARD]))
def test_an_index_changed_film_by_film_answers_like_one_made_anew(
    begun: list[Film], changes: list[list[Film]], typed: str
) -> None:
    club, anew = Catalogue.of(begun), Catalogue.of(begun)
    for films in changes:
        gone = club.by_slug.keys() - {film.slug for film in films}
        club, anew = club.changed(films, gone), Catalogue.of(films)
        assert club == anew
        assert dict(club.by_slug) == dict(anew.by_slug)
        assert club.counts == anew.counts
        assert answers(club, typed) == answers(anew, typed)


@PROPERTY
@given(few_films(8), few_films(4), st.sets(st.integers(0, 7)), st.text() | st.sampled_from([*TYPED, *AWKWARD]))
def test_a_server_finds_what_a_list_of_the_same_films_would_find(
    shared: list[Film], own: list[Film], places: set[int], typed: str
) -> None:
    hidden = frozenset(shared[place].slug for place in places if place < len(shared)) - {each.slug for each in own}
    overlay = Overlay.of(own, hidden=hidden)
    seen = overlay.over(Catalogue.of(shared))
    covered = hidden | {each.slug for each in own}
    alone = Catalogue.of([*own, *(each for each in shared if each.slug not in covered)])
    assert seen == alone
    assert seen.films[:3] == tuple(seen.suggest("", 3))
    assert (seen.counts, seen.languages) == (alone.counts, alone.languages)
    assert seen.facets(FilmFilter()) == facets(seen.films, FilmFilter())
    assert answers(seen, typed) == answers(alone, typed)


@PROPERTY
@given(few_films(6))
def test_every_film_is_first_by_its_exact_title_and_year(listed: list[Film]) -> None:
    club = Catalogue.of(listed)
    for known in listed:
        assert club.suggest(f"{known.title} {known.year}", 25)[0] == known


def test_few_changes_leave_the_large_part_of_an_index_as_it_is() -> None:
    index = Index.of(film(f"Film {number}", 1900 + number) for number in range(100))
    changed = index.changed([film("Film 7", 1907, why="Better."), film("New", 2000)], ["film-9-1909"])
    assert changed.parts[0].segment is index.parts[0].segment
    assert len(changed.by_slug) == 100
    assert changed.by_slug["film-7-1907"].why == "Better."
    assert "film-9-1909" not in changed.by_slug
    assert "film-9-1909" in index.by_slug
    every = changed.changed([film(f"More {number}", 1950) for number in range(60)])
    assert len(every.parts) == 1
    assert len(every.by_slug) == 160


def test_an_index_that_grows_film_by_film_has_few_parts_and_forgets_none() -> None:
    index = Index.of(())
    for number in range(300):
        index = index.changed([film(f"Film {number}", 1950)], [f"film-{number - 200}-1950"])
        assert len(index.parts) <= 6
    assert set(index.by_slug) == {f"film-{number}-1950" for number in range(100, 300)}


def test_a_part_of_which_most_has_gone_is_made_anew() -> None:
    index = Index.of(film(f"Film {number}", 1950) for number in range(100))
    left = index.changed([], [f"film-{number}-1950" for number in range(60)])
    assert len(left.parts[0].segment.entries) == 40
    assert Index.of([film()]).changed([], [film().slug]).parts == ()
    two = Index.of(film(f"Film {number}", 1950) for number in range(100)).changed([film("New", 2000)])
    gone = (f"film-{number}-1950" for number in range(100))
    assert [len(part.segment.entries) for part in two.changed([], gone).parts] == [1]


def test_a_search_of_a_long_list_stops_where_nobody_reads_on() -> None:
    one = film("The Film", 1950)
    many = (one.model_copy(update={"slug": f"the-film-{number}"}) for number in range(2100))
    assert len(Catalogue.of(many).search("the")) == 2000


@given(st.sets(st.integers(0, 6000)), st.integers(0, 5000))
def test_a_set_has_its_members_in_order(numbers: set[int], most: int) -> None:
    assert select(bits_of(numbers), range(6001), most) == sorted(numbers)[:most]


def test_all_numbers_below_an_end() -> None:
    assert select(up_to(5), "abcdefgh", 8) == list("abcde")


@PROPERTY
@given(st.text())
def test_text_folds_as_its_characters_do_and_stays_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text) == " ".join("".join(fold(f"a{c}a")[1:-1] for c in text).split())


@PROPERTY
@given(st.sets(st.text("ab\u00e9\U0001f600", max_size=6)))
def test_texts_are_sorted_in_steps_as_they_are_at_once(texts: set[str]) -> None:
    many = {f"{text}{number:03}" for text in texts for number in range(150)}
    assert in_steps(list(many)) == sorted(many)


def test_a_text_has_its_films_once_each_in_order() -> None:
    terms = Terms([("b", 1), ("a", 1), ("a", 1), ("b", 1), ("a", 4)])
    assert list(terms.texts) == ["a", "b"]
    assert [list(terms.numbers(at)) for at in range(2)] == [[1, 4], [1]]
    assert terms.beginning("") == bits_of([1, 4])


@PROPERTY
@given(few_films(6), few_films(4), few_films(1))
def test_a_film_that_is_there_already_is_among_those_that_are_alike(
    shared: list[Film], own: list[Film], asked: list[Film]
) -> None:
    seen = Overlay.of(own).over(Catalogue.of(shared))
    for entry in (*asked, *shared):
        alike = seen.alike(entry.titles, entry.trailers)
        assert duplicates(entry, alike) == duplicates(entry, seen.films)
        for title in entry.titles:
            proposal = read_proposal(title, "Because.")
            assert already_there(proposal, alike) == already_there(proposal, seen.films)
            assert already_there(proposal, seen.alike([title], [])) == already_there(proposal, seen.films)


def test_titles_of_nothing_but_signs_are_alike_and_videos_are_found() -> None:
    signs, other = film("???", 1999, trailers=[]), film("$", 2001, trailers=[])
    seen = Catalogue.of((signs, other, film()))
    assert seen.alike(["!!!"], []) == [signs, other]
    assert seen.alike(["NIGHT  train!"], []) == [film()]
    assert seen.alike(["Anything"], film().trailers) == [film()]
    assert seen.alike(["Anything"], []) == []
