"""Compare a card with every modifier at work with the same card where policy answers at once.

Run as: python -m tests.bench.card_cost [--requests 500] [--instance FOLDER]

The pages are asked for in an order drawn from a fixed seed, so that whatever else the machine does
falls on both alike; before anything is timed both must be equal but for their tokens. It exits with
1 where the card takes more than GOAL times as long. `--instance` takes a larger town, as `make
bench` leaves it in build/bench/council.
"""

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from flask.testing import FlaskClient

from directory.web.access import held_by
from tests.bench.allowed import UnaskedLedger, ask, pages
from tests.bench.policy_at_work import (
    Family,
    family_of,
    instance,
    set_policy_to_work,
    set_viewer_up,
)
from tests.town import Town, opened
from tests.web.checking import CheckingClient
from tests.web.walks import BETHAN, CALLUM, PURPOSES, REASON, browser

GOAL = 1.3
REQUESTS, WARM_UP, SEED, RESAMPLES = 500, 50, 20261123, 2000
_CHANGES = re.compile(r'value="[0-9a-f]{64,}"|nonce-[^"]+')
VIEWERS = {
    "children's social worker, on a claim": CALLUM,
    "family help lead, by consent": BETHAN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One page, asked for with policy at work and with its answers given."""

    client: CheckingClient
    asked: str

    @property
    def given(self) -> str:
        """Return the address where policy answers at once."""
        return f"/allowed{self.asked}"

    def page(self, path: str) -> str:
        """Return the page at `path`; the client's own checks are not among what is timed."""
        answer = FlaskClient.open(self.client, path)
        assert answer.status_code == 200, answer.status
        return answer.text

    def seconds(self, path: str) -> float:
        """Return how long the page at `path` takes."""
        begun = time.perf_counter()
        FlaskClient.open(self.client, path)
        return time.perf_counter() - begun


def pairs(town: Town, ledger: UnaskedLedger, family: Family, email: str) -> Mapping[str, Pair]:
    """Let `email` come to the family's board, and return it and housing's card about the mother."""
    client = browser(town.app, email)
    found = client.send("/search", name="Blake, Ewan James", born="14/02/2017").location
    client.get(found)
    answer = client.send(f"{found}/{family.ewan}", purpose=PURPOSES[email], reason=REASON)
    assert answer.status_code == 303, answer.text
    cookie = client.get_cookie("directory")
    assert cookie is not None
    recognised = town.ledger.recognise(cookie.value, town.clock())
    assert recognised is not None
    access = held_by(*recognised, town.clock())
    board = answer.location
    ledger.given[access.session] = ask(town.ledger, access, UUID(board.rpartition("/")[2]))
    return {
        "card": Pair(client=client, asked=f"{board}/{family.leah}/housing"),
        "board": Pair(client=client, asked=board),
    }


def measured(pair: Pair, requests: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of the page asked, and given, in one order drawn from SEED."""
    asked, given = pair.page(pair.asked), pair.page(pair.given)
    assert asked == given, "the pages differ"
    chance = random.Random(SEED)
    order = [True, False] * requests
    chance.shuffle(order)
    for path in (pair.asked, pair.given) * WARM_UP:
        pair.page(path)
    times: dict[bool, list[float]] = {True: [], False: []}
    for is_asked in order:
        taken = pair.seconds(pair.asked if is_asked else pair.given)
        times[is_asked].append(taken * 1000)
    return times[True], times[False]


def ratio(asked: list[float], given: list[float]) -> tuple[float, float, float]:
    """Return the ratio of the medians, and the bounds between which 95 % of resamples lie."""
    chance = random.Random(SEED)
    drawn = sorted(
        median(chance.choices(asked, k=len(asked))) / median(chance.choices(given, k=len(given)))
        for _ in range(RESAMPLES)
    )
    edge = RESAMPLES // 40
    return median(asked) / median(given), drawn[edge], drawn[-edge - 1]


def report(town: Town, requests: int) -> float:
    """Print what each viewer's card and board take, and return the worst ratio of a card."""
    ledger = UnaskedLedger(town.ledger)
    town.app.test_client_class = CheckingClient
    town.app.register_blueprint(pages(ledger))
    family = family_of(town)
    set_policy_to_work(town, family)
    worst = 0.0
    for viewer, email in VIEWERS.items():
        set_viewer_up(town, email, family)
        print(viewer)
        for name, pair in pairs(town, ledger, family, email).items():
            asked, given = measured(pair, requests)
            found, low, high = ratio(asked, given)
            print(
                f"  {name:<6} {_told(asked)} with policy at work, {_told(given)} with its answers"
                f" given: {found:.3f} times (95 % {low:.3f} to {high:.3f})"
            )
            worst = max(worst, found) if name == "card" else worst
    return worst


def _told(times: list[float]) -> str:
    return f"{median(times):.2f} ms (p95 {quantiles(times, n=20)[-1]:.2f})"


@contextmanager
def place(kept: Path | None) -> Iterator[Town]:
    """Yield the demonstration's town, or a copy of the instance in `kept`."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        with opened(where) if kept is None else instance(kept, where) as town:
            yield town


def main() -> int:
    """Measure, and return 1 where a card takes more than GOAL times as long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--instance", type=Path)
    chosen = parser.parse_args()
    with place(chosen.instance) as town:
        return int(report(town, chosen.requests) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
