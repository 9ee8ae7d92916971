"""Every control and form that outlives a restart, as somebody presses it who should not, or too late."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import simcord
from discord.utils import utcnow
from sqlalchemy import select

from bot.domain.curation.form_codec import texts_of
from bot.domain.curation.import_plans import Mode
from bot.domain.curation.suggestions import read_proposal
from bot.domain.films.films import Film
from bot.domain.guilds.settings import SETTINGS, Actor
from bot.services import Services
from bot.storage.db.database import Database
from bot.storage.db.tables import metadata
from bot.storage.transfer.exports import export_zip
from bot.ui.settings.panel import GROUPS
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import Message

NOW: Final = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
SHARED, HIDDEN = film(), film("Knife in the Water", 1962, trailers=[])
OWN, REMOVED = film("Mother Joan", 1961, trailers=[]), film("Faraon", 1966, trailers=[])
# What members do for themselves; everything else that is stored is for curators and managers to change.
_MEMBERS_OWN: Final = {"discussions", "picks", "command_sets", "marks", "viewings", "reviews", "shown_members"} | {
    *("shelf_acts", "shelf_imports", "shelf_revisions", "film_counts", "post_removals")
}


# Of nobody, of more bytes than ids have, and of more people than a button of ours is made for.
_COMPANIES: Final = ("AAAAAAAAAAA", "AAAAAAAAAAAAA", "_" * 75)


class Home(NamedTuple):
    """What a server's curator has at work, one of each kind."""

    draft: str
    edit: str
    upload: str
    taken_in: str
    change: int
    suggestion: int


class Control(NamedTuple):
    """A button, or with a value a menu from which it is chosen."""

    custom_id: str
    value: str | None = None


async def at_work(services: Services, who: Actor, member: Actor) -> Home:
    """The curator has something of everything, and the member has put a film forward."""
    drafts, curation, imports = services.drafts, services.curation, services.imports
    for number, entry in enumerate((OWN, REMOVED)):
        begun = await drafts.begin(who, f"{number:016x}", texts_of(entry), NOW)
        await drafts.publish(who, begun.id, NOW)
    await curation.remove(who, REMOVED.slug, NOW)
    change = await curation.hide(who, HIDDEN.slug, NOW)
    await drafts.begin(who, "d" * 16, texts_of(film("Austeria", 1982, trailers=[])), NOW)
    await drafts.begin_edit(who, "e" * 16, SHARED.slug, NOW)
    for upload, title in (("a" * 16, "Cargo"), ("b" * 16, "Shadow")):
        await imports.read(who, upload, "x.zip", export_zip([film(title, 1956, trailers=[])]), Mode.ADD, utcnow())
        if title == "Cargo":
            await imports.take(who, upload, utcnow())
    made = await services.suggestions.make(member, read_proposal("Solaris", "The sea."), 1, NOW)
    assert not isinstance(made, tuple)
    return Home("d" * 16, "e" * 16, "b" * 16, "a" * 16, change.number, made.number)


def controls(home: Home, films: Iterable[Film] = (HIDDEN, OWN)) -> list[Control]:
    """Every sort of button and menu that there is, about everything that the server has."""
    slugs = [entry.slug for entry in films]
    verbs = (
        *("show", "peek", "share", "discuss", "synopsis", "play", "similar", "trailer", "story"),
        *("remove", "keep", "edit"),
    )
    return [
        *(Control(f"film:{verb}:{slug}") for verb in verbs for slug in slugs),
        *(Control(f"film:watch:{slug}", "0") for slug in slugs),
        *(Control(f"film:{verb}:{slug}") for verb in ("want", "seen", "who", "edit") for slug in slugs),
        *_of_shelves(slugs),
        *(Control(f"film:{menu}", slug) for menu in ("choose", "edit") for slug in slugs),
        Control("films:browse:9999:"),
        *(Control(f"browse:{verb}:0:nl:") for verb in ("back", "next", "look", "of")),
        *(Control("browse:by:0:nl:", value) for value in ("theme", "nothing")),
        *(Control("browse:sort:0:nl:", value) for value in ("title", "nothing")),
        *(Control(f"films:ways:{side}:0:next") for side in ("theme", "director")),
        Control("films:new:0:next"),
        Control("films:tonight:1:2:"),
        Control("collections:list:-1"),
        Control("collections:show:0:nothing"),
        Control("collections:choose", "nothing"),
        Control("films:search:-1::train"),
        Control("films:found:0:0123456789abcdef"),
        *(Control(f"draft:form:{form}:{home.draft}") for form in ("basics", "essentials", "nothing")),
        *(
            Control(f"draft:{verb}:{draft}")
            for draft in (home.draft, home.edit)
            for verb in ("publish", "discard", "back", "mine", "theirs", "drop")
        ),
        Control("draft:choose", home.edit),
        Control(f"draft:open:{home.edit}"),
        Control("draft:page:9"),
        Control("curate:begin"),
        *(
            Control(f"import:{verb}:{home.upload}")
            for verb in ("films", "nofilms", "same", "others", "drafts", "take", "forget")
        ),
        Control(f"import:undo:{home.taken_in}"),
        *(Control(f"change:undo:{number}") for number in (home.change, 0, 999_999_999)),
        *(Control(f"change:page:{below}:{slug}") for below in (0, 999_999_999) for slug in ("", OWN.slug)),
        *(
            Control(f"suggest:{verb}:{number}")
            for number in (home.suggestion, 999_999_999)
            for verb in ("merge", "decline", "accept")
        ),
        Control(f"suggest:with:{home.suggestion}:{HIDDEN.slug}"),
        Control(f"suggest:with:{home.suggestion}:{SHARED.slug}"),
        Control("suggest:queue:-1"),
        Control(f"suggest:open:{home.suggestion}"),
        *(Control("suggest:open", value) for value in (str(home.suggestion), "9" * 40, "x")),
        *(Control("lookup:choose", value) for value in ("7", "9" * 40, "-1", "x")),
        *(Control("settings:change", name) for name in (*SETTINGS, "nothing")),
        *(Control(f"settings:change:{name}") for name in (*SETTINGS, "nothing")),
        *(Control(f"settings:group:{group}") for group in (*GROUPS, "nothing")),
        Control("settings:check"),
        Control("settings:erase"),
        Control("settings:everyone"),
        *(Control(f"spotlight:switch:{to}") for to in ("on", "off")),
        *(Control(f"spotlight:change:{what}") for what in ("when", "nothing")),
        *(Control(f"spotlight:skip:{day}:{slug}") for day in ("20261211", "99999999") for slug in slugs),
        *(Control(f"spotlight:choose:{day}") for day in ("20261211", "99999999")),
        *(Control("spotlight:unqueue", slug) for slug in slugs),
    ]


