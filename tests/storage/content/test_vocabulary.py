"""The vocabulary's files: what is good is read, and every fault is told."""

from pathlib import Path

from bot.domain.films.vocabulary import Term, Vocabulary
from bot.storage.content.vocabulary import read_vocabulary
from bot.ui.errors.validation_lines import fault_lines
from bot.ui.kit.text import english


def lines(folder: Path) -> list[str]:
    return list(fault_lines(read_vocabulary(folder).faults, english()))


def test_the_words_are_read(tmp_path: Path) -> None:
    (tmp_path / "themes.toml").write_text('[sci-fi]\nname = "Science fiction"\nline = "Worlds"\n')
    (tmp_path / "genres.toml").write_text('[crime]\nname = "Crime"\nline = "A law is broken"\n')
    reading = read_vocabulary(tmp_path)
    assert reading.faults == ()
    assert reading.vocabulary == Vocabulary(
        (Term(slug="sci-fi", name="Science fiction", line="Worlds"),),
        (Term(slug="crime", name="Crime", line="A law is broken"),),
    )


def test_files_that_are_not_there_hold_no_words(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path) == (Vocabulary(), ())


def test_every_fault_is_told(tmp_path: Path) -> None:
    (tmp_path / "genres.toml").write_text("crime = ?")
    (tmp_path / "themes.toml").write_text('art = 7\n[Space]\nname = "Space"\nline = "!"\nlime = "?"\n')
    assert lines(tmp_path) == [
        "themes.toml:art: has to be a table",
        f"themes.toml:Space.slug: {english().plain('fault.string_pattern_mismatch')}",
        "themes.toml:Space.lime: is not a key of an entry; did you mean “line”?",
        "genres.toml:1: is not valid TOML: Invalid value",
    ]


def test_a_related_theme_has_to_be_a_theme(tmp_path: Path) -> None:
    (tmp_path / "themes.toml").write_text('[art]\nname = "Art"\nline = "!"\nrelated = ["dance"]\n')
    assert lines(tmp_path) == ["themes.toml:art.related: “dance” is no theme; themes.toml has all there are"]
