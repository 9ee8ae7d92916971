"""Where sentences end, and where a full stop or a question mark ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.films.sentences import sentences
from tests.strategies import PROPERTY


@pytest.mark.parametrize(
    "text",
    [
        "One. |Two? |Three!",
        "One… |Two… three",
        "The narrator is Samuel L. Jackson. |He is patient.",
        "Mr. Hulot meets Dr. No. |They get on.",
        "U.S. troops go home, i.e. to bed. |Nobody waits.",
        "She lives at No. 5 here. |Nobody calls.",
        "It lasts 3.5 hours. |Bring a cushion.",
        "In *Where Is the Friend's House?* Kiarostami walks. |Then he stops.",
        "*Dr. Strangelove* is loud. |So are you.",
        "“Where? Who?” he asks. |She leaves.",
        "She says “Go.” |He goes.",
        'She says "No. Never." |He goes.',
        "(It rains. It pours.) |Then it is over.",
        "„Wer? Du?“ fragt er. |Sie geht.",
        "« Où ? Quand ? » demande-t-il. |Elle part.",
        "走れ。|止まれ！|「行くのか？」と聞く。",
        "यह पहला है। |यह दूसरा है।",
        "من هنا؟ |لا أحد.",
        "No end to it",
        "",
    ],
)
def test_a_text_in_sentences(text: str) -> None:
    assert sentences(text.replace("|", "")) == text.split("|")


@PROPERTY
@given(st.text(alphabet='aB .?!*“”"()。', max_size=60))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert "".join(sentences(text)) == text
