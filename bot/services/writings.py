"""What people write: the words and the titles that are known."""

from typing import Final

from bot.domain.search.slips import Writings
from bot.services.real_titles import is_title
from bot.services.real_words import is_word

WRITINGS: Final = Writings(is_word, is_title)
