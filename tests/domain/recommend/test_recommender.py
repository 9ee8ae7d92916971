"""Which films go with which: the curators' pairs, then what films share, and not five of one kind."""

import random

import pytest
from hypothesis import given

from bot.domain.films.films import Film
from bot.domain.recommend.feature_vectors import FeatureVectors, nearness
from bot.domain.recommend.recommender import Recommendation
from tests.builders import film, taste_map
from tests.strategies import LARGE, PROPERTY, few_films, films

VARDA = film("Cléo", 1962, directors=["Agnès Varda"], themes=["paris", "cities", "love"], kind="fiction", genres=[])


def like(title: str, year: int = 1955, **changes: object) -> Film:
    """A film that shares nothing with `VARDA` but what is given."""
    alone = {"directors": [f"Director of {title}"], "themes": [], "kind": "documentary", "countries": [], "genres": []}
    told = {"why": f"{title} one.", "synopsis": {"text": f"{title} two.", "source": "Front Row"}}
    return film(title, year, **{**alone, **told, "prompts": [], **changes})


def kin_of(after: Film, *listed: Film, limit: int = 10) -> tuple[Recommendation, ...]:
    return taste_map((after, *listed)).like(after, limit)


def ranked(*listed: Film, after: Film = VARDA, limit: int = 10) -> list[str]:
    return [kin.film.title for kin in kin_of(after, *listed, limit=limit)]


def told(text: str) -> dict[str, str]:
    return {"text": text, "source": "Front Row"}


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (like("Z", themes=["paris", "love"]), like("B", themes=["paris"])),
        (like("Z", directors=["Agnès Varda"]), like("B", themes=["paris"])),
        (like("Z", directors=["Agnès Varda"]), like("B", themes=["paris", "love", "cities"])),
        (like("Z", directors=["Agnès Varda"], themes=["paris"]), like("B", themes=["paris", "love"])),
        (like("Z", themes=["paris"], kind="fiction"), like("B", themes=["paris"])),
        (like("Z", 1969, themes=["paris"]), like("B", 1959, themes=["paris"])),
        (like("Z", 1957, themes=["paris"]), like("B", 1955, themes=["paris"])),
        (like("Z", themes=["paris"], countries=["PL"]), like("B", themes=["paris"], countries=["FR"])),
        (like("Z", themes=["paris"]), like("B", themes=["paris", "war", "sport", "food"])),
        (like("A", themes=["paris"]), like("B", themes=["paris"])),
    ],
)
def test_what_shares_more_comes_first(nearer: Film, farther: Film) -> None:
    rest = [like(f"Other {number}", 1900 + number, themes=["sport"]) for number in range(6)]
    assert ranked(farther, nearer, *rest) == [nearer.title, farther.title]
    assert ranked(nearer, *rest, farther) == [nearer.title, farther.title]


def test_a_rare_theme_says_more_than_a_common_one() -> None:
    after = film("After", 1962, themes=["bees", "family"])
    others = [like(f"Family {number}", 1900 + number, themes=["family"]) for number in range(8)]
    assert ranked(*others, like("Hive", 1990, themes=["bees"]), after=after)[0] == "Hive"


def test_of_films_with_the_same_theme_the_one_told_in_the_same_words_comes_first() -> None:
    after = film("After", 1962, themes=["work"], synopsis=told("A beekeeper looks after her hives in the mountains."))
    hives = like("Z", themes=["work"], synopsis=told("The hives of an old beekeeper are stolen at night."))
    rest = [like(f"Other {number}", 1900 + number, themes=["work"]) for number in range(25)]
    assert ranked(*rest, hives, after=after)[0] == "Z"


@pytest.mark.parametrize(
    "stranger", [like("A"), like("A", kind="fiction"), like("A", 1962), like("A", countries=["PL"])]
)
def test_what_gives_no_reason_that_can_be_told_is_left_out(stranger: Film) -> None:
    assert ranked(stranger) == []


def test_a_country_and_a_decade_together_are_a_reason() -> None:
    [kin] = kin_of(VARDA, like("A", 1966, countries=["PL"]))
    assert (kin.countries, kin.decade, kin.themes) == (("PL",), 1960, ())


def test_where_most_of_the_list_comes_from_is_no_reason() -> None:
    assert ranked(*(like(f"A {number}", 1966, countries=["PL"]) for number in range(10))) == []


def test_a_curators_pair_comes_first_in_the_curators_order_and_with_the_reason() -> None:
    pairs = [{"slug": "b-1955", "why": "Both walk."}, {"slug": "a-1955", "why": "Both wait."}]
    after = VARDA.model_copy(update={"pairs_with": film(pairs_with=pairs).pairs_with})
    found = kin_of(after, like("A"), like("B"), like("C", themes=["paris", "love"]))
    assert [(kin.film.title, kin.why) for kin in found] == [("B", "Both walk."), ("A", "Both wait."), ("C", None)]


