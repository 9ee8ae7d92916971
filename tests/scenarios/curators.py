"""A curator at work: who may, what the forms are filled in with, and where the panel is."""

from typing import Any, Final

import discord
import simcord

from bot.client import FilmBot
from bot.domain.films.films import Film
from tests.conftest import Club
from tests.scenarios.screen import Message

# What a curator types into the first form; a film that is not among the shipped ones.
NIGHT_TRAIN: Final = {
    "name": "Night Train (1959)",
    "directors": "Jerzy Kawalerowicz",
    "trailers": "https://youtu.be/night1959tr",
    "why": "Nobody sleeps, and everybody is seen.",
    "synopsis": "Two strangers share a compartment overnight, and one of them may be wanted.",
}
SLUG: Final = "night-train-1959"


def curator(club: Club, name: str = "noor") -> simcord.MemberActor:
    """A member with Manage Server."""
    role = club.guild.create_role(f"Keeps the list ({name})", permissions=discord.Permissions(manage_guild=True))
    return club.guild.add_member(club.env.create_user(name), roles=[role])


def form(shown: simcord.InteractionResult) -> dict[str, str]:
    """What the form that was opened is filled in with."""
    assert shown.modal is not None
    parts = [label["component"] for label in shown.modal["components"]]
    return {part["custom_id"]: _value(part) for part in parts}


async def send(who: simcord.MemberActor, shown: simcord.InteractionResult, **typed: str) -> simcord.InteractionResult:
    """Send the form with what it was filled in with, but for what is typed over it."""
    assert shown.modal is not None
    menus = {part["custom_id"] for label in shown.modal["components"] if (part := label["component"])["type"] == 3}
    values = {**form(shown), **typed}
    chosen = {name: ([value] if value else []) if name in menus else value for name, value in values.items()}
    return await who.submit_modal(shown, chosen)


def panel(result: simcord.InteractionResult) -> Message:
    """The private message with the draft, sent or changed by the act."""
    message = result.response
    assert message is not None
    assert message.ephemeral
    return message


async def add(club: Club, who: simcord.MemberActor, **typed: str) -> Message:
    """Fill in the first form, and come to the panel."""
    shown = await who.slash(club.lobby, "curate add")
    return panel(await who.submit_modal(shown, {**NIGHT_TRAIN, **typed}))


async def published(club: Club, who: simcord.MemberActor, **typed: str) -> Message:
    """Add a film and publish it at once."""
    return panel(await who.click(await add(club, who, **typed), label="Publish"))


def _value(part: dict[str, Any]) -> str:
    chosen = [option["value"] for option in part.get("options", []) if option.get("default")]
    return str(part.get("value") or (chosen[0] if chosen else ""))


async def offered(who: simcord.MemberActor, channel: simcord.ChannelHandle, slug: str = SLUG) -> bool:
    """Whether `/film` offers the film to whoever types the beginning of its title."""
    choices = await who.autocomplete(channel, "film", "title", slug.replace("-", " ")[:8])
    return slug in {choice["value"] for choice in choices}


def seen(club: Club, slug: str) -> Film:
    """The film as the club's members see it."""
    bot = club.env.bot
    assert isinstance(bot, FilmBot)
    return bot.services.films.catalogue_for(club.guild.id).by_slug[slug]


def demote(club: Club, who: simcord.MemberActor) -> None:
    """Take the member's right to manage the server away."""
    for role in club.env.backend.guilds[club.guild.id].roles.values():
        if role.name == f"Keeps the list ({who.name})":
            role.permissions = 0
