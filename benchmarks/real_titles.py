"""Makes `data/words/real-titles.bin.gz`: digests of 87,404 titles, so that none of them opens another film.

python -m benchmarks.real_titles
"""

import gzip
import sys

from benchmarks.search_data import TITLES, titles
from bot.content import DATA
from bot.domain.text.normalize import comparable
from bot.storage.content.real_titles import SIZE, digest_of


def main() -> int:
    if not TITLES.exists():
        print(f"{TITLES} is not there", file=sys.stderr)
        return 2
    digests = b"".join(sorted({digest_of(comparable(title)) for title in titles()}))
    file = DATA / "words" / "real-titles.bin.gz"
    file.write_bytes(gzip.compress(digests, mtime=0))
    print(f"{len(digests) // SIZE} titles, {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
