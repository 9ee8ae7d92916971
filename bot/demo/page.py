"""The pages of the demo as HTML: the start, and the club with its places, its members and the conversation."""

from hashlib import sha256
from html import escape
from typing import Final

from simcord import MemberActor

from bot.demo.world import Place, Visit, World

CLUB: Final = "/club"

_AS_MEMBER: Final = """
<ol>
<li>In <b>#film-club</b> type <code>/film</code>, a few letters such as <code>never so</code>, and pick the film.</li>
<li>Press <b>Leave a reply</b> on its card. The bot opens the film's thread.</li>
<li>The thread now stands below its channel in the list of places. Enter it and write.</li>
</ol>
"""

_AS_ADMIN: Final = """
<ol>
<li>Be Noor. <code>/curate add</code> opens a form. Any trailer will do, for example
<code>https://youtu.be/night1959tr</code>; leave the year out to see a mistake corrected.</li>
<li>What you see then is the card as it will look. <b>Publish</b>, and <code>/film</code> finds it at once.</li>
<li><code>/curate edit</code> changes a film. <code>/curate history</code> says who changed what, and takes it back.</li>
<li><code>/settings show</code>: make <b>#curators</b> the curators' channel. Then be Jonas in #film-club and
<code>/suggest</code> a film: its card waits in #curators.</li>
<li><code>/settings check</code> in <b>#after-the-credits</b> names what the bot is missing there.</li>
<li><code>/curate export</code> gives you the list as a file. Download it, enter Friday Film Club, and take it in with
<code>/curate import</code>.</li>
<li>Give a film the trailer <code>https://youtu.be/now-is-gone</code>. Here, videos whose ids end in “gone” no longer
play, so you are warned, and <code>/curate check</code> finds it.</li>
</ol>
"""

_AT_FIRST: Final = """
<ol>
<li>Enter <b>Just Added</b>: a server in which nothing has been set.</li>
<li><code>/settings show</code> has all there is to choose, <code>/settings check</code> says what is missing, and
<code>/help</code> is what members will read.</li>
</ol>
"""


_STEPS: Final = {
    "Try this as a member": _AS_MEMBER,
    "Try this as an admin": _AS_ADMIN,
    "Try the set-up": _AT_FIRST,
}


def start_page(world: World) -> str:
    """What this is, and a door for each kind of visitor."""
    club, *_, new = (server.places[0] for server in world.servers)
    member, admin = club.viewers[0], club.viewers[-1]
    doors = (
        (Visit(club, member), f"Enter the club as {_name(member)}", "a member who is looking for something to watch"),
        (Visit(club, admin), f"Enter the club as {_name(admin)}", "an admin who keeps the list"),
        (Visit(new, new.viewers[0]), "Set it up from nothing", "a server to which the bot has just been added"),
    )
    links = "".join(
        f'<a href="{_address(visit)}">{_portrait(visit.viewer)}<span>{escape(title)}<small>{about}</small></span></a>'
        for visit, title, about in doors
    )
    welcome = (
        '<main class="welcome"><h1>A film, somebody’s reason to watch it, and a place to answer</h1>'
        "<p>This is the real bot on a simulated Discord. Nothing leaves this machine, and nothing is kept. "
        "In Discord itself, a trailer’s link turns into a player.</p>"
        f'<div class="doors">{links}</div></main>'
    )
    return _page("the demo", _side(world, None), welcome)


def club_page(world: World, visit: Visit, window: str) -> str:
    """A place as a member sees it, with the ways to all others beside it."""
    name = escape(visit.place.channel.name or "")
    frame = f'<iframe id="conversation" data-from="{escape(window)}" title="{name}"></iframe>'
    return _page(name, _side(world, visit), f'<main class="stage">{frame}</main>')


