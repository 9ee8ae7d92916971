"""The kinds of field: what each takes, how it is cleaned, and what the refusal is called."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.domain.films import field_types
from bot.domain.text.normalize import has_ink
from tests.strategies import PROPERTY

BLANK = (
    "",
    " ",
    "\n\t",
    "\u00a0\u3000",
    "\u200b",
    "\u200b\u200d\u2060\ufeff",
    "\u00ad",
    "\u115f\u1160",
    "\u3164",
    "\uffa0",
    "\u2063",
    "\u2800",
    "\ufe0f",
    "\U000e0041",
    "\x00",
    "\ud800",
)
KINDS = (
    *(field_types.Name, field_types.Note, field_types.Sentence),
    *(field_types.Slug, field_types.Tag, field_types.HttpsAddress, field_types.CountryCode, field_types.LanguageTag),
)
IDS = ("name", "note", "sentence", "slug", "tag", "address", "country", "language")
LONGEST = ((field_types.Name, 150), (field_types.Note, 120), (field_types.Sentence, 300))


@pytest.mark.parametrize("blank", BLANK)
@pytest.mark.parametrize("kind", KINDS[:3], ids=IDS[:3])
def test_a_text_in_which_nothing_can_be_seen_is_refused(kind: Any, blank: str) -> None:
    assert refusal(kind, blank) == "blank"


@pytest.mark.parametrize(("kind", "longest"), LONGEST, ids=IDS[:3])
def test_a_text_is_counted_after_cleaning(kind: Any, longest: int) -> None:
    typed = "  " + "e\u0301\u200b" * longest + "\n"
    assert TypeAdapter[str](kind).validate_python(typed) == "é" * longest


@pytest.mark.parametrize(("kind", "longest"), LONGEST, ids=IDS[:3])
def test_a_text_that_is_too_long_is_refused_as_a_text(kind: Any, longest: int) -> None:
    assert refusal(kind, "x" * (longest + 1)) == "string_too_long"


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
@pytest.mark.parametrize("value", [None, 7, 1.5, True, ["x"], {"x": "y"}])
def test_only_text_is_text(kind: Any, value: object) -> None:
    assert refusal(kind, value) == "string_type"


@pytest.mark.parametrize(
    "slug", ["m-1931", "solaris-1972", "solaris-1972-2", "8-1-2-1963", "2046-2004", f"{'a' * 67}-2012"]
)
def test_a_slug_is_words_and_a_year(slug: str) -> None:
    assert TypeAdapter[str](field_types.Slug).validate_python(slug) == slug


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("", "string_pattern_mismatch"),
        ("solaris", "string_pattern_mismatch"),
        ("1972", "string_pattern_mismatch"),
        ("-1972", "string_pattern_mismatch"),
        ("solaris-72", "string_pattern_mismatch"),
        ("solaris-19720", "string_pattern_mismatch"),
        ("Solaris-1972", "string_pattern_mismatch"),
        ("solaris_1972", "string_pattern_mismatch"),
        ("solaris 1972", "string_pattern_mismatch"),
        ("solaris--1972", "string_pattern_mismatch"),
        ("solaris-1972-", "string_pattern_mismatch"),
        ("solaris-1972-b", "string_pattern_mismatch"),
        ("solaris-1972\n", "string_pattern_mismatch"),
        ("cléo-1962", "string_pattern_mismatch"),
        ("solaris-١٩٧٢", "string_pattern_mismatch"),
        ("a:b-1972", "string_pattern_mismatch"),
        ("../etc/passwd-1972", "string_pattern_mismatch"),
        (f"{'a' * 68}-2012", "string_too_long"),
    ],
)
def test_anything_else_is_no_slug(slug: str, kind: str) -> None:
    assert refusal(field_types.Slug, slug) == kind


@pytest.mark.parametrize("tag", ["art", "social-media", "3d", "a", "a" * 20])
def test_a_tag_is_small_letters_and_digits(tag: str) -> None:
    assert TypeAdapter[str](field_types.Tag).validate_python(tag) == tag


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("", "string_pattern_mismatch"),
        ("Art", "string_pattern_mismatch"),
        ("social media", "string_pattern_mismatch"),
        ("social_media", "string_pattern_mismatch"),
        ("social--media", "string_pattern_mismatch"),
        ("-art", "string_pattern_mismatch"),
        ("art;genre", "string_pattern_mismatch"),
        ("art:1", "string_pattern_mismatch"),
        ("mémoire", "string_pattern_mismatch"),
        ("art\n", "string_pattern_mismatch"),
        ("a" * 21, "string_too_long"),
    ],
)
def test_anything_else_is_no_tag(tag: str, kind: str) -> None:
    assert refusal(field_types.Tag, tag) == kind


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org/a_b.jpg?size=2&x=%20#top",
        "https://example.org:8443/",
        "HTTPS://EXAMPLE.ORG/",
        "https://xn--hxajbheg2az3al.xn--jxalpdlp/",
    ],
)
def test_an_address_is_secure(address: str) -> None:
    assert TypeAdapter[str](field_types.HttpsAddress).validate_python(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org",
        "http://example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https:",
        "https://",
        "https:///picture.jpg",
        "https:example.org",
        "https://[::1",
        "https://[",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://user@example.org/",
        "https://user:pass@example.org/",
        "https://example.org/a b",
        "https://example.org/a\nb",
        " https://example.org/",
        "https://example.org/\u200b",
        "https://example.org/é",
        "https://exämple.org/",
        "https://example.org/<script>",
        "https://example.org/a)b",
        'https://example.org/"',
        "https://example.org\\@evil.example/",
        "https://example.org/\x00",
        "https://example.org/\x7f",
    ],
)
def test_anything_else_is_no_address(address: str) -> None:
    assert refusal(field_types.HttpsAddress, address) == "https_address"


def test_an_address_is_as_long_as_a_button_takes() -> None:
    assert refusal(field_types.HttpsAddress, "https://example.org/" + "a" * 481) == "string_too_long"


@pytest.mark.parametrize(
    ("kind", "code", "fault"),
    [
        (field_types.CountryCode, "XX", "country_code"),
        (field_types.CountryCode, "us", "country_code"),
        (field_types.CountryCode, "", "country_code"),
        (field_types.LanguageTag, "english", "language_tag"),
        (field_types.LanguageTag, "", "language_tag"),
    ],
)
def test_an_unknown_code_is_refused_and_named(kind: Any, code: str, fault: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter[str](kind).validate_python(code)
    assert [(error["type"], error.get("ctx")) for error in refused.value.errors()] == [(fault, {"code": code})]


@PROPERTY
@given(st.text(max_size=160))
def test_what_is_kept_can_be_seen_and_is_kept_as_it_is(text: str) -> None:
    adapter = TypeAdapter[str](field_types.Name)
    try:
        kept = adapter.validate_python(text)
    except ValidationError:
        return
    assert has_ink(kept)
    assert adapter.validate_python(kept) == kept


def refusal(kind: Any, value: object) -> str:
    """What the only fault of the value is called."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter[Any](kind).validate_python(value)
    [fault] = refused.value.errors()
    return fault["type"]
