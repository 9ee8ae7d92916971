"""/club weekly: what is decided about the film of the week, the next films, and everything to change that by."""

import datetime
from collections.abc import Coroutine, Iterator
from typing import Any, Final

import discord

from bot.domain.errors import ServerOnly, SettingUnknown
from bot.domain.spotlight.draws import Chosen
from bot.domain.spotlight.plans import Plan
from bot.services.spotlight import Overview, Upcoming
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import RULE, Block, Fixed, Line, Row, Text
from bot.ui.kit.forms import before_form, show_form
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import OPTION
from bot.ui.kit.permissions import FOR_SPOTLIGHT
from bot.ui.kit.persistent import SLUG, Menu, PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, channel_mention, clip_name, isolated, joined, words_for
from bot.ui.spotlight.form_parts import FORMS, film_part
from bot.ui.spotlight.labels import audience_words, place_words, schedule_words, source_words

DAY: Final = r"(?P<day>[0-9]{8})"
_ISO: Final = "%Y%m%d"


class SwitchButton(PersistentButton, template="spotlight:switch:(?P<to>on|off)"):
    """Switches it on or off."""

    def __init__(self, to: str, label: str = "-") -> None:
        style = discord.ButtonStyle.success if to == "on" else discord.ButtonStyle.secondary
        super().__init__(discord.ui.Button(label=label, custom_id=f"spotlight:switch:{to}", style=style))
        self.to = to

    async def press(self, interaction: Interaction) -> None:
        await decide(interaction, {"is_on": self.to == "on"})


class ChangeButton(PersistentButton, template="spotlight:change:(?P<what>[a-z]{1,20})"):
    """Opens the form in which something is decided."""

    def __init__(self, what: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"spotlight:change:{what}"))
        self.what = what

    async def press(self, interaction: Interaction) -> None:
        if self.what not in FORMS:  # the panel is of another version
            raise SettingUnknown
        plans, words = interaction.client.services.spotlight, words_for(interaction.locale)
        now = discord.utils.utcnow()
        told = await before_form(plans.overview(actor_of(interaction), now))
        parts = FORMS[self.what](interaction, told.plan, words, now)
        await show_form(interaction, f"spotlight:set:{self.what}", words.plain(f"spotlight_form.{self.what}"), parts)


class SkipButton(PersistentButton, template=f"spotlight:skip:{DAY}:{SLUG}"):
    """Lets the film of a day wait until all others have come."""

    def __init__(self, day: str, slug: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"spotlight:skip:{day}:{slug}"))
        self.day, self.slug = day, slug

    async def press(self, interaction: Interaction) -> None:
        plans = interaction.client.services.spotlight
        now = discord.utils.utcnow()
        await act(interaction, plans.skip(actor_of(interaction), day_of(self.day), self.slug, now))


class ChooseButton(PersistentButton, template=f"spotlight:choose:{DAY}"):
    """Asks for another film for a day."""

    def __init__(self, day: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"spotlight:choose:{day}"))
        self.day = day

    async def press(self, interaction: Interaction) -> None:
        words = words_for(interaction.locale)
        interaction.client.services.guilds.require_curator(actor_of(interaction))
        await show_form(
            interaction, f"spotlight:choose:{self.day}", words.plain("spotlight_form.choose"), [film_part(words)]
        )


class UnqueueMenu(Menu, name="spotlight:unqueue"):
    """Takes a film out of the queue."""

    async def choose(self, interaction: Interaction, value: str) -> None:
        plans = interaction.client.services.spotlight
        await act(interaction, plans.unqueue(actor_of(interaction), value, discord.utils.utcnow()))


CONTROLS: Final = (SwitchButton, ChangeButton, SkipButton, ChooseButton, UnqueueMenu)


async def show_panel(interaction: Interaction) -> None:
    """Show the panel to a curator. Raises `CuratorsOnly`."""
    plans = interaction.client.services.spotlight
    work = plans.overview(actor_of(interaction), discord.utils.utcnow())
    told = await run_or_defer(interaction, work, private=True)
    await reply(interaction, view=_panel(interaction, told), private=True)


async def decide(interaction: Interaction, values: dict[str, Any]) -> None:
    """Change the plan, and show the panel as it is then."""
    plans = interaction.client.services.spotlight
    await act(interaction, plans.change(actor_of(interaction), values, discord.utils.utcnow()))


