"""Reading the titles of films, of which only digests are kept: they themselves would take five times as much room."""

import gzip
from hashlib import blake2b
from pathlib import Path
from typing import Final

from bot.content import DATA

# Bytes of a digest. Of 50,000 texts that are no title, one has the digest of one.
SIZE: Final = 4


def read_real_titles(file: Path = DATA / "words" / "real-titles.bin.gz") -> bytes:
    """The digests of all titles, in order."""
    return gzip.decompress(file.read_bytes())


def digest_of(folded: str) -> bytes:
    """What stands for the folded title."""
    return blake2b(folded.encode("utf-8", "replace"), digest_size=SIZE).digest()
