"""Logs never hold what a member typed, and still say what went wrong."""

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from discord import app_commands

from bot import logs

TYPED = "secret words"


@pytest.fixture
def root() -> Iterator[None]:
    """The root logger, which is given back as it was."""
    loggers = [logging.getLogger(name) for name in (None, "bot", "cogs")]
    levels, handlers = [logger.level for logger in loggers], loggers[0].handlers[:]
    yield
    loggers[0].handlers = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def logged(error: BaseException) -> str:
    """What the log says of an error that was raised."""
    with pytest.raises(type(error)) as raised:
        fail(error)
    trace = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "it failed", (), trace)
    return logs.LogFormatter().format(record)


def fail(error: BaseException) -> None:
    raise error


def http_exception() -> discord.HTTPException:
    response = cast("Any", SimpleNamespace(status=403, reason="Forbidden"))
    return discord.Forbidden(response, {"code": 50013, "message": "Missing Permissions"})


@pytest.mark.parametrize(
    "error",
    [
        ValueError(TYPED),
        KeyError(TYPED),
        UnicodeEncodeError("ascii", TYPED, 0, 1, TYPED),
        app_commands.AppCommandError(TYPED),
        ExceptionGroup(TYPED, [ValueError(TYPED)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_the_message_of_an_error_that_may_quote_a_member_is_left_out(error: Exception) -> None:
    said = logged(error)
    assert TYPED not in said
    assert said.splitlines()[-1].endswith(type(error).__qualname__)
    assert "in fail" in said  # the frames are there


def test_causes_are_told_without_their_messages_and_the_first_comes_first() -> None:
    second = RuntimeError(TYPED)
    second.__cause__ = ValueError(TYPED)
    third = TypeError(TYPED)
    third.__context__ = second
    said = logged(third)
    assert TYPED not in said
    order = [said.index(f"builtins.{name}") for name in ("ValueError", "RuntimeError", "TypeError")]
    assert order == sorted(order)
    assert said.count("which led to:") == 2


def test_a_context_that_was_set_aside_is_not_told() -> None:
    error = TypeError(TYPED)
    error.__context__ = ValueError(TYPED)
    error.__suppress_context__ = True
    assert "ValueError" not in logged(error)


def test_causes_that_lead_in_a_circle_come_to_an_end() -> None:
    first, second = ValueError(TYPED), RuntimeError(TYPED)
    first.__cause__, second.__cause__ = second, first
    said = logged(first)
    assert TYPED not in said
    assert "builtins.ValueError" in said


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FileNotFoundError(2, "No such file or directory", "films"), "No such file or directory: 'films'"),
        (ConnectionResetError("the peer hung up"), "ConnectionResetError: the peer hung up"),
        (TimeoutError("after 5 s"), "TimeoutError: after 5 s"),
        (http_exception(), "discord.errors.Forbidden: 403 Forbidden (error code: 50013): Missing Permissions"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_message_of_an_error_that_quotes_nobody_is_kept(error: Exception, told: str) -> None:
    assert told in logged(error)


def test_a_kept_message_does_not_bring_its_cause_along() -> None:
    error = http_exception()
    error.__cause__ = ValueError(TYPED)
    said = logged(error)
    assert "Missing Permissions" in said
    assert TYPED not in said


@pytest.mark.usefixtures("root")
def test_a_line_has_its_time_its_level_and_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO")
    logging.getLogger("bot.app").info("films: %d", 12)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("INFO    bot.app: films: 12\n")
    assert said.err[:2] == "20"


@pytest.mark.usefixtures("root")
def test_libraries_say_less_than_we_do(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG")
    for name in ("bot.client", "cogs.films", "discord.gateway", "sqlalchemy.engine"):
        logging.getLogger(name).debug("details")
    said = capsys.readouterr().err
    assert [line.split()[3] for line in said.splitlines()] == ["bot.client:", "cogs.films:"]


@pytest.mark.usefixtures("root")
def test_setting_up_twice_says_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO")
    logs.set_up("WARNING")
    logging.getLogger("bot").info("unheard")
    logging.getLogger("bot").warning("heard")
    said = capsys.readouterr().err
    assert said.count("heard") == 1


@pytest.mark.usefixtures("root")
def test_that_the_bot_cannot_speak_is_not_worth_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO")
    library = logging.getLogger("discord.client")
    library.warning("PyNaCl is not installed, voice will NOT be supported")
    library.warning("davey is not installed, voice will NOT be supported")
    library.warning("something else")
    logging.getLogger("bot.client").warning("a voice of our own")
    said = capsys.readouterr().err
    assert "NOT be supported" not in said
    assert "something else" in said
    assert "a voice of our own" in said
