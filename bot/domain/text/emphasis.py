"""The one mark that a curator's text may hold: `*words between asterisks*`, such as a title, are in italics."""

import re
from typing import Final

# Not inside a word, so that M*A*S*H and 2*3*4 mark nothing; what follows may be 's or a comma.
EMPHASIS: Final = re.compile(r"(?<![\w*])\*(?P<said>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])")


def without_half_a_mark(cut: str, text: str) -> str:
    """`cut`, which begins like `text` and ends early, without an asterisk whose other half is gone."""
    for mark in EMPHASIS.finditer(text):
        if mark.start() < len(cut) < mark.end() + 1 and not EMPHASIS.match(cut, mark.start()):
            return cut[: mark.start()] + cut[mark.start() + 1 :]
    return cut