def _of_shelves(slugs: Iterable[str]) -> Iterator[Control]:
    """What members press about what they keep."""
    for slug in slugs:
        yield from (Control(f"mark:{verb}:{slug}") for verb in ("want", "again", "say", "post", "unpost", "unsee"))
        yield from (Control(f"mark:undo:{number}:{slug}") for number in (0, 999_999_999))
        yield Control("mark:down", slug)
    yield Control("mark:up:999999999")
    yield from (Control(f"shelf:{verb}:al:9999:") for verb in ("back", "next"))
    yield from (Control(f"shelf:{verb}:wr:0:", value) for verb in ("part", "order") for value in ("want", "nothing"))
    yield from (Control(f"shelf:shown:{shown}") for shown in ("yes", "no"))
    yield Control(f"bring:take:{'0' * 16}")
    yield Control("bring:undo:999999999")
    yield Control("my:erase")
    yield from (Control(f"films:with:7:{evening}:{others}") for evening in (";;;;;", "x") for others in _COMPANIES)


def forms(home: Home) -> Mapping[str, dict[str, str]]:
    """Every sort of form, and something that can be typed into it."""
    return {
        "curate:add": {"name": "Night Watch (2004)", "nothing": "x"},
        f"draft:form:story:{home.draft}": {"why": "Forged.", "nothing": "x"},
        "settings:set:time_zone": {"value": "Berlin"},
        "settings:erase": {"name": "Another Club"},
        f"mark:say:{SHARED.slug}": {"rating": "11", "review": "Forged.", "day": "yesterday", "nothing": "x"},
        "my:erase": {"name": "somebody else"},
        "spotlight:set:when": {"rhythm": "weekly", "weekdays": "4", "clock": "25:00"},
        "spotlight:set:where": {"nothing": "x"},
        "spotlight:set:source": {"kind": "nothing", "name": "x"},
        "spotlight:set:queue": {"film": "no such film"},
        "spotlight:choose:99999999": {"film": "no such film"},
        f"suggest:merge:{home.suggestion}": {"film": "night train"},
        f"suggest:decline:{home.suggestion}": {"reason": "Forged."},
    }


def posted(club: Club, channel: simcord.ChannelHandle, control: Control, **more: Any) -> Message:
    """A message of the bot's from before it had layouts, with this control; `more` is what else it has."""
    part: dict[str, Any] = {"type": 2, "style": 2, "label": "x", "custom_id": control.custom_id}
    if control.value is not None:
        options = [{"label": "x", "value": control.value}]
        part = {"type": 3, "custom_id": control.custom_id, "options": options}
    parts: dict[str, Any] = {
        "components": [{"type": 1, "components": [part]}],
        "embeds": [{"title": "x", "description": "x"}],
    }
    bot = club.env.backend.bot_user.id
    return simcord.ResponseMessage(club.env, club.env.backend.create_message(channel.id, bot, "x", **{**parts, **more}))


async def press(
    club: Club, who: simcord.MemberActor | simcord.UserHandle, channel: simcord.ChannelHandle, control: Control
) -> list[Message]:
    """Press the control, or choose from it; gives what was sent anew because of it."""
    message = posted(club, channel, control)
    return [each for each in await press_on(who, message, control) if each.id != message.id]


async def press_on(who: simcord.MemberActor | simcord.UserHandle, message: Message, control: Control) -> list[Message]:
    """Press the control below the message, or choose from it; gives what is shown because of it."""
    if control.value is None:
        result = await who.click(message, custom_id=control.custom_id)
    else:
        result = await who.select(message, [control.value], custom_id=control.custom_id)
    assert result.acknowledged, control
    return [shown for shown in (result.response, *result.followups) if shown is not None]


async def kept(database: Database, guild_id: int) -> dict[str, list[Any]]:
    """All that is stored of the server, but for what members do for themselves."""
    found: dict[str, list[Any]] = {}
    async with database.read() as tx:
        for table in metadata.sorted_tables:
            owner = table.c.get("guild_id", table.c.get("scope"))
            if owner is not None and table.name not in _MEMBERS_OWN:
                rows = await tx.execute(select(table).where(owner == guild_id))
                found[table.name] = sorted(rows.all(), key=str)
    return found
