"""`/films tonight with …`: what to see with those who come, with the reason in words."""

from collections.abc import Callable, Sequence

from bot.domain.errors import ServerOnly
from bot.domain.recommend.company import CompanyPick, mentioned_in
from bot.domain.recommend.watch_requests import WatchRequest
from bot.ui.browse.browse import BrowseButton
from bot.ui.browse.state import BrowseState
from bot.ui.films.entries import film_entry
from bot.ui.kit.blocks import Block, Line, Text, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import listing, show_page
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, words_for
from bot.ui.shelves.owners import owner_of


async def suggest_for_company(interaction: Interaction, evening: WatchRequest, company: str) -> None:
    """Up to five films for the member and those whom the text mentions. Raises `ServerOnly`."""
    owner = owner_of(interaction)
    if owner.is_alone:
        raise ServerOnly
    words, others = words_for(interaction.locale), [each for each in mentioned_in(company) if each != owner.member_id]
    if not others:
        await reply(interaction, words("company.nobody"), private=True)
        return
    work = interaction.client.services.picks.for_company(owner, others, evening)
    found, known = await run_or_defer(interaction, work, private=True)
    await show_page(interaction, company_page(found, known, len(others), words, interaction.client.tree.mention))


def company_page(
    found: Sequence[CompanyPick], known: int, others: int, words: Words, mention: Callable[[str], str]
) -> Layout:
    """The films, each with how many want and have seen it; `known` of the `others` let their shelves be seen."""
    entries = list[Block](film_entry(pick.film, words, _reason(pick, known + 1, words)) for pick in found)
    if not found:
        entries.append(Text(Line(words, "company.nothing")))
    if known < others:
        entries.append(said(words.count("company.unknown", others - known, shelf=Markup(mention("my shelf")))))
    anything = [] if found else [BrowseButton("of", BrowseState().encoded(), words.plain("button.browse"))]
    return listing(Text(Line(words, "company.title")), entries, *anything)


def _reason(pick: CompanyPick, people: int, words: Words) -> Line:
    wants = words.count("company.wants", pick.wants) if pick.wants else words("company.wants_none")
    seen = words.count("company.seen", pick.seen) if pick.seen else words("company.seen_none", people=people)
    return Line(words, "page.small", said=Markup(f"{wants} {seen}"))
