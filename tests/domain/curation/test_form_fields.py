"""What a person may type for each part of a film, and what it is taken for."""

from typing import Any

import pytest

from bot.domain.curation.form_fields import FIELDS
from bot.domain.curation.text_fields import UnreadableLine
from tests.builders import YOUTUBE_ID

WATCH = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
FRAME = f'<iframe width="560" src="https://www.youtube.com/embed/{YOUTUBE_ID}?start=30" allowfullscreen></iframe>'


def read(name: str, text: str, known: dict[str, Any] | None = None) -> Any:
    """The value that the text stands for; "name" stands for two."""
    values = FIELDS[name].read(text, known or {})
    return (values["title"], values["year"]) if name == "name" else values[name]


def refusal(name: str, text: str) -> tuple[str, int | None]:
    with pytest.raises(UnreadableLine) as refused:
        FIELDS[name].read(text, {})
    return refused.value.kind, refused.value.line


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("Night Train (1959)", "Night Train", 1959),
        ("  Night \n Train\t(1959) ", "Night Train", 1959),
        ("Night Train [1959]", "Night Train", 1959),
        ("Night Train(1959)", "Night Train", 1959),
        ("Solaris 1972", "Solaris", 1972),
        ("Solaris, 1972", "Solaris", 1972),
        ("1917 (2019)", "1917", 2019),
        ("1917 2019", "1917", 2019),
        ("Blade Runner 2049 (2017)", "Blade Runner 2049", 2017),
        ("Blade Runner 2049 2017", "Blade Runner 2049", 2017),
        ("2001: A Space Odyssey (1968)", "2001: A Space Odyssey", 1968),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009),
        ("Solaris (1972) (2002)", "Solaris (1972)", 2002),
        ("艾未未 (2012)", "艾未未", 2012),
    ],
)
def test_a_name_is_title_and_year(text: str, title: str, year: int) -> None:
    assert read("name", text) == (title, year)


@pytest.mark.parametrize(
    "text", ["Night Train", "2001: A Space Odyssey", "1917", "(1959)", "Night Train (59)", "Night Train (19590)"]
)
def test_a_name_without_a_year_is_refused(text: str) -> None:
    assert refusal("name", text) == ("year_missing", None)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("91", 91),
        ("91 min", 91),
        ("91min.", 91),
        ("91 minutes", 91),
        ("1h31", 91),
        ("1H31M", 91),
        ("1:31", 91),
        ("1 h 31 min", 91),
        ("1 hour 31 minutes", 91),
        ("2 hrs", 120),
        ("0", 0),
        ("7200", 7200),
        ("", None),
    ],
)
def test_a_length_is_in_minutes_or_hours(text: str, minutes: int | None) -> None:
    assert read("runtime", text) == minutes


@pytest.mark.parametrize("text", ["abc", "min", "h", ":", "-91", "91 31", "1:2:3", "12345", "1e3", "½", "²"])
def test_what_is_no_length_is_refused(text: str) -> None:
    assert refusal("runtime", text) == ("length", None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Poland, France", ["PL", "FR"]),
        ("pl; FR\nus", ["PL", "FR", "US"]),
        ("Poland, PL, poland", ["PL"]),
        ("USSR, Czechoslovakia, East Germany, Yugoslavia", ["SUHH", "CSHH", "DDDE", "YUCS"]),
        ("suhh", ["SUHH"]),
        ("Bosnia and Herzegovina, Trinidad & Tobago", ["BA", "TT"]),
        (", ,", []),
        ("", []),
    ],
)
def test_countries_are_names_or_codes_between_commas(text: str, codes: list[str]) -> None:
    assert read("countries", text) == codes


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Polish, fr", ["pl", "fr"]),
        ("Chinese, zh-Hant, EN", ["zh", "zh-Hant", "en"]),
        ("Ga, ga", ["gaa", "ga"]),
        ("Mandarin; Farsi", ["zh", "fa"]),
        ("No linguistic content", ["zxx"]),
    ],
)
def test_languages_are_names_or_tags_between_commas(text: str, tags: list[str]) -> None:
    assert read("languages", text) == tags


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("countries", "Poland, Freedonia", "country_name"),
        ("countries", "EU", "country_name"),
        ("languages", "Polish, Klingonisch", "language_name"),
        ("themes", "trains, " + "x" * 21, "tag_word"),
        ("themes", "поезда", "tag_word"),
        ("genres", "drama, !!!", "tag_word"),
    ],
)
def test_an_unknown_word_is_refused(name: str, text: str, kind: str) -> None:
    assert refusal(name, text) == (kind, None)


