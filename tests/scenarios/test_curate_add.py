"""/curate add: a form, a preview, a mistake, and the film is on the list."""

from tests.conftest import Club, refused
from tests.scenarios.curators import NIGHT_TRAIN, SLUG, add, curator, demote, form, offered, panel, published, send
from tests.scenarios.database import drowsy
from tests.scenarios.presses import at_once, click
from tests.scenarios.screen import (
    answer,
    beside,
    card_and_trailer,
    custom_id,
    heading,
    labels,
    picture,
    sentence,
    text,
    texts,
)
from tests.scenarios.shelf import Restart
from tests.scenarios.traffic import answers

PROMISE = 5  # what Discord is told where an answer is still to come
CLAIM = 6  # and where the message that was pressed is going to change
TRAILER = "https://www.youtube.com/watch?v=night1959tr"
PANEL = ["Publish", "Discard", "Basics", "Facts", "Story", "Trailers & links", "Discussion"]


async def test_an_admin_adds_a_film_and_every_member_finds_it_at_once(club: Club) -> None:
    noor = curator(club)
    preview = await add(club, noor)
    assert labels(preview) == PANEL
    assert heading(preview) == "Draft: Night Train (1959)"
    assert picture(preview)
    assert beside(preview, custom_id(preview, "Story")).startswith(sentence("card.why"))
    assert not await offered(club.ann, club.lobby)

    done = panel(await noor.click(preview, label="Publish"))
    assert heading(done) == sentence("draft.published", name="Night Train (1959)")
    assert labels(done) == ["Share", "Undo"]

    [choice, *_] = await club.ann.autocomplete(club.lobby, "film", "title", "night tr")
    assert choice == {"name": "Night Train (1959) – Jerzy Kawalerowicz", "value": SLUG}
    card, trailer = card_and_trailer(await club.ann.slash(club.lobby, "film", title=SLUG))
    assert trailer.content == TRAILER
    assert "Picked by noor" in text(card)


async def test_every_form_is_filled_in_with_what_is_known(club: Club) -> None:
    noor = curator(club)
    preview = await add(club, noor)
    basics = await noor.click(preview, label="Basics")
    assert form(basics) == {
        "name": "Night Train (1959)",
        "directors": "Jerzy Kawalerowicz",
        "kind": "fiction",
        "runtime": "",
        "themes": "",
    }
    preview = panel(await send(noor, basics, runtime="1 h 39", themes="Trains, night"))
    assert "1\u00a0h\u00a039\u00a0min" in text(preview)
    assert "Trains, Night" in text(preview)
    story = await noor.click(preview, label="Story")
    assert form(story)["why"] == NIGHT_TRAIN["why"]


async def test_a_mistake_costs_nobody_a_word(club: Club) -> None:
    noor = curator(club)
    faulty = await add(club, noor, name="Night Train", trailers="https://example.org/x", why="w" * 601)
    assert heading(faulty) == "Draft: Night Train"
    assert sentence("draft.faulty") in texts(faulty)[0]
    lines = beside(faulty, custom_id(faulty, "Correct it")).splitlines()
    assert [line.partition("**")[2].partition("**")[0] for line in lines] == [
        "Title and year",
        "Why it is here",
        "Trailer",
    ]
    assert "Publish" not in labels(faulty)

    again = await noor.click(faulty, label="Correct it")
    assert form(again)["why"] == "w" * 601
    assert form(again)["synopsis"] == NIGHT_TRAIN["synopsis"]
    fine = panel(await noor.submit_modal(again, NIGHT_TRAIN))
    assert labels(fine) == PANEL


