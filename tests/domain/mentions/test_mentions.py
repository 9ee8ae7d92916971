"""Which films a message names: a table of what people write, and what they mean by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.films.films import Film
from bot.domain.mentions.mentions import LONGEST_TEXT, MentionIndex, mentioned
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
    on_the_list("La haine", 1995, other_titles=["Hate"], directors=["Mathieu Kassovitz"]),
    on_the_list("An Inconvenient Truth", 2006, directors=["Davis Guggenheim"]),
    on_the_list("Quo Vadis, Aida?", 2020, directors=["Jasmila Žbanić"]),
    on_the_list("Parasite", 2019, directors=["Bong Joon Ho"]),
    on_the_list("City of God", 2002, directors=["Fernando Meirelles", "Kátia Lund"]),
    on_the_list("The Ascent", 1977, directors=["Larisa Shepitko"]),
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


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        # The director or the year beside it, in every order.
        ("No, Jerzy Kawalerowicz, 2012", ["No"]),
        ("No (Kawalerowicz, 2012)", ["No"]),
        ("no (jerzy kawalerowicz)", ["No"]),
        ("La haine – Mathieu Kassovitz", ["La haine"]),
        ("Hate, dir. Kassovitz", ["La haine"]),
        ("has anyone seen Bong Joon Ho’s Parasite yet?", ["Parasite"]),
        ("Larisa Shepitko: The Ascent", ["The Ascent"]),
        ("1977 – The Ascent", ["The Ascent"]),
        ("City of God, Kátia Lund & Fernando Meirelles, 2002", ["City of God"]),
        ("3) Parasite / Ho / 2019", ["Parasite"]),
        ("The Ascent | Larisa Shepitko | 1977", ["The Ascent"]),
        ("the ascent 1977", ["The Ascent"]),
        ("Parasite by Bong Joon Ho, such a film", ["Parasite"]),
        # Lists, a title a line.
        ("Alien\nParasite\nPina", ["Alien", "Parasite", "Pina"]),
        ("- Tokyo Story\n- No\n- Vertigo", ["Tokyo Story", "No"]),
        ("1. Alien 8/10\n2. Get Out 7.5/10", ["Alien", "Get Out"]),
        ("a) Alien ★★★★½\nb) Pina ★★", ["Alien", "Pina"]),
        ("[x] alien\n[ ] parasite", ["Alien", "Parasite"]),
        ("Which film on Friday?\n1️⃣ Pina\n2️⃣ Ida", ["Pina", "Ida"]),
        ("Fri 20:30 – Alien\nSat 18:00 – Vertigo\nSun 11:00 – Tokyo Story", ["Alien", "Tokyo Story"]),
        ("ALIEN\nTOKYO STORY", ["Alien", "Tokyo Story"]),
        ("Films for May:\n• Alien\n• Vertigo", ["Alien"]),
        # Lists in one line.
        ("Quo Vadis, Aida?, Parasite and Pina", ["Quo Vadis, Aida?", "Parasite", "Pina"]),
        ("alien, parasite, no", ["Alien", "Parasite", "No"]),
        ("alien & tokyo story", ["Alien", "Tokyo Story"]),
        ("Alien / Pina / Ida", ["Alien", "Pina", "Ida"]),
        ("Watchlist: Alien, Vertigo, Ida", ["Alien", "Ida"]),
        ("Tokyo Story, Vertigo, Alien, Persona", ["Tokyo Story", "Alien"]),
        ("Alien and Parasite back to back", ["Alien", "Parasite"]),
        ("how about Alien and No and Pina as a triple bill", ["Alien", "No", "Pina"]),
        ("Double bill: Alien + Get Out", ["Alien", "Get Out"]),
        ("a double feature of Alien and Pina?", ["Alien", "Pina"]),
        ("Alien vs Parasite", ["Alien", "Parasite"]),
        ("My picks: Alien; Get Out", ["Alien", "Get Out"]),
        ("We watched Pina, Ida and Get Out last night.", ["Pina", "Ida", "Get Out"]),
        # Nothing but a title.
        ("Alien", ["Alien"]),
        ("Get Out", ["Get Out"]),
        ("tokyo story", ["Tokyo Story"]),
        ("man on wire", ["Man on Wire"]),
        ("Battle of Algiers", ["The Battle of Algiers"]),
        ("parasite", ["Parasite"]),
        ("**alien** (1979) 🍿", ["Alien"]),
    ],
)
def test_films_of_lists_are_found(text: str, titles: list[str]) -> None:
    assert [found.title for found in mentioned(text, FILMS)] == titles


@pytest.mark.parametrize("around", ["{}", "- {}", "*{}*", "“{}”", "watched {}", "Tonight: {}", "{} 8/10", "{} is on"])
@pytest.mark.parametrize(
    "title",
    [
        *("A Thin Line Between Love and Hate", "A Boy Called Hate", "Hate Story", "Dark Angel: The Ascent"),
        *(
            "The Prophecy 3: The Ascent",
            "Alien from L.A.",
            "Alien 3",
            "Alien: Covenant",
            "Cowboys & Aliens",
            "Get Out Alive",
        ),
        *(
            "An Inconvenient Truth or Convenient Fiction?",
            "City of God: 10 Years Later",
            "No Country for Old Men",
            "Rocky II",
        ),
        *("Yes, God, Yes", "Whale Rider 2", "Man on Wire: The Sequel", "Get Out and Get Under", "The Parasite Murders"),
    ],
)
def test_no_part_of_a_longer_title_is_found(around: str, title: str) -> None:
    assert named(around.format(title)) == []
    assert named(around.format(title.lower())) == []


@pytest.mark.parametrize(
    "text",
    [
        # The year or the director of another film.
        "A Thin Line Between Love and Hate (1996)",
        "a boy called hate (1995), anyone?",
        "The Square, Ruben Östlund, 2017",
        "The Square - Ruben Östlund (2017)",
        "The Square (Ruben Östlund)",
        "2017 – The Square",
        "Parasite | Charles Band | 1982",
        # Lists of something else.
        "milk\neggs\nparasite\nbread",
        "Anna\nIda\nTom",
        "to do\n- pina colada\n- the square",
        "No, thanks",
        "No, Tom",
        "yes, no, maybe",
        "no\nno\nno",
        "get out, Tom",
        # Something said.
        "alien?",
        "Ida?",
        "get out",
        "GET OUT",
        "come and see",
        "do the right thing",
        "the square",
    ],
)
def test_no_film_is_found_in_what_only_looks_like_a_list(text: str) -> None:
    assert named(text) == []


def test_no_before_a_title_is_an_answer() -> None:
    assert named("No, Tokyo Story") == ["Tokyo Story 1953"]


def test_one_text_says_nothing_for_another() -> None:
    index = MentionIndex.of(FILMS)
    assert [found.title for found in index.find("Tokyo Story", "milk\nno\nbread")] == ["Tokyo Story"]


def test_a_server_s_own_films_count_beside_those_that_it_sees_of_the_shared_list() -> None:
    alien, pina, own = FILMS[1], FILMS[4], on_the_list("Night Train", 1959)
    index = MentionIndex.of([alien, pina]).with_own([own], [alien.slug])
    assert index.find("Alien (1979), Night Train, Pina (2011)") == (own, pina)


def test_no_more_is_read_than_a_message_can_hold() -> None:
    assert named("a " * (LONGEST_TEXT // 2) + "\nTokyo Story") == []
    assert named("No\n" * 20_000 + "ﷺ" * 20_000) == []


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
@given(few_films(6), st.sampled_from(["{t}, {d}, {y}", "{t} ({d}, {y})", "- {t} ({y})", "{t} - {d} ({y})", "{d}: {t}"]))
def test_a_line_of_title_and_credits_names_that_film(films: list[Film], form: str) -> None:
    one = films[0]
    line = form.format(t=one.title, d=one.directors[0], y=one.year)
    others = {film.slug for film in mentioned(line, films)} - {one.slug}
    assert all(any(name in line for name in film.titles) for film in films if film.slug in others)


@PROPERTY
@given(st.lists(st.sampled_from([*AWKWARD, "Alien", "*Alien*", "(1979)", " ", "\n", '"', "watched "]), max_size=30))
def test_whatever_is_written_is_read(pieces: list[str]) -> None:
    assert set(mentioned("".join(pieces), FILMS)) <= set(FILMS)


def test_a_long_message_is_read_in_one_go() -> None:
    assert named("*a " * 1300 + "Tokyo Story") == ["Tokyo Story 1953"]
