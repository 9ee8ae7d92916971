"""Trailers pasted into Discord: the form of curators and /suggest read them alike, and say what they cannot read."""

import pytest

from bot.domain.films.trailers import Trailer
from tests.conftest import Club, refused
from tests.scenarios.curators import add, curator, panel
from tests.scenarios.screen import answer, heading, sentence, text
from tests.scenarios.suggestions import SOLARIS, suggested, waiting

TUBE = "https://www.youtube.com/watch?v=solaris72tr"
PASTED = [
    ("[youtube=http://www.youtube.com/watch?v=solaris72tr&w=640]", TUBE),
    ("<p>Look</p><iframe src='https://www.youtube.com/embed/solaris72tr?start=90'></iframe>", f"{TUBE}&t=90s"),
    ("http://www.dailymotion.com/swf/video/x84sh87?additionalInfos=0", "https://www.dailymotion.com/video/x84sh87"),
    ('Watch "Solaris" on YouTube https://youtu.be/solaris72tr?si=abc&t=1m30s', f"{TUBE}&t=90s"),
    ("[Teaser](https://vimeo.com/album/2222222/video/76979871).", "https://vimeo.com/76979871"),
]
REFUSED = [
    ("https://youtu.be:99999/solaris72tr", "not_an_address"),
    ("https://player.vimeo.com/video/76979871?h=8272103f6e", "unlisted"),
    ("https://www.youtube.com/playlist?list=PLx", "no_video"),
    ("https://youtu.be.evil.example/solaris72tr", "unknown_host"),
]


@pytest.mark.parametrize(("text", "address"), PASTED)
async def test_the_curators_form_takes_what_people_paste(club: Club, text: str, address: str) -> None:
    noor = curator(club)
    done = panel(await noor.click(await add(club, noor, trailers=text), label="Publish"))
    assert heading(done) == sentence("draft.published", name="Night Train (1959)")
    assert answer(await club.ann.slash(club.lobby, "trailer", title="night train")).content == address


@pytest.mark.parametrize(("text", "address"), PASTED)
async def test_a_suggestion_takes_what_people_paste(club: Club, text: str, address: str) -> None:
    await suggested(club, **{**SOLARIS, "trailer": text})
    [kept] = await waiting(club)
    assert kept.trailer == address
    assert Trailer.model_validate(kept.trailer).address() == address


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
async def test_both_say_alike_what_is_wrong(club: Club, typed: str, reason: str) -> None:
    why = sentence(f"trailer_refused.{reason}")
    assert why in text(await add(club, curator(club), trailers=typed))
    assert why in refused(club, await club.ann.slash(club.lobby, "suggest", **{**SOLARIS, "trailer": typed}))
    assert await waiting(club) == ()


async def test_two_videos_are_too_many_for_a_suggestion(club: Club) -> None:
    two = {**SOLARIS, "trailer": f"{TUBE} https://vimeo.com/76979871"}
    assert sentence("trailer_refused.several") in refused(club, await club.ann.slash(club.lobby, "suggest", **two))
