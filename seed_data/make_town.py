#!/usr/bin/env python3
"""Make the invented demonstration town: five extracts, council.toml and the expected refusals.

    python seed_data/make_town.py --families 1000 --seed 2026 --as-of 2026-11-20 --into seed_data

The same arguments give the same bytes. docs/seed-data.md describes every file.
"""

import argparse
import csv
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from town_agencies import Agencies, staff_town
from town_columns import REFUSALS
from town_council import council_toml
from town_extracts import Extract
from town_habits import (
    ADULT_HABITS,
    ALL_HABITS,
    HOUSING_HABITS,
    POLICE_HABITS,
    SCHOOL_HABITS,
    SOCIAL_CARE_HABITS,
)
from town_involvements import KnownFamily
from town_sending import Sender
from town_stream import stream_town

_LEAST_FAMILIES = 20
_MOST_FAMILIES = 150_000
_EARLIEST = date(2026, 11, 1)  # the Blake family's days are fixed and lie before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was written: the closed extracts, and how many people stand in them."""

    extracts: tuple[Extract, ...]
    people: int


def make_town(*, families: int, seed: int, as_of: date, into: Path) -> Made:
    """Write the town's files into the folder `into`."""
    into.mkdir(parents=True, exist_ok=True)
    agencies = staff_town(families=families, seed=seed, as_of=as_of)
    town = stream_town(families=families, seed=seed, as_of=as_of, agencies=agencies)
    with ExitStack() as stack:
        extracts = tuple(stack.enter_context(Extract(habits, into, as_of)) for habits in ALL_HABITS)
        senders = {
            extract.service: Sender(habits, extract, seed)
            for habits, extract in zip(ALL_HABITS, extracts, strict=True)
        }
        people = _send(town, senders)
    _write_council(into, agencies, as_of)
    _write_refusals(into, extracts)
    return Made(extracts=extracts, people=people)


def _send(town: Iterable[KnownFamily], senders: dict[str, Sender]) -> int:
    """Let every service write what it knows of every family; return how many people that is."""
    people = 0
    for number, known in enumerate(town, start=1):
        senders[SOCIAL_CARE_HABITS.service].send_family(known, number)
        senders[SCHOOL_HABITS.service].send(known, known.school)
        senders[ADULT_HABITS.service].send(known, known.adult_social_care)
        senders[HOUSING_HABITS.service].send(known, known.housing)
        senders[POLICE_HABITS.service].send(known, known.police)
        people += known.people_known()
    return people


def _write_council(into: Path, agencies: Agencies, as_of: date) -> None:
    text = council_toml(agencies, as_of)
    (into / "council.toml").write_text(text, encoding="utf-8", newline="\n")


def _write_refusals(into: Path, extracts: Iterable[Extract]) -> None:
    """List the spoilt lines, so that a reader's refusals can be compared with them."""
    with (into / "expected_refusals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, REFUSALS, lineterminator="\n")
        writer.writeheader()
        for extract in extracts:
            writer.writerows(extract.refusals)


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the invented demonstration town.")
    parser.add_argument("--families", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    parser.add_argument("--into", type=Path, default=Path(__file__).parent)
    arguments = parser.parse_args(words)
    if not _LEAST_FAMILIES <= arguments.families <= _MOST_FAMILIES:
        parser.error(f"--families must be from {_LEAST_FAMILIES} to {_MOST_FAMILIES}")
    if arguments.as_of < _EARLIEST:
        parser.error(f"--as-of must be {_EARLIEST} or later")
    return arguments


def main(words: list[str]) -> None:
    """Make the town that the command line asks for; say what was written."""
    arguments = _arguments(words)
    made = make_town(
        families=arguments.families,
        seed=arguments.seed,
        as_of=arguments.as_of,
        into=arguments.into,
    )
    sys.stdout.write(f"{arguments.families} families, {made.people} people\n")
    for extract in made.extracts:
        refused = len(extract.refusals)
        sys.stdout.write(
            f"{extract.service}: {extract.lines} lines, {refused} of them to be refused\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
