"""Whatever curators type, upload or do, no screen of theirs exceeds what Discord takes or draws what was typed."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.curation.audits import Finding, Health
from bot.domain.curation.changes import Change, ChangeKind, Duplicate, GuildFilmState
from bot.domain.curation.drafts import MAX_DRAFTS, Conflict, Draft
from bot.domain.curation.form_codec import texts_of
from bot.domain.curation.form_fields import FIELDS
from bot.domain.curation.import_plans import Mode
from bot.domain.curation.imports import plan_import
from bot.domain.errors import UploadRefused
from bot.domain.films.films import Film
from bot.domain.films.loading import film_body
from bot.domain.guilds.settings import GuildSettings
from bot.services.imports import DryRun
from bot.storage.transfer.uploads import read_upload
from bot.ui.curation import audit, draft_panel, import_screen
from bot.ui.curation.draft_list import drafts_page
from bot.ui.curation.form import FORMS, film_parts
from bot.ui.curation.history import history_page
from bot.ui.kit.text import english, width
from tests.builders import film
from tests.strategies import AWKWARD, LARGE, PROPERTY, WORST, films, lines, named_films, worst
from tests.ui.messages import Message, marks, refusals, turned

WORDS = english()
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
ID, DRAFT = 2**63 - 1, "f" * 16
_ADDRESS = re.compile(r"<https://[^\s<>]+>")  # nothing in it is drawn
SHORT = 1  # Discord's style of a text of one line

# What can come in through a form, and worse: nothing cleans it before it is kept.
_PIECES = st.sampled_from([*AWKWARD, "\ud800", "\x00\x01", " ", "1999", "(1999)", "https://", "tt0000001"])
TYPED = (
    st.lists(_PIECES, max_size=6).map("".join)
    | _PIECES.map(lambda piece: ((piece or "a") * 4000)[:4000])
    | st.text(max_size=20)
)
AWFUL = st.sampled_from(WORST).map(worst)
TEXTS = st.dictionaries(st.sampled_from([*FIELDS, "nothing"]), TYPED)


def draft_of(texts: dict[str, str], base: Film | None = None) -> Draft:
    return Draft(DRAFT, ID, ID, texts, NOW, base.slug if base else None, film_body(base) if base else None)


def panel_of(draft: Draft, doubtful: Iterable[Duplicate] = ()) -> Message:
    """The panel as it stands there, with all that could be said of its trailers."""
    read, few = draft.read("noor", NOW.date()), tuple(doubtful)
    if not isinstance(read, Film):
        return Message.of(view=draft_panel.faulty_layout(draft, read, WORDS))
    return Message.of(view=draft_panel.ready_layout(draft, read, few, WORDS))


def wrong_with(message: Message, own: str) -> list[str]:
    """What Discord has against it, and every mark in its text that is none of `own`."""
    said = "\n".join(shown.text for shown in message.texts() if shown.is_drawn)
    drawn = marks(_ADDRESS.sub("", said)).replace("**", "").replace("-#", "").replace("###", "").replace("##", "")
    for mark in own.split():
        drawn = drawn.replace(mark, "")
    sides = [each for text in message.texts() for each in turned(text.text)]
    return [*refusals(message), *([f"draws {drawn}"] if drawn else []), *sides]


@LARGE
@given(TEXTS)
@example({})
@example(dict.fromkeys(FIELDS, "*" * 4000))
@example({name: "\n".join("@everyone" for _ in range(400)) for name in FIELDS})
def test_the_panel_of_any_draft_is_one_that_discord_takes(texts: dict[str, str]) -> None:
    assert wrong_with(panel_of(draft_of(texts)), "- ://") == []


@LARGE
@given(films(), st.lists(named_films(), min_size=2, max_size=2, unique_by=lambda entry: entry.slug))
def test_the_panel_of_a_film_is_one_that_discord_takes(entry: Film, others: list[Film]) -> None:
    doubtful = [Duplicate(other, common) for other, common in zip(others, ("name", "trailer"), strict=True)]
    assert wrong_with(panel_of(draft_of(texts_of(entry), entry), doubtful), "|| *") == []


@pytest.mark.parametrize("name", WORST)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_holds_the_longest_film_whole(name: str, form: str) -> None:
    texts = texts_of(worst(name))
    for part in parts_of(form, texts):
        if part["type"] == 4:
            assert part.get("value", "") == texts.get(part["custom_id"], "")


def parts_of(form: str, texts: dict[str, str]) -> list[dict[str, Any]]:
    """The parts of the form as they are sent, once Discord's limits for them are known to be kept."""
    labels: list[dict[str, Any]] = [dict(label.to_component_dict()) for label in film_parts(form, texts, WORDS)]
    assert 1 <= len(labels) <= 5
    assert width(WORDS.plain(f"form.{form}")) <= 45
    for label in labels:
        assert 1 <= width(label["label"]) <= 45
        assert 1 <= width(label["description"]) <= 100
    parts: list[dict[str, Any]] = [label["component"] for label in labels]
    assert len({part["custom_id"] for part in parts}) == len(parts)
    for part in parts:
        assert width(part["custom_id"]) <= 100
        if part["type"] == 4:
            assert width(part.get("value", "x")) <= 4000
            assert part.get("value") != ""
            assert part["style"] != SHORT or len(part.get("value", "x").splitlines()) == 1
        else:
            assert len(part["options"]) <= 25
            assert sum(option.get("default", False) for option in part["options"]) <= 1
    return parts


