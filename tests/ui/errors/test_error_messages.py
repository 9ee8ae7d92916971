"""The sentence for everything that can go wrong, and none for what nobody expected."""

import datetime
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.client import FormUnknown
from bot.domain.catalogue.collections import CollectionNotFound, NearCollection, NoCollections
from bot.domain.curation.import_plans import ImportsBusy
from bot.domain.curation.lookups import LookupFailed, NothingLookedUp
from bot.domain.curation.suggestions import SuggestionFaulty
from bot.domain.errors import (
    AlreadyDone,
    ChangedSince,
    CuratorsOnly,
    DiscussionBusy,
    DiscussionHidden,
    DraftGone,
    ExportTooLarge,
    FilmNotFound,
    FilmRemoved,
    FrontRowError,
    ImportGone,
    ListChanged,
    ManagersOnly,
    MayNotWrite,
    NearMatch,
    NothingMatches,
    NotShared,
    OpeningIsForCurators,
    SearchGone,
    ServerOnly,
    SettingUnknown,
    StorageUnavailable,
    SuggestionDecided,
    SuggestionGone,
    SuggestionTaken,
    TimeZoneUnknown,
    TooManyDrafts,
    TooManyOpen,
    TooSoon,
    TrailerRefused,
    UploadRefused,
    WrongName,
)
from bot.domain.films.loading import ValidationIssue
from bot.domain.guilds.memberships import NotAMember, ServerUnknownYet
from bot.domain.shelves.marks import DayUnknown, MarkChanged, ReviewFaulty
from bot.domain.spotlight.plans import (
    ClockUnknown,
    NothingToDraw,
    PicksChanged,
    QueueFull,
    SpotlightNeedsChannel,
)
from bot.gate import ControlRetired
from bot.ui.errors.error_messages import cause_of, is_too_late, refusal
from bot.ui.kit.permissions import (
    ForumNeedsTag,
    MissingPermissions,
    NoThreadsHere,
    PlaceClosed,
    PlaceGone,
    TimedOutHere,
    require,
)
from bot.ui.kit.text import english
from tests.strategies import AWKWARD
from tests.ui.messages import marks

ERRORS = (
    DayUnknown(),
    ReviewFaulty(limit=500, length=501),
    MarkChanged(),
    ImportsBusy(),
    FilmNotFound("never"),
    FilmNotFound("never", (NearMatch("a-1999", "A", 1999),)),
    CollectionNotFound("never"),
    CollectionNotFound("never", (NearCollection("a", "A"),)),
    NoCollections(),
    FilmRemoved("A (1999)"),
    NothingMatches(),
    ListChanged(),
    SearchGone(),
    ServerOnly(),
    DiscussionBusy(),
    DiscussionHidden(),
    MayNotWrite(),
    CuratorsOnly(),
    ManagersOnly(),
    DraftGone(),
    ImportGone(),
    ExportTooLarge(),
    TooManyDrafts(),
    AlreadyDone(),
    NotShared(),
    ChangedSince(),
    SuggestionFaulty((ValidationIssue("", "why", "blank"),), ""),
    SuggestionFaulty((ValidationIssue("", "trailer", "trailer_address", values={"reason": "unlisted"}),), "Because."),
    TooSoon(1),
    TooSoon(30),
    TooManyOpen(3),
    SuggestionTaken(7),
    SuggestionDecided(7),
    SuggestionGone(),
    StorageUnavailable("the disk is full"),
    LookupFailed(),
    NothingLookedUp(),
    TrailerRefused("empty"),
    UploadRefused("empty"),
    OpeningIsForCurators(),
    SettingUnknown(),
    TimeZoneUnknown("nowhere"),
    TimeZoneUnknown("berlinn", ("Europe/Berlin",)),
    WrongName(),
    MissingPermissions(7, ("embed_links",)),
    NoThreadsHere(7),
    ForumNeedsTag(7),
    PlaceGone(7),
    PlaceClosed(7),
    ServerUnknownYet(),
    NotAMember("https://discord.com/oauth2/authorize?client_id=1&scope=bot+applications.commands"),
    ControlRetired(),
    TimedOutHere(datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)),
    FormUnknown(),
    SpotlightNeedsChannel(),
    NothingToDraw(),
    QueueFull(),
    PicksChanged(),
    ClockUnknown(typed="half past soon"),
)
NOBODY_KNOWS_WHERE = (
    MissingPermissions(0, ("embed_links",)),
    NoThreadsHere(0),
    ForumNeedsTag(0),
    PlaceGone(0),
    PlaceClosed(0),
    SuggestionTaken(0),
    SuggestionDecided(0),
)


@dataclass
class Response:
    """The part of an answer of Discord's that its errors are made of."""

    status: int
    reason: str = "because"


