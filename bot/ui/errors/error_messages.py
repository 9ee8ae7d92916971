"""The sentence for everything that can go wrong."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Final

import aiohttp
import discord
from discord import app_commands

from bot.domain.catalogue.collections import CollectionNotFound
from bot.domain.curation.suggestions import SuggestionFaulty
from bot.domain.errors import (
    FilmNotFound,
    FrontRowError,
    SuggestionDecided,
    SuggestionTaken,
    TimeZoneUnknown,
    TooSoon,
    UploadRefused,
)
from bot.domain.guilds.memberships import NotAMember
from bot.ui.errors.validation_lines import fault_words
from bot.ui.kit.permissions import (
    ForumNeedsTag,
    MissingPermissions,
    NoThreadsHere,
    PlaceClosed,
    PlaceGone,
    TimedOutHere,
)
from bot.ui.kit.text import Markup, Words, channel_mention, clip_plain, joined

# Discord's error codes that have a sentence of their own
# (developers/topics/opcodes-and-status-codes in Discord's documentation).
_CODES: Final[Mapping[int, str]] = {
    10003: "error.gone",
    10008: "error.gone",
    20016: "error.rate_limited",
    20028: "error.rate_limited",
    20029: "error.rate_limited",
    20031: "error.words_blocked",
    30033: "error.thread_full",
    30046: "error.too_many_edits",
    40004: "error.discord_down",
    40005: "error.export_too_large",
    40006: "error.discord_down",
    40058: "error.wrong_kind_of_channel",
    40066: "error.tag_needed",
    40067: "error.tag_needed",
    50001: "error.no_access",
    50008: "error.wrong_kind_of_channel",
    50009: "error.no_access",
    50013: "error.forbidden",
    50024: "error.wrong_kind_of_channel",
    50045: "error.export_too_large",
    50083: "error.thread_archived",
    60003: "error.two_factor",
    110001: "error.discord_down",
    130000: "error.discord_down",
    160002: "error.forbidden",
    160005: "error.thread_locked",
    160006: "error.too_many_threads",
    160007: "error.too_many_threads",
    200000: "error.words_blocked",
    200001: "error.words_blocked",
    240000: "error.words_blocked",
}
_STATUSES: Final = {403: "error.forbidden", 404: "error.gone", 429: "error.rate_limited"}
# The token of an interaction has run out, or somebody has answered it: nothing can be said any more.
_TOO_LATE: Final = frozenset({10015, 10062, 40060, 50027})


def cause_of(error: BaseException) -> BaseException:
    """What really happened, out of the wrappings that discord.py puts round it."""
    if isinstance(error, app_commands.CommandInvokeError):
        return cause_of(error.original)
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return cause_of(error.__cause__)
    return error


def is_too_late(error: BaseException) -> bool:
    """Whether Discord takes no more answers to the interaction."""
    return isinstance(error, discord.HTTPException) and error.code in _TOO_LATE


@singledispatch
def refusal(error: BaseException, _words: Words) -> Markup | None:
    """The sentence for a failure that is to be expected; None where the failure is a defect."""
    del error


@refusal.register
def _(error: FrontRowError, words: Words) -> Markup:
    return words(error.key, **error.values)


@refusal.register(app_commands.CommandNotFound)
@refusal.register(app_commands.CommandSignatureMismatch)
@refusal.register(app_commands.TransformerError)
def _outdated(_error: app_commands.AppCommandError, words: Words) -> Markup:
    """A client that has not noticed an update calls what is not there any more, or calls it otherwise."""
    return words("error.command_outdated")


@refusal.register
def _(error: app_commands.AppCommandError, words: Words) -> Markup | None:
    # discord.py raises it bare for an unknown kind of command; those below it are defects of ours.
    return words("error.command_outdated") if type(error) is app_commands.AppCommandError else None


@refusal.register
def _(_error: TimeoutError, words: Words) -> Markup:
    return words("error.timed_out")


@refusal.register
def _(_error: aiohttp.ClientError, words: Words) -> Markup:
    return words("error.discord_down")


@refusal.register
def _(error: discord.HTTPException, words: Words) -> Markup | None:
    if error.code in _CODES:
        return words(_CODES[error.code])
    if error.status >= 500:
        return words("error.discord_down")
    return words(_STATUSES[error.status]) if error.status in _STATUSES else None


@refusal.register(NoThreadsHere)
@refusal.register(ForumNeedsTag)
@refusal.register(PlaceGone)
@refusal.register(PlaceClosed)
def _of_a_channel(error: NoThreadsHere | ForumNeedsTag | PlaceGone | PlaceClosed, words: Words) -> Markup:
    return words(error.key, channel=channel_mention(error.channel_id, words))


@refusal.register
def _(error: TimedOutHere, words: Words) -> Markup:
    return words(error.key, until=Markup(discord.utils.format_dt(error.until)))


@refusal.register
def _(error: NotAMember, words: Words) -> Markup:
    return words(error.key, link=Markup(f"<{error.link}>"))


@refusal.register(SuggestionTaken)
@refusal.register(SuggestionDecided)
def _of_a_curator(error: SuggestionTaken | SuggestionDecided, words: Words) -> Markup:
    curator = Markup(f"<@{error.curator_id}>") if error.curator_id else words("draft.somebody")
    return words(error.key, curator=curator)


@refusal.register
def _(error: TooSoon, words: Words) -> Markup:
    return words.count(error.key, error.seconds)


@refusal.register(FilmNotFound)
@refusal.register(CollectionNotFound)
@refusal.register(TimeZoneUnknown)
def _of_what_is_near(error: FilmNotFound | CollectionNotFound | TimeZoneUnknown, words: Words) -> Markup:
    return words(f"{error.key}_near" if error.near else error.key, **error.values)


@refusal.register
def _(error: UploadRefused, words: Words) -> Markup:
    return words(error.key, reason=words.plain(f"upload_refused.{error.reason}", **error.values))


@refusal.register
def _(error: SuggestionFaulty, words: Words) -> Markup:
    """Line by line what is wrong, and what was typed, which Discord has forgotten by now."""
    lines = [
        words(
            "suggestion_field.fault",
            field=words.plain(f"suggestion_field.{fault.path}"),
            what=fault_words(fault, words),
        )
        for fault in error.faults
    ]
    return words(error.key, faults=joined(lines, "\n", 900), typed=clip_plain(error.typed, 900) or Markup("…"))


@refusal.register
def _(error: MissingPermissions, words: Words) -> Markup:
    names = [Markup(f"**{words.plain(f'permission.{name}')}**") for name in error.names]
    return words.count(
        error.key,
        len(names),
        channel=channel_mention(error.channel_id, words),
        permissions=joined(names, ", ", 400),
    )
