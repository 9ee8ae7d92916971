"""Whose turn it is to answer an interaction while several processes hear of it."""

import enum
from collections.abc import Callable, Collection, Mapping


class Turn(enum.Enum):
    """Who answers."""

    OURS = enum.auto()
    ANOTHERS = enum.auto()
    UNDECIDED = enum.auto()  # the shard is just being handed over


class Turns:
    """The shards on which this process answers, and from which interaction to which.

    Two processes may hear of the same interaction, and never both answer it. Ids of interactions grow, so whoever
    gives a shard up names the last one that it has heard of: up to that one it answers, from the next one on the other
    does, whichever of them hears of it when. And who has not been heard of until its lease ran out keeps silent.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = 0.0
        self._before: dict[int, int] = {}  # for each shard held the last interaction that is another's
        self._last: dict[int, int] = {}  # for each shard given up, or about to be, the last that is ours
        self._giving: set[int] = set()
        self._asked: frozenset[int] = frozenset()
        self.heard = 0  # the last interaction

    @property
    def held(self) -> frozenset[int]:
        """The shards that are ours, among them those that are being handed over."""
        return frozenset(self._before.keys() - self.given)

    @property
    def given(self) -> frozenset[int]:
        """Those that have been handed over."""
        return frozenset(self._last.keys() - self._giving)

    @property
    def giving(self) -> frozenset[int]:
        """Those that are being handed over: whether it is done already is not known."""
        return frozenset(self._giving)

    def hold(self, shards: Mapping[int, int], until: float) -> None:
        """These are ours from the interaction after that one on, and all that are held until then, on our clock."""
        self._before.update(shards)
        self._asked -= shards.keys()
        self._until = until

    def ask_for(self, shard_ids: Collection[int]) -> None:
        """Their holders have been asked for these; interactions wait until the answer is there."""
        self._asked = frozenset(shard_ids)

    def begin_giving(self, shard_ids: Collection[int]) -> Mapping[int, int]:
        """Stop answering on these; tells for each up to which interaction we have."""
        for shard_id in shard_ids:
            self._last.setdefault(shard_id, self.heard)
        self._giving.update(shard_ids)
        return {shard_id: self._last[shard_id] for shard_id in shard_ids}

    def end_giving(self, shard_ids: Collection[int]) -> None:
        """They are another's now, but for what is still on its way from before."""
        self._giving.difference_update(shard_ids)

    def lose(self, shard_ids: Collection[int]) -> None:
        """Another has taken these."""
        for shard_id in shard_ids:
            self._before.pop(shard_id, None)

    def is_ours(self, shard_id: int) -> bool:
        """Whether the shard is ours just now, for what nobody asks for and is to be done once."""
        return shard_id in self._before and shard_id not in self._last and self._clock() < self._until

    def of(self, shard_id: int, interaction_id: int) -> Turn:
        """Who answers an interaction that has come; whoever is told that it is ours has to."""
        if (last := self._last.get(shard_id)) is not None and interaction_id > last:
            return Turn.UNDECIDED if shard_id in self._giving else Turn.ANOTHERS
        if last is None and shard_id in self._asked:
            return Turn.UNDECIDED
        if last is None and shard_id not in self._before:
            return Turn.ANOTHERS
        if interaction_id <= self._before.get(shard_id, 0) or self._clock() >= self._until:
            return Turn.ANOTHERS
        self.heard = max(self.heard, interaction_id)
        return Turn.OURS
