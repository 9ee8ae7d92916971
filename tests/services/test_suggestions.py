"""Members propose and curators decide; of two who do the same at once, in two processes, one wins."""

import asyncio
import dataclasses
import datetime
from collections.abc import AsyncGenerator, Awaitable, Sequence

import pytest

from bot.domain.curation.changes import Duplicate
from bot.domain.curation.drafts import Draft, Published
from bot.domain.curation.suggestions import COOLDOWN, MAX_OPEN, TAKEN_LASTS, State, Suggestion, read_proposal
from bot.domain.errors import (
    CuratorsOnly,
    DraftGone,
    FilmNotFound,
    FrontRowError,
    SuggestionDecided,
    SuggestionGone,
    SuggestionTaken,
    TooManyDrafts,
    TooManyOpen,
    TooSoon,
)
from bot.domain.films.loading import LoadResult
from bot.domain.guilds.settings import Actor
from bot.services.drafts import Drafts
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.services.suggestions import Suggestions
from bot.storage.db import drafts as storage
from bot.storage.db.database import Database
from tests.builders import film
from tests.strategies import AWKWARD

GUILD, CHANNEL = 2001, 3001
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
TRAIN = film()
ANN, BEN = (Actor(guild_id=GUILD, member_id=n, name=name, manages=False) for n, name in ((11, "ann"), (12, "ben")))
NOOR, JONAS = (Actor(guild_id=GUILD, member_id=n, name=name, manages=True) for n, name in ((21, "Noor"), (22, "Jonas")))
FINISHED = {"directors": "Andrei Tarkovsky", "synopsis": "A station above a sea."}


@dataclasses.dataclass(frozen=True)
class Process:
    """What one process has of services."""

    films: Films
    drafts: Drafts
    suggestions: Suggestions

    @classmethod
    async def on(cls, database: Database) -> "Process":
        films, guilds = Films(database), Guilds(database)
        await films.seed(LoadResult((TRAIN,), ()))
        return cls(films, Drafts(database, films, guilds), Suggestions(database, films, guilds))


@pytest.fixture
async def club(database: Database) -> Process:
    return await Process.on(database)


@pytest.fixture
async def processes(database_url: str) -> AsyncGenerator[Sequence[Process]]:
    databases = [await Database.open(database_url) for _ in range(2)]
    yield [await Process.on(database) for database in databases]
    for database in databases:
        await database.close()


async def made(
    club: Process, title: str = "Solaris", *, year: int | None = 1972, by: Actor = ANN, now: datetime.datetime = NOW
) -> Suggestion:
    found = await club.suggestions.make(by, read_proposal(title, "The sea.", year), CHANNEL, now)
    assert isinstance(found, Suggestion)
    return found


async def outcomes(*attempts: Awaitable[object]) -> list[object]:
    """What each came to: its result, or the refusal's class."""
    results = await asyncio.gather(*attempts, return_exceptions=True)
    assert not [each for each in results if isinstance(each, BaseException) and not isinstance(each, FrontRowError)]
    return [type(result) if isinstance(result, FrontRowError) else result for result in results]


async def test_a_suggestion_waits_for_the_curators(club: Process) -> None:
    proposal = read_proposal("Solaris (1972)", "The sea.", None, "https://youtu.be/0MYFOzP6Xn0")
    kept = await club.suggestions.make(ANN, proposal, CHANNEL, NOW)
    assert isinstance(kept, Suggestion)
    assert (kept.author_id, kept.author_name, kept.channel_id, kept.made) == (11, "ann", CHANNEL, NOW)
    assert (kept.name, kept.why, kept.state) == ("Solaris (1972)", "The sea.", State.OPEN)
    assert kept.trailer == "https://www.youtube.com/watch?v=0MYFOzP6Xn0"
    later = await made(club, "Stalker", by=BEN)
    assert await club.suggestions.queue(NOOR) == (kept, later)
    assert await club.suggestions.get(NOOR, kept.number) == kept


async def test_what_is_on_the_list_is_not_kept(club: Process) -> None:
    assert await club.suggestions.make(ANN, read_proposal("night train", "x"), CHANNEL, NOW) == Duplicate(TRAIN, "name")
    assert await club.suggestions.queue(NOOR) == ()
    assert await made(club)  # and costs no waiting


