"""The loopback Discord, shown to work by the bare discord.py bot in a process of its own."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
import zstandard

from tests import on_loopback
from tests.discord_payloads import Json
from tests.discord_server import DiscordServer

TOKEN = "a.loopback.token"
TRAILER = "https://www.youtube.com/watch?v=0MYFOzP6Xns"


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with asyncio.timeout(15), DiscordServer(token=TOKEN) as running:
        yield running


@pytest.fixture
async def bot(server: DiscordServer, tmp_path: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    env = {"DISCORD_TOKEN": TOKEN}
    async with on_loopback.process(server.port, "bare", env=env, log=tmp_path / "bot.log") as running:
        await server.ready(10)
        yield running


@pytest.fixture
async def discord(server: DiscordServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as session:
        yield session


@pytest.mark.usefixtures("bot")
async def test_a_bot_logs_in_and_syncs_its_commands(server: DiscordServer) -> None:
    [film] = await server.synced(1)
    assert (film["name"], film["options"][0]["name"]) == ("film", "title")
    assert [(asked.method, asked.path) for asked in server.requests] == [
        ("GET", "/users/@me"),
        ("GET", "/oauth2/applications/@me"),
        ("PUT", "/applications/1000/commands"),
    ]
    assert server.unknown == []


@pytest.mark.usefixtures("bot")
async def test_a_film_is_a_card_and_then_a_bare_link(server: DiscordServer) -> None:
    shown = await server.slash("film", {"title": "ai-weiwei-never-sorry-2012"})
    assert shown.callback["type"] == 4
    [card] = shown.callback["data"]["components"]
    assert card["components"][0]["components"][0]["content"].startswith("## Ai Weiwei: Never Sorry (2012)")
    await shown.until("trailer", lambda it: it.followups)
    assert shown.followups[0]["content"] == TRAILER
    assert 0 < shown.answered_after < 3
    assert [message["content"] for message in shown.messages.values()][-1] == TRAILER


@pytest.mark.usefixtures("bot")
async def test_typing_gets_choices_and_a_button_is_heard(server: DiscordServer) -> None:
    typed = await server.autocomplete("film", "title", "ai w")
    assert (typed.callback["type"], len(typed.callback["data"]["choices"])) == (8, 25)

    shown = await server.slash("film", {"title": "x"})
    # discord.py listens to a view only once it has read that its message was sent; the trailer comes after that.
    await shown.until("trailer", lambda it: it.followups)
    pressed = await server.click("film:seen:bare", shown.messages["@original"])
    assert pressed.callback == {"type": 6}
    with pytest.raises(LookupError):
        await server.click("film:missing:bare", shown.messages["@original"])


@pytest.mark.usefixtures("bot")
async def test_many_at_once_each_get_their_own_answer(server: DiscordServer) -> None:
    films = [server.slash("film", {"title": str(n)}) for n in range(20)]
    keystrokes = [server.autocomplete("film", "title", str(n)) for n in range(20)]
    answers = await asyncio.gather(*films, *keystrokes)
    assert [answer.callback["type"] for answer in answers] == [4] * 20 + [8] * 20
    for film in answers[:20]:
        await film.until("trailer", lambda it: it.followups)
        assert len(film.followups) == 1


@pytest.mark.usefixtures("bot")
async def test_an_answer_can_be_kept_in_flight(server: DiscordServer) -> None:
    server.answer_delay = 0.3
    shown = await server.slash("film", {"title": "x"})
    with pytest.raises(TimeoutError, match="no trailer"):
        await shown.until("trailer", lambda it: it.followups, timeout=0.2)
    await shown.until("trailer", lambda it: it.followups)


@pytest.mark.usefixtures("bot")
async def test_an_answer_is_taken_once(server: DiscordServer, discord: aiohttp.ClientSession) -> None:
    shown = await server.slash("film", {"title": "x"})
    spot = f"/api/v10/interactions/{shown.interaction['id']}/{shown.interaction['token']}/callback"
    assert await refused(discord, "POST", spot) == (400, 40060)


async def test_a_wrong_token_ends_the_process(server: DiscordServer, tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    async with on_loopback.process(server.port, "bare", env={"DISCORD_TOKEN": "wrong"}, log=log) as bot:
        assert await asyncio.wait_for(bot.wait(), 10) == 1
    assert "LoginFailure" in log.read_text()
    assert [asked.path for asked in server.requests] == ["/users/@me"]
    with pytest.raises(LookupError, match="never synced"):
        await server.slash("film")


async def test_what_discord_would_refuse_is_refused(server: DiscordServer, discord: aiohttp.ClientSession) -> None:
    assert await refused(discord, "GET", "/api/v10/users/@me", token="wrong") == (401, 0)
    assert await refused(discord, "DELETE", "/api/v10/channels/1") == (404, 0)
    assert [(asked.method, asked.path) for asked in server.unknown] == [("DELETE", "/channels/1")]
    assert await refused(discord, "POST", "/api/v10/webhooks/1000/expired") == (404, 10015)


async def test_a_deferred_subcommand_is_filled_by_the_first_followup(
    server: DiscordServer, discord: aiohttp.ClientSession
) -> None:
    browse = {"type": 1, "name": "browse", "options": [{"type": 4, "name": "page"}]}
    films = [{"name": "films", "options": [browse]}]
    await discord.put("/api/v10/applications/1000/commands", json=films, headers={"Authorization": f"Bot {TOKEN}"})
    async with discord.ws_connect("/gateway?v=10&encoding=json") as gateway:
        await gateway.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1}})
        await server.ready(2)

        async def defer() -> Json:
            asked: Json = {}
            while asked.get("t") != "INTERACTION_CREATE":
                asked = await gateway.receive_json(timeout=2)
            spot = f"/api/v10/interactions/{asked['d']['id']}/{asked['d']['token']}/callback"
            async with discord.post(spot, json={"type": 5, "data": {"flags": 64}}) as confirmed:
                assert confirmed.status == 204
            return asked["d"]

        shown, asked = await asyncio.gather(server.slash("films browse", {"page": 2}), defer())
        assert asked["data"]["options"] == [
            {"name": "browse", "type": 1, "options": [{"name": "page", "type": 4, "value": 2}]}
        ]
        assert shown.messages["@original"]["flags"] == 64 | 128
        await discord.post(f"/api/v10/webhooks/1000/{asked['token']}", json={"content": "page 2"})
        await discord.patch(f"/api/v10/webhooks/1000/{asked['token']}/messages/@original", json={"content": "page 3"})
    assert (shown.followups, shown.edits) == ([{"content": "page 2"}], [{"content": "page 3"}])
    assert {(message["content"], message["flags"]) for message in shown.messages.values()} == {("page 3", 64)}


async def refused(discord: aiohttp.ClientSession, method: str, path: str, token: str = TOKEN) -> tuple[int, int]:
    headers = {"Authorization": f"Bot {token}"}
    async with discord.request(method, path, json={"type": 4}, headers=headers) as response:
        return response.status, (await response.json())["code"]


def plain(frame: str | bytes) -> str | bytes:
    return frame


@pytest.mark.parametrize(
    ("compress", "unpack"),
    [
        ("", plain),
        ("&compress=zlib-stream", zlib.decompressobj().decompress),
        ("&compress=zstd-stream", zstandard.ZstdDecompressor().decompressobj().decompress),
    ],
)
async def test_every_compression_carries_the_handshake(
    discord: aiohttp.ClientSession, compress: str, unpack: Callable[[str | bytes], str | bytes]
) -> None:
    async with discord.ws_connect(f"/gateway?v=10&encoding=json{compress}") as gateway:

        async def heard() -> Json:
            return json.loads(unpack((await gateway.receive(timeout=2)).data))

        assert (await heard())["op"] == 10
        await gateway.send_json({"op": 1, "d": None})
        assert (await heard())["op"] == 11
        await gateway.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1}})
        assert [(await heard())["t"], (await heard())["t"]] == ["READY", "GUILD_CREATE"]


@pytest.mark.parametrize(("token", "intents", "code"), [("wrong", 1, 4004), (TOKEN, 1 << 15, 4014)])
async def test_a_gateway_closes_on_a_bad_identify(
    discord: aiohttp.ClientSession, token: str, intents: int, code: int
) -> None:
    async with discord.ws_connect("/gateway?v=10&encoding=json") as gateway:
        await gateway.send_json({"op": 2, "d": {"token": token, "intents": intents}})
        await gateway.receive(timeout=2)
        await gateway.receive(timeout=2)
        assert gateway.close_code == code


async def test_a_fault_of_the_server_is_raised_in_the_end() -> None:
    with pytest.raises(ExceptionGroup, match="Discord server failed"):
        async with DiscordServer(token=TOKEN) as server, aiohttp.ClientSession() as session:
            await session.get(f"http://127.0.0.1:{server.port}/gateway?v=9")