def test_a_word_goes_on_meaning_what_it_meant() -> None:
    known = {"languages": ["zh-Hant", "zh", "en"]}
    assert FIELDS["languages"].write(known) == "Chinese, zh, English"
    assert read("languages", "Chinese, zh, Polish", known) == ["zh-Hant", "zh", "pl"]


def test_tags_are_words_in_any_spelling() -> None:
    assert read("themes", "Sci-Fi, coming of age; Café, sci fi") == ["sci-fi", "coming-of-age", "cafe"]
    assert FIELDS["themes"].write({"themes": ["sci-fi", "cafe"]}) == "sci fi, cafe"


@pytest.mark.parametrize(
    ("line", "provider", "start", "label"),
    [
        (WATCH, "youtube", 0, "Trailer"),
        (f"{WATCH}&t=90 Teaser", "youtube", 90, "Teaser"),
        (f"Teaser: {WATCH}", "youtube", 0, "Teaser"),
        (f"{WATCH}, Teaser", "youtube", 0, "Teaser"),
        (f"{WATCH} – Teaser, 1:30 long", "youtube", 0, "Teaser, 1:30 long"),
        (f"<{WATCH}>", "youtube", 0, "Trailer"),
        (f"youtu.be/{YOUTUBE_ID} Teaser", "youtube", 0, "Teaser"),
        (f"www.youtube.com/watch?v={YOUTUBE_ID}", "youtube", 0, "Trailer"),
        ("https://vimeo.com/76979871#t=5s Restored", "vimeo", 5, "Restored"),
        (FRAME, "youtube", 30, "Trailer"),
        (f"{FRAME} Teaser", "youtube", 30, "Teaser"),
        (FRAME.replace("iframe", "IFRAME"), "youtube", 30, "Trailer"),
        (f'[embedplusvideo standard="http://www.youtube.com/v/{YOUTUBE_ID}?fs=1" vars="" /]', "youtube", 0, "Trailer"),
    ],
)
def test_a_trailer_is_an_address_perhaps_with_a_label(line: str, provider: str, start: int, label: str) -> None:
    [trailer] = read("trailers", line)
    assert (trailer["provider"], trailer["start"], trailer["label"]) == (provider, start, label)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n \n", "\u2028"])
def test_trailers_stand_on_lines_of_their_own(end: str) -> None:
    found = read("trailers", f"{WATCH} Teaser{end}https://vimeo.com/76979871")
    assert [trailer["label"] for trailer in found] == ["Teaser", "Trailer"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"Watch on YouTube\nhttps://youtu.be/{YOUTUBE_ID}", ["Watch on YouTube"]),
        (f"[embed]\nhttps://youtu.be/{YOUTUBE_ID}\n[/embed]", ["Trailer"]),
        (f'<object width="425">\n<param name="movie"\nvalue="http://youtu.be/{YOUTUBE_ID}">\n</object>', ["Trailer"]),
        (f'<div class="x">\n<iframe\nsrc="//youtu.be/{YOUTUBE_ID}">\n</iframe>\n</div> \nTeaser', None),
        (f"{WATCH} https://vimeo.com/76979871", ["Trailer", "Trailer"]),
        (f"Teaser: {WATCH} – Restored: https://vimeo.com/76979871", ["Teaser", "Restored"]),
        (f"{WATCH} (1)", ["Trailer"]),
    ],
)
def test_what_was_pasted_on_several_lines_is_one_trailer(text: str, wanted: list[str] | None) -> None:
    if wanted is None:  # a label belongs to what follows it
        with pytest.raises(UnreadableLine) as error:
            read("trailers", text)
        assert error.value.kind == "trailer_address"
        return
    assert [trailer["label"] for trailer in read("trailers", text)] == wanted


