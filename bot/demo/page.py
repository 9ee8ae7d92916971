"""The start page as HTML."""

from html import escape
from typing import Final

from bot.demo.world import Place, World

_STYLE: Final = """
:root { color-scheme: dark; --ink: #f2ece4; --dim: #b3a89c; --line: #3a3531; --accent: #e07a5f; }
* { box-sizing: border-box; }
body { margin: 0; background: #1c1917; color: var(--ink); font: 17px/1.55 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: .82rem; letter-spacing: .08em; text-transform: uppercase; color: var(--dim); margin: 2.2rem 0 .6rem; }
p { margin: 0 0 1rem; color: var(--dim); }
ol { margin: 0; padding-left: 1.3rem; } li { margin: .35rem 0; }
code { background: #2b2724; border-radius: 5px; padding: .08rem .38rem; white-space: nowrap; }
h3 { font-size: 1rem; margin: 1.2rem 0 .5rem; }
.place { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; padding: .55rem .7rem .55rem 1rem;
  margin: 0 0 .5rem; background: #262220; border: 1px solid var(--line); border-radius: 10px; }
.place.thread { margin-left: 1.6rem; }
.place .mark { color: var(--accent); font-weight: 700; }
.place .name { flex: 1 1 9rem; overflow-wrap: anywhere; }
.place small { color: var(--dim); display: block; }
form { display: flex; gap: .4rem; margin: 0; }
button { padding: .5rem .9rem; min-height: 2.75rem; font: inherit; color: var(--ink); background: #332d2a;
  border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--accent); outline: none; }
"""

# Draws the page anew when something has happened in the clubs, and after coming back to it.
_SCRIPT: Final = """
let before = null;
async function look() {
  try {
    const now = await (await fetch('/places')).text();
    if (before !== null && now !== before) location.reload();
    before = now;
  } catch {}
}
setInterval(look, 2000); look();
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
"""

_AS_MEMBER: Final = """
<ol>
<li>Enter <b>#film-club</b> as Jonas. Type <code>/film</code>, a few letters such as <code>never so</code>, and pick the
film.</li>
<li>Press <b>Leave a reply</b> below its card. The bot opens the film's thread.</li>
<li>Come back here with your browser's Back button: the thread is listed. Enter it and write.</li>
</ol>
"""

_AS_ADMIN: Final = """
<ol>
<li>Enter <b>#film-club</b> as Noor. <code>/curate add</code> opens a form. Any trailer will do, for example
<code>https://youtu.be/night1959tr</code>; leave the year out to see a mistake corrected.</li>
<li>What you see then is the card as it will look. <b>Publish</b>, and <code>/film</code> finds it at once.</li>
<li><code>/curate edit</code> changes a film. <code>/curate history</code> says who changed what, and takes it back.</li>
<li><code>/settings show</code>: make <b>#curators</b> the curators' channel. Then enter #film-club as Jonas and
<code>/suggest</code> a film: its card waits in #curators.</li>
<li><code>/settings check</code> in <b>#after-the-credits</b> names what the bot is missing there.</li>
<li><code>/curate export</code> gives you the list as a file. Download it, enter Friday Film Club, and take it in with
<code>/curate import</code>.</li>
<li>Give a film the trailer <code>https://youtu.be/now-is-gone</code>. Here, videos whose ids end in “gone” no longer
play, so you are warned, and <code>/curate check</code> finds it.</li>
</ol>
"""


def start_page(world: World) -> str:
    """The page that lists every place of both clubs."""
    servers = "".join(
        f"<h3>{escape(server.guild.name)}</h3>"
        + "".join(_row(place) + "".join(_row(each, "thread") for each in place.threads()) for place in server.places)
        for server in world.servers
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Front Row: the demo</title><style>{_STYLE}</style></head><body><main>"
        "<h1>Front Row</h1>"
        "<p>The real bot on a simulated Discord, with a member, Jonas, and an admin, Noor. Nothing leaves this machine, "
        "and nothing is kept. In Discord itself, a trailer's link turns into a player. If an answer is out of sight here, "
        "scroll down.</p>"
        f"<h2>Where to</h2>{servers}"
        f"<h2>Try this as a member</h2>{_AS_MEMBER}<h2>Try this as an admin</h2>{_AS_ADMIN}"
        f"</main><script>{_SCRIPT}</script></body></html>"
    )


def _row(place: Place, kind: str = "") -> str:
    mark, count = "↳" if kind else "#", len(place.channel.history())
    about = place.note if place.is_forum else ", ".join(filter(None, (_counted(count), place.note)))
    return (
        f'<div class="place {kind}"><span class="mark">{mark}</span>'
        f'<span class="name">{escape(place.channel.name or "")}<small>{about}</small></span>'
        f"{'' if place.is_forum else _doors(place)}</div>"
    )


def _doors(place: Place) -> str:
    buttons = "".join(
        f'<button name="as" value="{viewer.id}">as {escape(viewer.user.global_name or viewer.name)}</button>'
        for viewer in place.viewers
    )
    return f'<form method="post" action="/go/{place.channel.id}">{buttons}</form>'


def _counted(messages: int) -> str:
    return "empty" if not messages else "1 message" if messages == 1 else f"{messages} messages"
