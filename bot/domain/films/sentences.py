"""Where the sentences of a text end, for screens that have room for the first ones only."""

import re
from typing import Final

from bot.domain.films.marked_titles import MARKED_TITLE

# Chinese and Japanese put no space behind a sentence.
_END: Final = re.compile(r"[.?!…؟۔।]+[\"'”’»)\]]*\s+(?=\S)|[。！？]+\s*(?=[^\s」』”’）])")
_ABBREVIATION: Final = re.compile(r"(?<!\w)(?:\w|Mr|Mrs|Ms|Dr|St|Sr|Jr|Prof|Mt|vs|e\.g|i\.e)\.\s+$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<!\w)No\.\s+$", re.IGNORECASE)
_PAIRS: Final = ("()", "[]", "“”", "«»", "「」", "『』")
# In some languages what ends a quotation is what begins one in others.
_LOW_QUOTATION: Final = re.compile("„[^“”]*[“”]")


def sentences(paragraph: str) -> list[str]:
    """The paragraph in sentences, with the space behind each.

    None ends inside a marked title, inside quotation marks or brackets, behind an initial or "Dr.", between
    "No." and its number, or before a small letter.
    """
    titles = [mark.span() for mark in MARKED_TITLE.finditer(paragraph)]
    found, begin = list[str](), 0
    for end in _END.finditer(paragraph):
        so_far = paragraph[begin : end.end()]
        is_in_title = any(first < end.start() < last for first, last in titles)
        is_small = paragraph[end.end()].islower() or (_NUMBER.search(so_far) and paragraph[end.end()].isdigit())
        if not (is_in_title or is_small or _ABBREVIATION.search(so_far) or _is_open(so_far)):
            found.append(so_far)
            begin = end.end()
    return [*found, paragraph[begin:]]


def _is_open(text: str) -> bool:
    """Whether a bracket or a quotation mark has no partner yet."""
    rest = _LOW_QUOTATION.sub("", text)
    unpaired = any(rest.count(first) > rest.count(last) for first, last in _PAIRS)
    return unpaired or "„" in rest or rest.count('"') % 2 == 1
