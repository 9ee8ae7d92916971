"""Reading the words that people write."""

import gzip
from pathlib import Path

from bot.content import DATA


def read_real_words(file: Path = DATA / "words" / "real-words.txt.gz") -> str:
    """Every word, folded, on a line of its own, with a line before the first and behind the last."""
    return f"\n{gzip.decompress(file.read_bytes()).decode()}\n"
