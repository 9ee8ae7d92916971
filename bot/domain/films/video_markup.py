"""Video addresses in what pages and blogs are made of: shortcodes, templates and HTML.

Each reader gives a plain address with its settings, for `videos.video_at` to judge.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final
from urllib.parse import unquote, urlencode

from bot.domain.films.videos import DOMAINS, IDS, Provider, settings_in

_NAMES: Final = {
    Provider.YOUTUBE: re.compile(r"you_?tube|(?:^|[^a-z])yt(?:$|[^a-z])|embedyt|embedplusvideo|lyte", re.IGNORECASE),
    Provider.VIMEO: re.compile(r"vimeo", re.IGNORECASE),
    Provider.DAILYMOTION: re.compile(r"daily_?motion|(?:^|[^a-z])dm(?:$|[^a-z])", re.IGNORECASE),
}
_HOMES: Final = {
    Provider.YOUTUBE: "https://youtu.be/",
    Provider.VIMEO: "https://vimeo.com/",
    Provider.DAILYMOTION: "https://dai.ly/",
}
# A web address, or one of a known place without its beginning; what follows one as punctuation stays outside.
_KNOWN: Final = "|".join(re.escape(domain) for domain in DOMAINS)
ADDRESS: Final = re.compile(
    rf"(?:https?://|(?<![\w@./:%=?&#-])(?://)?(?:[\w-]{{1,63}}\.){{0,3}}(?:{_KNOWN})\.?(?::\d+)?(?=[/?#]))"
    r"(?:(?![,;|]https?://)[^\s<>\"“”„«»()\[\]{}|^`，。、！？；：（）【】《》「」『』])*(?<![.,:;!?'’…*~])",
    re.IGNORECASE,
)
# [name …], perhaps with [/name] behind what it holds; {{< name … >}} of Hugo, {% name … %} of Jekyll, {{#ev:name|…}}.
SHORTCODE: Final = re.compile(
    r"\[\s*(?P<name>[a-z][\w-]{0,40})(?P<rest>(?:[\s=:;|/](?:\"[^\"]{0,1000}\"|[^\[\]\"]){0,1000})?)\](?!\()"
    r"(?:(?P<content>[^\[\]]{0,1000})\[/\s*(?P=name)\s*\])?"
    r"|\{\{<?\s*(?:#ev:)?(?P<hugo>[a-z][\w-]{0,40})(?P<inside>[\s|:>(][^{}]{0,1000})\}\}"
    r"|\{%\s*(?P<liquid>[a-z][\w-]{0,40})(?P<within>\s[^{}]{0,1000})%\}",
    re.IGNORECASE,
)
_WRAPS: Final = re.compile(r"video|embed|movie|media|player|clip|arve|fve|ame|url|link|trailer", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"([a-z][\w-]*)\s*=\s*(?:[\"'“”″]([^\"'“”″]*)[\"'“”″]|([^\s\"'“”″]+))", re.IGNORECASE)
_QUOTE: Final = re.compile("[\"'“”″\\s]")
_BARE: Final = re.compile(r"[^\s\"'“”″=:;|,()<>]+")
_ID_ATTRIBUTES: Final = ("ytid", "id", "video_id", "videoid", "video", "v", "clip_id", "code", "url", "src")
_TIMES: Final = ("t", "start", "time_continue", "stop", "end")
TAG: Final = re.compile(r"<(?P<name>/?[a-z!][\w-]*)(?P<rest>(?:\s[^<>]*)?)/?>", re.IGNORECASE)
_LINKS: Final = frozenset({"a", "img", "link", "area"})
_VOID: Final = frozenset({"area", "br", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"})
_HOLD_ADDRESSES: Final = frozenset(
    {"src", "data-src", "data-lazy-src", "data", "value", "movie", "url", "data-url", "data-href", "content"}
)
_HOLD_IDS: Final = ("videoid", "data-videoid", "data-video-id", "data-video", "data-id")


def address_in_shortcode(match: re.Match[str]) -> tuple[str, str] | None:
    """The address that a shortcode stands for, and a label that stands in it; None for mere words in brackets."""
    name = match["name"] or match["hugo"] or match["liquid"]
    rest = (match["rest"] or match["inside"] or match["within"] or "").strip().rstrip("/>").strip()
    content = (match["content"] or "").strip()
    provider = _provider_in(name) or (_provider_in(rest) if _WRAPS.search(name) else None)
    attributes = {key.lower(): quoted or bare for key, quoted, bare in _ATTRIBUTE.findall(rest)}
    times = {**settings_in(_QUOTE.sub("&", rest)), **attributes, **settings_in(attributes.get("vars", ""))}
    texts = (*attributes.values(), rest.lstrip("=: "), content)
    address = next((found for text in texts if (found := ADDRESS.search(text))), None)
    if address is not None and (provider or _WRAPS.search(name) or content):
        label = "" if ADDRESS.search(content) else content
        return _with_times(address[0], times), label
    if provider is None:
        return None
    ids = [times.get(key, "") for key in _ID_ATTRIBUTES]
    words = _BARE.findall(_ATTRIBUTE.sub(" ", rest)) + _BARE.findall(content)
    candidates = (word.partition("?")[0].partition("&")[0] for word in (*ids, *words))
    found = next((each for each in candidates if _is_id(provider, each)), "")
    if not found and not any(attributes.values()):
        return None
    return _with_times(f"{_HOMES[provider]}{found}", times), ""


def addresses_in_tag(match: re.Match[str]) -> Iterator[str]:
    """The addresses that a tag would play, perhaps several of one video; a link's only leads somewhere."""
    name = match["name"].lower()
    attributes = {key.lower(): quoted or bare for key, quoted, bare in _ATTRIBUTE.findall(match["rest"])}
    if name in _LINKS:
        return
    yield from (value for key, value in attributes.items() if key in _HOLD_ADDRESSES and ADDRESS.match(value))
    provider = _provider_in(f"{name} {attributes.get('class', '')} {attributes.get('src', '')}")
    if provider is not None:
        yield from (_HOMES[provider] + attributes[key] for key in _HOLD_IDS if key in attributes)


