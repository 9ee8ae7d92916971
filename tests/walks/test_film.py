"""/film: a member asks for a film and sees its card and its trailer."""

import pytest

from tests.conftest import Club, refused

TRAILER = "https://www.youtube.com/watch?v=0MYFOzP6Xns"


async def test_a_member_sees_the_card_and_then_the_trailer_alone(club: Club) -> None:
    choices = await club.ann.autocomplete(club.lobby, "film", "title", "never so")
    assert choices[0]["name"] == "Ai Weiwei: Never Sorry (2012) – Alison Klayman"

    result = await club.ann.slash(club.lobby, "film", title=choices[0]["value"])

    assert result.response is not None
    assert not result.ephemeral
    assert result.response.content == "**Ai Weiwei: Never Sorry** (2012)"
    assert len(result.response.embeds) == 1
    [trailer] = result.followups
    assert trailer.content == TRAILER
    assert not trailer.embeds
    assert not trailer.components


@pytest.mark.parametrize("typed", ["AI WEIWEI", "ai weiwei never sory", "Never Sorry 2012", "艾未未：道歉你妹"])
async def test_free_text_finds_the_film(club: Club, typed: str) -> None:
    result = await club.ann.slash(club.lobby, "film", title=typed)
    assert result.response is not None
    assert result.response.content == "**Ai Weiwei: Never Sorry** (2012)"


async def test_an_unknown_title_is_refused_privately_with_a_way_on(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "film", title="zzz qqq")
    assert "could not find “zzz qqq”" in refused(club, result)
