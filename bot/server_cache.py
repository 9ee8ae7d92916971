"""What discord.py need not keep of servers: it keeps all that Discord sends, and nothing here asks for this."""

from typing import Any, Final

# Emojis and stickers are not kept anyway without their intent; members are, but only the bot itself.
_OF_SERVERS: Final = (
    "description",
    "guild_scheduled_events",
    "presences",
    "soundboard_sounds",
    "stage_instances",
    "voice_states",
    "welcome_screen",
)
_OF_CHANNELS: Final = ("topic", "last_message_id", "last_pin_timestamp", "status", "rtc_region")


def thin_server(guild: dict[str, Any]) -> None:
    """Take out of what Discord sends of a server whatever is not used; its shape stays the one that is documented."""
    for key in _OF_SERVERS:
        guild.pop(key, None)
    for channel in guild.get("channels", ()):
        thin_channel(channel)


def thin_channel(channel: dict[str, Any]) -> None:
    """The same for a channel."""
    for key in _OF_CHANNELS:
        channel.pop(key, None)
