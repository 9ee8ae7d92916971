"""Free text opens a film only where it is one of its titles: said of a list, and of the shipped one."""

import csv
import gzip
from pathlib import Path
from random import Random

import pytest

from bot.content import DATA
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.errors import FilmNotFound
from bot.services.writings import WRITINGS
from bot.storage.content.films import read_films
from tests.builders import film

LIST = Catalogue.of(read_films(DATA / "films").films)
CLUB = Catalogue.of(
    [
        *(film("Vertigo", 1958, directors=["Alfred Hitchcock"]), film("8½", 1963, directors=["Federico Fellini"])),
        *(film("The 400 Blows", 1959, directors=["François Truffaut"], original_title="Les Quatre Cents Coups"),),
        *(film("4 Months, 3 Weeks and 2 Days", 2007, directors=["Cristian Mungiu"]), film("Sherlock Jr.", 1924)),
        *(film("Ai Weiwei: Never Sorry", 2012), film("Anatomy of a Fall", 2023, original_title="Anatomie d'une chute")),
        *(film("Back to the Future", 1985), film("Back to the Future Part II", 1989), film("Rocky III", 1982)),
        *(film("Man on Wire", 2008), film("Alien", 1979), film("Bend It Like Beckham", 2002), film("Ida", 2013)),
        *(film("Marina Abramovic: The Artist Is Present", 2012), film("Parasite", 2019), film("Tokyo Story", 1953)),
        *(film("A Separation", 2011, original_title="جدایی نادر از سیمین"), film("The Passion of Joan of Arc", 1928)),
        *(film("Dr. No", 1962), film("12 Angry Men", 1957), film("St. Vincent", 2014), film("Kramer vs. Kramer", 1979)),
        *(film("Kill Bill: Vol. 2", 2004), film("Thelma & Louise", 1991), film("13th", 2016), film("Pina", 2011)),
        *(film("2001: A Space Odyssey", 1968), film("Singin' in the Rain", 1952), film("Das Boot", 1981)),
        *(film("$", 1971), film("...", 1999), film("?", 2011), film("!!!", 2001), film("???", 2002)),
        *(film("To Live", 1994), film("Die Welle", 2008, languages=["de"]), film("Great White Hype", 1996)),
        *(film("Portrait of a Lady on Fire", 2019, directors=["Céline Sciamma"]), film("Malcolm X", 1992)),
        *(film("L'Avventura", 1960), film("Raw", 2016, original_title="Grave")),
        *(film("Untergang", 2004, languages=["de"]), film("Boogeyman II", 1983), film("Akira", 1988)),
        *(film("Summer", 1993), film("Summer 1993", 2017), film("Solaris", 1972), film("Solaris", 2002)),
    ]
)


