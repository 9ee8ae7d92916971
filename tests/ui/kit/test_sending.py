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


def embed() -> discord.Embed:
    made = discord.Embed(title="Title", description="Text", url=FINE)
    made.set_image(url=FINE).set_thumbnail(url=FINE).set_footer(text="Foot", icon_url=FINE)
    made.set_author(name="Ann", url=FINE, icon_url=FINE)
    return made.add_field(name="One", value="1").add_field(name="Two", value="2").add_field(name="Three", value="3")


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

    given = {"content": "Words", "embed": embed(), "view": view(), **parts}
    sent = await send_accepted(send, given, RefusedAddresses())
    return asked[-1], sent, len(asked)


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        ("embeds.0.url", ["url"]),
        ("embeds.0.image.url", ["image"]),
        ("data.embeds.0.image", ["image"]),
        ("message.embeds.0.thumbnail.url", ["thumbnail"]),
        ("embeds.0.footer.text", ["footer"]),
        ("embeds.0.author.name", ["author"]),
        ("embeds.0.description", ["description"]),
        ("embeds.0.title", ["title"]),
    ],
)
async def test_one_part_of_an_embed_goes(path: str, gone: list[str]) -> None:
    given, _, asked = await delivered(error(path))
    whole: dict[str, Any] = {**embed().to_dict()}
    assert given["embed"].to_dict() == {name: part for name, part in whole.items() if name not in gone}
    assert len(given["view"].children) == 7
    assert asked == 2


@pytest.mark.parametrize(("part", "key"), [("author", "url"), ("author", "icon_url"), ("footer", "icon_url")])
async def test_an_icon_goes_and_the_words_beside_it_stay(part: str, key: str) -> None:
    given, sent, _ = await delivered(error(f"embeds.0.{part}.{key}"))
    left: Any = given["embed"].to_dict()[part]
    assert key not in left
    assert left.get("name", left.get("text"))
    assert sent.left_out == (FINE,)


async def test_fields_go_by_their_number() -> None:
    given, _, _ = await delivered(error("embeds.0.fields.0.value", "embeds.0.fields.2.name"))
    assert [field.name for field in given["embed"].fields] == ["Two"]


async def test_a_button_in_any_row_goes_alone() -> None:
    given, sent, _ = await delivered(
        error("data.components.1.components.1.url", "data.components.0.components.2.label")
    )
    assert [item.label for item in given["view"].children] == [f"Press {number}" for number in (0, 1, 3, 4, 5)]
    assert given["embed"] == embed()
    assert sent.left_out == (FINE,)


async def test_a_part_that_is_not_named_costs_all_addresses_and_then_all_but_the_text() -> None:
    given, _, asked = await delivered(error())
    assert {"image", "thumbnail", "url"}.isdisjoint(given["embed"].to_dict())
    assert given["embed"].description == "Text"
    assert len(given["view"].children) == 6
    given, _, asked = await delivered(error(), error())
    assert (given["content"], given["embed"], given["view"], asked) == ("Words", None, None, 3)


async def test_what_has_nothing_to_spare_is_refused_in_the_end() -> None:
    for refusal in (error(), error("content"), error("name"), error(code=50013)):
        with pytest.raises(discord.HTTPException) as raised:
            await delivered(refusal, embed=None, view=None)
        assert raised.value is refusal


async def test_text_goes_where_the_card_says_the_same() -> None:
    given, _, _ = await delivered(error("content"))
    assert given["content"] is None
    assert given["embed"] == embed()


@pytest.mark.parametrize("name", ["applied_tags", "auto_archive_duration"])
async def test_a_thread_does_without_what_it_need_not_have(name: str) -> None:
    spare = {"applied_tags": [1], "auto_archive_duration": 60, "name": "Film"}
    given, _, _ = await delivered(error(f"{name}.0" if name == "applied_tags" else name), **spare)
    assert given.keys() & spare.keys() == spare.keys() - {name}


async def test_a_file_is_sent_whole_again() -> None:
    read: list[bytes] = []
    file, waiting = discord.File(io.BytesIO(b"typed"), "typed.txt"), [error("embeds.0.image.url")]

    async def send(**given: Any) -> None:
        read.append(given["file"].fp.read())
        if waiting:
            raise waiting.pop()

    await send_accepted(send, {"content": "Words", "embed": embed(), "file": file}, RefusedAddresses())
    assert read == [b"typed", b"typed"]


async def test_a_refused_address_is_left_out_at_once_the_next_time() -> None:
    refused, asked = RefusedAddresses(), list[dict[str, Any]]()

    async def send(**given: Any) -> None:
        asked.append(given)
        if given["embed"].image.url == BAD:
            raise error("embeds.0.image.url")

    for _ in range(3):
        card = discord.Embed(title="Title").set_image(url=BAD)
        assert (await send_accepted(send, {"content": "Words", "embed": card}, refused)).left_out == (BAD,)
    assert len(asked) == 1 + 3


def test_no_more_than_five_hundred_addresses_are_remembered() -> None:
    refused = RefusedAddresses()
    refused.add(f"https://bad.invalid/{number}" for number in range(501))
    assert "https://bad.invalid/0" not in refused
    assert "https://bad.invalid/500" in refused