@LARGE
@given(TEXTS, st.sampled_from([*FORMS]))
@example(dict.fromkeys(FIELDS, "𝔉" * 4000), "story")
@example(dict.fromkeys(FIELDS, "two\nlines\u2028three"), "basics")
@example(dict.fromkeys(FIELDS, "\n"), "links")
def test_a_form_is_one_that_discord_opens_whatever_was_typed(texts: dict[str, str], form: str) -> None:
    parts_of(form, texts)


@LARGE
@given(TEXTS, AWFUL, st.none() | AWFUL, st.booleans())
def test_a_conflict_is_told_in_a_message_that_discord_takes(
    texts: dict[str, str], base: Film, theirs: Film | None, known: bool
) -> None:
    change = Change(ID, NOW, ID, ChangeKind.EDIT, base.slug) if known else None
    found = Conflict(draft_of(texts, base), film_body(theirs) if theirs else None, change)
    message = Message.of(view=draft_panel.conflict_layout(found, WORDS))
    assert wrong_with(message, "- < ~~") == []
    assert sum(text.text.count(f"<@{ID}>") for text in message.texts()) == int(known)


ACTS = st.sampled_from([act for act in ChangeKind if act is not ChangeKind.SETTINGS])
SETTINGS = st.builds(GuildSettings, curator_role=st.none() | st.just(ID), time_zone=lines(60))
NUMBERS = st.integers(1, 999_999_999)


def of_film(act: ChangeKind, was: Film, became: Film, number: int) -> Change:
    before, after = (GuildFilmState(own=film_body(each)) for each in (was, became))
    return Change(ID, NOW, ID, act, became.slug, before, after, number=number)


def of_settings(was: GuildSettings, became: GuildSettings, number: int) -> Change:
    bodies = was.model_dump_json(), became.model_dump_json()
    return Change(ID, NOW, ID, ChangeKind.SETTINGS, settings=bodies, number=number)


CHANGES = st.builds(of_film, ACTS, AWFUL, AWFUL, NUMBERS) | st.builds(of_settings, SETTINGS, SETTINGS, NUMBERS)


@LARGE
@given(st.lists(CHANGES, min_size=1, max_size=6, unique_by=lambda change: change.number), st.booleans())
def test_a_page_of_the_history_is_one_that_discord_takes(found: list[Change], is_first: bool) -> None:
    message = Message.of(view=history_page(found, "a" * 67 + "-2000", WORDS, is_first=is_first))
    assert refusals(message) == []
    _, *told = [text.text for text in message.texts() if text.place == "display"]
    assert [turned(each) for each in told] == [[]] * len(told)
    assert [each.count(f"<@{ID}>") for each in told] == [1] * min(5, len(found))
    assert set(marks("\n".join(told))) <= set("*-~<#")


