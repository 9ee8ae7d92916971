"""What is no trailer, and the reason that the person who pasted it is told."""

import pytest
from pydantic import ValidationError

from bot.domain.errors import TrailerRefused
from bot.domain.films.trailers import Trailer, read_address

ID = "0MYFOzP6Xns"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \t\n ", "empty"),
        (f"https://youtu.be/{ID}?x=" + "a" * 100_000, "too_long"),
        ("x" * 100_000, "too_long"),
        ("[embedplusvideo " * 10_000, "too_long"),
        ("Never Sorry", "not_an_address"),
        (ID, "not_an_address"),
        ("https://", "not_an_address"),
        ("https://youtube", "not_an_address"),
        ("\u200b", "not_an_address"),
        ("\ud800", "not_an_address"),
        (f"https://youtu.be/{ID[:4]}\n{ID[4:]}", "no_video"),
        (f"https://you\ttu.be/{ID}", "not_an_address"),
        ("[embedplusvideo /]", "not_an_address"),
        ('[embedplusvideo standard="" vars="" /]', "not_an_address"),
        ('<iframe src="about:blank"></iframe>', "not_an_address"),
    ],
)
def test_what_is_no_address_is_refused(text: str, reason: str) -> None:
    assert reason_for(text) == reason


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        f"javascript://www.youtube.com/watch?v={ID}",
        f"javascript://youtu.be/{ID}%0aalert(1)",
        "file:///etc/passwd",
        f"file://youtu.be/{ID}",
        f"ftp://youtu.be/{ID}",
        f"data:text/html,<a href=https://youtu.be/{ID}>",
        f"vbscript://youtu.be/{ID}",
        f"://youtu.be/{ID}",
    ],
)
def test_only_web_addresses_are_taken(address: str) -> None:
    assert reason_for(address) == "not_an_address"


@pytest.mark.parametrize(
    "address",
    [
        f"https://youtube.com.evil.example/watch?v={ID}",
        f"https://www.youtube.com.evil.example/watch?v={ID}",
        f"https://evil.example/?u=https://youtu.be/{ID}",
        f"https://evil.example/youtu.be/{ID}",
        f"https://evil.example#@youtu.be/{ID}",
        f"https://evil.example?@youtu.be/{ID}",
        f"https://youtube.com@evil.example/watch?v={ID}",
        f"https://youtube.com:pass@evil.example/watch?v={ID}",
        f"https://youtu.be%2F@evil.example/{ID}",
        f"https://notyoutube.com/watch?v={ID}",
        f"https://evil-youtu.be/{ID}",
        f"https://youtu.be.evil.example/{ID}",
        f"https://yоutube.com/watch?v={ID}",  # the first o is Cyrillic
        f"https://youtube.co/watch?v={ID}",
        f"https://fakevimeo.com/{ID}",
        "https://vimeo.com.evil.example/76979871",
        "https://dai.ly.evil.example/x84sh87",
        f"http://127.0.0.1/watch?v={ID}",
        f"http://127.0.0.1:8080/watch?v={ID}",
        f'<iframe src="https://evil.example/embed/{ID}"></iframe>',
        f'[embedplusvideo standard="http://evil.example/v/{ID}" /]',
        "https://www.netflix.com/title/70302834",
    ],
)
def test_another_place_is_refused_however_much_it_looks_like_a_known_one(address: str) -> None:
    assert reason_for(address) == "unknown_host"


@pytest.mark.parametrize(
    "address",
    [
        f"https://[::1]/watch?v={ID}",
        f"https://[::1/watch?v={ID}",
        f"https://[youtube.com]/watch?v={ID}",
        f"https://[::ffff:127.0.0.1]/watch?v={ID}",
        "https://[",
        "https://]",
        f"https://[]/{ID}",
        f"https://youtu.be]/{ID}",
        f"https://youtu\u2100be/{ID}",
    ],
)
def test_a_broken_host_is_refused(address: str) -> None:
    assert reason_for(address) in {"not_an_address", "unknown_host", "no_video"}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch?v=tooshort",
        f"https://www.youtube.com/watch?v={ID}x",
        f"https://www.youtube.com/watch?v={ID[:10]}é",
        f"https://www.youtube.com/{ID}",
        "https://www.youtube.com/@aiweiwei",
        "https://www.youtube.com/channel/UCK8sQmJBp8GCxrOtXWBpyEA",
        "https://www.youtube.com/playlist?list=PLbpi6ZahtOH6",
        "https://www.youtube.com/embed/videoseries?list=PLbpi6ZahtOH6",
        "https://www.youtube.com/embed/live_stream?channel=UCK8sQmJBp8GCxrOtXWBpyEA",
        "https://www.youtube.com/results?search_query=never+sorry",
        "https://www.youtube.com/shorts/",
        "https://youtu.be/",
        f"https://youtu.be/{ID}/{ID}",
        f"https://youtu.be/{ID[:4]}\x00{ID[4:]}",
        f"https://youtu.be/%00{ID}",
        '[embedplusvideo vars="ytid=&start=5" standard="http://www.youtube.com/v/" /]',
        '[embedplusvideo vars="ytid=javascript:alert(1)" /]',
        "https://vimeo.com/",
        "https://vimeo.com/aiweiwei",
        "https://vimeo.com/1234",
        "https://vimeo.com/ondemand/neversorry",
        "https://vimeo.com/channels/staffpicks",
        "https://www.dailymotion.com/",
        "https://www.dailymotion.com/x84sh87",
        "https://www.dailymotion.com/video/",
        "https://www.dailymotion.com/playlist/x5nmbq",
        "https://geo.dailymotion.com/player.html",
        "https://dai.ly/",
    ],
)
def test_a_page_that_is_no_single_video_is_refused(address: str) -> None:
    assert reason_for(address) == "no_video"