@pytest.mark.parametrize("typed", AWKWARD)
async def test_whatever_is_typed_comes_back_as_it_was_cleaned(club: Process, typed: str) -> None:
    proposal = read_proposal(f"A {typed}", f"B {typed}")
    strange = ANN.model_copy(update={"name": typed})
    kept = await club.suggestions.make(strange, proposal, CHANNEL, NOW)
    assert isinstance(kept, Suggestion)
    assert (kept.title, kept.why) == (proposal.title, proposal.why)
    declined = await club.suggestions.decline(NOOR, kept.number, proposal.title, NOW)
    assert await club.suggestions.get(NOOR, kept.number) == declined


async def test_between_two_suggestions_there_is_a_pause(club: Process) -> None:
    await made(club)
    for passed, left in ((0, 30), (1, 29), (29.5, 1)):
        with pytest.raises(TooSoon) as refused:
            await made(club, "Stalker", now=NOW + datetime.timedelta(seconds=passed))
        assert refused.value.seconds == left
    with pytest.raises(TooSoon) as refused:  # another process's clock was an hour ahead
        await made(club, "Stalker", now=NOW - datetime.timedelta(hours=1))
    assert refused.value.seconds == 30
    await made(club, "Mirror", by=BEN)
    await made(club, "Stalker", now=NOW + COOLDOWN)


async def test_only_so_many_wait_at_a_time_whether_taken_or_not(club: Process) -> None:
    first = await made(club, "0")
    for number in range(1, MAX_OPEN):
        await made(club, str(number), now=NOW + number * COOLDOWN)
    late = NOW + MAX_OPEN * COOLDOWN
    with pytest.raises(TooManyOpen):
        await made(club, "one more", now=late)
    await club.suggestions.take(NOOR, first.number, "draft", late)
    with pytest.raises(TooManyOpen):
        await made(club, "one more", now=late)
    other_server = ANN.model_copy(update={"guild_id": GUILD + 1})
    await made(club, "elsewhere", by=other_server, now=late)
    await club.suggestions.decline(NOOR, first.number, "No.", late)
    await made(club, "one more", now=late)


async def test_the_limits_hold_for_two_processes(processes: Sequence[Process]) -> None:
    proposal = read_proposal("Solaris", "The sea.")
    attempts = (processes[n % 2].suggestions.make(ANN, proposal, CHANNEL, NOW) for n in range(8))
    results = await outcomes(*attempts)
    assert results.count(TooSoon) == 7
    assert len(await processes[0].suggestions.queue(NOOR)) == 1


async def test_accepting_makes_a_draft_of_what_was_written(club: Process) -> None:
    kept = await made(club)
    taken = await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    assert taken.suggestion == kept.taken(NOOR.member_id, "draft") == await club.suggestions.get(JONAS, kept.number)
    assert taken.draft == Draft(
        "draft", GUILD, NOOR.member_id, kept.texts, NOW, suggestion=kept.number, suggested_by="ann"
    )
    assert await club.drafts.get(NOOR, "draft") == taken.draft
    assert await club.suggestions.queue(JONAS) == (taken.suggestion,)


async def test_who_has_it_gets_the_same_draft_again_and_nobody_else_can_decide(club: Process) -> None:
    kept = await made(club)
    taken = await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    assert await club.suggestions.take(NOOR, kept.number, "another", NOW) == taken
    assert await club.drafts.mine(NOOR) == (taken.draft,)
    for attempt in (
        club.suggestions.take(JONAS, kept.number, "his", NOW),
        club.suggestions.merge(JONAS, kept.number, TRAIN.slug, NOW),
        club.suggestions.decline(JONAS, kept.number, "No.", NOW),
    ):
        with pytest.raises(SuggestionTaken) as refused:
            await attempt
        assert refused.value.curator_id == NOOR.member_id
    assert await club.drafts.mine(JONAS) == ()


async def test_publishing_credits_the_member_and_accepts(club: Process) -> None:
    kept = await made(club)
    await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    await club.drafts.write(NOOR, "draft", FINISHED, NOW)
    published = await club.drafts.publish(NOOR, "draft", NOW)
    assert isinstance(published, Published)
    assert published.film.suggested_by == "ann"
    assert club.films.catalogue_for(GUILD).by_slug["solaris-1972"].suggested_by == "ann"
    accepted = kept.decided(State.ACCEPTED, NOOR.member_id, slug="solaris-1972")
    assert published.suggestion == accepted == await club.suggestions.get(NOOR, kept.number)
    assert await club.suggestions.queue(NOOR) == ()


