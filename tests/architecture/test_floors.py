"""Hold the floors: who may import whom, and who may know the time of day."""

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import (
    ROOT,
    Planted,
    Rule,
    Source,
    faults,
    modules,
    rule_name,
    rules,
    suite,
)

Fault = tuple[int, str]

BELOW_THE_WEB = {"domain", "ledger", "operations", "policy", "search", "settings", "store"}
IMPURE = {"logging", "random", "secrets", "time"}
IMPURE_CALLS = {"getenv", "now", "today", "urandom", "utcnow", "uuid1", "uuid4"}
# The first is Python itself; the second only names what later Pythons bring.
PURE = sys.stdlib_module_names | {"typing_extensions"}
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]

FLOORS = "Floors: imports point down only"
PAGES = "Pages and the API meet no undisclosed value"
DOOR = "Only the ledger touches store and search"
CHOICES = "Settings stay above the operations"
PURITY = "Domain and policy know no framework, clock or logging"
DATABASE = "Only store, search and the ledger know the database"
WEB = "Only the web knows the web"
OF_THE_API = "The API knows the ledger by its door"
WHOOSH = "One module meets Whoosh"
CIRCLES = "No circles"


def clock_chance_or_environment_is_read(source: Source) -> Iterator[Fault]:
    if source.floor not in BELOW_THE_WEB:
        return
    for line, imported in source.imports():
        if imported.split(".")[0] in IMPURE:
            yield line, f"{imported}: moments and chance come in as parameters, logs stay above"
    for node in ast.walk(source.tree):
        called = node.func if isinstance(node, ast.Call) else None
        name = getattr(called, "attr", None) or getattr(called, "id", None)
        reads_environment = isinstance(node, ast.Attribute) and node.attr == "environ"
        if isinstance(node, ast.expr) and (name in IMPURE_CALLS or reads_environment):
            yield node.lineno, f"{ast.unparse(node)}: take it as a parameter"


def rules_lean_on_a_library(source: Source) -> Iterator[Fault]:
    allowed = {"domain": ("directory.domain",), "policy": ("directory.domain", "directory.policy")}
    if source.floor not in allowed:
        return
    for line, name in source.imports():
        if not name.startswith(allowed[source.floor]) and name.split(".")[0] not in PURE:
            yield line, f"{name}: domain and policy need nothing but Python"


def untyped_library_has_two_doors(sources: tuple[Source, ...]) -> list[str]:
    doors = [
        (library.removesuffix(".*"), source.path)
        for library in SETTINGS["mypy"]["overrides"][0]["module"]
        for source in sources
        if any(name.split(".")[0] == library.removesuffix(".*") for _, name in source.imports())
    ]
    return [f"{library} in {path}" for library, path in doors if _count(doors, library) > 1]


def _count(doors: list[tuple[str, str]], library: str) -> int:
    return sum(1 for each, _ in doors if each == library)


def broken_contracts(folder: Path) -> set[str]:
    """Return the names of the contracts that the `directory` package in the folder breaks."""
    command = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    checked = subprocess.run(  # noqa: S603 - fixed arguments
        (sys.executable, "-c", command), cwd=folder, check=False, capture_output=True, text=True
    )
    lines = checked.stdout.splitlines()
    verdicts = {line.rsplit(" ", 1)[0]: line.rsplit(" ", 1)[1] for line in lines if " " in line}
    assert {"KEPT", "BROKEN"} & set(verdicts.values()), checked.stdout + checked.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