async def test_a_draft_survives_a_restart_at_every_step(club: Club, restart: Restart) -> None:
    noor = curator(club)
    shown = await noor.slash(club.lobby, "curate add")
    await restart()
    faulty = panel(await noor.submit_modal(shown, {**NIGHT_TRAIN, "name": "Night Train"}))
    await restart()
    again = await noor.click(faulty, label="Correct it")
    await restart()
    preview = panel(await send(noor, again, name="Night Train (1959)"))
    await restart()
    drafts = answer(await noor.slash(club.lobby, "curate drafts"))
    assert "**Night Train (1959)**" in text(drafts)
    await restart()
    done = panel(await noor.click(preview, label="Publish"))
    assert heading(done) == sentence("draft.published", name="Night Train (1959)")
    await restart()
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=SLUG))
    assert heading(card) == "Night Train (1959)"
    drafts = answer(await noor.slash(club.lobby, "curate drafts"))
    assert sentence("drafts.none") in text(drafts)
    begun = await noor.click(drafts, label=sentence("button.add_film"))
    assert panel(await noor.submit_modal(begun, {**NIGHT_TRAIN, "name": "Day Train (1960)"}))


async def test_discarding_asks_first(club: Club) -> None:
    noor = curator(club)
    asked = panel(await noor.click(await add(club, noor), label="Discard"))
    assert text(asked) == sentence("draft.discard", name="Night Train (1959)")
    back = panel(await noor.click(asked, label="Back to the draft"))
    assert labels(back) == PANEL
    asked = panel(await noor.click(back, label="Discard"))
    gone = panel(await noor.click(asked, label="Throw it away"))
    assert text(gone) == sentence("draft.discarded")


async def test_the_same_film_or_trailer_is_warned_of_and_a_remake_passes(club: Club) -> None:
    noor = curator(club)
    await published(club, noor)
    same = await add(club, noor, trailers="")
    assert sentence("draft.same_name", name="Night Train (1959)") in text(same)
    assert sentence("draft.same_name", name="Night Train (1959)") == beside(same, f"film:peek:{SLUG}")
    done = panel(await noor.click(same, label="Publish"))
    assert heading(done) == sentence("draft.published", name="Night Train (1959)")

    borrowed = await add(club, noor, name="Day Train (1960)")
    assert sentence("draft.same_trailer", name="Night Train (1959)") in text(borrowed)
    remake = await add(club, noor, name="Night Train (2009)", trailers="")
    assert "⚠" not in text(remake)


async def test_a_slow_database_delays_the_panel_and_opens_no_form(club: Club) -> None:
    noor = curator(club)
    preview = await add(club, noor)
    with drowsy():
        late = await noor.click(preview, label="Basics")
        assert refused(club, late) == sentence("error.timed_out")
        for label in ("Discard", "Back to the draft", "Discard"):
            preview = panel(await noor.click(preview, label=label))
            assert answers(club)[-1] == PROMISE
        preview = panel(await noor.click(preview, label="Throw it away"))
        assert answers(club)[-1] == CLAIM
    assert text(preview) == sentence("draft.discarded")


async def test_a_member_sees_no_command_of_the_curators(club: Club) -> None:
    assert not [name for name in club.ann.available_commands(club.lobby) if name.startswith("curate")]
    assert "curate add" in curator(club).available_commands(club.lobby)


async def test_a_curator_who_lost_the_right_can_neither_send_nor_press(club: Club) -> None:
    noor = curator(club)
    preview = await add(club, noor)
    shown = await noor.slash(club.lobby, "curate add")
    demote(club, noor)
    lost = await noor.submit_modal(shown, NIGHT_TRAIN)
    assert refused(club, lost).startswith(sentence("error.curators_only"))
    assert lost.response is not None
    assert NIGHT_TRAIN["why"] in (await lost.response.attachments[0].read()).decode()
    for result in (
        await noor.click(preview, label="Publish"),
        await noor.click(preview, label="Story"),
        await noor.click(preview, label="Discard"),
    ):
        assert refused(club, result) == sentence("error.curators_only")
    assert not await offered(club.ann, club.lobby)


async def test_a_draft_belongs_to_whoever_began_it(club: Club) -> None:
    noor, omar = curator(club), curator(club, "omar")
    preview = await add(club, noor)
    press = click(club, omar, preview, "Publish")
    [result] = await at_once(club, [press])
    assert refused(club, result) == sentence("error.draft_gone")