def test_a_film_that_names_this_one_counts_as_a_pair_after_its_own_and_with_its_own_words_before_theirs() -> None:
    back = [{"slug": VARDA.slug, "why": "She walks too."}]
    pairs = film(pairs_with=[{"slug": "a-1955", "why": "Both walk."}]).pairs_with
    after = VARDA.model_copy(update={"pairs_with": pairs})
    found = kin_of(after, like("B", pairs_with=back), like("A", pairs_with=back), like("C", themes=["paris", "love"]))
    assert [(kin.film.title, kin.why) for kin in found] == [("A", "Both walk."), ("B", "She walks too."), ("C", None)]
    assert [kin.from_there for kin in found] == [False, True, False]


def test_a_pair_that_is_not_on_the_list_is_passed_over() -> None:
    after = film("Cléo", 1962, pairs_with=[{"slug": "gone-1999", "why": "It was."}])
    assert ranked(like("A"), after=after) == []


def test_a_film_is_not_like_itself_and_need_not_be_on_the_list() -> None:
    assert ranked(like("A", themes=["paris"])) == ["A"]
    apart = taste_map([like("A", themes=["paris"])])
    assert [kin.film.title for kin in apart.like(VARDA, 5)] == ["A"]


def test_the_reasons_are_what_both_share_in_the_films_own_order() -> None:
    other = like(
        "A", 1966, directors=["Someone", "Agnès Varda"], themes=["love", "art", "paris"], countries=["PL", "US"]
    )
    [kin] = kin_of(VARDA, other)
    assert kin == Recommendation(other, None, ("Agnès Varda",), ("paris", "love"), (), ("PL",), 1960)


def test_one_film_of_many_that_are_alike_makes_room_for_another_kind() -> None:
    """Six sequels share all; what shares less with the film, and nothing with them, is among the first three."""
    sequels = [like(f"Sequel {n}", themes=list(VARDA.themes), directors=["One Hand"]) for n in range(6)]
    other = like("Other", 1990, themes=["love"])
    rest = [like(f"Rest {number}", 1900 + number, themes=["sport"]) for number in range(6)]
    assert "Other" in ranked(*sequels, other, *rest, limit=3)


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4])
def test_no_more_are_named_than_asked_for(limit: int) -> None:
    listed = [like(title, themes=["paris"]) for title in "ABC"]
    pairs = film(pairs_with=[{"slug": "c-1955", "why": "Both."}]).pairs_with
    after = VARDA.model_copy(update={"pairs_with": pairs})
    assert ranked(*listed, after=after, limit=limit) == ["C", "A", "B"][:limit]


@PROPERTY
@given(few_films(6))
def test_the_order_of_the_list_does_not_matter_and_no_film_is_named_twice(listed: list[Film]) -> None:
    shuffled = random.Random(len(listed)).sample(listed, len(listed))  # noqa: S311  # no secret hangs on it
    found = taste_map(listed).like(listed[0], 5)
    assert found == taste_map(shuffled).like(listed[0], 5)
    slugs = [kin.film.slug for kin in found]
    assert len(set(slugs)) == len(slugs)
    assert listed[0].slug not in slugs


@LARGE
@given(films(), films())
def test_any_two_films_can_be_compared_and_are_as_near_one_way_as_the_other(one: Film, other: Film) -> None:
    measure = FeatureVectors([one, other])
    ours, theirs = measure.vector(one), measure.vector(other)
    assert nearness(ours, theirs) == pytest.approx(nearness(theirs, ours))
    assert 0 <= nearness(ours, theirs) ** 2 <= nearness(ours, ours) * nearness(theirs, theirs) + 1e-9
    taste_map([one, other]).like(one, 5)


@PROPERTY
@given(few_films(6), few_films(4))
def test_a_servers_list_over_the_shared_one_names_its_films_only(shared: list[Film], own: list[Film]) -> None:
    base = taste_map(shared)
    kept = {kept.slug: kept for kept in (*shared[1:], *own)}
    seen = taste_map(kept.values(), base)
    for entry in kept.values():
        assert {kin.film.slug for kin in seen.like(entry, 20)} <= kept.keys() - {entry.slug}
        assert all(kin.film is kept[kin.film.slug] for kin in seen.like(entry, 20))


def test_a_servers_list_without_films_of_its_own_gives_what_the_shared_one_gives() -> None:
    listed = [VARDA, *(like(f"A {number}", 1950 + number, themes=["paris"]) for number in range(8))]
    shared = taste_map(listed)
    assert taste_map(listed, shared).like(VARDA, 5) == shared.like(VARDA, 5)
