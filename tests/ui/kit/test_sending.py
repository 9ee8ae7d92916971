"""What is left out of a message when Discord refuses a part of it, for each part and each way of naming it."""

import io
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.domain.refused_addresses import RefusedAddresses
from bot.ui.kit.sending import Sent, send_accepted

BAD = "https://bad.invalid/x"
FINE = "https://fine.invalid/x"


def view() -> discord.ui.View:
    made = discord.ui.View(timeout=None)
    for number in range(6):  # more than a row
        made.add_item(discord.ui.Button(label=f"Press {number}", custom_id=f"press:{number}"))
    made.add_item(discord.ui.Button(label="Watch", url=FINE))
    return made


def error(*paths: str, code: int = 50035) -> discord.HTTPException:
    tree: dict[str, Any] = {}
    for path in paths:
        node = tree
        for key in path.split("."):
            node = node.setdefault(key, {})
        node["_errors"] = [{"code": "INVALID", "message": "Not a well formed URL."}]
    response = cast("Any", SimpleNamespace(status=400, reason="Bad Request"))
    return discord.HTTPException(response, {"code": code, "message": "Invalid Form Body", "errors": tree})


async def delivered(*refusals: discord.HTTPException, **parts: Any) -> tuple[dict[str, Any], Sent, int]:
    """What is accepted after these refusals, and how often was asked."""
    waiting, asked = list(refusals), list[dict[str, Any]]()

    async def send(**given: Any) -> None:
        asked.append(given)
        if waiting:
            raise waiting.pop(0)

    given = {"content": "Words", "view": view(), **parts}
    sent = await send_accepted(send, given, RefusedAddresses())
    return asked[-1], sent, len(asked)


async def test_a_button_in_any_row_goes_alone() -> None:
    given, sent, _ = await delivered(
        error("data.components.1.components.1.url", "data.components.0.components.2.label")
    )
    assert [item.label for item in given["view"].children] == [f"Press {number}" for number in (0, 1, 3, 4, 5)]
    assert sent.left_out == (FINE,)


async def test_a_part_that_is_not_named_costs_all_addresses_and_then_all_but_the_text() -> None:
    given, _, asked = await delivered(error())
    assert (len(given["view"].children), asked) == (6, 2)
    given, _, asked = await delivered(error(), error())
    assert (given["content"], given["view"], asked) == ("Words", None, 3)


async def test_what_has_nothing_to_spare_is_refused_in_the_end() -> None:
    for refusal in (error(), error("content"), error("name"), error(code=50013)):
        with pytest.raises(discord.HTTPException) as raised:
            await delivered(refusal, view=None)
        assert raised.value is refusal


@pytest.mark.parametrize("name", ["applied_tags", "auto_archive_duration"])
async def test_a_thread_does_without_what_it_need_not_have(name: str) -> None:
    spare = {"applied_tags": [1], "auto_archive_duration": 60, "name": "Film"}
    given, _, _ = await delivered(error(f"{name}.0" if name == "applied_tags" else name), **spare)
    assert given.keys() & spare.keys() == spare.keys() - {name}


async def test_a_file_is_sent_whole_again() -> None:
    read: list[bytes] = []
    file, waiting = discord.File(io.BytesIO(b"typed"), "typed.txt"), [error("components.1.components.1.url")]

    async def send(**given: Any) -> None:
        read.append(given["file"].fp.read())
        if waiting:
            raise waiting.pop()

    await send_accepted(send, {"content": "Words", "view": view(), "file": file}, RefusedAddresses())
    assert read == [b"typed", b"typed"]


async def test_a_refused_address_is_left_out_at_once_the_next_time() -> None:
    refused, asked = RefusedAddresses(), list[dict[str, Any]]()

    async def send(**given: Any) -> None:
        asked.append(given)
        if given["view"] is not None:
            raise error("components.0.components.0.url")

    for _ in range(3):
        shown = discord.ui.View(timeout=None)
        shown.add_item(discord.ui.Button(label="Watch", url=BAD))
        assert (await send_accepted(send, {"content": "Words", "view": shown}, refused)).left_out == (BAD,)
    assert len(asked) == 1 + 3


def test_no_more_than_five_hundred_addresses_are_remembered() -> None:
    refused = RefusedAddresses()
    refused.add(f"https://bad.invalid/{number}" for number in range(501))
    assert "https://bad.invalid/0" not in refused
    assert "https://bad.invalid/500" in refused
