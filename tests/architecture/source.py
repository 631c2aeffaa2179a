"""Hand the guards the project's own files, read and parsed."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One text file of the project; `path` is relative to the root, with forward slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Return the parsed Python."""
        return _parsed(self.text)

    @property
    def floor(self) -> str:
        """Return the floor a module of `directory` stands on: its package, or its own name."""
        return self.path.split("/")[1].removesuffix(".py")

    @property
    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self.text.splitlines())

    def comments(self) -> Iterator[tuple[int, str]]:
        """Yield each Python comment with its line."""
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def classes(self) -> Iterator[ast.ClassDef]:
        """Yield every class."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef):
                yield node

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield the dotted name of every imported module or member, with its line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


Rule = Callable[[Source], Iterable[tuple[int, str]]]
"""A rule yields each fault it finds: the line, and what is wrong there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A rule with a file that breaks it once, so that a rule gone blind is noticed."""

    rule: Rule
    path: str
    text: str

    @property
    def found(self) -> int:
        """Return how many faults the rule finds in the planted file."""
        return len(faults(self.rule, (Source(path=self.path, text=self.text),)))


def faults(rule: Rule, sources: Iterable[Source]) -> list[str]:
    """Return what breaks the rule, as clickable places."""
    return [f"{source.path}:{line}: {wrong}" for source in sources for line, wrong in rule(source)]


def rules(planted: Iterable[Planted]) -> tuple[Rule, ...]:
    """Return each rule of the planted files once."""
    return tuple(dict.fromkeys(each.rule for each in planted))


def rule_name(planted: Planted) -> str:
    """Return the rule's name, to tell parametrised tests apart."""
    return getattr(planted.rule, "__name__", "rule")


@cache
def project_files() -> tuple[str, ...]:
    """Return the paths git holds or would take, so no environment or cache is read."""
    listed = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"),  # noqa: S607 - git of the machine
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(path for path in sorted(listed.split("\0")) if path and (ROOT / path).is_file())


@cache
def sources(pattern: str) -> tuple[Source, ...]:
    """Return the project's text files whose whole path matches the regular expression."""
    return tuple(
        Source(path=path, text=_decoded((ROOT / path).read_bytes()))
        for path in project_files()
        if re.fullmatch(pattern, path)
    )


def modules() -> tuple[Source, ...]:
    """Return the modules of the application."""
    return sources(r"directory/.*\.py")


def suite() -> tuple[Source, ...]:
    """Return the modules of the tests."""
    return sources(r"tests/.*\.py")


def templates() -> tuple[Source, ...]:
    """Return our own templates."""
    return sources(r"templates/.*")


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # some services send their extract so, and so does the town
        return content.decode("cp1252")
