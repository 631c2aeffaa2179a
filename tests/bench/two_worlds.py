"""Compare what each role is told of people hidden and of people unknown, value by value.

Run as: python -m tests.bench.two_worlds [values] [seed]

Towns are drawn by one seed after another until so many values were compared (a million unless
told). Any value that differs is printed, and the run ends with 1.
"""

import sys
import tempfile
from pathlib import Path

from tests.operations.hidden_world import USERS, Compared, compare, hiding

VALUES, SEED = 1_000_000, 20261123


def main(values: int, seed: int) -> Compared:
    """Print what was compared so far after each town."""
    found = Compared()
    while found.cells < values and not found.differing:
        with (
            tempfile.TemporaryDirectory() as folder,
            hiding(Path(folder), families_hidden=12, seed=seed) as town,
        ):
            for email in USERS:
                compare(town, email, found)
        sys.stdout.write(
            f"seed {seed}: {found.cells:,} values in {found.walks:,} searches and what follows,"
            f" {len(found.differing)} differ\n"
        )
        sys.stdout.flush()
        seed += 1
    return found


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    ended = main(*(given + [VALUES, SEED][len(given) :]))
    sys.stdout.write("\n".join(ended.differing[:50]))
    sys.exit(bool(ended.differing))
