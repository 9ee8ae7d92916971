"""Marking films: the panel that tells a member what they keep of a film, and every button that changes it."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar, Final

import discord

from bot.domain.films.films import Film
from bot.domain.shelves.marks import Mark
from bot.services.shelves import Marked
from bot.ui.films.card import title_line
from bot.ui.kit.blocks import Fixed, Row, Section, Text, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import NUMBER, SLUG, FilmButton, PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, words_for
from bot.ui.shelves.mark_form import open_form
from bot.ui.shelves.mark_lines import said_lines, seen_line, wanted_line
from bot.ui.shelves.owners import day_typed, owner_of, today
from bot.ui.shelves.review_posts import edit_post, post_review, remove_due_posts


class WantButton(FilmButton, verb="want"):
    """Below a card: the member wants to see the film, or no longer."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await claim(interaction)
        work = interaction.client.services.shelves.toggle_want(owner_of(interaction), film.slug, discord.utils.utcnow())
        await show_mark(interaction, film, await run_or_defer(interaction, work, private=True))


class SeenButton(FilmButton, verb="seen"):
    """Below a card: the member has seen the film, or has not; what they said of it is not lost by a press."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await claim(interaction)
        shelves, now = interaction.client.services.shelves, discord.utils.utcnow()
        work = shelves.toggle_seen(owner_of(interaction), film.slug, today(interaction), now)
        await show_mark(interaction, film, await run_or_defer(interaction, work, private=True))


class MarkButton(PersistentButton, ABC, template="-"):
    """A button of the panel, with the custom id `mark:verb:slug`; the panel changes in place."""

    verb: ClassVar[str]
    style: ClassVar[discord.ButtonStyle]

    def __init_subclass__(cls, *, verb: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> None:
        super().__init_subclass__(template=f"mark:{verb}:{SLUG}")
        cls.verb, cls.style = verb, style

    def __init__(self, slug: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"mark:{self.verb}:{slug}", style=self.style))
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        await claim(interaction, in_place=True)
        film = await interaction.client.services.films.get(self.slug, interaction.guild_id)
        marked = await self.act(interaction, discord.utils.utcnow())
        await edit_post(interaction, film, marked)
        await show_mark(interaction, film, marked, in_place=True)

    @abstractmethod
    async def act(self, interaction: Interaction, now: datetime.datetime) -> Marked:
        """What a click does to the mark."""


class PanelWantButton(MarkButton, verb="want"):
    """The member wants to see it, or no longer."""

    async def act(self, interaction: Interaction, now: datetime.datetime) -> Marked:
        return await interaction.client.services.shelves.toggle_want(owner_of(interaction), self.slug, now)


class AgainButton(MarkButton, verb="again"):
    """Seen today, for the first time or once more."""

    async def act(self, interaction: Interaction, now: datetime.datetime) -> Marked:
        return await interaction.client.services.shelves.see(owner_of(interaction), self.slug, today(interaction), now)


class UnseenButton(MarkButton, verb="unsee"):
    """Not seen after all; rating and review go with it."""

    async def act(self, interaction: Interaction, now: datetime.datetime) -> Marked:
        return await interaction.client.services.shelves.unsee(owner_of(interaction), self.slug, now)


class PostButton(MarkButton, verb="post", style=discord.ButtonStyle.primary):
    """Posts the review in the film's thread, for all."""

    async def press(self, interaction: Interaction) -> None:
        film = await interaction.client.services.films.get(self.slug, interaction.guild_id)
        await post_review(interaction, film)

    async def act(self, interaction: Interaction, now: datetime.datetime) -> Marked:
        raise AssertionError  # posting is no change of the mark


class UnpostButton(MarkButton, verb="unpost"):
    """Takes the post away, and keeps the review."""

    async def act(self, interaction: Interaction, now: datetime.datetime) -> Marked:
        marked = await interaction.client.services.shelves.unpost(owner_of(interaction), self.slug)
        await remove_due_posts(interaction.client, now)
        return marked


