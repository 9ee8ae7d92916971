"""The screens that are built without asking anybody, each as the message that Discord would be sent."""

from collections.abc import Iterator, Sequence

from bot.domain.catalogue.facets import facets
from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import NearMatch
from bot.domain.films.films import Film
from bot.ui.browse import search
from bot.ui.browse.browse import Screen
from bot.ui.browse.menus import Choice
from bot.ui.browse.state import PER_PAGE, BrowseState, Look
from bot.ui.films import buttons, story, trailer
from bot.ui.films.card import card_blocks
from bot.ui.films.starter_messages import opening_messages
from bot.ui.kit.blocks import rows, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.pages import Page
from bot.ui.kit.text import english
from tests.ui.messages import Message

WORDS = english()
COMMANDS = ("film", "synopsis", "trailer", "discuss")


def card(film: Film, *, private: bool) -> Message:
    """The card with its buttons."""
    below = buttons.card_buttons(film, WORDS, private=private)
    return Message.of(view=story.card_layout(film, WORDS, buttons=below, private=private))


def whole_story(film: Film) -> Message:
    """What a folded card leaves out."""
    return Message.of(view=story.story_layout(film, WORDS))


def synopsis(film: Film) -> Message:
    """The story for all."""
    return Message.of(view=story.synopsis_layout(film, WORDS))


def drafted(film: Film) -> Message:
    """The card as a curator's draft shows it."""
    return Message.of(view=Layout(card_blocks(film, WORDS, folded=False)))


def opening(film: Film) -> list[Message]:
    """What a film's thread begins with."""
    return [Message.of(**parts) for parts in opening_messages(film, WORDS)]


def trailer_menu(film: Film) -> Message:
    """The choice of videos and moments; only for a film that has a video."""
    choices = trailer._choices(film, WORDS)  # pyright: ignore[reportPrivateUsage]
    return Message.of("x", view=view_of(trailer.WatchSelect(film.slug, WORDS.plain("trailer.choose"), choices)))


def near_matches(films: Sequence[Film], command: str, *, quiet: bool) -> Message:
    """The buttons for what may have been meant."""
    near = [NearMatch(film.slug, film.title, film.year) for film in films[:5]]
    kind = buttons.button_for(command, quiet=quiet)
    assert kind is not None
    return Message.of(view=Layout([said("x"), *rows(*buttons.near_match_buttons(near, kind))]))


def browse_page(films: Sequence[Film], state: BrowseState, opened: Choice | None = None) -> Message:
    """A page of the list."""
    screen = Screen(facets(films, state.wanted).ordered(state.order), state, WORDS)
    return Message.of(view=screen.layout(opened))


def search_page(films: Sequence[Film], page: int, query: str) -> Message:
    """A page of what a search found."""
    turned = Page(films, page, PER_PAGE)
    turns = [search.search_turn(turn, query, FilmFilter(), WORDS) for turn in turned.turns]
    return Message.of(view=search.found_page(films, turned, query, FilmFilter(), WORDS, turns))


def all_of(film: Film) -> Iterator[Message]:
    """Every screen about one film."""
    yield card(film, private=True)
    yield card(film, private=False)
    yield whole_story(film)
    yield synopsis(film)
    yield drafted(film)
    yield from opening(film)
    yield from (near_matches([film], command, quiet=quiet) for command in COMMANDS for quiet in (True, False))
    yield from (browse_page([film], BrowseState(look=look)) for look in Look)
    if film.trailers:
        yield trailer_menu(film)
