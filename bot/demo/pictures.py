"""Pictures drawn on the spot, in place of the ones that a card would load from the network."""

import io
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final

from anyascii import anyascii
from PIL import Image, ImageDraw, ImageFont

from bot.domain.films.films import Film

_SIZE: Final = (640, 360)
_SQUARE: Final = 330
_HEIGHT: Final = 220
# Characters of a line of the title; how wide one is, as a part of the size of the letters, and their largest size.
_LINE: Final = 12
_LETTER: Final = 0.56
_LARGEST: Final = 60
_INK: Final = (247, 240, 230)
_BEYOND_LATIN_1: Final = "\u0100"
_AVATARS: Final = ("https://cdn.simcord.invalid/", "https://cdn.discordapp.com/")


class Pictures(dict[str, tuple[str, bytes]]):
    """A file name and a picture for every address that a card asks for, drawn at the first look.

    Films that are known from the start have their title on it.
    """

    def __init__(self, films: Iterable[Film]) -> None:
        super().__init__()
        self._films = {film.picture_address: film for film in films}

    def get(self, key: str, default: Any = None, /) -> Any:
        """The picture; nothing for an avatar, which SimCord draws itself."""
        if key not in self and key.startswith("https://") and not key.startswith(_AVATARS):
            film = self._films.get(key)
            self[key] = ("still.png", _titled(film) if film else _saved(_screen(key)[0]))
        return super().get(key, default)


def _titled(film: Film) -> bytes:
    """The title within the square in the middle, which is all that a small picture beside a heading shows."""
    image, pen = _screen(film.slug)
    lines = _lines(_drawable(film.title), _LINE)
    size = min(_LARGEST, int(_SQUARE / (_LETTER * max(map(len, lines)))), int(_HEIGHT / len(lines)))
    for number, line in enumerate(lines):
        place = (_SIZE[0] / 2, 150 + size * 1.1 * (number - (len(lines) - 1) / 2))
        pen.text(place, line, _INK, ImageFont.load_default(size), anchor="mm")
    return _saved(image)


def _screen(seed: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A row of seats along the lower edge, and the light of the screen above them."""
    hue = int.from_bytes(sha256(seed.encode()).digest()[:2], "big") % 360
    image = Image.new("RGB", _SIZE, f"hsl({hue}, 38%, 24%)")
    pen = ImageDraw.Draw(image)
    pen.polygon([(70, 0), (570, 0), (470, 270), (170, 270)], fill=f"hsl({hue}, 40%, 30%)")
    for left in range(-20, _SIZE[0], 80):
        pen.rounded_rectangle((left, 300, left + 68, 400), 22, fill=f"hsl({hue}, 45%, 14%)")
    return image, pen


def _saved(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _drawable(text: str) -> str:
    """The text in letters that Pillow's own font has: it knows "é", but neither "ō" nor "ă"."""
    return "".join(letter if letter < _BEYOND_LATIN_1 else anyascii(letter) for letter in text)


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:4]
