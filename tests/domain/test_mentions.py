"""Which films a message names: a table of what people write, and what they mean by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.films import Film
from bot.domain.mentions import mentioned
from tests.builders import film
from tests.strategies import AWKWARD, PROPERTY, few_films

VIDEO = "aBcDeFgHi_1"


def on_the_list(title: str, year: int, **changes: object) -> Film:
    return film(title, year, **{"trailers": [], **changes})


FILMS = [
    on_the_list("Ai Weiwei: Never Sorry", 2012, trailers=[{"provider": "youtube", "id": VIDEO}]),
    on_the_list("Alien", 1979, ids={"imdb": "tt0078748", "tmdb": 348}),
    on_the_list("M", 1931, original_title="M – Eine Stadt sucht einen Mörder"),
    on_the_list("No", 2012),
    on_the_list("Pina", 2011),
    on_the_list("Ida", 2013),
    on_the_list("Kedi", 2016),
    on_the_list("Persepolis", 2007),
    on_the_list("Mustang", 2015),
    on_the_list("The Square", 2013),
    on_the_list("Get Out", 2017),
    on_the_list("Come and See", 1985, original_title="Иди и смотри"),
    on_the_list("Do the Right Thing", 1989),
    on_the_list("Man on Wire", 2008),
    on_the_list("Whale Rider", 2002),
    on_the_list("Tokyo Story", 1953),
    on_the_list("The Battle of Algiers", 1966),
    on_the_list("Once Upon a Time in the West", 1968),
    on_the_list("The West", 1999),
    on_the_list("Pan's Labyrinth", 2006),
    on_the_list("Harlan County U.S.A.", 1976),
    on_the_list("Cléo from 5 to 7", 1962),
    on_the_list("2001: A Space Odyssey", 1968),
    on_the_list("Solaris", 1972),
    on_the_list("Solaris", 2002),
    on_the_list("My Neighbor Totoro", 1988),
    on_the_list("This Is Not a Film", 2011),
    on_the_list("In the Mood for Love", 2000),
    on_the_list("The Act of Killing", 2012),
    on_the_list("Portrait of a Lady on Fire", 2019),
]


def named(text: str) -> list[str]:
    return [f"{found.title} {found.year}" for found in mentioned(text, FILMS)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # The year settles it.
        ("have you seen alien (1979)?", "Alien 1979"),
        ("No (2012) is about a campaign", "No 2012"),
        ("*M* (1931)", "M 1931"),
        ("Solaris (1972) please", "Solaris 1972"),
        ("it was Ida [2014] I think", "Ida 2013"),
        ("get out (2017) is on tonight", "Get Out 2017"),
        # Set apart.
        ('I loved "Persepolis".', "Persepolis 2007"),
        ("I loved “Persepolis”, all of it", "Persepolis 2007"),
        ("*Alien* still works", "Alien 1979"),
        ("__The Square__ is on tonight", "The Square 2013"),
        ("**Mustang**", "Mustang 2015"),
        ("«Pina»", "Pina 2011"),
        ('"man on wire" made me dizzy', "Man on Wire 2008"),
        ("“Whale Rider,” she said", "Whale Rider 2002"),
        ("[Kedi](https://example.org/cats) has cats", "Kedi 2016"),
        ("we watched *No* last week", "No 2012"),
        ("yesterday I watched “M” alone", "M 1931"),
        # Capitals of a telling title.
        ("I think Man on Wire is the best of them", "Man on Wire 2008"),
        ("Tokyo Story made my father cry", "Tokyo Story 1953"),
        ("Have you got Tokyo Story on disc?", "Tokyo Story 1953"),
        ("it reminds me of Ozu's Tokyo Story, a bit", "Tokyo Story 1953"),
        ("Ai Weiwei: Never Sorry", "Ai Weiwei: Never Sorry 2012"),
        ("Ai Weiwei - Never Sorry is next", "Ai Weiwei: Never Sorry 2012"),
        ("Ai Weiwei Never Sorry is next", "Ai Weiwei: Never Sorry 2012"),
        ("Harlan County U.S.A. has the songs", "Harlan County U.S.A. 1976"),
        ("Pan’s Labyrinth frightened us", "Pan's Labyrinth 2006"),
        ("Cleo From 5 To 7 is in real time", "Cléo from 5 to 7 1962"),
        ("Whale Rider's ending", "Whale Rider 2002"),
        ("2001: A Space Odyssey on a big screen", "2001: A Space Odyssey 1968"),
        ("the original, M – Eine Stadt sucht einen Mörder, has subtitles", "M 1931"),
        # Plain titles that are spoken of as films.
        ("we watched Alien last night", "Alien 1979"),
        ("the film Persepolis, again", "Persepolis 2007"),
        ("a movie called Get Out", "Get Out 2017"),
        ("I just rewatched Come and See.", "Come and See 1985"),
        ("that Mustang film with the sisters", "Mustang 2015"),
        ("watching Do the Right Thing tonight", "Do the Right Thing 1989"),
        # No capitals.
        ("i watched man on wire yesterday", "Man on Wire 2008"),
        ("saw the act of killing, cannot sleep", "The Act of Killing 2012"),
        ("once upon a time in the west is so slow and so good", "Once Upon a Time in the West 1968"),
        ("is portrait of a lady on fire on the list?", "Portrait of a Lady on Fire 2019"),
        ("<Tokyo Story> it is", "Tokyo Story 1953"),
        # Marks and ratings beside it.
        ("Whale Rider 10/10", "Whale Rider 2002"),
        ('"Persepolis" 9/10', "Persepolis 2007"),
        ("Whale Rider 20:30", "Whale Rider 2002"),
        ("Movie Night: Whale Rider", "Whale Rider 2002"),
        ("Whale Rider | Official Trailer", "Whale Rider 2002"),
        ("Tokyo Story – Restored", "Tokyo Story 1953"),
        # Addresses.
        (f"https://youtu.be/{VIDEO}", "Ai Weiwei: Never Sorry 2012"),
        (f"look: <https://www.youtube.com/watch?v={VIDEO}&t=30s>!", "Ai Weiwei: Never Sorry 2012"),
        ("https://www.imdb.com/title/tt0078748/?ref_=x.", "Alien 1979"),
        ("(https://www.themoviedb.org/movie/348-alien)", "Alien 1979"),
        ("[this](https://www.imdb.com/title/tt0078748/)", "Alien 1979"),
    ],
)
def test_a_film_that_is_meant_is_found(text: str, title: str) -> None:
    assert named(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing of the kind.",
        # Everyday words.
        "No",
        "No, thank you",
        '"No," she said',
        'she said "no" and left',
        "absolutely *no* way",
        "*No*",
        "I'm M, he is Q",
        '"M"',
        "get out of here",
        "Get out!",
        "Get Out Of Here Now",
        "come and see us",
        "do the right thing",
        "You should Do the Right Thing",
        "in the square",
        "The square is empty",
        "The Square was full of people",
        # Names, brands, things.
        "Ida and Pina are coming",
        "I saw Ida yesterday",
        "we watched Pina dance",
        "a film by Pina",
        "my Mustang broke down",
        "a Ford Mustang",
        "we flew over Persepolis",
        "the alien in the room",
        "you are an alien",
        "Alien life exists",
        'the word "alien"',
        "the Battle of Algiers began in 1956",
        "a Whale Rider Festival",
        "they gave away Free Whale Rider tickets",
        "this is not a film club",
        "not in the mood for love today",
        "the New Tokyo Story magazine",
        "Tokyo Story Hotel",
        "i saw whale rider",
        # Other films.
        "Alien (2024)",
        "Solaris (1999)",
        "*Solaris* (1985)",
        "Aliens",
        '"Aliens"',
        "watched Alien Romulus",
        "watched Alien: Covenant last night",
        # Over the end of a sentence or of a line.
        "I like Tokyo. Story time!",
        "Whale\nRider",
        "Tokyo, Story, and so on",
        # Shouting.
        "I LOVE TOKYO STORY SO MUCH",
        "WE WATCHED ALIEN LAST NIGHT",
        # Not prose.
        "`Tokyo Story`",
        "```\nTokyo Story\n```",
        "https://example.org/Tokyo-Story/*Alien*",
        "https://youtu.be/aBcDeFgHi_2",
        "<:Alien:123456> :Alien:",
        "watched :Alien:",
        "</film Tokyo Story:1>",
        "tt0078748",
        "https://www.imdb.com/name/nm0000631/",
    ],
)
def test_a_film_that_is_not_meant_is_not_found(text: str) -> None:
    assert named(text) == []


def test_films_come_in_the_order_of_the_message_each_once() -> None:
    text = f"Tokyo Story, then *Alien*, then https://youtu.be/{VIDEO}, then Man on Wire and Tokyo Story again"
    assert named(text) == ["Tokyo Story 1953", "Alien 1979", "Ai Weiwei: Never Sorry 2012", "Man on Wire 2008"]


@pytest.mark.parametrize("mark", [" / ", " | ", " + ", " → ", " – ", " & ", "\n", " 🎬 ", "/", " vs "])
def test_marks_between_two_films_join_them_to_no_longer_name(mark: str) -> None:
    assert named(f"Tokyo Story{mark}Whale Rider") == ["Tokyo Story 1953", "Whale Rider 2002"]


def test_a_longer_title_beats_a_shorter_one_inside_it() -> None:
    assert named("Watched “Once Upon a Time in the West” twice") == ["Once Upon a Time in the West 1968"]
    assert named("Once Upon a Time in *The West*") == ["Once Upon a Time in the West 1968"]


def test_films_of_one_title_are_both_meant_unless_the_year_says_which() -> None:
    assert named("we watched Solaris again") == ["Solaris 1972", "Solaris 2002"]
    assert named("we watched Solaris (2002) again") == ["Solaris 2002"]


def test_nothing_is_found_on_an_empty_list() -> None:
    assert mentioned("Tokyo Story", []) == ()


@PROPERTY
@given(few_films(6))
def test_a_quoted_title_with_its_year_is_always_found(films: list[Film]) -> None:
    for one in films:
        assert one in mentioned(f"We saw “{one.title}” ({one.year}) together.", films)


@PROPERTY
@given(st.lists(st.sampled_from([*AWKWARD, "Alien", "*Alien*", "(1979)", " ", "\n", '"', "watched "]), max_size=30))
def test_whatever_is_written_is_read(pieces: list[str]) -> None:
    assert set(mentioned("".join(pieces), FILMS)) <= set(FILMS)


def test_a_long_message_is_read_in_one_go() -> None:
    assert named("*a " * 1300 + "Tokyo Story") == ["Tokyo Story 1953"]