def house_of_empty_rooms(folder: Path) -> None:
    """Write every module that the contracts name, empty."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "directory").mkdir()
    for name in EMPTY_ROOMS:
        module = folder / "directory" / name
        module.parent.mkdir(exist_ok=True)
        (module.parent / "__init__.py").touch()
        module.touch()


RULES = (
    Planted(
        rule=clock_chance_or_environment_is_read, path="directory/store/a.py", text="import time"
    ),
    Planted(
        rule=clock_chance_or_environment_is_read,
        path="directory/operations/a.py",
        text="from logging import getLogger",
    ),
    Planted(
        rule=clock_chance_or_environment_is_read,
        path="directory/ledger.py",
        text="at = datetime.now(UTC)",
    ),
    Planted(
        rule=clock_chance_or_environment_is_read,
        path="directory/search/a.py",
        text="folder = os.environ['HOME']",
    ),
    Planted(rule=rules_lean_on_a_library, path="directory/domain/a.py", text="import pydantic"),
    Planted(
        rule=rules_lean_on_a_library,
        path="directory/policy/a.py",
        text="from directory.store.tables import people",
    ),
)

EMPTY_ROOMS = (
    "__main__.py",
    "app.py",
    "cli.py",
    "demo.py",
    "wiring.py",
    "ledger/work.py",
    "ledger/door.py",
    "settings.py",
    "web/people.py",
    "api/people.py",
    "operations/people.py",
    "store/engine.py",
    "store/people.py",
    "search/people.py",
    "policy/disclosure.py",
    "domain/people.py",
    "domain/involvement.py",
)

BREACHES: tuple[tuple[str, str, set[str]], ...] = (
    ("domain/people.py", "import directory.operations.people", {FLOORS}),
    ("web/people.py", "import directory.api.people", {FLOORS}),
    ("search/people.py", "import directory.store.people", {FLOORS, DOOR}),
    ("helpers.py", "", {FLOORS}),
    ("web/people.py", "from directory.domain.people import Person", {PAGES}),
    ("api/people.py", "from directory.domain import involvement", {PAGES}),
    ("api/people.py", "import directory.web.people", {FLOORS}),
    ("api/people.py", "import directory.store.people", {DOOR}),
    ("api/people.py", "import directory.search.people", {DOOR}),
    ("api/people.py", "import directory.ledger.work", {OF_THE_API}),
    ("api/people.py", "import directory.ledger.door", set()),  # as it may
    ("operations/people.py", "from directory.store.people import find", {DOOR}),
    ("cli.py", "import directory.search.people", {DOOR}),
    ("cli.py", "import directory.store.people", {DOOR}),
    ("cli.py", "import directory.store.engine", set()),  # as it may
    ("web/people.py", "import directory.store.engine", {DOOR}),
    ("ledger/work.py", "import directory.store.people", set()),  # as it may
    ("ledger/work.py", "import flask", {WEB}),
    ("operations/people.py", "from directory.settings import Settings", {CHOICES}),
    ("web/people.py", "from directory.settings import Settings", set()),  # as it may
    ("domain/people.py", "import logging", {PURITY}),
    ("policy/disclosure.py", "def f():\n    from sqlalchemy import select", {PURITY}),
    ("operations/people.py", "import sqlalchemy", {DATABASE}),
    ("store/people.py", "from flask import request", {WEB}),
    ("search/people.py", "import whoosh.index", {WHOOSH}),
    ("domain/people.py", "import directory.domain.involvement", set()),  # as it may
)


@pytest.mark.parametrize("rule", rules(RULES))
def test_below_the_web_nothing_depends_on_the_moment_or_the_machine(rule: Rule) -> None:
    assert faults(rule, modules()) == []


@pytest.mark.parametrize("planted", RULES, ids=rule_name)
def test_each_rule_of_floors_catches_its_planted_fault(planted: Planted) -> None:
    assert planted.found == 1


@pytest.mark.parametrize("sources", [modules(), suite()], ids=["directory", "tests"])
def test_each_untyped_library_has_one_door(sources: tuple[Source, ...]) -> None:
    assert untyped_library_has_two_doors(sources) == []


def test_an_untyped_library_with_two_doors_is_found() -> None:
    twice = tuple(Source(path=path, text="import whoosh.index") for path in ("a.py", "b.py"))

    assert untyped_library_has_two_doors(twice) == ["whoosh in a.py", "whoosh in b.py"]


def test_the_house_keeps_its_contracts() -> None:
    assert broken_contracts(ROOT) == set()


@pytest.mark.parametrize(("module", "text", "broken"), BREACHES)
def test_a_planted_import_breaks_its_contract(
    tmp_path: Path, module: str, text: str, broken: set[str]
) -> None:
    house_of_empty_rooms(tmp_path)

    (tmp_path / "directory" / module).write_text(text)

    assert broken_contracts(tmp_path) == broken


def test_a_circle_of_imports_breaks_its_contract(tmp_path: Path) -> None:
    house_of_empty_rooms(tmp_path)

    (tmp_path / "directory/domain/people.py").write_text("import directory.domain.involvement")
    (tmp_path / "directory/domain/involvement.py").write_text(
        "if TYPE_CHECKING:\n    import directory.domain.people"
    )

    assert broken_contracts(tmp_path) == {CIRCLES}
