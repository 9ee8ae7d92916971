"""Messages of Discord's newer sort (Components V2): blocks in one container, never more than Discord takes.

A screen is built of `blocks` and sent like a view: `reply(interaction, view=Layout(blocks), private=True)`. The first
text is what notifications and plain clients show first, so it names what the screen is about.

Room is given out by construction. What is fixed of all lines comes first; every typed value gets as much of the rest
as it needs, up to one share that is the same for all (`_share`). `fitting` says how many entries a page can have.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import discord

from bot.ui.kit.blocks import RULE, AnyLine, Attached, Block, Picture, Row, Rule, Section, Text, components_of
from bot.ui.kit.limits import COMPONENTS, CONTENT, DISPLAYED, PICTURE_ALT
from bot.ui.kit.text import Markup, clip, joined, width

ACCENT: Final = discord.Colour(0xC8553D)
_CONTAINER: Final = 1
_LEAST: Final = 8
_GAP: Final = "\n"
# Where a layout's blocks stand in what Discord is sent.
INSIDE: Final = ("components", "0", "components")


class Layout(discord.ui.LayoutView):
    """A message made of these blocks. It is stopped at once: its persistent items are found by their custom ids."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        super().__init__(timeout=None)
        self.blocks = _trimmed(blocks)
        self._share = _share(list(_lines(self.blocks)), DISPLAYED)
        self.add_item(discord.ui.Container(*(self._made(block) for block in self.blocks), accent_colour=ACCENT))
        self.stop()

    @property
    def first_text(self) -> str:
        """What the message begins with."""
        return next((self._drawn(block.lines) for block in self.blocks if isinstance(block, (Text, Section))), "")

    @property
    def plain(self) -> Markup:
        """The message for a place that refuses the layout: its texts from the top, and where its links lead."""
        texts = [block.lines for block in self.blocks if isinstance(block, (Text, Section))]
        links = [f"<{address}>" for path, address in self.addresses() if path[-1] == "url" and "media" not in path]
        room = CONTENT - sum(width(link) + 1 for link in links)
        share = _share([line for lines in texts[:3] for line in lines], room - 100)
        return joined([*(_GAP.join(line.drawn(share) for line in lines) for lines in texts), *links], "\n", CONTENT)

    def addresses(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Every address that Discord looks at beside the text, and where it stands in what is sent."""
        for number, block in enumerate(self.blocks):
            path = (*INSIDE, str(number))
            if isinstance(block, Section):
                if isinstance(block.beside, Picture):
                    yield (*path, "accessory", "media", "url"), block.beside.address
                elif address := getattr(block.beside, "url", None):
                    yield (*path, "accessory", "url"), address
            elif isinstance(block, Row):
                for place, item in enumerate(block.items):
                    if address := getattr(item, "url", None):
                        yield (*path, "components", str(place), "url"), address

    def without(self, paths: Collection[tuple[str, ...]]) -> "Layout | None":
        """A layout without what stands at these paths, None where nothing is left to read.

        Its items move there, so this one is not to be used any more.
        """
        if any(len(path) < len(INSIDE) + 1 for path in paths):
            return None
        inner = [path[len(INSIDE) :] for path in paths]
        numbered = ((number, block) for number, block in enumerate(self.blocks))
        left = [
            less for number, block in numbered for less in _less(block, [p[1:] for p in inner if p[0] == str(number)])
        ]
        return Layout(left) if any(isinstance(block, (Text, Section)) for block in left) else None

    def _made(self, block: Block) -> discord.ui.Item[Any]:
        if isinstance(block, Text):
            return discord.ui.TextDisplay(self._drawn(block.lines))
        if isinstance(block, Section):
            return discord.ui.Section(self._drawn(block.lines), accessory=_beside(block))
        if isinstance(block, Attached):
            return discord.ui.File(f"attachment://{block.name}")
        return discord.ui.Separator() if isinstance(block, Rule) else discord.ui.ActionRow(*block.items)

    def _drawn(self, lines: Sequence[AnyLine]) -> str:
        return _GAP.join(line.drawn(self._share) for line in lines)


def fitting(frame: Iterable[Block]) -> int:
    """How many sections of a page find room beside the blocks that frame it."""
    return (COMPONENTS - _CONTAINER - sum(components_of(block) for block in frame)) // 3


def in_pages(groups: Mapping[str, Sequence[Block]], frame: Iterable[Block]) -> list[dict[str, Sequence[Block]]]:
    """The groups, in their order and each whole, on as few pages as Discord's limit allows beside what frames each."""
    room = COMPONENTS - _CONTAINER - sum(components_of(block) for block in frame)
    pages: list[dict[str, Sequence[Block]]] = [{}]
    left = room
    for name, blocks in groups.items():
        needed = sum(components_of(block) for block in blocks)
        if pages[-1] and needed > left:
            pages.append({})
            left = room
        pages[-1][name] = blocks
        left -= needed
    return pages


def length(blocks: Iterable[Block]) -> int:
    """How many characters the texts would be if nothing in them had to give way."""
    return sum(line.frame() + sum(line.needs()) for line in _lines(blocks))


def _trimmed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without empty rows, and without rules that divide nothing or find no room."""
    kept: list[Block] = []
    for block in blocks:
        is_idle = (isinstance(block, Row) and not block.items) or (block is RULE and kept[-1:] in ([], [RULE]))
        if not is_idle:
            kept.append(block)
    if kept[-1:] == [RULE]:
        kept.pop()
    if sum(components_of(block) for block in kept) > COMPONENTS - _CONTAINER:
        kept = [block for block in kept if block is not RULE]
    return tuple(kept)


def _lines(blocks: Iterable[Block]) -> Iterator[AnyLine]:
    for block in blocks:
        if isinstance(block, (Text, Section)):
            yield from block.lines


def _share(lines: Sequence[AnyLine], room: int) -> int:
    """The most that one typed value may take so that all lines fit into `room`: those that need less leave theirs."""
    needs = sorted(need for line in lines for need in line.needs())
    left = room - sum(line.frame() + len(_GAP) for line in lines)
    for number, need in enumerate(needs):
        if need * (len(needs) - number) > left:
            return max(_LEAST, left // (len(needs) - number))
        left -= need
    return room


def _beside(block: Section) -> discord.ui.Item[Any]:
    if isinstance(block.beside, Picture):
        return discord.ui.Thumbnail(block.beside.address, description=clip(block.beside.alt, PICTURE_ALT))
    return block.beside


def _less(block: Block, paths: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    """The block without what stands at the paths inside it; "()" is all of it."""
    if not paths:
        yield block
    elif isinstance(block, Row) and () not in paths:
        gone = {path[1] for path in paths if len(path) > 1}
        yield Row(*(item for place, item in enumerate(block.items) if str(place) not in gone))
    elif isinstance(block, Section) and all(path[:1] == ("accessory",) for path in paths):
        yield Text(*block.lines)