@PROPERTY
@given(st.lists(TYPED, min_size=1, max_size=MAX_DRAFTS))
@example(["*" * 4000] * MAX_DRAFTS)
@example(["\u200d\ufe0f"])
def test_the_list_of_drafts_is_one_that_discord_takes(names: list[str]) -> None:
    drafts = [Draft(f"{n:016x}", ID, ID, {"name": name}, NOW) for n, name in enumerate(names)]
    for page in range(5):
        message = Message.of(view=drafts_page(drafts, page, WORDS))
        _, *told = [text.text for text in message.texts() if text.place == "display"]
        assert refusals(message) == []
        assert {marks(each) for each in told} == {"****-#<"}
        assert [side for each in told for side in turned(each)] == []


def dry_run_of(name: str, content: bytes) -> Message:
    upload = read_upload(name, content, "noor", NOW.date())
    run = DryRun(DRAFT, plan_import(upload, {}, Mode.UPDATE), upload.notes, NOW, upload.left_out)
    return Message.of(view=import_screen.dry_run(run, import_screen.report_lines(run, WORDS), WORDS))


@LARGE
@given(lines(100) | TYPED, st.lists(TYPED, min_size=1, max_size=12), st.sampled_from(["title", "Title,Year,Colour"]))
@example("x", ["*" * 4000] * 12, "Title,Year,Colour")
@example("a\n# b.csv", ["@everyone"], "Title,Year,Colour")
def test_what_a_file_would_do_is_told_in_a_message_that_discord_takes(name: str, cells: list[str], header: str) -> None:
    rows = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    content = "\n".join([header, *rows]).encode("utf-8", "replace")
    try:
        message = dry_run_of(f"{name}.csv", content)
    except UploadRefused:
        return
    assert wrong_with(message, "<") == []
    times = [found for shown in message.texts() for found in re.findall(r"(?<!\\)<t:", shown.text)]
    assert times == ["<t:"]  # until when it is kept; one that was typed is escaped


@LARGE
@given(st.lists(st.tuples(AWFUL | named_films(), st.sampled_from(Health)), min_size=1, max_size=6))
def test_the_result_of_an_audit_is_one_that_discord_takes(audited: list[tuple[Film, Health]]) -> None:
    found = [Finding(entry, trailer, health) for entry, health in audited for trailer in entry.trailers]
    bad = sum(finding.health.is_bad for finding in found)
    message = Message.of(view=audit.result_layout(found, len(found) + 1, WORDS))
    assert wrong_with(message, "") == []
    assert sum(shown.text.count("<https://") for shown in message.texts()) <= bad
    leads = {each["custom_id"].removeprefix("film:edit:") for each in message.controls}
    assert leads == {finding.film.slug for finding in found if finding.health.is_bad}


def test_an_audit_of_more_dead_trailers_than_fit_leads_to_the_others_by_a_menu() -> None:
    entries = [film(f"Film {number}", 1990) for number in range(40)]
    found = [Finding(entry, entry.trailers[0], Health.GONE) for entry in entries]
    message = Message.of(view=audit.result_layout(found, 40, WORDS))
    assert refusals(message) == []
    *buttons, menu = sorted(message.controls, key=lambda control: control["type"])
    led = [each["custom_id"].removeprefix("film:edit:") for each in buttons]
    led += [option["value"] for option in menu["options"]]
    assert led == [entry.slug for entry in entries][: len(led)]
    assert len(led) > 33


@PROPERTY
@given(named_films())
@example(film("@everyone" * 16, 1999))
def test_every_sentence_that_names_a_film_has_room_for_it(entry: Film) -> None:
    keys = [
        key for key in WORDS.sentences if key.startswith(("removal.", "changed.")) and "{name}" in WORDS.sentences[key]
    ]
    for key in [*keys, "draft.published", "draft.saved", "draft.discard"]:
        assert wrong_with(Message.of(WORDS(key, name=entry.name)), "`") == [], key
