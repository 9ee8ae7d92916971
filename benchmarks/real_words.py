"""Makes `data/words/real-words.txt.gz`: the words that people write, so that none of them is taken for a slip.

    python -m benchmarks.real_words /usr/share/dict/american-english

They are the words of 87,406 titles (see `data/README.md`) and those of an English dictionary, folded. Of what is
shorter than five letters, which nearly any slip makes, only words that both have, and those of many titles.
"""

import gzip
import sys
from collections import Counter
from pathlib import Path

from benchmarks.search_data import TITLES, titles
from bot.content import DATA
from bot.domain.text.normalize import fold

# Of so many titles a short word has to be, by its length: to be one, and to be one without the dictionary.
LEAST = {1: (20, 300), 2: (20, 300), 3: (20, 50), 4: (1, 3)}


def real_words(of_titles: Counter[str], dictionary: frozenset[str]) -> list[str]:
    def is_real(word: str) -> bool:
        known, alone = LEAST.get(len(word), (0, 1))
        count = of_titles[word]
        return count >= alone or (word in dictionary and count >= known)

    return sorted(word for word in {*of_titles, *dictionary} if is_real(word))


def main() -> int:
    if not TITLES.exists() or len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    dictionary = frozenset(fold(line) for line in lines if line.islower() and line.isalpha())
    of_titles = Counter(word for title in {fold(title) for title in titles()} for word in set(title.split()))
    text = "\n".join(real_words(of_titles, dictionary))
    file = DATA / "words" / "real-words.txt.gz"
    file.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{text.count(chr(10)) + 1} words, {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
