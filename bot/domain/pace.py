"""So many turns a second, for work that nobody waits for."""


class Pace:
    """Gives out turns evenly, none of them saved up. Who asks says what time it is, in seconds of any clock."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self._free_at = 0.0

    def delay(self, now: float) -> float:
        """Take the next turn; how many seconds there are until it comes."""
        turn = max(self._free_at, now)
        self._free_at = turn + 1 / self.per_second
        return turn - now
