"""Which video an address means, in all the forms that people paste."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.errors import TrailerRefused
from bot.domain.films.pasted_videos import videos_in
from bot.domain.films.trailers import LAST_SECOND, Provider, Trailer, Video, read_address
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


# What people paste, and the videos in it: id, second to begin at, and label.
PASTED = [
    (f"http://www.youtube.com/e/{TUBE}", [(TUBE, 0, "")]),
    (f"http://youtube.com/vi/{TUBE}?feature=youtube_gdata_player", [(TUBE, 0, "")]),
    (f"http://youtube.com/vi/{TUBE}&feature=channel", [(TUBE, 0, "")]),
    (f"http://www.youtube.com/?v={TUBE}", [(TUBE, 0, "")]),
    (f"http://youtube.com/?vi={TUBE}&feature=x", [(TUBE, 0, "")]),
    (f"http://youtube.com/watch?vi={TUBE}&feature=channel", [(TUBE, 0, "")]),
    (f"http://www.youtube.com/ytscreeningroom?v={TUBE}", [(TUBE, 0, "")]),
    (f"https://www.youtube.com/watch/{TUBE}", [(TUBE, 0, "")]),
    (
        f"https://www.youtube.com/attribution_link?a=8g8kPrPIi-ecwIsS&u=/watch%3Fv%3D{TUBE}%26feature%3Dem-uploademail",
        [(TUBE, 0, "")],
    ),
    (f"https://www.youtube.com/attribution_link?u=/watch?v={TUBE}&feature=share&a=x", [(TUBE, 0, "")]),
    (f"http://www.youtube.com/oembed?url=http%3A//www.youtube.com/watch?v%3D{TUBE}&format=json", [(TUBE, 0, "")]),
    (
        f"http://www.youtube.com/oembed?url=http%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{TUBE}&format=json",
        [(TUBE, 0, "")],
    ),
    (
        f"https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{TUBE}%26t%3D90s&gl=DE",
        [(TUBE, 90, "")],
    ),
    (f"http://www.youtube.com/verify_age?next_url=/watch%3Fv%3D{TUBE}", [(TUBE, 0, "")]),
    (f"http://youtube.googleapis.com/v/{TUBE}?version=3", [(TUBE, 0, "")]),
    (f"http://www.youtube.com/user/Scobleizer#p/u/1/{TUBE}", [(TUBE, 0, "")]),
    (f"http://www.youtube.com/user/X#p/a/u/2/{TUBE}?rel=0", [(TUBE, 0, "")]),
    (f"http://www.youtube.com/sandalsResorts#p/c/54B8C800269D7C1B/2/{TUBE}", [(TUBE, 0, "")]),
    (f"http://gdata.youtube.com/feeds/api/videos/{TUBE}", [(TUBE, 0, "")]),
    (f"http://www.youtube.com/watch#!v={TUBE}", [(TUBE, 0, "")]),
    (f"http://m.youtube.com/#/watch?v={TUBE}", [(TUBE, 0, "")]),
    (f"https://www.youtube.com/tv#/watch?v={TUBE}", [(TUBE, 0, "")]),
    (f"http://uk.youtube.com/watch?v={TUBE}", [(TUBE, 0, "")]),
    (f"https://www.youtubekids.com/watch?v={TUBE}", [(TUBE, 0, "")]),
    (f"https://www.youtube.com/watch?v={TUBE}?t=90", [(TUBE, 90, "")]),
    (f"https://www.youtube.com/watch?v={TUBE}&amp;t=90", [(TUBE, 90, "")]),
    (f"https://www.youtube.com/watch?feature=player_embedded&amp;amp;v={TUBE}", [(TUBE, 0, "")]),
    (f"https://youtu.be/{TUBE}?si=abc?t=5", [(TUBE, 5, "")]),
    (f"http://youtu.be/{TUBE}&feature=channel", [(TUBE, 0, "")]),
    (f"https://youtu.be/watch?v={TUBE}", [(TUBE, 0, "")]),
    (f"https://youtu.be/{TUBE}%3Fsi=abc", [(TUBE, 0, "")]),
    (f"https://youtu.be/{TUBE}.", [(TUBE, 0, "")]),
    (f"(https://youtu.be/{TUBE})", [(TUBE, 0, "")]),
    (f"https://youtu.be/{TUBE}],", [(TUBE, 0, "")]),
    (f'"https://youtu.be/{TUBE}"', [(TUBE, 0, "")]),
    (f"“https://youtu.be/{TUBE}”", [(TUBE, 0, "")]),
    (f"**https://youtu.be/{TUBE}**", [(TUBE, 0, "")]),
    (f"https:\\/\\/www.youtube.com\\/embed\\/{TUBE}", [(TUBE, 0, "")]),
    ("https://www.youtube.com/watch?v=-wt\\_MTCHWuI", [("-wt_MTCHWuI", 0, "")]),
    (f"https://i.ytimg.com/vi/{TUBE}/hqdefault.jpg", [(TUBE, 0, "")]),
    (f"https://img.youtube.com/vi/{TUBE}/0.jpg", [(TUBE, 0, "")]),
    (f"https://www.youtube.com/shorts/{TUBE}/?feature=share", [(TUBE, 0, "")]),
    (f"https://vimeo.com/album/2222222/video/{VIMEO}", [(VIMEO, 0, "")]),
    (f"https://vimeo.com/showcase/2222222/video/{VIMEO}", [(VIMEO, 0, "")]),
    (f"https://vimeo.com/channels/hd/{VIMEO}", [(VIMEO, 0, "")]),
    (f"https://vimeo.com/groups/x/videos/{VIMEO}", [(VIMEO, 0, "")]),
    (f"http://vimeo.com/moogaloop.swf?clip_id={VIMEO}&amp;server=vimeo.com&amp;show_title=1", [(VIMEO, 0, "")]),
    (f"http://vimeo.com/hd#{VIMEO}", [(VIMEO, 0, "")]),
    (f"https://vimeo.com/ondemand/film/{VIMEO}", [(VIMEO, 0, "")]),
    (f"https://vimeo.com/api/oembed.json?url=https%3A//vimeo.com/{VIMEO}", [(VIMEO, 0, "")]),
    (f"http://www.dailymotion.com/swf/video/{MOTION}?additionalInfos=0", [(MOTION, 0, "")]),
    (f"http://www.dailymotion.com/swf/{MOTION}", [(MOTION, 0, "")]),
    (f"http://www.dailymotion.com/swf/{MOTION}&related=1", [(MOTION, 0, "")]),
    (f"http://www.dailymotion.com/hub/x9q_Gal#videoId={MOTION}", [(MOTION, 0, "")]),
    (f"http://www.dailymotion.com/hub/x9q_Gal#video={MOTION}", [(MOTION, 0, "")]),
    (f"https://www.dailymotion.com/playlist/x5nmbq_x/1#video={MOTION}", [(MOTION, 0, "")]),
    (f"https://www.dailymotion.com/fr/video/{MOTION}_titre", [(MOTION, 0, "")]),
    (f"https://touch.dailymotion.com/video/{MOTION}", [(MOTION, 0, "")]),
    (f"https://geo.dailymotion.com/player/x5poh.html?video={MOTION}&mute=true", [(MOTION, 0, "")]),
    (f"https://dai.ly/{MOTION}?start=10", [(MOTION, 10, "")]),
    (f"[youtube=http://www.youtube.com/watch?v={TUBE}]", [(TUBE, 0, "")]),
    (f"[youtube=http://www.youtube.com/watch?v={TUBE}&w=640&h=385&start=30]", [(TUBE, 30, "")]),
    (f"[youtube http://www.youtube.com/watch?v={TUBE}&w=320]", [(TUBE, 0, "")]),
    (f'[youtube url="https://www.youtube.com/watch?v={TUBE}" width="5"]', [(TUBE, 0, "")]),
    (f'[youtube id="{TUBE}"]', [(TUBE, 0, "")]),
    (f"[youtube {TUBE}]", [(TUBE, 0, "")]),
    (f"[youtube]{TUBE}[/youtube]", [(TUBE, 0, "")]),
    (f"[youtube={TUBE}]", [(TUBE, 0, "")]),
    (f"[youtube id={TUBE} start=30]", [(TUBE, 30, "")]),
    (f'[su_youtube url="https://youtu.be/{TUBE}" title="x"]', [(TUBE, 0, "")]),
    (f"[embed]https://youtu.be/{TUBE}[/embed]", [(TUBE, 0, "")]),
    (f'[embed width="123" height="456"]https://www.youtube.com/watch?v={TUBE}[/embed]', [(TUBE, 0, "")]),
    (f"[embedyt] https://www.youtube.com/watch?v={TUBE}[/embedyt]", [(TUBE, 0, "")]),
    (f"[vimeo {VIMEO} w=500 h=281]", [(VIMEO, 0, "")]),
    (f"[vimeo {VIMEO}]", [(VIMEO, 0, "")]),
    (f"[vimeo id={VIMEO} width=350 height=500]", [(VIMEO, 0, "")]),
    (f"[vimeo https://vimeo.com/{VIMEO}]", [(VIMEO, 0, "")]),
    (f'[vimeo video_id="{VIMEO}" w="640"]', [(VIMEO, 0, "")]),
    (f"[vimeo=http://vimeo.com/{VIMEO}&h=500&w=350]", [(VIMEO, 0, "")]),
    (f'[vimeo clip_id="{VIMEO}"]', [(VIMEO, 0, "")]),
    (f"[dailymotion id={MOTION}]", [(MOTION, 0, "")]),
    (f"[dailymotion {MOTION} width=480]", [(MOTION, 0, "")]),
    (f"[dailymotion id={MOTION}&autoplay=1 title=x]", [(MOTION, 0, "")]),
    (f"[dailymotion]https://www.dailymotion.com/video/{MOTION}[/dailymotion]", [(MOTION, 0, "")]),
    (f"[dailymotion https://www.dailymotion.com/video/{MOTION}]", [(MOTION, 0, "")]),
    (f'[video src="https://www.youtube.com/watch?v={TUBE}"]', [(TUBE, 0, "")]),
    (f'[video width="640" mp4="x.mp4" src="https://vimeo.com/{VIMEO}"][/video]', [(VIMEO, 0, "")]),
    (f"[video]https://youtu.be/{TUBE}[/video]", [(TUBE, 0, "")]),
    (f"[video=youtube;{TUBE}]https://www.youtube.com/watch?v={TUBE}[/video]", [(TUBE, 0, "")]),
    (f"[media=youtube]{TUBE}[/media]", [(TUBE, 0, "")]),
    (f'[arve url="https://youtu.be/{TUBE}" title="x" /]', [(TUBE, 0, "")]),
    (f"[fve]https://youtu.be/{TUBE}[/fve]", [(TUBE, 0, "")]),
    (f"[yt]{TUBE}[/yt]", [(TUBE, 0, "")]),
    (f"[url=https://youtu.be/{TUBE}]Teaser[/url]", [(TUBE, 0, "Teaser")]),
    (f"{{{{< youtube {TUBE} >}}}}", [(TUBE, 0, "")]),
    (f'{{{{< vimeo id="{VIMEO}" >}}}}', [(VIMEO, 0, "")]),
    (f"{{% youtube {TUBE} %}}", [(TUBE, 0, "")]),
    (f"{{{{#ev:youtube|{TUBE}}}}}", [(TUBE, 0, "")]),
    (f'[ame="http://www.youtube.com/watch?v={TUBE}"]Teaser[/ame]', [(TUBE, 0, "Teaser")]),
    (
        f'<p>Look</p><iframe width="5" src="https://www.youtube.com/embed/{TUBE}?start=5"></iframe><p>nice</p>',
        [(TUBE, 5, "")],
    ),
    (
        (
            '<object width="425" height="344">'
            f'<param name="movie" value="http://www.youtube.com/v/{TUBE}&hl=en&fs=1"></param>'
            f'<embed src="http://www.youtube.com/v/{TUBE}&hl=en&fs=1" type="application/x-shockwave-flash">'
            "</embed></object>"
        ),
        [(TUBE, 0, "")],
    ),
    (
        (
            f'<iframe src="https://player.vimeo.com/video/{VIMEO}" width="400"></iframe><p>'
            f'<a href="http://vimeo.com/{VIMEO}">Eskmo</a> from '
            '<a href="http://vimeo.com/ninjatune">Ninja Tune</a> on <a href="http://vimeo.com">Vimeo</a>.'
            "</p>"
        ),
        [(VIMEO, 0, "")],
    ),
    (f'<a href="https://youtu.be/{TUBE}">Official trailer</a>', [(TUBE, 0, "Official trailer")]),
    (f"&lt;iframe src=&quot;https://www.youtube.com/embed/{TUBE}&quot;&gt;&lt;/iframe&gt;", [(TUBE, 0, "")]),
    (f'<lite-youtube videoid="{TUBE}"></lite-youtube>', [(TUBE, 0, "")]),
    (f'<amp-youtube data-videoid="{TUBE}" layout="responsive"></amp-youtube>', [(TUBE, 0, "")]),
    (f'<script src="https://geo.dailymotion.com/player/x5poh.js" data-video="{MOTION}"></script>', [(MOTION, 0, "")]),
    (
        (
            f'<!-- wp:embed {{"url":"https://youtu.be/{TUBE}"}} --><figure class="wp-block-embed">'
            f'<div class="w"> https://youtu.be/{TUBE} </div></figure><!-- /wp:embed -->'
        ),
        [(TUBE, 0, "")],
    ),
    (
        (
            f'<iframe src="https://www.youtube.com/embed/{TUBE}"></iframe> Teaser '
            f'<iframe src="https://vimeo.com/{VIMEO}"></iframe> Trailer'
        ),
        [(TUBE, 0, "Teaser"), (VIMEO, 0, "Trailer")],
    ),
    (f"[Official trailer](https://youtu.be/{TUBE})", [(TUBE, 0, "Official trailer")]),
    (f"[https://youtu.be/{TUBE}](https://youtu.be/{TUBE})", [(TUBE, 0, "")]),
    (
        f"[![Teaser](https://img.youtube.com/vi/{TUBE}/0.jpg)](https://www.youtube.com/watch?v={TUBE})",
        [(TUBE, 0, "Teaser")],
    ),
    (f"<https://youtu.be/{TUBE}>", [(TUBE, 0, "")]),
    (f"<https://youtu.be/{TUBE}|Teaser>", [(TUBE, 0, "Teaser")]),
    (f'Watch "Ai Weiwei - Trailer" on YouTube https://youtu.be/{TUBE}?si=abc', [(TUBE, 0, "Ai Weiwei - Trailer")]),
    (f"Watch Ai Weiwei on YouTube https://youtu.be/{TUBE}?si=abc", [(TUBE, 0, "Ai Weiwei")]),
    (f'Schau dir "Ai Weiwei" auf YouTube an https://youtu.be/{TUBE}?si=abc', [(TUBE, 0, "Ai Weiwei")]),
    (f'Check out "Film" by Some One on Vimeo: https://vimeo.com/{VIMEO}?ref=em-share', [(VIMEO, 0, "Film")]),
    (f"1. https://youtu.be/{TUBE}", [(TUBE, 0, "")]),
    (f"- Teaser: https://youtu.be/{TUBE}", [(TUBE, 0, "Teaser")]),
    (f"Teaser (https://youtu.be/{TUBE})", [(TUBE, 0, "Teaser")]),
    (f"https://youtu.be/{TUBE} (Teaser)", [(TUBE, 0, "Teaser")]),
    (f"https://youtu.be/{TUBE} - ", [(TUBE, 0, "")]),
    (f"https://youtu.be/{TUBE} https://vimeo.com/{VIMEO}", [(TUBE, 0, ""), (VIMEO, 0, "")]),
    (f"https://youtu.be/{TUBE}, https://vimeo.com/{VIMEO}", [(TUBE, 0, ""), (VIMEO, 0, "")]),
    (f"https://youtu.be/{TUBE},https://vimeo.com/{VIMEO}", [(TUBE, 0, ""), (VIMEO, 0, "")]),
    (
        f"https://youtu.be/{TUBE} Teaser https://vimeo.com/{VIMEO} Restored",
        [(TUBE, 0, "Teaser"), (VIMEO, 0, "Restored")],
    ),
    (
        f"Teaser: https://youtu.be/{TUBE} Restored: https://vimeo.com/{VIMEO}",
        [(TUBE, 0, "Teaser"), (VIMEO, 0, "Restored")],
    ),
    (f"https://youtu.be/{TUBE} and https://vimeo.com/{VIMEO}", [(TUBE, 0, ""), (VIMEO, 0, "")]),
    (f"https://youtu.be/{TUBE} https://example.org/review", [(TUBE, 0, "")]),
    (f"[YouTube channel] https://youtu.be/{TUBE}", [(TUBE, 0, "YouTube channel")]),
    (f"[HD] https://youtu.be/{TUBE}", [(TUBE, 0, "HD")]),
    (f"https://www.youtube.com/watch?v={TUBE}&t=1h2m3s", [(TUBE, 3723, "")]),
    (f"https://www.youtube.com/v/{TUBE}&start=30", [(TUBE, 30, "")]),
    (f"https://www.youtube.com//watch?v={TUBE}", [(TUBE, 0, "")]),
    (f"https://www.youtube.com/watch?v=%20{TUBE}", [(TUBE, 0, "")]),
    (f"https://www.youtube.com/watch?v={TUBE}/", [(TUBE, 0, "")]),
    (f"Trailer:https://youtu.be/{TUBE}", [(TUBE, 0, "Trailer")]),
    (f"https://youtu.be/{TUBE}|Teaser", [(TUBE, 0, "Teaser")]),
    (f"https://youtu.be/{TUBE}，", [(TUBE, 0, "")]),
    (f"https://youtu.be/{TUBE}。", [(TUBE, 0, "")]),
    (f"『https://youtu.be/{TUBE}』", [(TUBE, 0, "")]),
    (f"`https://youtu.be/{TUBE}`", [(TUBE, 0, "")]),
    (f"||https://youtu.be/{TUBE}||", [(TUBE, 0, "")]),
    (f"https://vimeo.com/{VIMEO}#t=1m5s", [(VIMEO, 65, "")]),
    (f"<iframe src=https://www.youtube.com/embed/{TUBE}></iframe>", [(TUBE, 0, "")]),
    (f'<iframe data-src="//www.youtube-nocookie.com/embed/{TUBE}" src="about:blank"></iframe>', [(TUBE, 0, "")]),
    (
        f'<blockquote class="x"><p>See <a href="https://youtu.be/{TUBE}">youtu.be/abc…</a></p></blockquote>',
        [(TUBE, 0, "See")],
    ),
    (f"<p>Watch the <b>official</b> trailer: https://youtu.be/{TUBE}</p>", [(TUBE, 0, "Watch the official trailer")]),
    (f"[**Teaser**](https://youtu.be/{TUBE})", [(TUBE, 0, "Teaser")]),
    (f"[tube]http://www.youtube.com/watch?v={TUBE}[/tube]", [(TUBE, 0, "")]),
    (f'[lyte id="{TUBE}" /]', [(TUBE, 0, "")]),
    (f'[fusion_youtube id="{TUBE}" width="600"]', [(TUBE, 0, "")]),
    (f"[av_video src='https://youtu.be/{TUBE}' format='16-9']", [(TUBE, 0, "")]),
    (f"{{{{youtube>{TUBE}}}}}", [(TUBE, 0, "")]),
    (f"{{youtube}}{TUBE}{{/youtube}}", [(TUBE, 0, "")]),
    (f'{{{{ youtube("{TUBE}") }}}}', [(TUBE, 0, "")]),
    (f"@[youtube]({TUBE})", [(TUBE, 0, "")]),
    (f"<youtube>{TUBE}</youtube>", [(TUBE, 0, "")]),
    (f".. youtube:: {TUBE}", [(TUBE, 0, "")]),
    (f"https://youtu.be/{TUBE} 1:30", [(TUBE, 0, "")]),
    (f"🎬 https://youtu.be/{TUBE}", [(TUBE, 0, "")]),
    (f"1) https://youtu.be/{TUBE} 2) https://vimeo.com/{VIMEO}", [(TUBE, 0, ""), (VIMEO, 0, "")]),
    (f"https%3A%2F%2Fyoutu.be%2F{TUBE}", [(TUBE, 0, "")]),
]


@pytest.mark.parametrize(("text", "videos"), PASTED, ids=[text[:70] for text, _ in PASTED])
def test_the_videos_in_what_was_pasted_are_found(text: str, videos: list[tuple[str, int, str]]) -> None:
    assert [(video.id, video.start, label) for video, label in videos_in(text)] == videos


@pytest.mark.parametrize(("text", "videos"), PASTED, ids=[text[:70] for text, _ in PASTED])
def test_one_address_is_asked_for_where_there_is_room_for_one(text: str, videos: list[tuple[str, int, str]]) -> None:
    if len(videos) == 1:
        assert (read_address(text).id, read_address(text).start) == videos[0][:2]
        return
    with pytest.raises(TrailerRefused) as refused:
        read_address(text)
    assert refused.value.reason == "several"


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
        ("https://youtu.be/" + TUBE[1:], "trailer_address"),
        (7, "model_type"),
        ({"address": f"https://youtu.be/{TUBE} https://vimeo.com/{VIMEO}"}, "trailer_address"),
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
