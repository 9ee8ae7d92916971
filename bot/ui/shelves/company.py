"""`/films tonight with …`: what to see with those who come, with the reason in words."""

import base64
import struct
from collections.abc import Callable, Sequence

import discord

from bot.domain.errors import NothingMatches, ServerOnly
from bot.domain.recommend.company import CompanyPick, mentioned_in
from bot.domain.recommend.watch_requests import WatchRequest
from bot.ui.browse.browse import BrowseButton
from bot.ui.browse.state import BrowseState
from bot.ui.films.entries import film_entry
from bot.ui.kit.blocks import Block, Line, Text, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import CUSTOM_ID
from bot.ui.kit.pages import listing, show_page
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, words_for
from bot.ui.shelves.owners import owner_of


class OtherFilmsButton(
    PersistentButton, template=r"films:with:(?P<turn>\d{1,2}):(?P<evening>[^:]{0,40}):(?P<others>[\w-]{11,86})"
):
    """Shows other films for the same company, in place of those that stand there."""

    def __init__(self, turn: int, evening: str, others: str, label: str = "-") -> None:
        custom_id = f"films:with:{turn}:{evening}:{others}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
        self.turn = turn
        self.evening = evening
        self.others = others

    async def press(self, interaction: Interaction) -> None:
        try:
            evening, others = WatchRequest.decoded(self.evening), _unpacked(self.others)
        except (ValueError, struct.error):  # an old message asks for something that no longer exists
            raise NothingMatches from None
        await _suggest(interaction, evening, others, self.turn)


async def suggest_for_company(interaction: Interaction, evening: WatchRequest, company: str) -> None:
    """Up to five films for the member and those whom the text mentions. Raises `ServerOnly`."""
    owner = owner_of(interaction)
    if owner.is_alone:
        raise ServerOnly
    others = [each for each in mentioned_in(company) if each != owner.member_id]
    if others:
        await _suggest(interaction, evening, others)
    else:
        await reply(interaction, words_for(interaction.locale)("company.nobody"), private=True)


async def _suggest(interaction: Interaction, evening: WatchRequest, others: Sequence[int], turn: int = 0) -> None:
    words = words_for(interaction.locale)
    work = interaction.client.services.picks.for_company(owner_of(interaction), others, evening, turn)
    found = await run_or_defer(interaction, work, private=True)
    ways = _ways_on((turn + 1) % found.turns, evening, others, words) if found.turns > 1 else []
    mention = interaction.client.tree.mention
    await show_page(interaction, company_page(found.picks, found.known, len(others), words, mention, ways))


def company_page(
    found: Sequence[CompanyPick],
    known: int,
    others: int,
    words: Words,
    mention: Callable[[str], str],
    ways: Sequence[OtherFilmsButton] = (),
) -> Layout:
    """The films, each with how many want and have seen it; `known` of the `others` let their shelves be seen."""
    entries = list[Block](film_entry(pick.film, words, _reason(pick, known + 1, words)) for pick in found)
    if not found:
        entries.append(Text(Line(words, "company.nothing")))
    if known < others:
        entries.append(said(words.count("company.unknown", others - known, shelf=Markup(mention("my shelf")))))
    anything = [] if found else [BrowseButton("of", BrowseState().encoded(), words.plain("button.browse"))]
    return listing(Text(Line(words, "company.title")), entries, *anything, *ways)


def _ways_on(turn: int, evening: WatchRequest, others: Sequence[int], words: Words) -> list[OtherFilmsButton]:
    """The button for other films, as long as a custom id holds who comes: four others at the least."""
    button = OtherFilmsButton(turn, evening.encoded(), _packed(others), words.plain("button.others"))
    return [button] if len(button.custom_id) <= CUSTOM_ID else []


def _packed(member_ids: Sequence[int]) -> str:
    return base64.urlsafe_b64encode(struct.pack(f">{len(member_ids)}q", *member_ids)).decode().rstrip("=")


def _unpacked(text: str) -> tuple[int, ...]:
    """The ids that `_packed` took. Raises `ValueError` or `struct.error` for anything else."""
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return struct.unpack(f">{len(packed) // 8}q", packed)


def _reason(pick: CompanyPick, people: int, words: Words) -> Line:
    wants = words.count("company.wants", pick.wants) if pick.wants else words("company.wants_none")
    seen = words.count("company.seen", pick.seen) if pick.seen else words("company.seen_none", people=people)
    return Line(words, "page.small", said=Markup(f"{wants} {seen}"))
