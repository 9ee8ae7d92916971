"""The pages behind /help and /about."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.client import CommandTree
from bot.domain.guilds.departures import KEPT_DAYS
from bot.services import Services
from bot.ui.kit.blocks import RULE, Fixed, Line, Text, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.text import Markup, Words

# Headings and the commands below them.
_SECTIONS: Final = (
    ("help.lookup", ("film", "synopsis", "trailer")),
    (
        "help.around",
        (
            "films browse",
            "films themes",
            "films directors",
            "films new",
            "films search",
            "films collection",
            "films random",
            "films similar",
            "films tonight",
        ),
    ),
    ("help.talk", ("discuss",)),
    (
        "help.marks",
        (
            *("want", "seen", "who", "my shelf", "my picks"),
            *("my import", "my export", "my data", "my erase"),
        ),
    ),
    ("help.bring", ("suggest",)),
    ("help.more", ("about",)),
)
# Only those who may use the rest see them.
_MANAGERS: Final = ("help.manage", ("settings show", "settings check", "settings erase"))
_CURATORS: Final = (
    "help.curators",
    (
        "curate add",
        "curate drafts",
        "curate edit",
        "curate remove",
        "curate restore",
        "curate hide",
        "curate unhide",
        "curate reset",
        "curate suggestions",
        "curate history",
        "curate check",
        "curate import",
        "curate export",
        "club weekly",
    ),
)


def help_layout(tree: CommandTree, words: Words, *, curates: bool, manages: bool) -> Layout:
    """Every command that the member may use as something to press, and what it does."""
    sections = (*_SECTIONS, *((_CURATORS,) if curates else ()), *((_MANAGERS,) if manages else ()))
    groups = (Text(*map(Fixed, _group(heading, names, tree, words))) for heading, names in sections)
    head = Text(Fixed(words("help.title")), Fixed(words("help.intro")))
    return Layout([head, RULE, *groups, RULE, said(words("help.footer"))])


def about_layout(
    tree: CommandTree, services: Services, guild_id: int | None, servers: int | None, words: Words
) -> Layout:
    """Who runs the bot, and what it knows about people; without `servers` where nobody can tell how many there are."""
    about = services.about
    films = words.count("page.found", len(services.films.catalogue_for(guild_id).films))
    known = (("run_by", about.run_by), ("contact", about.contact), ("version", about.version))
    facts = [Line(words, "about.fact", label=words(f"about.{key}"), value=value) for key, value in known if value]
    on_list = Fixed(words("about.fact", label=words("about.films"), value=films))
    counted = (
        [] if servers is None else [Fixed(words("about.fact", label=words("about.servers"), value=f"{servers:,}"))]
    )
    commands = {name: Markup(tree.mention(f"my {name}")) for name in ("data", "erase")}
    privacy = [words("about.privacy_title"), words("about.privacy", days=KEPT_DAYS, **commands)]
    if about.privacy_page:
        privacy.append(words("about.privacy_page", page=Markup(f"<{about.privacy_page}>")))
    return Layout(
        [
            Text(Fixed(words("about.title")), Fixed(words("about.what"))),
            Text(*facts, on_list, *counted),
            RULE,
            Text(*map(Fixed, privacy)),
            *([RULE, said(words("about.tmdb"))] if services.lookups is not None else []),
        ]
    )


def _group(heading: str, names: Iterable[str], tree: CommandTree, words: Words) -> Iterator[Markup]:
    yield words(heading)
    for name in names:
        what = words(f"help.{name.replace(' ', '_')}")
        yield words("help.line", command=Markup(tree.mention(name)), what=what)
    if heading == "help.around":
        yield words("help.mentioned", command=words.plain("message_command.find_mentioned"))