def opened(typed: str, club: Catalogue = CLUB) -> str | None:
    """The name of the film that is opened."""
    try:
        return club.find(typed, WRITINGS).name
    except FilmNotFound:
        return None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        # Numbers in words, in digits, and in Roman numerals.
        ("Four Months, Three Weeks and Two Days", "4 Months, 3 Weeks and 2 Days (2007)"),
        ("4 months 3 weeks 2 days", "4 Months, 3 Weeks and 2 Days (2007)"),
        ("four months 3 weeks & two days", "4 Months, 3 Weeks and 2 Days (2007)"),
        ("eight and a half", "8½ (1963)"),
        ("8 1/2", "8½ (1963)"),
        ("the four hundred blows", "The 400 Blows (1959)"),
        ("four hundred blows", "The 400 Blows (1959)"),
        ("les 400 coups", "The 400 Blows (1959)"),
        ("two thousand and one: a space odyssey", "2001: A Space Odyssey (1968)"),
        ("two thousand one a space odyssey", "2001: A Space Odyssey (1968)"),
        ("twelve angry men", "12 Angry Men (1957)"),
        ("Thirteenth", "13th (2016)"),
        ("back to the future 2", "Back to the Future Part II (1989)"),
        ("back to the future part two", "Back to the Future Part II (1989)"),
        ("Back to the Future II", "Back to the Future Part II (1989)"),
        ("back to the future", "Back to the Future (1985)"),
        ("rocky 3", "Rocky III (1982)"),
        ("kill bill 2", "Kill Bill: Vol. 2 (2004)"),
        ("Kill Bill, Volume II", "Kill Bill: Vol. 2 (2004)"),
        ("malcolm x", "Malcolm X (1992)"),
        # Abbreviations, and other ways to write the same.
        ("Sherlock Junior", "Sherlock Jr. (1924)"),
        ("doctor no", "Dr. No (1962)"),
        ("saint vincent", "St. Vincent (2014)"),
        ("kramer versus kramer", "Kramer vs. Kramer (1979)"),
        ("thelma and louise", "Thelma & Louise (1991)"),
        ("thelma louise", "Thelma & Louise (1991)"),
        ("Singing in the Rain", "Singin' in the Rain (1952)"),
        ("aiweiweineversorry", "Ai Weiwei: Never Sorry (2012)"),
        ("4months3weeksand2days", "4 Months, 3 Weeks and 2 Days (2007)"),
        # Without its article, with one that it has not, or with an English one for its own.
        ("the vertigo", "Vertigo (1958)"),
        ("A Vertigo", "Vertigo (1958)"),
        ("The Alien", "Alien (1979)"),
        ("the vertigo 1958", "Vertigo (1958)"),
        ("Hitchcock's The Vertigo", "Vertigo (1958)"),
        ("L'Alien", "Alien (1979)"),
        ("La Pina", "Pina (2011)"),
        ("das vertigo", "Vertigo (1958)"),
        ("the sherlock junior", "Sherlock Jr. (1924)"),
        ("the twelve angry men", "12 Angry Men (1957)"),
        ("the separation", "A Separation (2011)"),
        ("avventura", "L'Avventura (1960)"),
        ("the avventura", "L'Avventura (1960)"),
        ("L’Akira", "Akira (1988)"),
        ("die untergang", "Untergang (2004)"),
        ("passion of joan of arc", "The Passion of Joan of Arc (1928)"),
        ("the boot", "Das Boot (1981)"),
        ("welle", "Die Welle (2008)"),
        # With its year or its director beside it.
        ("Hitchcock's Vertigo", "Vertigo (1958)"),
        ("hitchcocks vertigo", "Vertigo (1958)"),
        ("Vertigo Hitchcock", "Vertigo (1958)"),
        ("Vertigo by Alfred Hitchcock", "Vertigo (1958)"),
        ("Vertigo 1958", "Vertigo (1958)"),
        ("1958 vertigo", "Vertigo (1958)"),
        ("Vertigo (1958)", "Vertigo (1958)"),
        ("Vertigo (Hitchcock, 1958)", "Vertigo (1958)"),
        ("Vertigo (1958), directed by Alfred Hitchcock", "Vertigo (1958)"),
        ("Fellini eight and a half", "8½ (1963)"),
        ("solaris 2002", "Solaris (2002)"),
        ("Summer (1993)", "Summer (1993)"),
        ("Summer 1993", "Summer 1993 (2017)"),
        ("Summer 1993 (2017)", "Summer 1993 (2017)"),
        # One slip of the finger.
        ("vertgio", "Vertigo (1958)"),
        ("vetigo 1958", "Vertigo (1958)"),
        ("tokyo stroy", "Tokyo Story (1953)"),
        ("the passion fo joan of arc", "The Passion of Joan of Arc (1928)"),
        ("portrait of a lady on fir", "Portrait of a Lady on Fire (2019)"),
        ("back to the futurs", "Back to the Future (1985)"),
        # Signs.
        ("$", "$ (1971)"),
        (" $ ", "$ (1971)"),
        ("$ 1971", "$ (1971)"),
        ("$ (1971)", "$ (1971)"),
        ("…", "... (1999)"),
        ("...", "... (1999)"),
        ("?", "? (2011)"),
        ("???", "??? (2002)"),
        ("!!!", "!!! (2001)"),
    ],
)
def test_a_film_opens_for_its_title(typed: str, name: str) -> None:
    assert opened(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        # Words that are there only if two of them are joined, or only in part.
        *("Dune", "It", "The Artist", "Z", "Ali", "never sorry", "Anatomy", "une chute", "future", "Bill", "months"),
        # Another word, however near: of the vocabulary of titles, or everybody's.
        *(
            "Man on Fire",
            "Aliens",
            "Aline",
            "Tokyo Storm",
            "toy story",
            "tokyostorm",
            "Ada",
            "Pins",
            "Great White Hope",
        ),
        # Another number, or none, or one too many.
        *("Rocky II", "Rocky 2", "rocky", "Rocky IV", "rocky three hundred", "Back to the Future 3"),
        *(
            "Back to the Future Part III",
            "Alien 3",
            "Alien 2",
            "alien ii",
            "alien v",
            "13 Angry Men",
            "11th",
            "Malcolm V",
        ),
        *(
            "Kill Bill",
            "Kill Bill: Vol. 1",
            "five months, three weeks and two days",
            "the 401 blows",
            "2002 a space odyssey",
        ),
        # Its title but for an article, which is the title of another film.
        *("The Parasite", "Separation", "The Grave"),
        # Another article for its own, of another language; a word that is none in the film's; a letter that is none.
        *("La séparation", "der boot", "Live", "die vertigo", "l vertigo", "to vertigo"),
        # Two articles too many, and nothing but articles.
        *("the the vertigo", "a the alien", "the", "la", "l'"),
        # A director or a year that is not its own, or nothing else.
        *("Truffaut's Vertigo", "vertigo 1959", "Hitchcock", "alfred hitchcock", "by hitchcock", "1958", "Solaris"),
        # Spaces that make two words of a short one.
        *("A Lien", "ID:A"),
        # What is written in another way, and so is the title of another film.
        *("Boogeyman 2", "アキラ"),
        # Two slips, and slips in what is too short to tell.
        *("vertgoi hitchcok", "vrtgo", "Idaa", "Pna", "$$", "!", "????", "$ 1972", "€"),
    ],
)
def test_no_film_opens_for_what_is_not_quite_its_title(typed: str) -> None:
    assert opened(typed) is None


