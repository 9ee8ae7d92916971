"""`/films tonight with …`: what to see with those who come, with the reason in words."""

import discord

from bot.domain.errors import ServerOnly
from bot.domain.recommend.company import CompanyPick, mentioned_in
from bot.domain.recommend.watch_requests import WatchRequest
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.card import ACCENT
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip_plain_name, joined, words_for
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
    lines = [_line(pick, known + 1, words) for pick in found] or [words("company.nothing")]
    if known < len(others):
        shelf = Markup(interaction.client.tree.mention("my shelf"))
        lines.append(words.count("company.unknown", len(others) - known, shelf=shelf))
    embed = discord.Embed(title=words("company.title"), description=joined(lines, "\n\n", 4000), colour=ACCENT)
    menu = FilmSelect(words.plain("button.choose_film"), [pick.film for pick in found])
    await reply(interaction, embed=embed, view=view_of(menu) if found else None, private=True)


def _line(pick: CompanyPick, people: int, words: Words) -> Markup:
    name = words("tonight.name", name=clip_plain_name(pick.film.title, pick.film.year, 200))
    wants = words.count("company.wants", pick.wants) if pick.wants else words("company.wants_none")
    seen = words.count("company.seen", pick.seen) if pick.seen else words("company.seen_none", people=people)
    return words("tonight.line", heading=name, why=Markup(f"{wants} {seen}"))
