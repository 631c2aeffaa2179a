"""Know which names one person may go by."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import combinations

from nicknames import name_triplets

_MOST_FULL_FORMS = 3


@cache
def variants() -> Mapping[str, frozenset[str]]:
    """Return for each name the other names a person of that name may go by.

    Two short forms of one full name are variants of each other, unless one of them is short for
    many names (Al, Lee), which says nothing.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in (*_short_forms(), *_curated()):
        found[one].add(other)
        found[other].add(one)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def _curated() -> Iterator[tuple[str, str]]:
    """Yield the pairs of every group of the curated file."""
    text = resources.files(__package__).joinpath("aliases.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        group = line.partition("#")[0].split()
        if group and not group[0].startswith("["):
            yield from combinations(group, 2)


def _short_forms() -> Iterator[tuple[str, str]]:
    """Yield each full name with its short forms, and short forms of one name with each other."""
    short_forms: dict[str, set[str]] = defaultdict(set)
    full_forms: dict[str, set[str]] = defaultdict(set)
    for triplet in name_triplets():
        if not (triplet.name1.isalpha() and triplet.name2.isalpha()):
            continue
        short_forms[triplet.name1].add(triplet.name2)
        full_forms[triplet.name2].add(triplet.name1)
        yield triplet.name1, triplet.name2
    for shorts in short_forms.values():
        telling = sorted(short for short in shorts if len(full_forms[short]) <= _MOST_FULL_FORMS)
        yield from combinations(telling, 2)
