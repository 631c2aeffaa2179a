"""Know which names one person may go by."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import combinations

from nicknames import name_triplets

MARK = "*"
"""Follows a name that stands in several groups of the curated file."""

_REFUSED = "[Refused]"
_MOST_FULL_FORMS = 3

Pair = tuple[str, str]


@cache
def variants() -> Mapping[str, frozenset[str]]:
    """Return for each name the other names a person of that name may go by.

    Two short forms of one full name are variants of each other, unless one of them is short for
    many names (Al, Lee), which says nothing. What the curated file refuses is left out of what the
    package brings, never of the file's own groups.
    """
    refused = frozenset(_refused())
    found: dict[str, set[str]] = defaultdict(set)
    brought = (pair for pair in _short_forms() if _sorted(pair) not in refused)
    for one, other in (*brought, *_curated()):
        found[one].add(other)
        found[other].add(one)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def curated_groups() -> tuple[tuple[str, ...], ...]:
    """Return the groups of the curated file as they are written, marks and all."""
    return tuple(_section(refused=False))


def refused_groups() -> tuple[tuple[str, ...], ...]:
    """Return the lines of the curated file that say whom a first name does not stand for."""
    return tuple(_section(refused=True))


def _section(*, refused: bool) -> Iterator[tuple[str, ...]]:
    """Yield the words of each line that stands in the last section, or before it."""
    text = resources.files(__package__).joinpath("aliases.txt").read_text(encoding="utf-8")
    groups, _, last = text.partition(f"\n{_REFUSED}\n")
    for line in (last if refused else groups).splitlines():
        words = line.partition("#")[0].split()
        if words and not words[0].startswith("["):
            yield tuple(words)


def _curated() -> Iterator[Pair]:
    """Yield the pairs of every group of the curated file."""
    for group in curated_groups():
        yield from combinations((name.rstrip(MARK) for name in group), 2)


def _refused() -> Iterator[Pair]:
    """Yield the pairs that the curated file refuses, each in order."""
    for first, *others in refused_groups():
        yield from (_sorted((first, other)) for other in others)


def _sorted(pair: Pair) -> Pair:
    one, other = pair
    return (one, other) if one < other else (other, one)


def _short_forms() -> Iterator[Pair]:
    """Yield each full name with its short forms, and short forms of one name with each other."""
    short_forms: dict[str, set[str]] = defaultdict(set)
    full_forms: dict[str, set[str]] = defaultdict(set)
    refused = frozenset(_refused())
    for triplet in name_triplets():
        full, short = triplet.name1, triplet.name2
        if not (full.isalpha() and short.isalpha()) or _sorted((full, short)) in refused:
            continue
        short_forms[full].add(short)
        full_forms[short].add(full)
        yield full, short
    for shorts in short_forms.values():
        telling = sorted(short for short in shorts if len(full_forms[short]) <= _MOST_FULL_FORMS)
        yield from combinations(telling, 2)