async def test_a_draft_with_faults_leaves_the_suggestion_where_it_is(club: Process) -> None:
    kept = await made(club, "Solaris")
    taken = await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    assert isinstance(await club.drafts.publish(NOOR, "draft", NOW), tuple)
    assert await club.suggestions.get(NOOR, kept.number) == taken.suggestion


async def test_a_member_without_a_visible_name_is_not_credited(club: Process) -> None:
    kept = await made(club, by=ANN.model_copy(update={"name": "\u3164"}))
    await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    await club.drafts.write(NOOR, "draft", FINISHED, NOW)
    published = await club.drafts.publish(NOOR, "draft", NOW)
    assert isinstance(published, Published)
    assert published.film.suggested_by is None


async def test_throwing_the_draft_away_opens_the_suggestion_again(club: Process) -> None:
    kept = await made(club)
    await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    assert (await club.drafts.discard(NOOR, "draft")).suggestion == kept.number
    assert await club.suggestions.get(NOOR, kept.number) == kept
    taken = await club.suggestions.take(JONAS, kept.number, "his", NOW)
    assert taken.suggestion.curator_id == JONAS.member_id


async def test_a_draft_that_is_gone_without_a_word_holds_nobody_up(club: Process, database: Database) -> None:
    kept = await made(club)
    taken = await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    async with database.begin() as tx:
        assert await storage.remove(tx, taken.draft.id)
    assert (await club.suggestions.take(JONAS, kept.number, "his", NOW)).draft.author_id == JONAS.member_id


async def test_after_a_week_another_curator_may_take_it_over(club: Process) -> None:
    kept = await made(club)
    await club.suggestions.take(NOOR, kept.number, "hers", NOW)
    await club.drafts.write(NOOR, "hers", FINISHED, NOW + COOLDOWN)
    with pytest.raises(SuggestionTaken):
        await club.suggestions.take(JONAS, kept.number, "his", NOW + TAKEN_LASTS)
    taken = await club.suggestions.take(JONAS, kept.number, "his", NOW + TAKEN_LASTS + COOLDOWN)
    # What the first one has typed is still there, and still becomes a film; it is nobody's suggestion any more.
    published = await club.drafts.publish(NOOR, "hers", NOW)
    assert isinstance(published, Published)
    assert (published.suggestion, published.film.suggested_by) == (None, None)
    assert await club.suggestions.get(NOOR, kept.number) == taken.suggestion
    await club.drafts.discard(JONAS, "his")
    assert await club.suggestions.get(NOOR, kept.number) == kept


async def test_merging_names_the_film(club: Process) -> None:
    kept = await made(club)
    with pytest.raises(FilmNotFound):
        await club.suggestions.merge(NOOR, kept.number, "no-such-film-2000", NOW)
    merged = await club.suggestions.merge(NOOR, kept.number, TRAIN.slug, NOW)
    assert merged == kept.decided(State.MERGED, NOOR.member_id, slug=TRAIN.slug)
    assert await club.suggestions.get(NOOR, kept.number) == merged


async def test_declining_keeps_the_reason_and_may_follow_a_draft_of_ones_own(club: Process) -> None:
    kept = await made(club)
    await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    declined = await club.suggestions.decline(NOOR, kept.number, "Too long.", NOW)
    assert declined == kept.decided(State.DECLINED, NOOR.member_id, reason="Too long.")
    assert await club.suggestions.get(NOOR, kept.number) == declined
    assert (await club.drafts.discard(NOOR, "draft")).suggestion == kept.number
    assert await club.suggestions.get(NOOR, kept.number) == declined


async def test_what_is_decided_stays_decided(club: Process) -> None:
    kept = await made(club)
    declined = await club.suggestions.decline(NOOR, kept.number, "No.", NOW)
    for attempt in (
        club.suggestions.take(JONAS, kept.number, "his", NOW),
        club.suggestions.merge(JONAS, kept.number, TRAIN.slug, NOW),
        club.suggestions.decline(NOOR, kept.number, "No!", NOW),
    ):
        with pytest.raises(SuggestionDecided) as refused:
            await attempt
        assert refused.value.curator_id == NOOR.member_id
    assert await club.suggestions.get(NOOR, kept.number) == declined


