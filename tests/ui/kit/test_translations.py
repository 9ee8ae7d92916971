"""Each language is whole, and says nothing that breaks a screen."""

import pytest

from bot.content import DATA
from tests.ui.kit.translations import faults
from tests.ui.locale_keys import LOCALES

MODEL = {
    "command.film": "See a film",
    "draft.saved": "**{name}** is on the list. Type /film to see it.",
    "page.found.one": "{n} film",
    "page.found.other": "{n} films",
}
POLISH = {
    "command.film": "Zobacz film",
    "draft.saved": "**{name}** jest na liście. Wpisz /film, żeby zobaczyć.",
    "page.found.one": "{n} film",
    "page.found.few": "{n} filmy",
    "page.found.many": "{n} filmów",
    "page.found.other": "{n} filmu",
}


@pytest.mark.parametrize("tag", LOCALES)
def test_a_language_is_whole_and_fits(tag: str) -> None:
    assert faults(tag, LOCALES[tag], LOCALES["en"]) == []


@pytest.mark.parametrize("tag", sorted(set(LOCALES) - {"en"}))
def test_a_translation_says_how_it_was_made(tag: str) -> None:
    head = (DATA / "locales" / f"{tag}.toml").read_text(encoding="utf-8").partition("[")[0]
    assert "second speaker" in head


def test_a_good_translation_has_no_faults() -> None:
    assert faults("pl", POLISH, MODEL) == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"draft.saved": None}, "draft.saved: missing"),
        ({"draft.gone": "Nie ma"}, "draft.gone: nobody asks for it"),
        ({"draft.saved": "**{imię}** jest na liście: /film"}, "draft.saved: fills in ['imię'] instead of ['name']"),
        ({"draft.saved": "{name} jest na liście: /film"}, "draft.saved: marks {} instead of {'**': 2}"),
        ({"draft.saved": "**{name}** jest na liście: /filmy"}, "draft.saved: names other commands"),
        ({"draft.saved": "**{name}** jest na liście."}, "draft.saved: names other commands"),
        ({"command.film": "Zobacz film " * 10}, "command.film: 120 of 100"),
        ({"page.found.few": None}, "page.found.few: missing"),
        ({"page.found.other": "filmu"}, "page.found.other: fills in [] instead of ['n']"),
        ({"page.found.one": "jeden film"}, None),
    ],
)
def test_what_is_wrong_with_a_translation_is_found(changed: dict[str, str | None], found: str | None) -> None:
    told = {key: said for key, said in {**POLISH, **changed}.items() if said is not None}
    assert faults("pl", told, MODEL) == ([] if found is None else [found])