def test_a_trailer_keeps_what_no_form_shows() -> None:
    moments = [{"at": 5, "note": "Look."}]
    known = {"trailers": [{"provider": "youtube", "id": YOUTUBE_ID, "stop": 60, "moments": moments}]}
    [kept] = read("trailers", f"{WATCH}&t=30 Teaser", known)
    assert (kept["start"], kept["stop"], kept["moments"]) == (30, 60, moments)
    [moved] = read("trailers", f"{WATCH}&t=90", known)
    assert (moved["start"], moved["stop"], moved["moments"]) == (90, None, moments)
    [other] = read("trailers", "https://vimeo.com/76979871", known)
    assert (other["stop"], other["moments"]) == (None, ())


@pytest.mark.parametrize(
    ("line", "label", "address"),
    [
        ("Official site: https://example.org/", "Official site", "https://example.org/"),
        ("https://example.org/ Official site", "Official site", "https://example.org/"),
        ("https://example.org/a", "example.org", "https://example.org/a"),
        ("www.example.org: https://www.example.org/", "www.example.org", "https://www.example.org/"),
        ("https://a.example: https://b.example/c", "https://a.example", "https://b.example/c"),
        ("Essay: https://example.org/Foo,_Bar;x?y=1,2", "Essay", "https://example.org/Foo,_Bar;x?y=1,2"),
        ("https://example.org/a, the essay", "the essay", "https://example.org/a"),
        ("Old: http://example.org/", "Old", "http://example.org/"),
    ],
)
def test_a_link_is_a_label_and_an_address(line: str, label: str, address: str) -> None:
    assert read("links", line) == [{"label": label, "address": address}]


@pytest.mark.parametrize(
    ("text", "imdb", "tmdb"),
    [
        ("tt0053168, tmdb 12345", "tt0053168", 12345),
        ("TMDB: 12345", None, 12345),
        ("https://www.imdb.com/title/tt0053168/?ref_=x\nhttps://www.themoviedb.org/movie/12345-x", "tt0053168", 12345),
        ("", None, None),
    ],
)
def test_ids_are_found_in_what_is_pasted(text: str, imdb: str | None, tmdb: int | None) -> None:
    assert read("ids", text) == {"imdb": imdb, "tmdb": tmdb}


def test_praise_says_who_when_and_what() -> None:
    [first, second] = read("praise", "Sight and Sound, 2012: The Greatest: Films\nVenice 1959 : Lion")
    assert first == {"publication": "Sight and Sound", "year": 2012, "listed_as": "The Greatest: Films"}
    assert second == {"publication": "Venice", "year": 1959, "listed_as": "Lion"}


@pytest.mark.parametrize(
    ("line", "slug", "why"),
    [
        ("Night Train (1959): both wait", "night-train-1959", "both wait"),
        ("2001: A Space Odyssey (1968): space", "2001-a-space-odyssey-1968", "space"),
        ("Solaris [1972] – water: everywhere", "solaris-1972", "water: everywhere"),
        ("night-train-1959: both wait", "night-train-1959", "both wait"),
        ("night-train-1959-2: after Rain (1932): rails", "night-train-1959-2", "after Rain (1932): rails"),
    ],
)
def test_a_pair_names_a_film_and_says_why(line: str, slug: str, why: str) -> None:
    assert read("pairs_with", line) == [{"slug": slug, "why": why}]


@pytest.mark.parametrize(
    ("name", "text", "kind", "line"),
    [
        ("trailers", f"{WATCH}\n\nhttps://example.org/", "trailer_address", 2),
        ("trailers", "Trailer", "trailer_address", 1),
        ("trailers", "<iframe", "trailer_address", 1),
        ("links", "A: https://a.example/\nB", "link_line", 2),
        ("ids", "tt53168", "ids_line", None),
        ("ids", "tt0053168, tmdb twelve", "ids_line", None),
        ("praise", "Venice 1959: Lion\nBerlin: Bear", "praise_line", 2),
        ("pairs_with", "Night Train: both wait", "pair_line", 1),
        ("pairs_with", "Night Train (1959)", "pair_line", 1),
        ("pairs_with", "night-train: both wait", "pair_line", 1),
        ("pairs_with", "Night Train (0007): both wait", "pair_line", 1),
        ("pairs_with", f"{'x' * 70}-1959: both wait", "pair_line", 1),
    ],
)
def test_a_line_in_no_known_form_is_refused_and_named(name: str, text: str, kind: str, line: int | None) -> None:
    assert refusal(name, text) == (kind, line)
