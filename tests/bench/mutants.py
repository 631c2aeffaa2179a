"""Spoil policy and permissions one place at a time, and see whether the suite notices.

Run as: python -m tests.bench.mutants [how many] [seed]

Each mutant is the whole tree with one place of directory/policy spoilt: a comparison turned, a
condition dropped, an element of a table left out, min and max exchanged. Tests of policy run
first, on all; who survives them meets those of operations and of the web.
"""

import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
POLICY = "directory/policy"
MUTANTS, SEED = 100, 20261123
AT_ONCE = 1_800
"""Seconds after which a run that does not end counts as noticed."""

FIRST = ("tests/policy",)
THEN = (
    "tests/operations",
    "tests/web/test_routes.py",
    "tests/web/test_canary.py",
    "tests/web/test_two_worlds.py",
    "tests/web/test_restrictions_pairs.py",
    "tests/attacks",
)
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_EXCHANGED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One place spoilt: the file, the line, what was done, and the file's text with it."""

    path: str
    line: int
    done: str
    text: str


def mutants(path: str) -> Iterator[Mutant]:
    """Yield every mutant of one file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    unrun = _types(tree)
    for number, node in enumerate(ast.walk(tree)):
        for way in range(0 if id(node) in unrun else _ways(node)):
            spoilt = copy.deepcopy(tree)
            place = next(each for at, each in enumerate(ast.walk(spoilt)) if at == number)
            before = ast.unparse(place).splitlines()[0][:60]
            done = _spoil(place, way)
            text = ast.unparse(ast.fix_missing_locations(spoilt))
            line = getattr(node, "lineno", 0)
            yield Mutant(path=path, line=line, done=f"{done}: {before}", text=text)


def _types(tree: ast.AST) -> set[int]:
    """Return the nodes that only name a type: nothing they say is ever run."""
    subscripts = (each for each in ast.walk(tree) if isinstance(each, ast.Subscript))
    return {id(each) for subscript in subscripts for each in ast.walk(subscript.slice)}


def _ways(node: ast.AST) -> int:  # noqa: PLR0911 - one return for each kind of place
    """Return in how many ways a node can be spoilt."""
    match node:
        case ast.Compare(ops=[only]) if type(only) in _TURNED:
            return 1
        case ast.BoolOp() | ast.If() | ast.IfExp():
            return 1
        case ast.UnaryOp(op=ast.Not()):
            return 1
        case ast.Call(func=ast.Name(id=name)) if name in _EXCHANGED:
            return 1
        case ast.Set(elts=parts) | ast.Tuple(elts=parts, ctx=ast.Load()) if len(parts) > 1:
            return len(parts)
        case ast.Dict(keys=keys) if len(keys) > 1:
            return len(keys)
        case _:
            return 0


def _spoil(node: ast.AST, way: int) -> str:  # noqa: PLR0911 - one return for each kind of place
    match node:
        case ast.Compare():
            node.ops = [_TURNED[type(node.ops[0])]()]
            return "turned"
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return "and for or"
        case ast.If() | ast.IfExp():
            node.test = ast.Constant(value=False)
            return "never"
        case ast.UnaryOp():
            node.op = ast.UAdd() if isinstance(node.operand, ast.Constant) else ast.Not()
            node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)
            return "not dropped"
        case ast.Call(func=ast.Name() as func):
            func.id = _EXCHANGED[func.id]
            return "exchanged"
        case ast.Dict():
            gone = ast.unparse(node.keys[way] or node.values[way])
            del node.keys[way], node.values[way]
            return f"left out {gone}"
        case ast.Set() | ast.Tuple():
            gone = ast.unparse(node.elts[way])
            del node.elts[way]
            return f"left out {gone}"
        case _:
            raise TypeError(node)


def drawn(count: int, seed: int) -> list[Mutant]:
    """Return `count` mutants, no more than a third of them elements of tables."""
    every = [
        each
        for path in sorted((ROOT / POLICY).glob("*.py"))
        for each in mutants(str(path.relative_to(ROOT)))
    ]
    elements = [each for each in every if each.done.startswith("left out")]
    clauses = [each for each in every if not each.done.startswith("left out")]
    chance = random.Random(seed)
    few = chance.sample(elements, min(count // 3, len(elements)))
    return few + chance.sample(clauses, min(count - len(few), len(clauses)))


def survives(mutant: Mutant, tree: Path, tests: tuple[str, ...]) -> bool:
    """Return whether all of `tests` pass on the tree with the mutant in it."""
    place = tree / mutant.path
    whole = place.read_text(encoding="utf-8")
    place.write_text(mutant.text, encoding="utf-8")
    try:
        return _passes(tree, tests)
    finally:
        place.write_text(whole, encoding="utf-8")


def _passes(tree: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        ended = subprocess.run(  # noqa: S603 - our own suite
            command, cwd=tree, capture_output=True, timeout=AT_ONCE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def main(count: int, seed: int) -> None:
    """Print each mutant's end, and at last how many were noticed."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "demo-data"))
        found = drawn(count, seed)
        left = _left(found, tree, FIRST)
        left = _left(left, tree, THEN)
        sys.stdout.write(f"{len(found) - len(left)} of {len(found)} noticed\n")


def _left(found: list[Mutant], tree: Path, tests: tuple[str, ...]) -> list[Mutant]:
    """Return those of `found` that survive `tests`, saying each one's end."""
    left = []
    for number, each in enumerate(found, start=1):
        lives = survives(each, tree, tests)
        left += [each] * lives
        end = "SURVIVES" if lives else "noticed"
        sys.stdout.write(f"{tests[0]} {number} {end} {each.path}:{each.line} {each.done}\n")
        sys.stdout.flush()
    return left


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [MUTANTS, SEED][len(given) :]))
