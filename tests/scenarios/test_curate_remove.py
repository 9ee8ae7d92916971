"""Taking films off a server's list, hiding shared ones, putting them back, and the record of it all."""

from tests.conftest import Club, refused
from tests.scenarios.curators import SLUG, curator, offered, panel, published, seen, send
from tests.scenarios.presses import at_once, click
from tests.scenarios.screen import answer, custom_ids, entries, labels, posts, sentence, text
from tests.scenarios.shelf import Restart

SHARED = "persepolis-2007"
NAME = "Night Train (1959)"


async def test_removing_asks_once_and_leaves_what_members_wrote(club: Club, restart: Restart) -> None:
    noor = curator(club)
    await published(club, noor)
    await club.ann.slash(club.lobby, "discuss", title=SLUG)
    [thread] = club.lobby.threads
    await club.ann.send(thread, "I was on that train.")
    asked = answer(await noor.slash(club.lobby, "curate remove", title=SLUG))
    assert text(asked) == sentence("removal.ask", name=NAME)
    await restart()
    gone = panel(await noor.click(asked, label="Take it off"))
    assert text(gone) == sentence("changed.remove", name=NAME)
    assert not await offered(club.ann, club.lobby)
    assert refused(club, await club.ann.slash(club.lobby, "film", title=SLUG))
    assert text(posts(club, thread.id)[-1]) == "I was on that train."

    await restart()
    back = answer(await noor.click(gone, label="Undo"))
    assert text(back) == sentence("changed.undo", name=NAME)
    assert await offered(club.ann, club.lobby)
    answer(await club.ben.slash(club.lobby, "discuss", title=SLUG))
    assert [each.id for each in club.lobby.threads] == [thread.id]


async def test_a_question_can_be_answered_with_no(club: Club) -> None:
    noor = curator(club)
    await published(club, noor)
    asked = answer(await noor.slash(club.lobby, "curate remove", title=SLUG))
    kept = panel(await noor.click(asked, label="Keep it"))
    assert (text(kept), labels(kept)) == (sentence("removal.kept", name=NAME), [])
    assert await offered(club.ann, club.lobby)


async def test_a_removed_film_can_be_restored_later(club: Club, restart: Restart) -> None:
    noor = curator(club)
    await published(club, noor)
    assert await noor.autocomplete(club.lobby, "curate restore", "title", "") == []
    asked = answer(await noor.slash(club.lobby, "curate remove", title=SLUG))
    await noor.click(asked, label="Take it off")
    await restart()
    [choice] = await noor.autocomplete(club.lobby, "curate restore", "title", "")
    assert choice["value"] == SLUG
    back = answer(await noor.slash(club.lobby, "curate restore", title=SLUG))
    assert text(back) == sentence("changed.restore", name=NAME)
    assert await offered(club.ann, club.lobby)


async def test_a_shared_film_is_hidden_in_one_server_alone(club: Club) -> None:
    other = club.env.create_guild("Another club")
    elsewhere, eve = other.create_text_channel("films"), other.add_member(club.env.create_user("eve"))
    noor = curator(club)
    hidden = answer(await noor.slash(club.lobby, "curate hide", title=SHARED))
    assert text(hidden) == sentence("changed.hide", name="Persepolis (2007)")
    assert not await offered(club.ann, club.lobby, SHARED)
    theirs = await eve.autocomplete(elsewhere, "film", "title", "persep")
    assert theirs[0]["value"] == SHARED
    [choice] = await noor.autocomplete(club.lobby, "curate unhide", "title", "")
    shown = answer(await noor.slash(club.lobby, "curate unhide", title=choice["value"]))
    assert text(shown) == sentence("changed.unhide", name="Persepolis (2007)")
    assert await offered(club.ann, club.lobby, SHARED)


async def test_removing_a_shared_film_hides_it_here(club: Club) -> None:
    noor = curator(club)
    asked = answer(await noor.slash(club.lobby, "curate remove", title=SHARED))
    assert text(asked) == sentence("removal.ask_shared", name="Persepolis (2007)")
    await noor.click(asked, label="Take it off")
    assert not await offered(club.ann, club.lobby, SHARED)


async def test_no_server_sees_or_changes_anothers_films(club: Club) -> None:
    noor = curator(club)
    saved = await published(club, noor)
    other = club.env.create_guild("Another club")
    elsewhere = other.create_text_channel("films")
    owner = other.add_member(other.owner)
    assert not await offered(owner, elsewhere)
    for command in ("film", "curate edit", "curate remove"):
        result = await owner.slash(elsewhere, command, title=SLUG)
        assert SLUG in refused(club, result)
    # A forged press with the number of another server's change finds nothing to take back.
    forged = click(club, noor, saved, "Undo")
    forged.payload["guild_id"] = str(other.id)
    [result] = await at_once(club, [forged])
    assert refused(club, result) == sentence("error.already_done")
    assert await offered(club.ann, club.lobby)


async def test_history_tells_who_changed_what_and_takes_it_back(club: Club, restart: Restart) -> None:
    noor, omar = curator(club), curator(club, "omar")
    await published(club, noor)
    opened = panel(await omar.slash(club.lobby, "curate edit", title=SLUG))
    changed = panel(await send(omar, await omar.click(opened, label="Story"), why="Everyone is awake."))
    await omar.click(changed, label="Publish")
    await noor.slash(club.lobby, "curate hide", title=SHARED)

    page = answer(await noor.slash(club.lobby, "curate history"))
    first, second, third = entries(page)
    assert sentence("history.hide", name="Persepolis (2007)") in first
    assert sentence("history.edit", name=NAME) in second
    assert f"<@{omar.id}>" in second
    assert "**Why it is here**: Nobody sleeps, and everybody is seen. → Everyone is awake." in second
    assert sentence("history.add", name=NAME) in third
    assert labels(page) == ["Undo", "Undo", "Undo"]

    await restart()
    answer(await noor.click(page, custom_id=custom_ids(page)[1]))
    assert seen(club, SLUG).why == "Nobody sleeps, and everybody is seen."
    one = answer(await noor.slash(club.lobby, "curate history", title=SLUG))
    assert sentence("history.undo", name=NAME) in entries(one)[0]
    assert "Persepolis" not in text(one)


async def test_history_has_pages(club: Club, restart: Restart) -> None:
    noor = curator(club)
    for _ in range(4):
        await noor.slash(club.lobby, "curate hide", title=SHARED)
        await noor.slash(club.lobby, "curate unhide", title=SHARED)
    page = answer(await noor.slash(club.lobby, "curate history"))
    assert labels(page) == [*["Undo"] * 5, "Older"]
    await restart()
    older = panel(await noor.click(page, label="Older"))
    assert labels(older) == ["Undo", "Undo", "Undo", "Latest"]
    newest = panel(await noor.click(older, label="Latest"))
    assert custom_ids(newest) == custom_ids(page)


async def test_a_later_change_is_not_undone_by_the_way(club: Club) -> None:
    noor = curator(club)
    await published(club, noor)
    for reason in ("Everyone is awake.", "It never stops."):
        opened = panel(await noor.slash(club.lobby, "curate edit", title=SLUG))
        changed = panel(await send(noor, await noor.click(opened, label="Story"), why=reason))
        await noor.click(changed, label="Publish")
    page = answer(await noor.slash(club.lobby, "curate history"))
    latest, before, *_ = custom_ids(page)
    assert refused(club, await noor.click(page, custom_id=before)) == sentence("error.changed_since")
    answer(await noor.click(page, custom_id=latest))
    assert refused(club, await noor.click(page, custom_id=latest)) == sentence("error.already_done")
