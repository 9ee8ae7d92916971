"""Telling a curator which addresses Discord would not have, since only a curator can put others there."""

from collections.abc import Collection
from typing import Final

from bot.ui.kit.actors import is_curator
from bot.ui.kit.replies import Interaction, reply
from bot.ui.kit.text import Markup, clip, words_for

_ADDRESS: Final = 200
_MOST: Final = 5


async def tell_curator(interaction: Interaction, left_out: Collection[str]) -> None:
    """Name the addresses that were left out, privately, to whoever may change the entry; say nothing to others."""
    if not left_out or not is_curator(interaction):
        return
    distinct = list(dict.fromkeys(left_out))[:_MOST]
    # As code, so that Discord neither follows them nor takes a part for markup.
    addresses = Markup("\n".join(f"`{clip(' '.join(address.split()), _ADDRESS)}`" for address in distinct))
    words = words_for(interaction.locale)
    await reply(interaction, words.count("refused_address.left_out", len(distinct), addresses=addresses), private=True)
