"""Which sentences the code asks for, read from the code itself."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import discord
from discord import app_commands

from bot.content import DATA
from bot.domain.catalogue.filters import Facet, FilmFilter, Length
from bot.domain.catalogue.orders import Order
from bot.domain.curation.audits import Health
from bot.domain.curation.changes import ChangeKind
from bot.domain.curation.form_fields import FIELDS
from bot.domain.curation.import_plans import Mode
from bot.domain.curation.suggestions import UNDECIDED, Proposal, State
from bot.domain.films.films import Kind
from bot.domain.films.trailers import Provider
from bot.domain.guilds.settings import SETTINGS, GuildSettings, choices
from bot.domain.recommend.watch_requests import Mood, WatchRequest
from bot.domain.shelves.shelf_views import Part, ShelfOrder
from bot.domain.spotlight.occasions import OccasionKind
from bot.domain.spotlight.plans import Trouble
from bot.domain.spotlight.schedules import Rhythm
from bot.domain.spotlight.sources import SourceKind
from bot.storage.db.kept_data import MEMBERS
from bot.ui.browse.state import Look
from bot.ui.curation.draft_panel import DraftButton
from bot.ui.curation.form import FORMS
from bot.ui.films.recommendation_reasons import FORMS as KIN_FORMS
from bot.ui.settings.panel import GROUPS
from bot.ui.spotlight.form_parts import FORMS as SPOTLIGHT_FORMS
from cogs.about import AboutCog
from cogs.curation import CurationCog
from cogs.discussions import DiscussionsCog
from cogs.films import FilmsCog
from cogs.settings import SettingsCog
from cogs.shelves import ShelvesCog
from cogs.spotlight import SpotlightCog
from cogs.suggestions import SuggestionsCog

ROOT: Final = Path(__file__).resolve().parents[2]
CODE: Final = sorted(path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py"))
_KEY: Final = re.compile(r"[a-z_]+(?:\.[a-z_]+)+(?<!_)")  # the beginning of a key that is put together ends on "_"
_FORM: Final = re.compile(r"\.(zero|one|two|few|many|other)$")


def sentences(path: Path) -> dict[str, str]:
    """A language's sentences by dotted key; the forms of a sentence that counts keep their endings."""

    def flat(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, str):
                yield f"{prefix}{key}", value
            else:
                yield from flat(f"{prefix}{key}.", value)

    table = tomllib.loads(path.read_text(encoding="utf-8"))
    del table["plurals"]
    return dict(flat("", table))


LOCALES: Final = {path.stem: sentences(path) for path in sorted((DATA / "locales").glob("*.toml"))}
_HEADS: Final = {key.partition(".")[0] for key in LOCALES["en"]}


def without_form(key: str) -> str:
    """The key by which the code asks: that of a sentence that counts has no ending."""
    return _FORM.sub("", key) if key.count(".") > 1 else key


def literals(*paths: Path) -> Iterator[str]:
    """Every string that these modules, or all of them, spell out."""
    for path in paths or CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def spelled_out() -> set[str]:
    """The keys that stand in the code from end to end."""
    return {text for text in literals() if _KEY.fullmatch(text) and text.partition(".")[0] in _HEADS}


