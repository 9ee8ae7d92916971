"""Members with more rights than Ann and Ben: who manages the server, and who has a role."""

import discord
import simcord

from tests.conftest import Club

MANAGES = discord.Permissions(manage_guild=True)


def member_with(club: Club, name: str, *roles: simcord.RoleHandle) -> simcord.MemberActor:
    """A new member with these roles."""
    return club.guild.add_member(club.env.create_user(name), roles=roles)


def manager(club: Club, name: str = "mona") -> simcord.MemberActor:
    """A new member with Manage Server."""
    return member_with(club, name, club.guild.create_role("Managers", permissions=MANAGES))


def take_rights(club: Club, member: simcord.MemberActor) -> None:
    """The member loses every role."""
    for role_id in list(club.env.backend.get_member(club.guild.id, member.id).role_ids):
        club.env.backend.remove_member_role(club.guild.id, member.id, role_id)


def give_role(club: Club, member: simcord.MemberActor, role: simcord.RoleHandle) -> None:
    """The member gets a role."""
    club.env.backend.add_member_role(club.guild.id, member.id, role.id)


def let_use(club: Club, member: simcord.MemberActor, command: str) -> None:
    """An admin lets the member see a command that Discord hides, as under Integrations."""
    number = club.env.backend.commands[None][command, 1]["id"]
    club.guild.set_command_permissions(int(number), {member: True})
