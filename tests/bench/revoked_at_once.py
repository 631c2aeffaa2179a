"""Hide families, and take roles, under readers who never pause; count the looks that came later.

Run as: python -m tests.bench.revoked_at_once [changes] [sessions]
"""

import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from directory.domain.people import Person
from tests.operations.hidden_world import some_people
from tests.operations.revoked import (
    give_another_role,
    give_roles_back,
    hides,
    late_looks,
    readers_of,
    takes_roles,
)
from tests.town import Town, opened

CHANGES, SESSIONS = 200, 4


def rounds(town: Town, *, changes: int, sessions: int) -> tuple[int, int, int]:
    """Return how many looks came too late, of how many, under how many changes."""
    late = looks = done = 0
    give_another_role(town)
    for person, is_restriction in zip(findable(town), cycle((True, False)), strict=False):
        readers = list(readers_of(town, person, sessions=sessions))
        if not readers:
            continue
        change = hides(town, person) if is_restriction else takes_roles(town)
        found = late_looks(town, readers, change)
        if not is_restriction:
            give_roles_back(town)
        late, looks, done = late + found[0], looks + found[1], done + 1
        if done == changes:
            break
    return late, looks, done


def findable(town: Town) -> Iterator[Person]:
    """Yield people of the town, spread over it."""
    yield from some_people(town, one_in=9)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    wanted, at_once = given + [CHANGES, SESSIONS][len(given) :]
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as place:
        counted = rounds(place, changes=wanted, sessions=at_once)
    sys.stdout.write("{} late looks of {:,} under {} changes\n".format(*counted))
    sys.exit(bool(counted[0]))
