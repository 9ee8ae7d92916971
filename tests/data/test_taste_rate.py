"""That "more like this" finds again what curators would have named; benchmarks/taste.py prints the figures."""

from benchmarks import taste


def test_a_hidden_pair_is_among_the_first_ten_for_two_films_of_five_whatever_is_hidden() -> None:
    films = taste.shipped()
    for seed in (1, 2, 3):
        score = taste.judge(films, taste.by_taste, [seed])
        assert score.films >= 60
        assert score.rate >= taste.GOAL


def test_it_finds_more_than_common_themes_and_those_more_than_chance() -> None:
    films = taste.shipped()
    rates = [taste.judge(films, guess, [1]).rate for guess in (taste.by_chance, taste.by_themes, taste.by_taste)]
    assert rates == sorted(rates)
    assert rates[0] < taste.GOAL


def test_what_is_hidden_is_hidden_on_both_sides_and_nothing_else_is() -> None:
    films = taste.shipped()
    left, lost = taste.hide(films, 1)
    for before, after in zip(films, left, strict=True):
        gone = {pair.slug for pair in before.pairs_with} - {pair.slug for pair in after.pairs_with}
        assert gone <= lost.get(before.slug, set())
        assert not {pair.slug for pair in after.pairs_with} & lost.get(before.slug, set())
        assert after == before.model_copy(update={"pairs_with": after.pairs_with})


def test_five_picks_are_less_alike_than_the_five_nearest_films() -> None:
    shown, plain = taste.variety(taste.shipped())
    assert shown < plain
