"""Compare how long answers take about somebody hidden and about somebody never known.

Run as: python -m tests.bench.restricted_timing [requests] [seed]

Two councils answer the same requests in an order drawn by the seed: one hides Isolde, whom the
other never knew. For each kind of request it is told how often the hidden one's answer was the
slower (the area under the curve of a test by time, .5 where time tells nothing). One that is
further off than MOST_OFF is measured once more; if it is again, the run ends with 1.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask

from tests.town import Town
from tests.web.canary import PEOPLE, references
from tests.web.checking import CheckingClient
from tests.web.test_restrictions_pairs import worlds
from tests.web.walks import CALLUM, allow_all, browser

REQUESTS, SEED = 2_000, 20261123
MOST_OFF = 0.027
_WARM_UP = 40
_ISOLDE = PEOPLE["isolde"]

Ask = Callable[[CheckingClient], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """How long each answer took in seconds, about somebody hidden and about nobody."""

    hidden: tuple[float, ...]
    unknown: tuple[float, ...]

    @property
    def area(self) -> float:
        """Return how often one about somebody hidden takes longer, .5 where time tells nothing.

        It is Mann and Whitney's U over the number of pairs; a tie counts as half.
        """
        merged = sorted([(each, 1) for each in self.hidden] + [(each, 0) for each in self.unknown])
        ranks = _ranks([each for each, _ in merged])
        total = sum(rank for rank, (_, is_hidden) in zip(ranks, merged, strict=True) if is_hidden)
        many = len(self.hidden)
        return (total - many * (many + 1) / 2) / (many * len(self.unknown))


def _ranks(ordered: Sequence[float]) -> list[float]:
    """Return the rank of each, equal ones sharing the mean of theirs."""
    ranks: list[float] = []
    while len(ranks) < len(ordered):
        start = len(ranks)
        many = 1
        while start + many < len(ordered) and ordered[start + many] == ordered[start]:
            many += 1
        ranks += [start + (many + 1) / 2] * many
    return ranks


def timed(ask: Ask, pair: tuple[CheckingClient, CheckingClient], requests: int, seed: int) -> Timed:
    """Ask both so often, in an order drawn by `seed`, after some that do not count."""
    order = [True, False] * requests
    random.Random(seed).shuffle(order)
    found: dict[bool, list[float]] = {True: [], False: []}
    for number, is_hidden in enumerate([True, False] * _WARM_UP + order):
        client = pair[0] if is_hidden else pair[1]
        begun = time.perf_counter()
        ask(client)
        if number >= 2 * _WARM_UP:
            found[is_hidden].append(time.perf_counter() - begun)
    return Timed(hidden=tuple(found[True]), unknown=tuple(found[False]))


def search(**typed: str) -> Ask:
    """Return a search and a look at its results."""

    def ask(client: CheckingClient) -> None:
        client.get(client.send("/search", **typed).location)

    return ask


def kinds(town: Town, pair: tuple[CheckingClient, CheckingClient]) -> dict[str, Ask]:
    """Return what is asked, each under a name; an address is made in each council for itself."""
    who = references(town)["isolde"]
    name = f"{_ISOLDE['forenames']} {_ISOLDE['surname']}"
    results = {
        id(each): each.send("/search", name=name, born=_ISOLDE["date_of_birth"]).location
        for each in pair
    }
    for each in pair:
        each.get(results[id(each)])
    return {
        "search by name and birth": search(name=name, born=_ISOLDE["date_of_birth"]),
        "search by name": search(name=name),
        "search by NHS number": search(nhs_number=_ISOLDE["nhs_number"]),
        "search by home": search(name=_ISOLDE["forenames"], postcode=_ISOLDE["postcode"]),
        "results seen again": lambda client: _get(client, results[id(client)]),
        "the person's own address": lambda client: _get(client, f"{results[id(client)]}/{who}"),
    }


def _get(client: CheckingClient, address: str) -> None:
    client.get(address)


def main(requests: int, seed: int) -> bool:
    """Print a line for each kind, and return whether time tells nothing."""
    tells_nothing = True
    with tempfile.TemporaryDirectory() as folder, worlds(Path(folder)) as (one, two):
        pair = tuple(allow_all(browser(each.app, CALLUM)) for each in (one, two))
        both = (pair[0], pair[1])
        for kind, ask in kinds(one, both).items():
            found = timed(ask, both, requests, seed)
            if abs(found.area - 0.5) > MOST_OFF:
                _tell(kind, found, "measured again")
                found = timed(ask, both, requests, seed + 1)
            is_off = abs(found.area - 0.5) > MOST_OFF
            tells_nothing = tells_nothing and not is_off
            _tell(kind, found, "tells them apart" if is_off else "tells nothing")
    return tells_nothing


def _tell(kind: str, found: Timed, said: str) -> None:
    hidden, unknown = (1000 * median(each) for each in (found.hidden, found.unknown))
    sys.stdout.write(
        f"{kind}: {len(found.hidden):,} and {len(found.unknown):,}, {hidden:.2f} and {unknown:.2f}"
        f" ms at p50, area {found.area:.3f}: {said}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    Flask.test_client_class = CheckingClient
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(not main(*(given + [REQUESTS, SEED][len(given) :])))
