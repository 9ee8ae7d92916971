"""The titles that films have, by which what was typed is told from the title of another film."""

from bisect import bisect_left
from functools import cache

from bot.storage.content.real_titles import SIZE, digest_of, read_real_titles


def is_title(folded: str) -> bool:
    """Whether this is the folded title of some film, as far as is known. Slower when first asked."""
    digests, wanted = _digests(), digest_of(folded)
    at = bisect_left(range(len(digests) // SIZE), wanted, key=lambda at: digests[at * SIZE : (at + 1) * SIZE])
    return digests[at * SIZE : (at + 1) * SIZE] == wanted


@cache
def _digests() -> bytes:
    """Read once, when first needed: 350 KB."""
    return read_real_titles()
