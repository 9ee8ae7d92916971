"""Other ways to write a title."""

import pytest

from bot.domain.search.spellings import other_spellings


@pytest.mark.parametrize(
    ("folded", "others"),
    [
        ("persona", ()),
        ("the gleaners and i", ()),
        ("four months", ("4 months",)),
        ("4 months", ("four months",)),
        ("8 1 2", ("eight and a half",)),
        ("eight and a half", ("8 1 2",)),
        ("nineteen eighty four", ("1984",)),
        ("1984", ("nineteen eighty four",)),
        ("twenty forty six", ("2046",)),
        ("two thousand one", ("2001", "two thousand and one")),
        ("one hundred and one dalmatians", ("101 dalmatians",)),
        ("127 hours", ("one hundred and twenty seven hours",)),
        ("the hundred foot journey", ("the 100 foot journey", "the one hundred foot journey")),
        ("20 000 leagues", ("20000 leagues",)),
        ("twenty thousand leagues", ("20000 leagues",)),
        ("forty second street", ("42nd street",)),
        ("21st century women", ("twenty first century women",)),
        ("the 11th hour", ("the eleventh hour",)),
        ("one two three", ("1 2 3",)),
        ("quatre cents coups", ("400 coups", "four hundred coups")),
        ("50 cent", ("fifty cent",)),
        ("rocky ii", ("rocky 2", "rocky two")),
        ("part i", ("part 1", "part one")),
        ("v for vendetta", ()),
        ("star wars episode v", ("star wars episode 5", "star wars episode five")),
        ("dr strangelove", ("doctor strangelove",)),
        ("007", ()),
    ],
)
def test_numbers_and_abbreviations_are_written_in_other_ways(folded: str, others: tuple[str, ...]) -> None:
    assert other_spellings(folded) == others


def test_any_number_of_four_digits_comes_back_from_its_words() -> None:
    for number in range(1, 10_000):
        [spelt] = other_spellings(f"at {number} o")
        assert other_spellings(spelt) == (f"at {number} o",)