async def act(interaction: Interaction, work: Coroutine[Any, Any, Overview]) -> None:
    """Do it, and show the panel as it is then."""
    try:
        await claim(interaction, in_place=True)
    except BaseException:
        work.close()
        raise
    told = await run_or_defer(interaction, work, private=True)
    await edit_or_reply(interaction, None, view=_panel(interaction, told))


def day_of(text: str) -> datetime.date:
    """The day that a custom id names; one that never was is none that a film could come on."""
    try:
        return datetime.datetime.strptime(text, _ISO).replace(tzinfo=datetime.UTC).date()
    except ValueError:
        return datetime.date.min


def _panel(interaction: Interaction, told: Overview) -> Layout:
    if interaction.guild is None:
        raise ServerOnly
    words = words_for(interaction.locale)
    blocks = [*_decided(interaction, interaction.guild, told, words), RULE, *_coming(told, words), RULE]
    return Layout([*blocks, *_queue(told, words), _changes(told, words)])


def _decided(interaction: Interaction, guild: discord.Guild, told: Overview, words: Words) -> Iterator[Block]:
    plan, services = told.plan, interaction.client.services
    zone = services.guilds.settings(guild.id).time_zone
    lines = [
        words("spotlight.title"),
        words("spotlight.on" if plan.is_on else "spotlight.off", place=place_words(plan, words)),
        words("spotlight.when", when=schedule_words(plan.schedule, words), zone=zone),
        words("spotlight.source", source=source_words(plan.source, services.collections, guild.id, words)),
        words("spotlight.told", audience=audience_words(plan, words)),
        words("spotlight.opens_thread" if plan.opens_thread else "spotlight.opens_no_thread"),
    ]
    if told.trouble is not None:
        values = {"channel": channel_mention(plan.channel_id, words), "panel": Markup("*On*")}
        lines.insert(2, words(f"spotlight_trouble.{told.trouble.value}", **values))
    elif plan.channel_id is not None and (lacking := _lacking(guild, plan, words)) is not None:
        lines.insert(2, lacking)
    yield Text(*map(Fixed, lines))


def _lacking(guild: discord.Guild, plan: Plan, words: Words) -> Markup | None:
    """What would stop it, as far as can be seen."""
    channel = guild.get_channel(plan.channel_id or 0)
    if channel is None:
        return words("spotlight.gone")
    own = channel.permissions_for(guild.me)
    missing = [words.plain(f"permission.{name}") for name in FOR_SPOTLIGHT if not getattr(own, name)]
    if not missing:
        return None
    return words("spotlight.lacks", channel=channel_mention(channel.id, words), missing=joined(missing, ", ", 300))


def _coming(told: Overview, words: Words) -> Iterator[Block]:
    if not told.upcoming:
        yield Text(Line(words, "spotlight.none_coming"))
        return
    yield Text(Line(words, "spotlight.coming" if told.plan.is_on else "spotlight.would_come"))
    for each in told.upcoming:
        day = f"{each.slot:{_ISO}}"
        yield Text(_upcoming_line(each, words))
        yield Row(
            SkipButton(day, each.film.slug, words.plain("button.skip")),
            ChooseButton(day, words.plain("button.choose_another")),
        )


def _upcoming_line(each: Upcoming, words: Words) -> Line:
    how = {Chosen.FOR_THE_DAY: "chosen", Chosen.QUEUED: "queued", Chosen.DRAWN: "drawn"}[each.how]
    at = Markup(discord.utils.format_dt(each.at, "F"))
    return Line(words, f"spotlight_line.{how}", at=at, title=each.film.title, year=each.film.year)


def _queue(told: Overview, words: Words) -> Iterator[Block]:
    waiting = {each.film.slug: each.film for each in told.upcoming if each.how is not Chosen.DRAWN}
    waiting |= {film.slug: film for film in told.queue}
    if not waiting:
        return
    yield Text(Fixed(words.count("spotlight.queued", len(told.queue))))
    options = [
        discord.SelectOption(label=isolated(clip_name(film.title, film.year, OPTION - 2)), value=slug)
        for slug, film in list(waiting.items())[:25]
    ]
    yield Row(UnqueueMenu(words.plain("spotlight.unqueue"), options))


def _changes(told: Overview, words: Words) -> Row:
    to = "off" if told.plan.is_on else "on"
    buttons = [ChangeButton(what, words.plain(f"spotlight_button.{what}")) for what in FORMS]
    return Row(SwitchButton(to, words.plain(f"spotlight_button.{to}")), *buttons)
