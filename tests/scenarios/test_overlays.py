"""What a server has hidden, taken off or added for itself, seen through every command and every old message."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import SLUG, add, curator, panel
from tests.scenarios.screen import answer, card_and_trailer, heading, opened_by, posts, sentence, text
from tests.scenarios.shelf import stocked

WITCH = film("The Witch", 1922, themes=["witches"], genres=["horror"], countries=["SE"], trailers=[])
TRAIN = film("Day Train", 1960, trailers=[])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [WITCH, TRAIN])


async def test_a_hidden_film_is_found_by_nothing_and_its_old_buttons_say_so(club: Club) -> None:
    noor = curator(club)
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    card = answer(await club.ann.slash(club.lobby, "film", title=WITCH.slug))
    assert sorted(opened_by(page)) == [TRAIN.slug, WITCH.slug]
    await noor.slash(club.lobby, "curate hide", title=WITCH.slug)

    gone = sentence("error.film_removed", name=WITCH.name)
    assert refused(club, await club.ann.click(page, custom_id=f"film:peek:{WITCH.slug}")) == gone
    for label in ("Leave a reply", "More like this"):
        assert refused(club, await club.ann.click(card, label=label)) == gone
    assert not club.lobby.threads
    for option, typed in (("theme", "witches"), ("genre", "horror"), ("country", "Sweden")):
        for command in ("films browse", "films random"):
            assert await club.ann.autocomplete(club.lobby, command, option, typed) == []
            result = await club.ann.slash(club.lobby, command, **{option: typed})
            assert refused(club, result) == sentence("error.nothing_matches")
    for _ in range(3):
        assert TRAIN.title in heading(answer(await club.ann.slash(club.lobby, "films random")))
    for command in ("film", "discuss", "synopsis", "trailer"):
        assert await club.ann.autocomplete(club.lobby, command, "title", "witch") == []
        assert refused(club, await club.ann.slash(club.lobby, command, title=WITCH.slug)) == gone
        assert "could not find" in refused(club, await club.ann.slash(club.lobby, command, title=WITCH.title))


async def test_a_film_of_the_servers_own_is_treated_as_any_other(club: Club) -> None:
    noor = curator(club)
    basics = await noor.click(await add(club, noor), label="Basics")
    assert basics.modal is not None
    typed = {"name": "Night Train (1959)", "directors": "Jerzy Kawalerowicz", "kind": ["fiction"], "themes": "sleepers"}
    await noor.click(panel(await noor.submit_modal(basics, typed)), label="Publish")

    [choice] = await club.ann.autocomplete(club.lobby, "films random", "theme", "sleep")
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "films random", theme=choice["value"]))
    assert "Night Train" in heading(card)
    await club.ann.click(card, label="Leave a reply")
    [thread] = club.lobby.threads
    opened = len(posts(club, thread.id))
    assert opened >= 2

    await noor.click(answer(await noor.slash(club.lobby, "curate remove", title=SLUG)), label="Take it off")
    assert refused(club, await club.ben.click(card, label="Leave a reply")) == sentence(
        "error.film_removed", name="Night Train (1959)"
    )
    await noor.slash(club.lobby, "curate restore", title=SLUG)
    said = answer(await club.ben.click(card, label="Leave a reply"))
    assert thread.mention in text(said)
    assert len(posts(club, thread.id)) == opened
