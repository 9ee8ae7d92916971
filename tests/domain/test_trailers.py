"""Which video an address means, in all the forms that people paste."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.errors import TrailerRefused
from bot.domain.trailers import LAST_SECOND, Provider, Trailer, Video, read_address
from tests.strategies import PROPERTY, trailers

TUBE = "0MYFOzP6Xns"
VIMEO = "76979871"
MOTION = "x84sh87"
PLACES = ("https://www.youtube.com/watch?v=", "https://vimeo.com/", "https://www.dailymotion.com/video/")
WATCH = f"https://www.youtube.com/watch?v={TUBE}"
SHORTCODE = (
    '[embedplusvideo height="300" width="460" standard="http://www.youtube.com/v/0MYFOzP6Xns?fs=1" '
    'vars="ytid=0MYFOzP6Xns&width=460&height=300&start={start}&stop={stop}&rs=w&hd=0&autoplay=0&react=1'
    '&chapters=&notes=" id="ep1234" /]'
)


@pytest.mark.parametrize(
    "address",
    [
        WATCH,
        f"https://www.youtube.com/watch/?v={TUBE}",
        f"http://www.youtube.com/watch?v={TUBE}",
        f"HTTPS://WWW.YouTube.COM/watch?v={TUBE}",
        f"youtube.com/watch?v={TUBE}",
        f"//youtube.com/watch?v={TUBE}",
        f"https://www.youtube.com./watch?v={TUBE}",
        f"https://www.youtube.com:443/watch?v={TUBE}",
        f"https://m.youtube.com/watch?v={TUBE}",
        f"https://music.youtube.com/watch?v={TUBE}&si=abc",
        f"https://youtu.be/{TUBE}",
        f"https://youtu.be/{TUBE}/",
        f"https://youtu.be/{TUBE}?si=vD3_cx7N1pQ",
        f"www.youtu.be/{TUBE}",
        f"https://www.youtube.com/embed/{TUBE}",
        f"https://www.youtube-nocookie.com/embed/{TUBE}?rel=0",
        f"https://www.youtube.com/shorts/{TUBE}",
        f"https://www.youtube.com/live/{TUBE}?feature=share",
        f"http://www.youtube.com/v/{TUBE}",
        f"http://www.youtube.com/v/{TUBE}?fs=1",
        f"http://www.youtube.com/v/{TUBE}&hl=en_US&fs=1&rel=0",
        f"https://www.youtube.com/watch?app=desktop&feature=youtu.be&v={TUBE}&ab_channel=IFCFilms",
        f"https://www.youtube.com/watch?v={TUBE}&list=PLbpi6ZahtOH6&index=2",
        f"https://youtu.be/{TUBE}?list=PLbpi6ZahtOH6",
        f"https://www.youtube.com/embed/{TUBE}?list=PLbpi6ZahtOH6",
        f"youtube.com/watch?v={TUBE}&url=https://example.org/",
        f"<{WATCH}>",
        f"  {WATCH}\n",
        f'<iframe width="560" height="315" src="https://www.youtube.com/embed/{TUBE}" allowfullscreen></iframe>',
        f"<IFRAME SRC='//www.youtube.com/embed/{TUBE}'>",
        SHORTCODE.format(start="", stop=""),
        f'[ embedplusvideo standard="http://www.youtube.com/v/{TUBE}?fs=1" ]',
        f'[EMBEDPLUSVIDEO vars="width=460&amp;ytid={TUBE}" /]',
    ],
)
def test_every_form_of_a_youtube_address_means_the_video(address: str) -> None:
    assert read_address(address) == Video(Provider.YOUTUBE, TUBE)


@pytest.mark.parametrize(
    "address",
    [
        f"https://vimeo.com/{VIMEO}",
        f"http://www.vimeo.com/{VIMEO}/",
        f"vimeo.com/{VIMEO}?share=copy",
        f"https://vimeo.com/channels/staffpicks/{VIMEO}",
        f"https://vimeo.com/groups/shortfilms/videos/{VIMEO}",
        f"https://player.vimeo.com/video/{VIMEO}",
        f"https://player.vimeo.com/video/{VIMEO}?title=0&byline=0",
        f'<iframe src="https://player.vimeo.com/video/{VIMEO}?badge=0" frameborder="0"></iframe>',
    ],
)
def test_every_form_of_a_vimeo_address_means_the_video(address: str) -> None:
    assert read_address(address) == Video(Provider.VIMEO, VIMEO)


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.dailymotion.com/video/{MOTION}",
        f"dailymotion.com/video/{MOTION}/",
        f"https://www.dailymotion.com/video/{MOTION}_never-sorry-trailer_shortfilms",
        f"https://www.dailymotion.com/video/{MOTION}?playlist=x5nmbq",
        f"https://www.dailymotion.com/embed/video/{MOTION}?autoplay=1",
        f"https://dai.ly/{MOTION}",
        f"https://geo.dailymotion.com/player.html?video={MOTION}",
        f"https://geo.dailymotion.com/player/x5poh.html?video={MOTION}",
    ],
)
def test_every_form_of_a_dailymotion_address_means_the_video(address: str) -> None:
    assert read_address(address) == Video(Provider.DAILYMOTION, MOTION)


@pytest.mark.parametrize(
    ("address", "start", "stop"),
    [
        (f"https://youtu.be/{TUBE}?t=90", 90, None),
        (f"https://youtu.be/{TUBE}?t=90s", 90, None),
        (f"https://youtu.be/{TUBE}?t=1m30s", 90, None),
        (f"https://youtu.be/{TUBE}?t=1M30S", 90, None),
        (f"https://youtu.be/{TUBE}?t=1h2m3s", 3723, None),
        (f"https://youtu.be/{TUBE}?t=2h", 7200, None),
        (f"{WATCH}&t=0s", 0, None),
        (f"{WATCH}#t=75", 75, None),
        (f"{WATCH}#t=1m15s", 75, None),
        (f"{WATCH}&time_continue=12", 12, None),
        (f"https://www.youtube.com/embed/{TUBE}?start=30&end=60", 30, 60),
        (f"https://www.youtube.com/embed/{TUBE}?end=60", 0, 60),
        (f"https://www.youtube.com/embed/{TUBE}?start=60&end=30", 60, None),
        (f"http://www.youtube.com/v/{TUBE}&hl=en_US&start=30", 30, None),
        (f'<iframe src="https://www.youtube.com/embed/{TUBE}?rel=0&amp;start=30"></iframe>', 30, None),
        (SHORTCODE.format(start="65", stop="85"), 65, 85),
        (SHORTCODE.format(start="65", stop=""), 65, None),
        (f"https://vimeo.com/{VIMEO}#t=1m5s", 65, None),
        (f"https://player.vimeo.com/video/{VIMEO}#t=65s", 65, None),
        (f"https://www.dailymotion.com/video/{MOTION}?start=65", 65, None),
        (f"https://geo.dailymotion.com/player.html?video={MOTION}&start=65", 65, None),
    ],
)
def test_the_second_to_begin_at_is_kept(address: str, start: int, stop: int | None) -> None:
    video = read_address(address)
    assert (video.start, video.stop) == (start, stop)


@pytest.mark.parametrize("clock", ["", "soon", "1:30", "-5", "1.5", "99999999999", "25h", "s", "1s2m"])
def test_a_time_that_is_none_is_left_out_and_the_video_stays(clock: str) -> None:
    assert read_address(f"https://youtu.be/{TUBE}?t={clock}") == Video(Provider.YOUTUBE, TUBE)


@PROPERTY
@given(trailers().map(Trailer.model_validate), st.none() | st.integers(0, LAST_SECOND))
def test_the_address_of_a_trailer_leads_back_to_the_video(trailer: Trailer, at: int | None) -> None:
    second = trailer.start if at is None else at
    assert read_address(trailer.address(at)) == Video(trailer.provider, trailer.id, second)


_PIECES = st.sampled_from(
    "https:// http:// youtu.be / youtube.com vimeo.com dai.ly player.html ? & = # t= v= %00 %2F [ ] < > : @ . 1 \\ "
    f'[embedplusvideo vars=" standard=" ytid= <iframe src=" {TUBE} {VIMEO} {MOTION} \t \n'.split(" ")
)


@PROPERTY
@given(st.text() | st.lists(_PIECES | st.text(max_size=3), max_size=12).map("".join))
@example(f"https://youtu.be/{TUBE}?" + "a=1&" * 150)
@example(SHORTCODE.format(start="&" * 150, stop=""))
@example("https://[")
@example("https://youtu.be\u2100/x")
@example("\ud800")
def test_any_text_is_read_or_refused_and_leads_only_to_known_places(text: str) -> None:
    try:
        video = read_address(text)
    except TrailerRefused:
        return
    assert Trailer(provider=video.provider, id=video.id).address().startswith(PLACES)


def test_an_entry_may_name_a_trailer_by_its_address() -> None:
    trailer = Trailer.model_validate({"address": f"https://youtu.be/{TUBE}?t=1m30s", "label": "Teaser"})
    assert (trailer.provider, trailer.id, trailer.start, trailer.label) == (Provider.YOUTUBE, TUBE, 90, "Teaser")


def test_times_beside_an_address_count_more_than_those_in_it() -> None:
    assert Trailer.model_validate({"address": f"https://youtu.be/{TUBE}?t=90", "start": 5}).start == 5


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"address": "https://example.org/film.mp4"}, "trailer_address"),
        ({"address": 7}, "trailer_address"),
        ({"provider": "youtube", "id": "too-short"}, "trailer_id"),
        ({"provider": "youtube", "id": f"{TUBE}\n"}, "trailer_id"),
        ({"provider": "vimeo", "id": TUBE}, "trailer_id"),
        ({"provider": "dailymotion", "id": MOTION.upper()}, "trailer_id"),
        ({"provider": "netflix", "id": TUBE}, "enum"),
        ({"provider": "youtube"}, "missing"),
        ({"provider": "youtube", "id": TUBE, "start": 30, "stop": 30}, "trailer_times"),
        ({"provider": "youtube", "id": TUBE, "start": -1}, "greater_than_equal"),
        ({"provider": "youtube", "id": TUBE, "start": LAST_SECOND + 1}, "less_than_equal"),
        ({"provider": "youtube", "id": TUBE, "moments": [{"at": 1, "note": "x"}] * 6}, "too_long"),
        ({"provider": "youtube", "id": TUBE, "moments": [{"at": 1, "note": "a"}, {"at": 1, "note": "b"}]}, "twice"),
        ("https://youtu.be/" + TUBE, "model_type"),
    ],
)
def test_a_trailer_that_cannot_be_played_is_refused(entry: object, kind: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Trailer.model_validate(entry)
    assert [error["type"] for error in refused.value.errors()] == [kind]


@pytest.mark.parametrize(
    ("provider", "video", "still"),
    [
        (Provider.YOUTUBE, TUBE, f"https://i.ytimg.com/vi/{TUBE}/mqdefault.jpg"),
        (Provider.DAILYMOTION, MOTION, f"https://www.dailymotion.com/thumbnail/video/{MOTION}"),
        (Provider.VIMEO, VIMEO, None),
    ],
)
def test_a_still_is_known_where_the_provider_has_a_fixed_place_for_it(
    provider: Provider, video: str, still: str | None
) -> None:
    assert Trailer(provider=provider, id=video).still() == still
