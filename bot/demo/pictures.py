"""Pictures drawn on the spot, in place of the ones that a card would load from the network."""

import io
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.domain.films import Film

_SIZE: Final = (640, 360)
_INK: Final = (247, 240, 230)
_DIM: Final = (214, 196, 178)


def drawn_pictures(films: Iterable[Film]) -> Mapping[str, tuple[str, bytes]]:
    """A picture with the film's title for each address that a card asks for."""
    return {
        address: (f"{film.slug}.png", _draw(film)) for film in films if (address := film.picture_address) is not None
    }


def _draw(film: Film) -> bytes:
    hue = int.from_bytes(sha256(film.slug.encode()).digest()[:2], "big") % 360
    image = Image.new("RGB", _SIZE, f"hsl({hue}, 38%, 24%)")
    pen = ImageDraw.Draw(image)
    # A row of seats along the lower edge, and the light of the screen above them.
    pen.polygon([(70, 0), (570, 0), (470, 270), (170, 270)], fill=f"hsl({hue}, 40%, 30%)")
    for left in range(-20, _SIZE[0], 80):
        pen.rounded_rectangle((left, 300, left + 68, 400), 22, fill=f"hsl({hue}, 45%, 14%)")
    lines = _lines(film.title, 22)
    for number, line in enumerate(lines):
        pen.text((_SIZE[0] / 2, 110 + 46 * number), line, _INK, ImageFont.load_default(40), anchor="mm")
    below = 110 + 46 * len(lines)
    pen.text((_SIZE[0] / 2, below), f"{film.year} · {film.directors[0]}", _DIM, ImageFont.load_default(22), anchor="mm")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:4]
