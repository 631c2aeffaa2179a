"""Let eight users look about at once, and compare what each was shown with what was entered.

Run as: python -m tests.bench.looks_counted [looks] [seed]
"""

import sys
import tempfile
from pathlib import Path

from tests.operations.looking_about import entered, look_about
from tests.web.canary import PEOPLE, standing

LOOKS, SEED = 20_000, 20261123


def main(looks: int, seed: int) -> bool:
    """Print how many looks showed something, and return whether each was entered exactly once."""
    names = tuple(f"{each['forenames']} {each['surname']}" for each in PEOPLE.values())
    with (
        tempfile.TemporaryDirectory() as folder,
        standing(Path(folder) / "council") as town,
    ):
        shown = look_about(town, looks=looks, seed=seed, names=names)
        found = entered(town)
    sys.stdout.write(
        f"{looks:,} looks tried, {shown.total():,} showed something, {found.total():,} entered,"
        f" {((shown - found) + (found - shown)).total()} differ\n"
    )
    return found == shown


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(not main(*(given + [LOOKS, SEED][len(given) :])))
