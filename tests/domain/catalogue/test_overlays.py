"""The list as a server sees it: the shared one with its own films over it, and without what it does not want."""

import pytest

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.overlays import Overlay
from bot.domain.films.films import Film
from bot.services.writings import WRITINGS
from tests.builders import film

NIGHT, KNIFE, ASHES = film(), film("Knife in the Water", 1962), film("Ashes and Diamonds", 1958)
THEIR_NIGHT, OWN = film(why="Our reason."), film("Solaris", 1972)
SHARED = Catalogue.of((NIGHT, KNIFE, ASHES))


@pytest.mark.parametrize(
    ("overlay", "seen"),
    [
        (Overlay(), [NIGHT, KNIFE, ASHES]),
        (Overlay.of(own=(OWN,)), [NIGHT, KNIFE, ASHES, OWN]),
        (Overlay.of(own=(THEIR_NIGHT,)), [THEIR_NIGHT, KNIFE, ASHES]),
        (Overlay.of(removed=(THEIR_NIGHT,)), [KNIFE, ASHES]),
        (Overlay.of(removed=(OWN,)), [NIGHT, KNIFE, ASHES]),
        (Overlay.of(hidden=frozenset({NIGHT.slug})), [KNIFE, ASHES]),
        (Overlay.of(own=(THEIR_NIGHT,), hidden=frozenset({NIGHT.slug})), [THEIR_NIGHT, KNIFE, ASHES]),
        (Overlay.of(hidden=frozenset({"long-gone-1999"})), [NIGHT, KNIFE, ASHES]),
        (Overlay.of(own=(OWN,), removed=(THEIR_NIGHT,), hidden=frozenset({KNIFE.slug})), [ASHES, OWN]),
        (Overlay.of(hidden=frozenset(SHARED.by_slug)), []),
    ],
)
def test_a_server_sees_the_shared_list_with_its_own_over_it(overlay: Overlay, seen: list[Film]) -> None:
    assert overlay.over(SHARED) == Catalogue.of(seen)


def test_a_server_that_has_changed_nothing_shares_the_list_itself() -> None:
    assert Overlay().over(SHARED) is SHARED


def test_versions_are_of_shared_films_and_may_be_removed() -> None:
    removed = film("Knife in the Water", 1962, why="Ours.")
    overlay = Overlay.of(own=(THEIR_NIGHT, OWN), removed=(removed, film("Stalker", 1979)))
    assert overlay.versions(SHARED) == Catalogue.of((THEIR_NIGHT, removed))
    assert Overlay.of(hidden=frozenset({NIGHT.slug})).versions(SHARED).films == ()


def test_films_that_a_server_has_in_a_certain_way() -> None:
    removed = film("Stalker", 1979)
    overlay = Overlay.of(own=(THEIR_NIGHT, OWN), removed=(removed,), hidden=[KNIFE.slug])
    assert overlay.shared_part(SHARED) == Catalogue.of((ASHES,))
    assert overlay.everything(SHARED) == Catalogue.of((THEIR_NIGHT, OWN, removed, KNIFE, ASHES))
    assert SHARED.only(overlay.hidden) == Catalogue.of((KNIFE,))
    assert SHARED.only(["nobody-1999"]).films == ()
    assert Overlay().shared_part(SHARED) == Overlay().everything(SHARED) == SHARED


def test_part_of_a_list_finds_its_own_films_only() -> None:
    part = SHARED.only([KNIFE.slug, ASHES.slug])
    assert part.find("ashes and diamonds", WRITINGS) == ASHES
    assert list(part.suggest("", 25)) == [ASHES, KNIFE]
    assert list(part.suggest("night train", 25)) == []
    assert NIGHT.slug not in part.by_slug


@pytest.mark.parametrize(
    ("slugs", "now", "after"),
    [
        ({OWN.slug}, Overlay(), Overlay.of((THEIR_NIGHT,), (), [KNIFE.slug])),
        ({OWN.slug}, Overlay.of(removed=(OWN,)), Overlay.of((THEIR_NIGHT,), (OWN,), [KNIFE.slug])),
        ({KNIFE.slug}, Overlay(), Overlay.of((THEIR_NIGHT, OWN))),
        ({ASHES.slug}, Overlay.of(hidden=[ASHES.slug]), Overlay.of((THEIR_NIGHT, OWN), (), [KNIFE.slug, ASHES.slug])),
        ({NIGHT.slug}, Overlay.of(own=(NIGHT,)), Overlay.of((NIGHT, OWN), (), [KNIFE.slug])),
        (set[str](), Overlay.of(removed=(OWN,)), Overlay.of((THEIR_NIGHT,), (OWN,), [KNIFE.slug])),
        (set[str](), Overlay(), Overlay.of((THEIR_NIGHT, OWN), (), [KNIFE.slug])),
    ],
)
def test_what_has_changed_stands_as_it_does_now_and_all_else_as_before(
    slugs: set[str], now: Overlay, after: Overlay
) -> None:
    before = Overlay.of(own=(THEIR_NIGHT, OWN), hidden=[KNIFE.slug])
    assert before.changed(frozenset(slugs), now) == after
