"""Shards as an operator writes them, and the shard of a server."""

import pytest

from bot.domain.guilds.shards import AnyRange, ShardIds, named, parse_shard_ids, shard_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0-7", range(8)),
        (" 8 - 15 ", range(8, 16)),
        ("8–15", range(8, 16)),
        ("3", range(3, 4)),
        ("3-3", range(3, 4)),
        ("0", range(1)),
        ("auto", AnyRange(8)),
        ("AUTO", AnyRange(8)),
        ("auto:4", AnyRange(4)),
        ("auto : 16", AnyRange(16)),
    ],
)
def test_what_an_operator_writes_is_read(typed: str, meant: ShardIds) -> None:
    assert parse_shard_ids(typed) == meant


@pytest.mark.parametrize(
    "typed", ["7-0", "a", "0-", "-7", "0,1", "0-7,9", "auto:", "auto:0", "auto4", "1e3", "0x1", "999999", "٣-٥x"]
)
def test_what_is_no_range_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"range|nothing"):
        parse_shard_ids(typed)


@pytest.mark.parametrize("shard_ids", [range(8), range(8, 16), range(3, 4)])
def test_a_range_is_named_as_it_is_written(shard_ids: range) -> None:
    assert parse_shard_ids(named(shard_ids)) == shard_ids


@pytest.mark.parametrize(("size", "count"), [(8, 16), (8, 20), (4, 3), (1, 5), (100, 1)])
def test_ranges_hold_each_shard_once(size: int, count: int) -> None:
    ranges = list(AnyRange(size).of(count))
    assert [each for some in ranges for each in some] == list(range(count))
    assert all(len(some) <= size for some in ranges)


def test_a_server_is_where_discord_says_and_direct_messages_are_with_the_first() -> None:
    assert shard_of(197038439483310086, 16) == (197038439483310086 >> 22) % 16
    assert shard_of(None, 16) == 0