def address_of_link(match: re.Match[str]) -> str:
    """Where a tag leads to, if it is a link; "" otherwise."""
    found = {key.lower(): quoted or bare for key, quoted, bare in _ATTRIBUTE.findall(match["rest"])}
    return found.get("href", "") if match["name"].lower() in _LINKS else ""


def depth_of(match: re.Match[str]) -> int:
    """How much deeper in the page what follows a tag stands: 1, 0 or -1."""
    name = match["name"].lower()
    if name.startswith("/"):
        return -1
    return 0 if name in _VOID or name.startswith("!") or match[0].endswith("/>") else 1


def plain(text: str) -> str:
    """The text without the entities and backslashes that HTML, JSON and Markdown put into it.

    What wikis write for an embedded video becomes its address.
    """
    for _ in range(2):  # pasted code is often escaped once more
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    text = _ENCODED.sub(lambda address: unquote(address[0]), _BACKSLASH.sub(r"\1", text))
    text = _LINK_TEXT.sub(lambda link: link["open"] if ADDRESS.search(link["text"]) else link[0], text)
    return _WIKI.sub(_address_in_wiki, text)


def _address_in_wiki(match: re.Match[str]) -> str:
    provider = _provider_in(match["name"])
    return f" {_HOMES[provider]}{match['id']} " if provider else match[0]


# Without the semicolon "&copy=1" in an address would be one, too.
_ENTITY: Final = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_BACKSLASH: Final = re.compile(r"\\([/_*~&=?.-])")
_ENCODED: Final = re.compile(r"(?<![\w=/?&])https?%3A%2F%2F\S+", re.IGNORECASE)
# An address that stands for itself is shown cut short by many pages.
_LINK_TEXT: Final = re.compile(r"(?P<open><a\s[^<>]*>)(?P<text>[^<>]{1,500})</a>", re.IGNORECASE)
# {youtube}ID{/youtube}, <youtube>ID</youtube>, @[youtube](ID), .. youtube:: ID
_WIKI: Final = re.compile(
    r"(?:@\[|(?<!\{)\{|<|\.\.\s*)(?P<name>youtube|vimeo|dailymotion)(?:\]\(|\}|>|::)\s*"
    r"(?P<id>[\w-]{5,12})\s*(?:\)|[{<]/(?P=name)[}>]|(?=\s|$))",
    re.IGNORECASE,
)


# What is left of a wrapper around nothing, or around what has been taken out.
STRAY: Final = re.compile(
    r"\[/?(?:embed|video|media|youtube|yt|vimeo|dailymotion|url|b|i|u|s|center|quote|code)\]", re.IGNORECASE
)


def _provider_in(text: str) -> Provider | None:
    return next((provider for provider, names in _NAMES.items() if names.search(text)), None)


def _is_id(provider: Provider, word: str) -> bool:
    is_word = provider is Provider.DAILYMOTION and not any(character.isdigit() for character in word)
    return not is_word and IDS[provider].fullmatch(word) is not None


def _with_times(address: str, settings: Mapping[str, str]) -> str:
    times = {key: settings[key] for key in _TIMES if settings.get(key)}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(times)}" if times else address