def places_list(world: World, visit: Visit | None) -> str:
    """Every server with its channels and threads; where one is already is marked."""
    return "".join(
        f"<h2>{escape(server.guild.name)}</h2><ul>"
        + "".join(_row(each, visit) for place in server.places for each in (place, *place.threads()))
        + "</ul>"
        for server in world.servers
    )


def _page(title: str, side: str, main: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>Front Row: {title}</title><link rel="stylesheet" href="{CLUB}/static/club.css"></head>'
        f'<body><div class="club">{side}{main}</div>'
        f'<script type="module" src="{CLUB}/static/club.js"></script></body></html>'
    )


def _side(world: World, visit: Visit | None) -> str:
    here = f"#{escape(visit.place.channel.name or '')} as {_name(visit.viewer)}" if visit else "Front Row"
    source = f"{_address(visit)}/places" if visit else f"{CLUB}/0/0/places"
    return (
        f'<details class="side" open><summary>{here}</summary><div><a class="brand" href="/">Front Row</a>'
        f"{_members(visit) if visit else ''}"
        f'<nav class="places" aria-label="Places" data-from="{source}">{places_list(world, visit)}</nav>'
        f"{_tips(world, visit)}</div></details>"
    )


def _members(visit: Visit) -> str:
    links = "".join(
        f'<a href="{_address(Visit(visit.place, viewer))}"{_current(viewer.id == visit.viewer.id)}>'
        f"{_portrait(viewer)}{_name(viewer)}</a>"
        for viewer in visit.place.viewers
    )
    return f'<h2>You are</h2><nav class="members" aria-label="Members">{links}</nav>'


def _tips(world: World, visit: Visit | None) -> str:
    """What to try; what is for this place and this member is unfolded."""
    mine = _steps_for(world, visit) if visit else ""
    return "".join(
        f'<details class="tips"{" open" if steps is mine else ""}><summary>{title}</summary>{steps}</details>'
        for title, steps in _STEPS.items()
    )


def _steps_for(world: World, visit: Visit) -> str:
    club, *_, new = (server.places[0] for server in world.servers)
    if visit.place.channel.id == new.channel.id:
        return _AT_FIRST
    return _AS_ADMIN if visit.viewer.user.id == club.viewers[-1].user.id else _AS_MEMBER


def _row(place: Place, visit: Visit | None) -> str:
    is_thread, count = bool(place.parent), len(place.channel.history())
    mark = "↳" if is_thread else "#"
    about = place.note if place.is_forum else ", ".join(filter(None, (_counted(count), place.note)))
    text = f'<b class="mark">{mark}</b> {escape(place.channel.name or "")}<small>{about}</small>'
    kind = ' class="thread"' if is_thread else ""
    if place.is_forum:
        return f"<li{kind}><span>{text}</span></li>"
    me = visit.viewer if visit and visit.viewer.user.id in {each.user.id for each in place.viewers} else None
    viewer = next((each for each in place.viewers if me and each.user.id == me.user.id), place.viewers[0])
    is_here = visit is not None and visit.place.channel.id == place.channel.id
    return f'<li{kind}><a href="{_address(Visit(place, viewer))}"{_current(is_here)}>{text}</a></li>'


def _address(visit: Visit) -> str:
    place, member = visit.ids
    return f"{CLUB}/{place}/{member}"


def _current(is_here: bool) -> str:
    return ' aria-current="page"' if is_here else ""


def _name(member: MemberActor) -> str:
    return escape(member.user.global_name or member.name)


def _portrait(member: MemberActor) -> str:
    """The first letter of the name on a colour of their own."""
    hue = int.from_bytes(sha256(member.name.encode()).digest()[:2], "big") % 360
    return (
        f'<svg viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="20" fill="hsl({hue} 45% 38%)"/>'
        '<text x="20" y="27" text-anchor="middle" font-size="20" font-weight="600" fill="#fff">'
        f"{_name(member)[:1].upper()}</text></svg>"
    )


def _counted(messages: int) -> str:
    return "empty" if not messages else "1 message" if messages == 1 else f"{messages} messages"