def test_words_of_the_list_are_real_even_if_nobody_else_writes_them() -> None:
    assert opened("Koyaanisqatsy", Catalogue.of([film("Koyaanisqatsi", 1982)])) == "Koyaanisqatsi (1982)"
    both = Catalogue.of([film("Koyaanisqatsi", 1982), film("Koyaanisqatsy Again", 1999)])
    assert opened("Koyaanisqatsy", both) is None


def test_a_slip_that_may_mean_two_films_opens_neither() -> None:
    assert opened("Perosnna", Catalogue.of([film("Perosnnb", 1966), film("Perosnnc", 1970)])) is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("$", "$"),
        ("…", "..."),
        ("four months thr", "4 Months, 3 Weeks and 2 Days"),
        ("four hundr", "The 400 Blows"),
        ("400 bl", "The 400 Blows"),
        ("eight and a", "8½"),
        ("two thousand and one", "2001: A Space Odyssey"),
        ("2001", "2001: A Space Odyssey"),
        ("twelve ang", "12 Angry Men"),
        ("sherlock jun", "Sherlock Jr."),
        ("doctor n", "Dr. No"),
        ("Hitchcock's Vert", "Vertigo"),
        ("rocky 3", "Rocky III"),
        ("kill bill vol 2", "Kill Bill: Vol. 2"),
        ("aiweiweineve", "Ai Weiwei: Never Sorry"),
    ],
)
def test_what_people_type_is_offered_while_they_type_and_searched_for(typed: str, title: str) -> None:
    assert CLUB.suggest(typed, 25)[0].title == title
    assert CLUB.search(typed)[0].title == title


def test_signs_that_no_title_has_offer_the_newest() -> None:
    assert CLUB.suggest("%", 3) == CLUB.suggest("", 3)


TITLES = Path(__file__).parents[4] / "shared" / "film-facts" / "titles-large.csv.gz"


@pytest.mark.skipif(not TITLES.exists(), reason="the large list of titles is no part of the project")
def test_no_shipped_film_opens_for_the_title_of_another() -> None:
    """A sample; `benchmarks.opening` asks for all of them."""
    with gzip.open(TITLES, "rt", encoding="utf-8") as file:
        every = sorted({row["title"] for row in csv.DictReader(file)})
    shipped = {title.casefold() for known in LIST.films for title in known.titles}
    sample = [title for title in Random(9).sample(every, 1500) if title.casefold() not in shipped]  # noqa: S311
    assert [(title, name) for title in sample if (name := opened(title, LIST))] == []
