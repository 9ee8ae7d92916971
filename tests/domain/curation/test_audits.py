"""What an audit counts, and what it calls bad."""

import pytest

from bot.domain.curation.audits import Health, trailers_in, videos_of
from bot.domain.films.trailers import Provider
from tests.builders import YOUTUBE_ID, film

SHORT = {"provider": "vimeo", "id": "76979871"}
LONG = {"provider": "youtube", "id": YOUTUBE_ID, "start": 5}


@pytest.mark.parametrize(
    ("health", "bad"),
    [(Health.FINE, False), (Health.UNKNOWN, False), (Health.GONE, True), (Health.NOT_EMBEDDABLE, True)],
)
def test_only_what_a_provider_has_said_is_bad(health: Health, bad: bool) -> None:
    assert health.is_bad is bad


def test_a_video_that_two_films_share_is_one_video_and_two_trailers() -> None:
    first = film("First", 1990, trailers=[LONG, SHORT])
    second = film("Second", 1991, trailers=[{"provider": "youtube", "id": YOUTUBE_ID}])
    bare = film("Third", 1992, trailers=[])
    assert videos_of([first, second, bare]) == {
        (Provider.YOUTUBE, YOUTUBE_ID): ((first, first.trailers[0]), (second, second.trailers[0])),
        (Provider.VIMEO, "76979871"): ((first, first.trailers[1]),),
    }
    assert trailers_in([first, second, bare]) == 3


def test_no_films_have_no_trailers() -> None:
    assert videos_of([]) == {}
    assert trailers_in([]) == 0
