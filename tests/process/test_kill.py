"""A process that is killed in the middle of a curator's work: each act was done whole, or not at all."""

import asyncio
import json
import signal
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from bot.domain.curation.changes import Change, GuildFilmState, film_of
from bot.storage.db import films
from bot.storage.db.database import Database
from tests.services.house import ANN, GUILD, House, process

ROOT = Path(__file__).parents[2]
ROUNDS = 15
MOST_ACTS = 40  # of one round


class State(NamedTuple):
    """What a curator would miss: the texts of each draft, and how many changes are on record."""

    drafts: Mapping[str, Mapping[str, str]]
    changes: int

    def after(self, act: Mapping[str, Any]) -> "State":
        """What is to be there once the act has been done."""
        drafts = {key: texts for key, texts in self.drafts.items() if key != act["draft"]}
        if act["texts"] is not None:
            drafts[act["draft"]] = act["texts"]
        return State(drafts, self.changes + act["changes"])


async def killed(address: str, round_number: int, chance: Random) -> list[dict[str, Any]]:
    """All that a working process said before it was killed; where it stood at that moment is up to chance."""
    command = (sys.executable, "-m", "tests.process.curating_process", address, str(round_number))
    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert worker.stdout is not None
    said: list[bytes] = []
    try:
        for _ in range(chance.randint(1, 2 * MOST_ACTS)):
            said.append(await worker.stdout.readline())
            assert said[-1], "it ended of itself"
        await asyncio.sleep(chance.uniform(0, 0.02))
    finally:
        if worker.returncode is None:
            worker.send_signal(signal.SIGKILL)
        said += (await worker.stdout.read()).splitlines(keepends=True)
        status = await worker.wait()
    assert status == -signal.SIGKILL
    return [json.loads(line) for line in said if line.endswith(b"\n")]


def possible(state: State, said: list[dict[str, Any]]) -> list[State]:
    """What may be there now: all that was acknowledged, and perhaps the act that was under way."""
    for act, outcome in zip(said[::2], said[1::2], strict=False):
        state = state.after(act) if outcome["done"] else state
    return [state, state.after(said[-1])] if len(said) % 2 else [state]


def replayed(history: tuple[Change, ...]) -> dict[str, GuildFilmState]:
    """How each film stands by the record, which has to tell one unbroken story."""
    standings: dict[str, GuildFilmState] = {}
    for change in reversed(history):
        assert change.slug is not None
        assert standings.get(change.slug, GuildFilmState()) == change.before
        standings[change.slug] = change.after
    return standings


async def stored(house: House) -> State:
    """What is there, having seen that list and record agree."""
    history = await house.history()
    by_record = {slug: standing for slug, standing in replayed(history).items() if standing != GuildFilmState()}
    async with house.database.read() as tx:
        assert {slug: await films.standing(tx, GUILD, slug) for slug in by_record} == by_record
        overlay = await films.overlay(tx, GUILD)
        assert await films.changed_since(tx, GUILD, 0) == {change.slug for change in history}
    there = overlay.covered
    assert there == by_record.keys()
    assert all(film_of(standing.own) for standing in by_record.values() if standing.own)
    return State({draft.id: draft.texts for draft in await house.drafts.mine(ANN)}, len(history))


async def test_a_process_that_is_killed_loses_nothing_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    path, chance = tmp_path / "club.db", Random(1959)  # noqa: S311  (when it is killed is no secret)
    state, under_way = State({}, 0), 0
    async with asyncio.timeout(120):
        for number in range(ROUNDS):
            said = await killed(f"sqlite:///{path}", number, chance)
            under_way += len(said) % 2
            database = await Database.open(f"sqlite:///{path}")
            try:
                now = await stored(process(database))
            finally:
                await database.close()
            assert now in possible(state, said), said[-3:]
            connection = sqlite3.connect(path)
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            connection.close()
            state = now
    assert state.changes > ROUNDS
    assert under_way  # otherwise every kill came between two acts, and nothing was tried
