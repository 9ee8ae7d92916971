"""The words that the shipped films are sorted by, with the names that members read."""

from functools import cache

from bot.content import DATA
from bot.domain.films.vocabulary import Vocabulary
from bot.storage.content.vocabulary import read_vocabulary


@cache
def vocabulary() -> Vocabulary:
    """Read once, when first needed: like the sentences, it is content and does not change while the bot runs."""
    return read_vocabulary(DATA).vocabulary
