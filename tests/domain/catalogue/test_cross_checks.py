"""What is wrong between entries that are each right alone."""

from bot.domain.catalogue.cross_checks import faults_between, faults_of_collections, known_slugs
from bot.domain.films.films import Film
from bot.domain.films.loading import LoadResult, ValidationIssue
from bot.domain.films.vocabulary import Term, Vocabulary
from tests.builders import collection, film

TRAINS = Term(slug="trains", name="Trains", line="On rails")
DRAMA = Term(slug="drama", name="Drama", line="People in trouble")
WORDS = Vocabulary((TRAINS,), (DRAMA,))
OTHER_VIDEO = [{"provider": "vimeo", "id": "76979871"}]


def told(
    *films: Film, words: Vocabulary = WORDS, faults: tuple[ValidationIssue, ...] = ()
) -> list[tuple[str, str, str]]:
    reading = LoadResult(films, faults)
    return [(fault.file, fault.path, fault.kind) for fault in faults_between(reading, words)]


def test_entries_that_go_together_have_no_fault() -> None:
    pair = [{"slug": "day-train-1960", "why": "Light."}]
    assert told(film(pairs_with=pair), film("Day Train", 1960, trailers=OTHER_VIDEO)) == []


def test_a_word_that_is_not_in_the_vocabulary_is_told_with_its_place() -> None:
    assert told(film(themes=["trains", "night"], genres=["noir"])) == [
        ("night-train-1959.toml", "themes.1", "unknown_theme"),
        ("night-train-1959.toml", "genres.0", "unknown_genre"),
    ]


def test_a_vocabulary_that_is_not_there_binds_nobody() -> None:
    assert told(film(themes=["night"]), words=Vocabulary()) == []


def test_a_pair_has_to_be_on_the_list_or_its_file_at_least_there() -> None:
    paired = film(pairs_with=[{"slug": "day-train-1960", "why": "Light."}])
    assert told(paired) == [("night-train-1959.toml", "pairs_with.0.slug", "unknown_film")]
    assert told(paired, faults=(ValidationIssue("day-train-1960.toml", "title", "missing"),)) == []


def test_trailers_and_ids_belong_to_one_film() -> None:
    ids = {"imdb": "tt0053168", "tmdb": 30149}
    faults = list(faults_between(LoadResult((film(ids=ids), film("Day Train", 1960, ids=ids)), ()), WORDS))
    assert [fault.path for fault in faults] == ["trailers.0.id", "ids.imdb", "ids.tmdb"]
    assert {(f.file, f.kind, f.values["other"]) for f in faults} == {
        ("day-train-1960.toml", "taken", "night-train-1959")
    }


def test_a_trailer_in_another_place_of_the_list_is_the_same_trailer() -> None:
    own = [{"provider": "youtube", "id": "0MYFOzP6Xns"}]
    faults = told(film(), film("Day Train", 1960, trailers=[*OTHER_VIDEO, *own]))
    assert faults == [("day-train-1960.toml", "trailers.1.id", "taken")]


def test_a_number_that_is_an_id_at_both_places_is_no_fault() -> None:
    one = film(ids={"tmdb": 76979871}, trailers=[])
    assert told(one, film("Day Train", 1960, trailers=OTHER_VIDEO)) == []


def test_a_collection_names_films_that_are_there() -> None:
    night, day = film(), film("Day Train", 1960)
    known = known_slugs(LoadResult((night,), ()))
    faults = list(faults_of_collections([("collections/t.toml", collection("T", night, day))], known))
    assert [(fault.file, fault.path, fault.kind) for fault in faults] == [
        ("collections/t.toml", "films.1.slug", "unknown_film")
    ]


def test_an_asterisk_has_a_partner_and_a_title_between_them() -> None:
    right = ["After *Kedi*, look down.", "*M*, *Night Train*'s twin (or *Pina*).", "No title.", "M. S. H. *2001*: odd."]
    said = [
        film(prompts=right),
        film("Day Train", 1960, trailers=[], why="See *Kedi.", synopsis={"text": "Then *M * A.", "source": "F"}),
        film("Dusk Train", 1961, trailers=[], prompts=["Why?", "M*A*S*H?", "** what **?"]),
        film("Dawn Train", 1962, trailers=[], pairs_with=[{"slug": "night-train-1959", "why": "*Kedi*s."}]),
    ]
    assert told(*said) == [
        ("day-train-1960.toml", "why", "lone_asterisk"),
        ("day-train-1960.toml", "synopsis.text", "lone_asterisk"),
        ("dusk-train-1961.toml", "prompts.1", "lone_asterisk"),
        ("dusk-train-1961.toml", "prompts.2", "lone_asterisk"),
        ("dawn-train-1962.toml", "pairs_with.0.why", "lone_asterisk"),
    ]
    both = collection("Trains", film(), film("Day Train", 1960), introduction="A *pair.")
    files = (("trains.toml", both),)
    faults = faults_of_collections(files, frozenset(each.slug for each in both.films))
    assert [(fault.path, fault.kind) for fault in faults] == [("introduction", "lone_asterisk")]
