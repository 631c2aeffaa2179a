"""Count what random histories bring into sight of somebody whom an order hides.

Run as: python -m tests.bench.histories [histories] [first seed] [minutes]

Two processes draw histories by one seed after another until there are so many (10,000 unless
told), or until the minutes are over. What must not be seen is printed as it is met, with its seed,
and the run ends with 1.
"""

import sys
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path

from tests.operations.histories import template
from tests.operations.history_seen import Figures, watched

HISTORIES, SEED, MINUTES = 10_000, 1, 24 * 60
_PROCESSES, _AT_ONCE = 2, 25


def main(histories: int, seed: int, minutes: int) -> Figures:
    """Print what was met after each part."""
    found, ends = Figures(), time.monotonic() + 60 * minutes
    parts = [
        range(first, min(first + _AT_ONCE, seed + histories))
        for first in range(seed, seed + histories, _AT_ONCE)
    ]
    with Pool(_PROCESSES) as pool:
        for each in pool.imap(_part, ((part, ends) for part in parts)):
            found.add(each)
            if each.histories:
                _tell(each, found)
    return found


def _part(given: tuple[range, float]) -> Figures:
    seeds, ends = given
    found = Figures()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "template").mkdir()
        with template(here / "template") as made:
            for seed in seeds:
                if time.monotonic() < ends:
                    found.add(watched(seed, made, here))
    return found


def _tell(part: Figures, found: Figures) -> None:
    for each in (*part.violations, *(f"stood before: {each}" for each in part.stood)):
        sys.stdout.write(f"{each}\n")
    sys.stdout.write(
        f"{found.histories:,} histories, {found.steps:,} steps, {found.searches:,} searches,"
        f" {found.boards:,} boards: {len(found.violations)} seen that must not be,"
        f" {len(found.stood)} that stood before; of {found.lines:,} lines about somebody hidden"
        f" {found.seen:,} were seen ({found.seen / max(1, found.lines):.2%})\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    ended = main(*(given + [HISTORIES, SEED, MINUTES][len(given) :]))
    sys.stdout.write(f"{dict(ended.did)}\n")
    sys.exit(bool(ended.violations))
