"""What an operator installs: the wheel holds all that the bot needs, and the locks pin what it stands on."""

import asyncio
import re
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot import __version__
from bot.storage.db import migrate
from tests.cli.frontrow import Ran, started_anew

ROOT = Path(__file__).parents[1]
LOCKS = {"requirements.lock": "", "requirements-demo.lock": "demo", "requirements-test.lock": "test"}
PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; .+?)?(?: --hash=sha256:[0-9a-f]{64})+")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=60)
    [built] = folder.glob("*.whl")
    return built


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def metadata(wheel: Path, file: str) -> str:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(f".dist-info/{file}")]
        return archive.read(name).decode()


def locked(lock: str) -> dict[str, str]:
    """What a lock pins; every line of it has to be a comment or a pin with its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "")
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    matches = [(line, PINNED.fullmatch(line)) for line in lines]
    assert [line for line, match in matches if match is None] == []
    return {canonicalize_name(match["name"]): match["version"] for _, match in matches if match}


def test_the_wheel_holds_the_code_the_content_and_the_migrations(wheel: Path) -> None:
    held = set(names(wheel))
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*") if path.is_file()}
    assert {f"bot/{name}" for name in shipped} <= held
    assert sum(name.startswith("bot/data/films/") for name in held) >= 12
    code = [path for package in ("bot", "cogs") for path in (ROOT / package).rglob("*.py")]
    assert {path.relative_to(ROOT).as_posix() for path in code} <= held
    assert "bot/storage/db/migrations/script.py.mako" in held
    assert {"bot/py.typed", "cogs/py.typed"} <= held  # without them type checkers pass over what is typed
    assert sum(name.startswith("bot/storage/db/migrations/versions/0") for name in held) == len(migrate.revisions())


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    folders = {name.partition("/")[0] for name in names(wheel)}
    assert folders == {"bot", "cogs", f"front_row-{__version__}.dist-info"}
    assert [name for name in names(wheel) if "__pycache__" in name or name.endswith((".db", ".env"))] == []


def test_an_installation_needs_no_simulator_and_has_the_command(wheel: Path) -> None:
    about: Message = message_from_string(metadata(wheel, "METADATA"))
    needed = [Requirement(line) for line in about.get_all("Requires-Dist", [])]
    always = {
        canonicalize_name(need.name) for need in needed if need.marker is None or need.marker.evaluate({"extra": ""})
    }
    assert "simcord" not in always
    assert "discord-py" in always
    assert about["Version"] == __version__
    assert "frontrow = bot.cli:main" in metadata(wheel, "entry_points.txt")


async def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    # A folder's name may hold what has a meaning elsewhere: to configuration files, to shells, to URLs.
    installed, folder = tmp_path / "100% front row", tmp_path / "elsewhere"
    folder.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)

    async def run(*arguments: str) -> Ran:
        return await started_anew(folder, *arguments, PYTHONPATH=str(installed))

    commands = (("films", "validate"), ("films", "list"), ("db", "upgrade"))
    validated, listed, upgraded = await asyncio.gather(*(run(*command) for command in commands))
    films = sorted((ROOT / "data" / "films").glob("*.toml"))
    collections = len(list((ROOT / "data" / "collections").glob("*.toml")))
    assert validated == Ran(0, f"{len(films)} films, no faults.\n{collections} collections, no faults.\n", "")
    assert [line.partition("\t")[0] for line in listed.out.splitlines()] == [film.stem for film in films]
    assert upgraded.status == 0


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_all_with_hashes_and_names_no_place(lock: str) -> None:
    assert len(locked(lock)) > 10
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-|--(?!hash=)|index|find-links", text, re.MULTILINE)


@pytest.mark.parametrize(("lock", "extra"), LOCKS.items())
def test_a_lock_has_every_dependency_of_the_project(lock: str, extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {"": [], "demo": ["demo"], "test": ["demo", "test"]}[extra]
    wanted = [*project["dependencies"], *(need for name in extras for need in project["optional-dependencies"][name])]
    pinned = locked(lock)
    for need in map(Requirement, wanted):
        if need.name != project["name"]:
            assert need.specifier.contains(pinned[canonicalize_name(need.name)]), need


def test_tests_and_demo_stand_on_the_versions_of_production() -> None:
    production, demo, test = (locked(lock) for lock in LOCKS)
    assert production.items() <= demo.items() <= test.items()
