"""Keep the repository whole for a stranger: no machine's paths, no undocumented command."""

import importlib
import json
import re
from collections.abc import Iterator

import click
import pytest
from pydantic_settings import BaseSettings

from tests.architecture.source import (
    ROOT,
    Planted,
    Rule,
    Source,
    faults,
    project_files,
    rule_name,
    rules,
    sources,
)

Fault = tuple[int, str]

TEXT = r".*\.(py|md|html|toml|csv|txt|lock|json|ya?ml|css|js|svg|service|ini|cfg|mako|sh)"
PLAIN = r"Makefile|LICENSE|\.editorconfig|\.gitignore|\.ci/(run|test|check)"
# Spelt apart, so that this file keeps its own rule.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
    )
)
MACHINE_PATH = re.compile(r"(?<![\w./>-])/(?:work|root|home|Users|tmp|mnt)/[\w.-]+")
TARGETS = {
    "audit-verify",
    "bench",
    "check",
    "clean",
    "fix",
    "floors",
    "matrix",
    "migration",
    "run",
    "seed",
    "setup",
    "test",
    "test-fast",
    "types",
}
APPLICATION = ROOT / "directory" / "cli.py"
README = ROOT / "README.md"
documented = pytest.mark.skipif(
    not (APPLICATION.exists() or APPLICATION.with_suffix("").is_dir()) or not README.exists(),
    reason="there is no command line, or no README, yet",
)


def registry_is_named(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if any(host in line for host in HOSTS):
            yield number, "a package registry's host belongs to the machine's configuration"


def path_of_one_machine_is_named(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if match := MACHINE_PATH.search(line):
            yield number, f"{match[0]} is there on one machine only"


RULES = (
    Planted(rule=registry_is_named, path="a.lock", text="--index https://" + HOSTS[0]),
    Planted(rule=path_of_one_machine_is_named, path="a.md", text="cd " + "/" + "home/asha/src"),
    Planted(rule=path_of_one_machine_is_named, path="a.py", text="A = '" + "/" + "work/main'"),
)


@pytest.mark.parametrize("rule", rules(RULES))
def test_no_file_names_a_registry_or_one_machine(rule: Rule) -> None:
    assert faults(rule, sources(TEXT) + sources(PLAIN)) == []


@pytest.mark.parametrize("planted", RULES, ids=rule_name)
def test_each_rule_of_the_repository_catches_its_planted_fault(planted: Planted) -> None:
    assert planted.found == 1


def test_no_lock_records_addresses() -> None:
    locks = [path for path in project_files() if path.endswith("package-lock.json")]
    addressed = [
        name
        for path in locks
        for name, entry in json.loads((ROOT / path).read_text("utf-8"))["packages"].items()
        if "resolved" in entry
    ]

    assert addressed == []
    assert [path for path in project_files() if path.endswith("uv.lock")] == []


def test_every_locked_library_is_pinned_by_hash() -> None:
    unpinned = [
        line
        for lock in sources(r"\.ci/.*\.lock")
        for line in re.split(r"\n(?=\S)", lock.text)
        if not line.startswith("#") and ("==" not in line or "--hash=sha256:" not in line)
    ]

    assert unpinned == []


def test_the_makefile_offers_every_promised_target() -> None:
    offered = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))

    assert TARGETS - offered == set()


def test_the_makefile_runs_only_what_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    scripts = re.findall(r"(?:\$\(PYTHON\)|bash) ([\w./]+(?:\.py|/\w+))", makefile)
    ours = re.findall(r"-m ((?:directory|tests|seed_data)[\w.]*)", makefile)
    named = scripts + [f"{name.replace('.', '/')}.py" for name in ours if "." in name]

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_pre_commit_fetches_nothing() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")

    assert set(re.findall(r"repo: (\S+)", hooks)) == {"local"}


@documented
def test_every_command_is_documented() -> None:
    text = documentation()

    assert [name for name in commands() if name not in text] == []


@documented
def test_every_setting_is_documented() -> None:
    settings = importlib.import_module("directory.settings").Settings
    assert issubclass(settings, BaseSettings)
    prefix = settings.model_config.get("env_prefix", "")
    text = documentation()

    names = [f"{prefix}{field}".upper() for field in settings.model_fields]

    assert [name for name in names if name not in text] == []


@documented
def test_every_audit_event_is_documented() -> None:
    events = importlib.import_module("directory.domain.events").Event
    text = documentation()

    assert [event.value for event in events if event.value not in text] == []


@documented
def test_the_readme_gives_the_two_commands() -> None:
    text = README.read_text("utf-8")

    assert "bash .ci/test" in text
    assert "--require-hashes -r .ci/requirements.lock && .venv/bin/python -m directory" in text


def test_a_command_inside_a_group_is_named_whole() -> None:
    group = click.Group("directory", commands=[click.Group("audit", commands=[click.Command("a")])])

    assert list(command_names("directory", group)) == ["directory audit a"]


def documentation() -> str:
    """Return the text of the README and every page of the documentation."""
    return "\n".join(source.text for source in sources(r"README\.md|docs/.*\.md"))


def commands() -> Iterator[str]:
    """Yield every command a person can type."""
    main = importlib.import_module("directory.cli").main
    assert isinstance(main, click.Command)
    return command_names("directory", main)


def command_names(name: str, command: click.Command) -> Iterator[str]:
    """Yield the whole name of a command, or of each command of a group."""
    if not isinstance(command, click.Group):
        yield name
        return
    for part, inner in command.commands.items():
        yield from command_names(f"{name} {part}", inner)