async def test_only_curators_decide_and_only_in_their_server(club: Process) -> None:
    kept = await made(club)
    stranger = NOOR.model_copy(update={"guild_id": GUILD + 1})
    for actor, refusal in ((ANN, CuratorsOnly), (stranger, SuggestionGone)):
        for attempt in (
            club.suggestions.get(actor, kept.number),
            club.suggestions.take(actor, kept.number, "draft", NOW),
            club.suggestions.merge(actor, kept.number, TRAIN.slug, NOW),
            club.suggestions.decline(actor, kept.number, "No.", NOW),
        ):
            with pytest.raises(refusal):
                await attempt
    with pytest.raises(CuratorsOnly):
        await club.suggestions.queue(ANN)
    assert await club.suggestions.queue(stranger) == ()
    assert await club.suggestions.queue(NOOR) == (kept,)


async def test_a_curator_with_a_full_desk_takes_nothing(club: Process) -> None:
    kept = await made(club)
    for number in range(25):
        await club.drafts.begin(NOOR, f"d{number}", {"name": str(number)}, NOW)
    with pytest.raises(TooManyDrafts):
        await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    assert await club.suggestions.queue(NOOR) == (kept,)


async def test_the_card_is_remembered_whatever_happened_meanwhile(club: Process) -> None:
    kept = await made(club)
    taken = await club.suggestions.take(NOOR, kept.number, "draft", NOW)
    await club.suggestions.remember_card(kept, 2**62, 2**62 + 1)
    found = await club.suggestions.get(NOOR, kept.number)
    assert found == dataclasses.replace(taken.suggestion, card_channel_id=2**62, card_message_id=2**62 + 1)


async def test_of_many_decisions_in_two_processes_one_wins(processes: Sequence[Process]) -> None:
    kept = await made(processes[0])
    ours, theirs = (process.suggestions for process in processes)
    results = await outcomes(
        ours.take(NOOR, kept.number, "hers", NOW),
        theirs.take(JONAS, kept.number, "his", NOW),
        ours.merge(NOOR, kept.number, TRAIN.slug, NOW),
        theirs.decline(JONAS, kept.number, "No.", NOW),
        theirs.merge(JONAS, kept.number, TRAIN.slug, NOW),
        ours.decline(NOOR, kept.number, "No.", NOW),
    )
    found = await ours.get(NOOR, kept.number)
    decisions = [result for result in results if isinstance(result, Suggestion)]
    # A curator may decide on what they have taken themselves, so a draft may come before the decision.
    assert decisions in ([], [found])
    assert found.is_decided is bool(decisions)
    drafts = [*await processes[0].drafts.mine(NOOR), *await processes[1].drafts.mine(JONAS)]
    assert len(drafts) <= 1


async def test_two_presses_of_accept_in_two_processes_make_one_draft(processes: Sequence[Process]) -> None:
    kept = await made(processes[0])
    curators = [NOOR.model_copy(update={"member_id": 100 + n}) for n in range(8)]
    results = await outcomes(
        *(processes[n % 2].suggestions.take(who, kept.number, f"d{n}", NOW) for n, who in enumerate(curators))
    )
    assert results.count(SuggestionTaken) == 7
    [won] = [n for n, result in enumerate(results) if result is not SuggestionTaken]
    assert (await processes[0].suggestions.get(NOOR, kept.number)).curator_id == curators[won].member_id
    assert [len(await processes[0].drafts.mine(who)) for who in curators] == [int(n == won) for n in range(8)]


async def test_publishing_and_discarding_at_once_do_one_of_both(processes: Sequence[Process]) -> None:
    kept = await made(processes[0])
    await processes[0].suggestions.take(NOOR, kept.number, "draft", NOW)
    await processes[0].drafts.write(NOOR, "draft", FINISHED, NOW)
    results = await outcomes(
        processes[0].drafts.publish(NOOR, "draft", NOW),
        processes[1].drafts.discard(NOOR, "draft"),
        processes[1].drafts.publish(NOOR, "draft", NOW),
        processes[0].drafts.discard(NOOR, "draft"),
    )
    assert results.count(DraftGone) == 3
    await processes[0].films.refresh()
    is_there = "solaris-1972" in processes[0].films.catalogue_for(GUILD).by_slug
    state = (await processes[0].suggestions.get(NOOR, kept.number)).state
    assert state is (State.ACCEPTED if is_there else State.OPEN)
