"""The words that people write, by which a slip of the finger is told from another title."""

from functools import cache, lru_cache

from bot.storage.content.real_words import read_real_words


@lru_cache(1024)
def is_word(word: str) -> bool:
    """Whether people write the folded word. Half a millisecond when it is first asked for."""
    return f"\n{word}\n" in _words()


@cache
def _words() -> str:
    """Read once, when first needed. One text of 1.8 MB: as a set of words it would take 10."""
    return read_real_words()
