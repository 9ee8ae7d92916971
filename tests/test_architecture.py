"""What the design promises about the code, kept by reading the code."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from discord.ext import commands

import cogs

ROOT: Final = Path(__file__).resolve().parents[1]
MODULES: Final = {
    path.relative_to(ROOT).as_posix(): path
    for folder in ("bot", "cogs")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
TREES: Final = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
LONGEST_MODULE: Final = 250
TABLES: Final = {"bot/storage/db/tables.py", "bot/domain/films/place_names.py"}
LONGEST_FUNCTION: Final = 40
# Words that say nothing about what is inside.
GRAB_BAGS: Final = {"utils", "util", "helpers", "helper", "common", "misc", "constants", "base", "tools", "manager"}

every_module: Final = pytest.mark.parametrize("module", MODULES)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def is_first_party(name: str) -> bool:
    return name.partition(".")[0] in {"bot", "cogs", "tests"}


def test_the_code_is_there() -> None:
    assert {"bot/client.py", "bot/domain/films/films.py", "cogs/films.py"} <= set(MODULES)


@every_module
def test_assertions_do_no_work(module: str) -> None:
    """`python -O` leaves them out, and with them whatever they do."""
    for assertion in (node for node in ast.walk(TREES[module]) if isinstance(node, ast.Assert)):
        inside = list(ast.walk(assertion))
        assert not [node for node in inside if isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom)]
        calls = {ast.unparse(node.func) for node in inside if isinstance(node, ast.Call)}
        assert calls <= {"isinstance", "issubclass", "len", "all", "any"}


@every_module
def test_a_module_is_short(module: str) -> None:
    if module not in TABLES and "migrations" not in module:
        assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@every_module
def test_a_function_is_short(module: str) -> None:
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(TREES[module])}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@every_module
def test_a_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(TREES[module])


@every_module
def test_a_function_says_what_it_takes_and_gives(module: str) -> None:
    def is_bare(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        taken = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        return node.returns is None or any(arg.annotation is None and arg.arg not in {"self", "cls"} for arg in taken)

    assert [node.name for node in functions(TREES[module]) if is_bare(node)] == []


@every_module
def test_nothing_of_ours_is_imported_for_types_only(module: str) -> None:
    hidden = [name for node in ast.walk(TREES[module]) if is_type_checking(node) for name in imported(node)]
    assert [name for name in hidden if is_first_party(name)] == []


@every_module
def test_imports_name_their_module_in_full(module: str) -> None:
    relative = [node for node in ast.walk(TREES[module]) if isinstance(node, ast.ImportFrom) and node.level]
    assert relative == []


@every_module
def test_a_module_is_named_after_a_thing(module: str) -> None:
    assert GRAB_BAGS.isdisjoint(Path(module).with_suffix("").parts)


@every_module
def test_no_except_is_bare(module: str) -> None:
    handlers = [node for node in ast.walk(TREES[module]) if isinstance(node, ast.ExceptHandler)]
    assert [node.lineno for node in handlers if node.type is None] == []


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith(("bot/domain/", "bot/services/"))])
def test_what_can_be_said_is_not_said_below_the_screen(module: str) -> None:
    assert [name for name in imported(TREES[module]) if name.startswith(("discord", "bot.ui", "bot.client"))] == []


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("bot/ui/")])
def test_a_screen_asks_no_storage(module: str) -> None:
    assert [name for name in imported(TREES[module]) if name.startswith("bot.storage")] == []


@every_module
def test_what_a_comment_refers_to_is_in_the_repository(module: str) -> None:
    """Whoever reads it elsewhere has nothing but the repository."""
    text = MODULES[module].read_text(encoding="utf-8")
    assert [word for word in ("shared/", "design.md", "peers section") if word in text] == []


@pytest.mark.parametrize("layer", ["domain", "ui", "storage"])
def test_the_folders_of_tests_are_those_of_the_code(layer: str) -> None:
    def folders(of: Path) -> set[str]:
        return {path.name for path in of.iterdir() if path.is_dir() and (path / "__init__.py").exists()}

    assert folders(ROOT / "tests" / layer) <= folders(ROOT / "bot" / layer)


def test_the_bot_knows_neither_screens_nor_commands() -> None:
    assert [name for name in imported(TREES["bot/client.py"]) if name.startswith(("bot.ui", "cogs"))] == []


def test_no_cog_knows_another() -> None:
    for module in cogs.EXTENSIONS:
        tree = TREES[f"{module.replace('.', '/')}.py"]
        assert [name for name in imported(tree) if name.partition(".")[0] == "cogs"] == []


def test_how_a_control_is_made_of_its_custom_id_is_written_once() -> None:
    makers = [name for name, tree in TREES.items() for node in functions(tree) if node.name == "from_custom_id"]
    assert makers == ["bot/ui/kit/persistent.py"]


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith(("bot/ui/", "cogs/"))])
def test_a_screen_asks_a_service_and_not_the_storage(module: str) -> None:
    assert [name for name in imported(TREES[module]) if name.startswith(("bot.storage", "bot.sources"))] == []


@pytest.mark.parametrize("layer", ["domain", "services", "sources", "storage", "ui"])
def test_the_tests_stand_in_folders_as_the_code_does(layer: str) -> None:
    def folders(root: Path) -> set[str]:
        return {path.parent.relative_to(root).as_posix() for path in root.rglob("*.py")} - {"."}

    of_tests = folders(ROOT / "tests" / layer)
    assert {folder for folder in of_tests if not (ROOT / "bot" / layer / folder).is_dir()} == set()


def test_every_cog_is_loaded() -> None:
    there = {f"cogs.{path.stem}" for path in (ROOT / "cogs").glob("*.py")} - {"cogs.__init__"}
    assert len(set(cogs.EXTENSIONS)) == len(cogs.EXTENSIONS)
    assert set(cogs.EXTENSIONS) == there


@pytest.mark.parametrize("extension", cogs.EXTENSIONS)
def test_a_cog_module_holds_one_cog_and_its_setup(extension: str) -> None:
    module = importlib.import_module(extension)
    own = [thing for thing in vars(module).values() if isinstance(thing, type) and thing.__module__ == extension]
    assert [issubclass(thing, commands.Cog) for thing in own] == [True]
    assert callable(module.setup)


def test_the_environment_is_read_in_one_place() -> None:
    readers = [
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    ]
    assert readers == []
