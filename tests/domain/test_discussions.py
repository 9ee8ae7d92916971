"""The claim on a thread: long enough for the work, short enough for the club."""

import datetime

from bot.domain.discussions import CLAIM_LASTS


def test_a_claim_ends_before_a_club_gives_up() -> None:
    assert datetime.timedelta(0) < CLAIM_LASTS < datetime.timedelta(minutes=1)
