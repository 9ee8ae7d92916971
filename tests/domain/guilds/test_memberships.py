"""Which servers the bot is in, by shard: listed with a session, joined and left since."""

import pytest

from bot.domain.guilds.departures import missed
from bot.domain.guilds.memberships import Memberships, needs_server

SHARD = 1 << 22  # the ids of neighbouring shards differ by this


def memberships(shard_count: int = 1, **of_shard: list[int]) -> Memberships:
    found = Memberships()
    for shard_id, guild_ids in of_shard.items():
        found.list_shard(int(shard_id.removeprefix("shard_")), shard_count, guild_ids)
    return found


def test_nothing_is_known_before_a_shard_is_listed() -> None:
    found = Memberships()
    assert not found.join(7)
    assert (7 in found, found.is_listed(7), len(found)) == (False, False, 0)
    found.leave(7)


def test_who_is_listed_is_in_and_everybody_else_of_the_shard_is_not() -> None:
    found = memberships(shard_0=[7, 8])
    assert (7 in found, 9 in found, found.is_listed(9), len(found)) == (True, False, True, 2)


def test_who_joins_is_new_once() -> None:
    found = memberships(shard_0=[7])
    assert not found.join(7)  # an outage is over
    assert found.join(9)
    assert not found.join(9)
    found.leave(9)
    assert 9 not in found
    assert found.join(9)


def test_a_new_session_replaces_the_list_of_its_shard_alone() -> None:
    found = memberships(2, shard_0=[7, 8], shard_1=[SHARD])
    found.list_shard(0, 2, [8])
    assert (7 in found, 8 in found, SHARD in found) == (False, True, True)


def test_servers_of_shards_that_run_elsewhere_are_neither_in_nor_gone() -> None:
    found = memberships(2, shard_1=[SHARD])
    assert (found.is_listed(2 * SHARD), found.is_listed(SHARD)) == (False, True)
    assert missed([2 * SHARD, SHARD, 3 * SHARD], [4 * SHARD], found) == ((3 * SHARD,), ())


@pytest.mark.parametrize(
    ("kept", "noted", "present", "gone", "back"),
    [
        ([], [], [], (), ()),
        ([3, 1, 2], [], [2], (1, 3), ()),
        ([1, 2], [2], [1, 2], (), (2,)),
        ([1], [1], [], (), ()),  # noted before
        ([], [5], [5], (), (5,)),  # nothing kept, noted all the same
        ([], [], [9], (), ()),  # one that has kept nothing yet
    ],
)
def test_what_was_missed(
    kept: list[int], noted: list[int], present: list[int], gone: tuple[int, ...], back: tuple[int, ...]
) -> None:
    assert missed(kept, noted, memberships(shard_0=present)) == (gone, back)


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("discuss", True),
        ("curate", True),
        ("film:discuss:night-train-1959", True),
        ("film:edit", True),
        ("draft:publish:0123", True),
        ("settings:set:language", True),
        ("film", False),
        ("films", False),
        ("film:show:discuss-1959", False),
        ("film:choose", False),
        ("Find films mentioned here", False),
        ("", False),
    ],
)
def test_what_needs_the_server_is_known_by_its_name(name: str, needs: bool) -> None:
    assert needs_server(name) is needs