def put_together() -> set[str]:
    """The keys whose last part is a value: a member of an enumeration, a field, a command."""
    tails = {
        "kind": {kind.value for kind in Kind},
        "light": {"yes", "no"},
        "length": {length.value for length in Length},
        "mood": {mood.value for mood in Mood},
        "evening_help": set(WatchRequest.model_fields),
        "form_of_film": set(KIN_FORMS),
        "health": {health.value for health in Health},
        "provider": {provider.value for provider in Provider},
        "filter": set(FilmFilter.model_fields),
        "option": set(FilmFilter.model_fields) - {Facet.DIRECTOR},
        "browse_side": set(FilmFilter.model_fields),
        "ways_title": {Facet.THEME.value, Facet.DIRECTOR.value},
        "ways_count": {Facet.THEME.value, Facet.DIRECTOR.value},
        "order": {order.value for order in Order},
        "permission": permissions(),
        "check.without": permissions(),
        "help": {command.qualified_name.replace(" ", "_") for command in every_command()}
        - {"help"},  # which is the page itself
        "text": {f"{name}.{part}" for name in FIELDS for part in ("label", "help")},
        "form": set(FORMS),
        "button": {f"as_{look.value}" for look in Look}
        | draft_buttons()
        | {"import_films", "import_nofilms", "import_same", "import_others"}
        | {"accept", "merge", "decline"}
        | {"shelf_shown_yes", "shelf_shown_no", "want", "seen", "who"}
        | {f"any_{name}" for name in WatchRequest.model_fields}
        | {f"form_{form}" for form in FORMS if form != "essentials"},
        "draft_group": {form for form in FORMS if form not in {"essentials", "story"}},
        "draft": {f"same_{common}" for common in ("name", "trailer")}
        | {f"trailer_{health.value}" for health in Health if health is not Health.FINE},
        "changed": {act.value for act in ChangeKind}
        - {"add", "edit", "import", "settings"},  # which have their own screens
        "history": {act.value for act in ChangeKind} | {"batch_import", "batch_undo"},
        "about": {"run_by", "contact", "version"},
        "trailer_refused": first_arguments("TrailerRefused"),
        "shelf_part": {part.value for part in Part},
        "shelf_order": {order.value for order in ShelfOrder},
        "shelf": {"alone", "shown", "hidden"},
        "member_data": {held.noun for held in MEMBERS},
        "mode": {mode.value for mode in Mode},
        "import_count": {"new", "changed", "same", "left", "unfinished", "faulty", "asked", "year_off"},
        "upload_refused": first_arguments("UploadRefused"),
        "import_note": first_arguments("Note"),
        "fault": first_arguments("PydanticCustomError") | first_arguments("UnreadableLine"),
        "card_footer": {"picked", "suggested", "told"},
        "suggestion_state": {state.value for state in State},
        "suggestion_news": {state.value for state in State if state not in UNDECIDED},
        "suggestion_done": {State.MERGED.value, State.DECLINED.value},
        "suggestion_known": {"name", "trailer"},
        "suggestion_field": {*Proposal.model_fields, "reason"},
        "spotlight_button": {"on", "off", *SPOTLIGHT_FORMS},
        "spotlight_choice": {rhythm.value for rhythm in Rhythm},
        "spotlight_form": set(SPOTLIGHT_FORMS),
        "spotlight_kind": {kind.value for kind in SourceKind},
        "spotlight_line": {"drawn", "queued", "chosen"},
        "spotlight_rhythm": {rhythm.value for rhythm in Rhythm},
        "spotlight_source": {kind.value for kind in SourceKind},
        "spotlight_trouble": {trouble.value for trouble in Trouble},
        "spotlight_why": {kind.value for kind in OccasionKind},
        "weekday": {str(day) for day in range(7)},
        "month": {str(month) for month in range(1, 13)},
    }
    near = {
        "error.film_not_found_near",
        "error.collection_not_found_near",
        "error.time_zone_unknown_near",
    }  # where there is something near
    return {f"{head}.{tail}" for head, ends in tails.items() for tail in ends} | near | of_settings()


def of_settings() -> set[str]:
    """What is said of each setting: what it is called, what it is for, its choices, and where it is not set."""
    told = {f"setting.{name}.{about}" for name in SETTINGS for about in ("label", "help")}
    chosen = {f"setting.{name}.{choice}" for name in SETTINGS for choice in choices(name)}
    defaults = {name: GuildSettings.model_fields[name].default for name in SETTINGS}
    grouped = {f"setting_group.{group}" for group in GROUPS}
    return told | chosen | grouped | {f"setting.{name}.unset" for name, default in defaults.items() if default is None}


def draft_buttons() -> set[str]:
    """The labels of the buttons below a draft."""
    return {f"draft_{button.verb}" for button in DraftButton.__subclasses__()}


def permissions() -> set[str]:
    """The permissions that discussions and curators need."""
    asked = literals(ROOT / "bot/ui/kit/permissions.py", ROOT / "bot/ui/settings/check.py")
    return set(asked) & set(discord.Permissions.VALID_FLAGS)


def first_arguments(name: str) -> set[str]:
    """The first argument, where it is spelled out, of every call of `name`."""
    calls = [
        node
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name and node.args
    ]
    return {str(ast.literal_eval(call.args[0])) for call in calls if isinstance(call.args[0], ast.Constant)}


def every_command() -> list[app_commands.Command[Any, ..., Any]]:
    """Every command that members can type, those in groups included."""
    found = [
        command
        for cog in (
            FilmsCog,
            DiscussionsCog,
            ShelvesCog,
            SuggestionsCog,
            CurationCog,
            SpotlightCog,
            SettingsCog,
            AboutCog,
        )
        for command in cog.__cog_app_commands__
    ]
    inside = [each for group in found if isinstance(group, app_commands.Group) for each in group.walk_commands()]
    return [command for command in (*found, *inside) if isinstance(command, app_commands.Command)]