class UndoMarkButton(PersistentButton, template=f"mark:undo:{NUMBER}:{SLUG}"):
    """Takes one act back."""

    def __init__(self, number: int, slug: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"mark:undo:{number}:{slug}"))
        self.number = number
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        await claim(interaction, in_place=True)
        services, owner = interaction.client.services, owner_of(interaction)
        film = await services.films.get(self.slug, interaction.guild_id)
        await services.shelves.undo(owner, self.number, discord.utils.utcnow())
        marked = await services.shelves.mark(owner, self.slug)
        await edit_post(interaction, film, marked)
        await show_mark(interaction, film, marked, in_place=True)


PANEL: Final = (PanelWantButton, AgainButton, UnseenButton, PostButton, UnpostButton)


async def want(interaction: Interaction, film: Film) -> None:
    """`/want`: the member wants to see it."""
    await claim(interaction)
    marked = await interaction.client.services.shelves.want(owner_of(interaction), film.slug, discord.utils.utcnow())
    await show_mark(interaction, film, marked)


async def saw(interaction: Interaction, film: Film, half_stars: int | None, when: str) -> None:
    """`/seen`: the member has seen it, perhaps on a day before, and perhaps rates it. Raises `DayUnknown`."""
    day = day_typed(when, interaction)
    await claim(interaction)
    shelves, now = interaction.client.services.shelves, discord.utils.utcnow()
    marked = await shelves.saw(owner_of(interaction), film.slug, half_stars, day, today(interaction), now)
    await edit_post(interaction, film, marked)
    await show_mark(interaction, film, marked)


async def show_mark(interaction: Interaction, film: Film, marked: Marked, *, in_place: bool = False) -> None:
    """The panel: what the member keeps of the film, and what can be done about it."""
    words = words_for(interaction.locale)
    services, owner = interaction.client.services, owner_of(interaction)
    is_shown = await services.shelves.is_shown(owner)
    key = "mark.alone" if owner.is_alone else "mark.shown" if is_shown else "mark.unseen_by_others"
    note = words(key, shelf=Markup(interaction.client.tree.mention("my shelf")))
    layout = mark_layout(film, marked, note, words, is_alone=owner.is_alone)
    if in_place:
        await edit_or_reply(interaction, None, view=layout)
    else:
        await reply(interaction, view=layout, private=True)


def mark_layout(film: Film, marked: Marked, note: Markup, words: Words, *, is_alone: bool) -> Layout:
    """What is kept of the film, each with the button that changes it."""
    mark, slug = marked.mark, film.slug
    want = PanelWantButton(slug, words.plain("button.mark_unwant" if mark.wanted else "button.mark_want"))
    again = AgainButton(slug, words.plain("button.mark_again" if mark.is_seen else "button.mark_seen"))
    say = SayButton(slug, words.plain("button.mark_say_again" if _says(mark) else "button.mark_say"))
    return Layout(
        [
            Text(title_line(film, words)),
            Section((Fixed(wanted_line(mark, words)),), want),
            Section((Fixed(seen_line(mark, words)),), again),
            Section(tuple(said_lines(mark, words)), say),
            *([said(words("mark.hidden"))] if mark.hidden else []),
            Row(*_others(marked, slug, words, is_alone=is_alone)),
            said(note),
        ]
    )


def _others(marked: Marked, slug: str, words: Words, *, is_alone: bool) -> Iterator[discord.ui.Item[Any]]:
    """What takes something back, and what shows it to others."""
    if marked.mark.is_seen:
        yield UnseenButton(slug, words.plain("button.mark_unsee"))
    if marked.mark.review and not is_alone and marked.post is None:
        yield PostButton(slug, words.plain("button.mark_post"))
    elif marked.post is not None:
        yield UnpostButton(slug, words.plain("button.mark_unpost"))
    if marked.number is not None:
        yield UndoMarkButton(marked.number, slug, words.plain("button.undo"))


def _says(mark: Mark) -> bool:
    return mark.rating is not None or mark.review is not None


class SayButton(PersistentButton, template=f"mark:say:{SLUG}"):
    """Opens the form."""

    def __init__(self, slug: str, label: str = "-") -> None:
        style = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=label, custom_id=f"mark:say:{slug}", style=style))
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        await open_form(interaction, self.slug)
