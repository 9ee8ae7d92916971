"""What is to be deployed, as far as it can be tried without a container engine: the image's steps in a plain folder."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from bot.settings import Settings
from tests.cli.frontrow import ROOT

DOCKERFILE: Final = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: Final = (ROOT / "compose.yaml").read_text(encoding="utf-8")
UNITS: Final = sorted((ROOT / "deploy" / "systemd").iterdir())
# Of these `SHARD_IDS` is for several processes.
KNOWN: Final = {name.upper() for name in Settings.model_fields} | {"SHARD_IDS"}
_SETTING: Final = re.compile(
    r"\b([A-Z]+(?:_[A-Z]+)*_?(?:TOKEN|URL|FILE|FOLDER|FORMAT|PORT|COUNT|IDS|LEVEL|HOST))\b(?==|:)"
)
NOBODY: Final = 65_534
SYSTEMD: Final = shutil.which("systemd-analyze") or ""
# Nobody can run a Python that stands in somebody's private folder, as one of pyenv's in root's does.
MAY_BE_NOBODY = os.geteuid() == 0 and all(
    folder.stat().st_mode & 0o001 for folder in Path(sys.executable).resolve().parents
)


def instructions() -> list[str]:
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    return [line for line in joined.splitlines() if line]


def step(name: str) -> str:
    """The shell's words of a step, as `docker build` would run them."""
    found = re.search(rf"^# step: {name}\nRUN (.+?)\n# end of step$", DOCKERFILE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1].replace("\\\n", "")


def test_the_image_has_two_stages_nobody_as_its_user_and_a_check() -> None:
    words = [line.partition(" ")[0] for line in instructions()]
    assert words.count("FROM") == 2
    assert {"USER", "HEALTHCHECK", "ENTRYPOINT", "VOLUME", "STOPSIGNAL"} <= set(words)
    said = dict(line.split(" ", 1) for line in instructions())
    assert said["USER"] == "10001:10001"
    assert said["ENTRYPOINT"].startswith("[")  # so that the signal reaches Python
    assert "--require-hashes" in step("requirements")
    assert not re.search(r"TOKEN|PASSWORD|SECRET", DOCKERFILE)


def test_what_is_copied_is_there_and_is_let_through() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    assert "**/.env*" in ignored
    copied = [name for line in instructions() if re.match(r"COPY (?!--from)", line) for name in line.split()[1:-1]]
    assert len(copied) == 7
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in ignored


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE, *(unit.read_text() for unit in UNITS)])
def test_every_setting_that_is_named_is_one(text: str) -> None:
    named = set(_SETTING.findall(re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)))
    assert named - KNOWN - {"POSTGRES_PASSWORD_FILE"} == set()


def section(name: str) -> set[str]:
    body = re.search(rf"^{name}:\n((?:  .*\n|\n)+)", COMPOSE, re.MULTILINE)
    assert body is not None
    return set(re.findall(r"^  ([\w-]+):", body[1], re.MULTILINE))


def test_the_services_use_what_is_declared_and_open_nothing() -> None:
    assert section("services") == {"bot", "bot-0", "bot-1", "postgresql"}
    used = {name for names in re.findall(r"^ +secrets: \[(.+)\]$", COMPOSE, re.MULTILINE) for name in names.split(", ")}
    assert used == section("secrets")
    mounted = set(re.findall(r'volumes: \["([\w-]+):', COMPOSE))
    assert mounted == section("volumes")
    assert set(re.findall(r"<<: \*([\w-]+)|: \*([\w-]+)$", COMPOSE, re.MULTILINE)) != set()
    anchors, aliases = re.findall(r"&([\w-]+)", COMPOSE), re.findall(r"\*([\w-]+)", COMPOSE)
    assert set(anchors) == set(aliases)
    assert "ports:" not in COMPOSE
    assert "\t" not in COMPOSE
    for needed in ("read_only: true", "cap_drop: [ALL]", "stop_grace_period: 10s", "max-size", "service_healthy"):
        assert needed in COMPOSE
    for secret in re.findall(r"/run/secrets/(\w+)", COMPOSE):
        assert secret in used


@pytest.mark.skipif(not SYSTEMD, reason="there is no systemd-analyze")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for unit in UNITS:
        # The program is not where the unit looks for it, and a template is checked as one of its instances.
        text = unit.read_text(encoding="utf-8").replace("/opt/front-row/bin/python", sys.executable)
        (tmp_path / unit.name.replace("@.", "@0-7.")).write_text(text, encoding="utf-8")
    checked = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run([SYSTEMD, "verify", *checked], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for path in (tmp_path / "front-row.service", tmp_path / "front-row@0-7.service"):
        command = [SYSTEMD, "security", "--offline=yes", "--threshold=30", str(path)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """The steps of the first stage, done in a folder that all may enter, and nothing in it to be written any more."""
    with tempfile.TemporaryDirectory() as made:
        yield _image(Path(made))


def _image(folder: Path) -> Path:
    folder.chmod(0o755)
    (source := folder / "src").mkdir()
    for name in ("requirements.lock", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("bot", "cogs", "data"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements", "application"):
        command = step(name).replace("/app", str(folder / "app")).replace("python -m venv", f"{sys.executable} -m venv")
        done = subprocess.run(["/bin/sh", "-ec", command], cwd=source, capture_output=True, text=True, check=False)
        if done.returncode and re.search(
            r"Connection|No matching distribution|Name or service", done.stderr + done.stdout
        ):
            pytest.skip("no package index is within reach")
        assert done.returncode == 0, done.stderr[-2000:]
    for path in (folder / "app").rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    (folder / "data").mkdir(mode=0o700)
    if MAY_BE_NOBODY:
        os.chown(folder / "data", NOBODY, NOBODY)
    return folder


def run(image: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The image's entry point as nobody, in the only folder that may be written."""
    environment: Mapping[str, str] = {
        "PATH": f"{image / 'app' / 'bin'}:{os.defpath}",
        "DATABASE_URL": f"sqlite:///{image / 'data' / 'front-row.db'}",
        "BACKUP_FOLDER": str(image / "data" / "backups"),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    nobody = NOBODY if MAY_BE_NOBODY else None
    return subprocess.run(
        [str(image / "app" / "bin" / "python"), "-m", "bot", *words],
        cwd=image / "data",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        user=nobody,
        group=nobody,
        extra_groups=None if nobody is None else [],
    )


def test_as_nobody_and_read_only_it_does_what_it_should(image: Path) -> None:
    before = sorted(path.relative_to(image) for path in (image / "app").rglob("*"))
    validated = run(image, "films", "validate")
    assert (validated.returncode, validated.stderr) == (0, "")
    assert run(image, "db", "upgrade").returncode == 0
    made = run(image, "db", "backup")
    assert made.returncode == 0, made.stderr
    assert run(image, "db", "drill").returncode == 0
    (image / "data" / "token").write_text("no token\n")
    (image / "data" / "token").chmod(0o444)
    refused = run(image, "run", DISCORD_TOKEN_FILE=str(image / "data" / "token"))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "Discord refused the token" in refused.stderr
    assert run(image, "health").returncode == 1
    assert sorted(path.relative_to(image) for path in (image / "app").rglob("*")) == before
