"""How the shipped texts sound: as talk does, not as a programme note. docs/voice.md says what for.

Shares are over the whole list, since no entry alone has a share; what no entry may have is told with its place.
"""

import statistics
from typing import Final

import pytest

from bot.content import DATA
from bot.storage.content.collections import read_collections
from bot.storage.content.films import read_films
from tests.builders import film
from tests.data import prose

FILMS: Final = {each.slug: each for each in read_films(DATA / "films").films}
TEXTS: Final = tuple(text for each in FILMS.values() for text in prose.of_film(each))
COLLECTED: Final = tuple(
    text for each in read_collections(DATA / "films").collections for text in prose.of_collection(each)
)
SPOKEN: Final = tuple(text for text in TEXTS if text.part != "note")
PROMPTS: Final = tuple(text.said for text in TEXTS if text.part == "prompt")
PAIRS: Final = tuple(text.said for text in TEXTS if text.part == "pair")


def share(wanted: list[bool]) -> float:
    """How many of them are true, of all."""
    return sum(wanted) / len(wanted)


def test_words_grow_together_as_often_as_in_talk() -> None:
    words = sum(len(text.said.split()) for text in SPOKEN)
    assert 12 <= 1000 * sum(prose.contractions(text.said) for text in SPOKEN) / words <= 25


def test_no_pronoun_is_stiff() -> None:
    assert [(t.where, found) for t in (*SPOKEN, *COLLECTED) if (found := prose.stiff_words(t.said))] == []


def test_a_third_of_the_whys_tell_what_the_curator_did() -> None:
    assert 0.3 <= share([prose.tells_what_i_did(each.why) for each in FILMS.values()]) <= 0.45


def test_no_outline_is_that_of_a_third_of_the_entries() -> None:
    _, most = prose.outlines(FILMS.values()).most_common(1)[0]
    assert most <= len(FILMS) / 3


def test_stories_differ_in_length() -> None:
    assert statistics.pstdev([len(each.synopsis.text.split()) for each in FILMS.values()]) >= 15


def test_some_whys_are_one_sentence_and_some_six() -> None:
    lengths = [len(prose.sentences(each.why)) for each in FILMS.values()]
    assert lengths.count(1) >= 5
    assert len([length for length in lengths if length >= 6]) >= 5


def test_a_third_of_the_questions_at_most_come_after_a_statement() -> None:
    assert share(list(map(prose.states_then_asks, PROMPTS))) <= 1 / 3


def test_no_question_is_answered_by_yes() -> None:
    assert [
        (text.where, text.said) for text in TEXTS if text.part == "prompt" and prose.is_answered_by_yes(text.said)
    ] == []


def test_pairs_have_more_shapes_than_one() -> None:
    assert share(list(map(prose.sets_side_by_side, PAIRS))) <= 1 / 3
    assert share(list(map(prose.lacks_a_verb, PAIRS))) <= 1 / 5


def test_a_pair_is_told_once_and_names_the_other_film() -> None:
    assert prose.pairs_told_twice(FILMS.values()) == []
    assert prose.unnamed_pairs(FILMS) == []


def test_titles_are_marked_wherever_they_stand() -> None:
    assert prose.unmarked_titles((*SPOKEN, *COLLECTED), [each.title for each in FILMS.values()]) == []


def test_every_entry_says_whether_it_is_light_and_what_to_know_before() -> None:
    assert [slug for slug, each in FILMS.items() if each.light is None or each.content_notes is None] == []
    assert [(slug, wrong) for slug, each in FILMS.items() if (wrong := prose.ungraded(each))] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It is not so. The film's end, James's and Mum's.", 0),
        ("It's so; I don't, he’d, they'll, you've, I'm. What's that? There's a cat.", 8),
        ("After *But I'm a Cheerleader* you'll cheer.", 1),
    ],
)
def test_contractions_are_counted(text: str, number: int) -> None:
    assert prose.contractions(text) == number


def test_stiff_pronouns_are_seen() -> None:
    text = "A friend whom I know. If one wants to, one can. As one knows. One's hands."
    assert prose.stiff_words(text) == ["whom", "If one wants", "one can", "As one knows", "One's"]
    assert prose.stiff_words("No one can say which one is which; the one who can may. This one's mine.") == []


def test_what_the_curator_did_is_seen() -> None:
    assert prose.tells_what_i_did("I laughed at the wrong place.")
    assert prose.tells_what_i_did("The song's good, and I've never once sung it.") is True
    assert not prose.tells_what_i_did("I think it's a fine film. “I cried,” he says.")


def test_the_shapes_of_questions_are_seen() -> None:
    assert prose.states_then_asks("He lies. When did you know?")
    assert not prose.states_then_asks("When did you know that he lies?")
    for yes in (
        "Is he lying?",
        "He lies. Would you?",
        "If he came back, would she go?",
        "Did you know? Could you have?",
    ):
        assert prose.is_answered_by_yes(yes), yes
    for other in (
        "Is he lying, and in which scene?",
        "Is he a fool or a liar?",
        "Did you laugh? Where first?",
        "What is it?",
    ):
        assert not prose.is_answered_by_yes(other), other


def test_the_shapes_of_pairs_are_seen() -> None:
    assert prose.sets_side_by_side("Antonio wants his bicycle. *Wadjda* wants hers.")
    assert not prose.sets_side_by_side("After *Wadjda* you'll look at his bicycle as a toy.")
    assert not prose.sets_side_by_side("I saw *Wadjda* first. It's the better bicycle.")
    assert not prose.sets_side_by_side("*Wadjda* wants hers for a race. You'll see Antonio's as a wage then.")
    assert prose.lacks_a_verb("A bicycle in Rome, a bicycle in Riyadh. *Wadjda* wants hers.")
    assert not prose.lacks_a_verb("Antonio wants his bicycle. *Wadjda* wants hers.")


def test_what_is_wrong_with_pairs_is_seen() -> None:
    one = film(pairs_with=[{"slug": "day-train-1960", "why": "Watch *Night Train* first."}])
    other = film("Day Train", 1960, pairs_with=[{"slug": one.slug, "why": "After *Night Train*, sit by the window."}])
    films = {each.slug: each for each in (one, other)}
    assert prose.pairs_told_twice(films.values()) == [("day-train-1960", "night-train-1959")]
    assert prose.unnamed_pairs(films) == [("night-train-1959", "day-train-1960")]


def test_a_note_without_a_grade_and_a_title_without_marks_are_seen() -> None:
    notes = ["a suicide", "Suicide (shown)", "a suicide (twice)", "a suicide (mentioned)"]
    assert prose.ungraded(film(content_notes=notes)) == notes[:3]
    texts = [prose.Text("a-2000", "why", "See *Last Train Home*, then Last Train Home again.")]
    assert prose.unmarked_titles(texts, ["Last Train Home", "Home"]) == [("a-2000", "Last Train Home")]
    assert prose.outlines([film(), film("Day Train", 1960)]) == {(1, 1, 0): 2}