def from_discord(status: int, code: int = 0) -> discord.HTTPException:
    answer: Any = Response(status)
    return discord.HTTPException(answer, {"code": code, "message": "x"})


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_refusal_by_the_rules_has_a_sentence_with_nothing_left_to_fill_in(error: FrontRowError) -> None:
    sentence = refusal(error, english())
    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize("error", NOBODY_KNOWS_WHERE, ids=lambda error: type(error).__name__)
def test_a_channel_or_member_that_is_not_known_is_not_mentioned(error: FrontRowError) -> None:
    sentence = refusal(error, english())
    assert sentence
    assert "<" not in sentence
    assert "None" not in sentence


def test_every_refusal_is_among_these() -> None:
    assert {type(error) for error in ERRORS} == set(FrontRowError.__subclasses__())


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (from_discord(404, 10003), "error.gone"),
        (from_discord(404, 10008), "error.gone"),
        (from_discord(404), "error.gone"),
        (from_discord(403, 50001), "error.no_access"),
        (from_discord(403, 50013), "error.forbidden"),
        (from_discord(403), "error.forbidden"),
        (from_discord(400, 50083), "error.thread_archived"),
        (from_discord(403, 160005), "error.thread_locked"),
        (from_discord(400, 160006), "error.too_many_threads"),
        (from_discord(429), "error.rate_limited"),
        (from_discord(403, 20016), "error.rate_limited"),
        (from_discord(400, 20028), "error.rate_limited"),
        (from_discord(400, 20031), "error.words_blocked"),
        (from_discord(400, 200000), "error.words_blocked"),
        (from_discord(400, 240000), "error.words_blocked"),
        (from_discord(400, 30033), "error.thread_full"),
        (from_discord(400, 30046), "error.too_many_edits"),
        (from_discord(400, 40067), "error.tag_needed"),
        (from_discord(400, 40066), "error.tag_needed"),
        (from_discord(400, 50024), "error.wrong_kind_of_channel"),
        (from_discord(403, 60003), "error.two_factor"),
        (from_discord(400, 130000), "error.discord_down"),
        (from_discord(400, 160007), "error.too_many_threads"),
        (from_discord(413, 40005), "error.export_too_large"),
        (app_commands.CommandNotFound("gone", []), "error.command_outdated"),
        (app_commands.AppCommandError("malformed"), "error.command_outdated"),
        (from_discord(500), "error.discord_down"),
        (from_discord(503), "error.discord_down"),
        (TimeoutError(), "error.timed_out"),
    ],
)
def test_what_discord_refuses_has_a_sentence(error: Exception, key: str) -> None:
    assert refusal(error, english()) == english().plain(key)


@pytest.mark.parametrize("error", [ValueError("x"), from_discord(400, 50035), KeyError("x"), AssertionError()])
def test_a_defect_has_no_sentence(error: Exception) -> None:
    assert refusal(error, english()) is None


@pytest.mark.parametrize(("code", "late"), [(10062, True), (40060, True), (10015, True), (50027, True), (10008, False)])
def test_an_interaction_that_is_over_is_known(code: int, late: bool) -> None:
    assert is_too_late(from_discord(404, code)) is late


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("embed_links",), "I am missing a permission in <#7>: **Embed Links**."),
        (("embed_links", "send_messages"), "I am missing permissions in <#7>: **Embed Links**, **Send Messages**."),
    ],
)
def test_missing_permissions_are_named_as_discord_names_them(names: tuple[str, ...], sentence: str) -> None:
    assert str(refusal(MissingPermissions(7, names), english())).startswith(sentence)


def test_every_missing_permission_is_named_at_once() -> None:
    have = discord.Permissions(view_channel=True)
    with pytest.raises(MissingPermissions) as refused:
        require(7, have, ["view_channel", "embed_links", "send_messages"])
    assert (refused.value.channel_id, refused.value.names) == (7, ("embed_links", "send_messages"))
    require(7, have, ["view_channel"])


@pytest.mark.parametrize("typed", AWKWARD)
def test_what_was_typed_is_quoted_letter_for_letter(typed: str) -> None:
    assert marks(str(refusal(FilmNotFound(typed), english()))) == ""
    assert marks(str(refusal(FilmRemoved(typed), english()))) == "****"


def test_the_cause_counts_and_not_what_it_is_wrapped_in() -> None:
    cause = NothingMatches()
    wrapped = app_commands.TransformerError("x", discord.AppCommandOptionType.string, _Transformer())
    wrapped.__cause__ = cause
    assert cause_of(wrapped) is cause
    assert cause_of(cause) is cause
    bare = app_commands.TransformerError("x", discord.AppCommandOptionType.string, _Transformer())
    assert cause_of(bare) is bare


class _Transformer(app_commands.Transformer):
    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Any:
        return value
