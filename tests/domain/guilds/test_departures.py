"""How long data outlives the bot's removal, and what confirms that it goes at once."""

import datetime

import pytest

from bot.domain.guilds.departures import confirmation, confirms, due_before

NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
GUILD = 1456074443980800000


def test_data_is_kept_for_thirty_days() -> None:
    assert NOW - due_before(NOW) == datetime.timedelta(days=30)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Thursday Film Club", "Thursday Film Club"),
        ("Thursday Film Club", "  thursday  film club "),
        ("**Club** @everyone", "**Club** @\u200beveryone"),
        ("نادي السينما", "\u2068نادي السينما\u2069"),
        ("🎬🎬", "🎬🎬"),
        ('Ann\'s "Film" Club - Kyiv', "Ann’s “Film” Club – Kyiv"),
        ("Ann’s „Film“ Club — Kyiv", "ann's 'film' club -- kyiv"),
        ("«Кино» ‐ клуб…", '"кино"-клуб...'),
        ("❤️ Cinema", "❤ cinema"),
        ("ＦＩＬＭ Ｃｌｕｂ", "film club"),
        ("Film\u00a0Club", "filmclub"),
        ("\u3164", str(GUILD)),  # a name that nobody can see
    ],
)
def test_the_name_confirms(name: str, typed: str) -> None:
    assert confirms(typed, GUILD, name)
    assert confirms(confirmation(GUILD, name), GUILD, name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Club 1", "Club 2"), ("Cinéma", "Cinemas"), ("A-B", "A_B"), ("It's", "Its"), ("???", "!!!"), ("“”", "")],
)
def test_another_name_does_not_however_near_it_is(name: str, typed: str) -> None:
    assert not confirms(typed, GUILD, name)


@pytest.mark.parametrize("typed", ["", " ", "Thursday", "Thursday Film Clubs", "yes", "x" * 4000, "\u3164"])
@pytest.mark.parametrize("name", ["Thursday Film Club", "\u3164"])
def test_nothing_else_does(name: str, typed: str) -> None:
    assert not confirms(typed, GUILD, name)
