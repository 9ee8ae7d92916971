"""The start page as HTML."""

from html import escape
from typing import Final

from simcord import ChannelHandle

from bot.demo.world import World

_STYLE: Final = """
:root { color-scheme: dark; --ink: #f2ece4; --dim: #b3a89c; --line: #3a3531; --accent: #e07a5f; }
* { box-sizing: border-box; }
body { margin: 0; background: #1c1917; color: var(--ink); font: 17px/1.55 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: .82rem; letter-spacing: .08em; text-transform: uppercase; color: var(--dim); margin: 2.2rem 0 .6rem; }
p { margin: 0 0 1rem; color: var(--dim); }
ol { margin: 0; padding-left: 1.3rem; } li { margin: .35rem 0; }
code { background: #2b2724; border-radius: 5px; padding: .08rem .38rem; }
form { margin: 0 0 .5rem; }
button { display: flex; width: 100%; gap: .6rem; align-items: baseline; padding: .8rem 1rem; font: inherit;
  color: var(--ink); background: #262220; border: 1px solid var(--line); border-radius: 10px; text-align: left; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--accent); outline: none; }
button .mark { color: var(--accent); font-weight: 700; }
button .name { flex: 1; overflow-wrap: anywhere; }
button .count { color: var(--dim); font-size: .85rem; white-space: nowrap; }
.thread { margin-left: 1.6rem; }
"""

# Draws the page anew when something has happened in the club, and after coming back to it.
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

_STEPS: Final = """
<ol>
<li>Open <b>#film-club</b>. Type <code>/film</code>, a few letters such as <code>never so</code>, and pick the film.</li>
<li>Press <b>Leave a reply</b> below its card. The bot opens the film's thread.</li>
<li>Come back here with your browser's Back button: the thread is listed. Open it and write.</li>
<li><b>Viewing as</b>, at the top, changes between Jonas (a member) and Noor (an admin).</li>
</ol>
"""


def start_page(world: World) -> str:
    """The page that lists every place of the club."""
    places = "".join(
        _button(channel, "#", "") + "".join(_button(thread, "↳", "thread") for thread in threads)
        for channel, threads in world.places()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Front Row: the demo</title><style>{_STYLE}</style></head><body><main>"
        "<h1>Front Row</h1>"
        f"<p>The real bot in {escape(world.guild.name)}, on a simulated Discord. Nothing leaves this machine, "
        "and nothing is kept. In Discord itself, a trailer's link turns into a player.</p>"
        f"<h2>Try this</h2>{_STEPS}<h2>Where to</h2>{places}"
        f"</main><script>{_SCRIPT}</script></body></html>"
    )


def _button(place: ChannelHandle, mark: str, kind: str) -> str:
    number = len(place.history())
    count = "1 message" if number == 1 else f"{number} messages"
    return (
        f'<form class="{kind}" method="post" action="/go/{place.id}"><button>'
        f'<span class="mark">{mark}</span><span class="name">{escape(place.name or "")}</span>'
        f'<span class="count">{count if number else "empty"}</span></button></form>'
    )