@pytest.mark.parametrize(
    "address",
    [
        "https://vimeo.com/76979871/8272103f6e",
        "https://vimeo.com/76979871/8272103f6e?share=copy",
        "https://player.vimeo.com/video/76979871/8272103f6e/",
    ],
)
def test_an_unlisted_video_is_refused_because_others_could_not_play_it(address: str) -> None:
    assert reason_for(address) == "unlisted"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://player.vimeo.com/video/76979871?h=8272103f6e", "unlisted"),
        ("https://vimeo.com/76979871?h=8272103f6e", "unlisted"),
        ("https://vimeo.com/76979871/8272103f6e", "unlisted"),
        ("https://vimeo.com/showcase/2222222/video/76979871/8272103f6e", "unlisted"),
        ("https://vimeo.com/user1/review/76979871/8272103f6e", "unlisted"),
        ("https://vimeo.com/album/2222222", "no_video"),
        ("https://vimeo.com/event/2222222", "no_video"),
        (
            '<iframe src="https://player.vimeo.com/video/76979871?h=8272103f6e&badge=0"></iframe><p><a href="https://vimeo.com/76979871">x</a></p>',
            "unlisted",
        ),
        (f"https://youtu.be/{ID} https://www.youtube.com/@channel", "no_video"),
        (f"https://evil@youtu.be/{ID}", "not_an_address"),
        (f"https://evil.example\\@youtu.be/{ID}", "not_an_address"),
        (f"https://youtu.be\\{ID}", "not_an_address"),
        (f"https:\\\\youtu.be\\{ID}", "not_an_address"),
        (f"https://youtu.be:99999/{ID}", "not_an_address"),
        (f"https://youtu.be:0/{ID}", "not_an_address"),
        (f"https://youtu.be:abc/{ID}", "not_an_address"),
        (f"https://youtu%2Ebe/{ID}", "not_an_address"),
        (f"https://www.youtube%2Ecom/watch?v={ID}", "unknown_host"),
        (f"https://youtube。com/watch?v={ID}", "not_an_address"),
        (f"https://ｙｏｕｔｕｂｅ.com/watch?v={ID}", "unknown_host"),
        (f"javascript:https://youtu.be/{ID}", "not_an_address"),
        (f"https://www.youtube.com/playlist?list=PLx&v={ID}", "no_video"),
        (f"https://www.youtube.com/redirect?q=https://youtu.be/{ID}", "no_video"),
        (f"https://www.youtube.com/attribution_link?u=https://evil.example/watch?v={ID}", "no_video"),
        (f"https://www.youtube.com/attribution_link?u=//evil.example/watch%3Fv%3D{ID}", "not_an_address"),
        ("https://www.youtube.com/clip/UgkxABCDEFGHIJK", "no_video"),
        (f"https://youtu.be/{ID}x", "no_video"),
        (f"evil.example?u=youtu.be/{ID}", "unknown_host"),
        (f"evil.example/youtu.be/{ID}", "unknown_host"),
        (f"https://evil.example/https://youtu.be/{ID}", "unknown_host"),
        (f"youtu.be.evil.example/{ID}", "unknown_host"),
        (f"user@youtu.be/{ID}", "not_an_address"),
        ("https://vimeo.com/groups/76979871", "no_video"),
        ("https://vimeo.com/12345678901234", "no_video"),
        ("https://dai.ly/K4abcXYZ", "no_video"),
        ("https://www.youtube.com/@user/videos", "no_video"),
        (f"https://youtu.be/{ID}https://vimeo.com/76979871", "no_video"),
        (f"https://xn--yutube-wqf.com/watch?v={ID}", "unknown_host"),
        (f"http://youtube.com.@evil.example/watch?v={ID}", "unknown_host"),
        (f"https://youtu.be:443@evil.example/{ID}", "unknown_host"),
        (f"https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2F{ID}", "unknown_host"),
        ('[audio src="https://example.org/a.mp3"]', "unknown_host"),
        ('[gallery ids="1,2,3"]', "not_an_address"),
        ("https://vimeo.com/channels/76979871", "no_video"),
        ("https://www.youtube.com/watch_videos?video_ids=0MYFOzP6Xns,dQw4w9WgXcQ", "no_video"),
        ("[youtube id='tooshort']", "no_video"),
        ("[dailymotion width=480]", "no_video"),
        ("[youtube channel]", "not_an_address"),
        ("Never Sorry (2012), a film about Ai Weiwei on YouTube", "not_an_address"),
        (f"https://youtu.be/{ID} https://vimeo.com/76979871/8272103f6e", "unlisted"),
        (f"https://youtu.be/{ID} https://youtu.be/{ID}x", "no_video"),
        ("<iframe src='https://evil.example/'></iframe><a href='https://evil.example/'>x</a>", "unknown_host"),
        ("<" * 9_000, "not_an_address"),
        ("<a " * 3_000, "not_an_address"),
        ("[youtube " * 1_000, "not_an_address"),
        ('[a "' * 2_000, "not_an_address"),
        ("![](" * 2_000, "not_an_address"),
        ("youtube." * 1_000, "unknown_host"),
    ],
)
def test_what_only_looks_like_a_video_is_refused_with_its_reason(text: str, reason: str) -> None:
    assert reason_for(text) == reason


def test_an_entry_says_why_its_address_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        Trailer.model_validate({"address": "https://vimeo.com/76979871/8272103f6e"})
    assert [error.get("ctx") for error in refused.value.errors()] == [{"reason": "unlisted"}]


def reason_for(text: str) -> str:
    """Why an address is refused."""
    with pytest.raises(TrailerRefused) as refused:
        read_address(text)
    return refused.value.reason
