"""Hand the tests the committed extracts, read as plainly as Python's csv reads them."""

import csv
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED_DATA = ROOT / "seed_data"
GENERATOR = SEED_DATA / "make_town.py"
SERVICES = ("school", "adult_social_care", "housing", "police")
EVERY_SERVICE = ("childrens_social_care", *SERVICES)
ENCODINGS = {"housing": "cp1252", "school": "utf-8-sig"}

Line = dict[str, str]


@cache
def all_lines(service: str) -> tuple[Line, ...]:
    """Return every line of the service's extract, the spoilt ones too."""
    path = SEED_DATA / f"{service}.csv"
    with path.open(encoding=ENCODINGS.get(service, "utf-8"), newline="") as file:
        return tuple(csv.DictReader(file, restval=""))


@cache
def refusals(service: str) -> tuple[Line, ...]:
    """Return what is expected to be refused of the service's extract."""
    with (SEED_DATA / "expected_refusals.csv").open(encoding="utf-8", newline="") as file:
        return tuple(each for each in csv.DictReader(file) if each["file"] == f"{service}.csv")


@cache
def good_lines(service: str, record: str = "") -> tuple[Line, ...]:
    """Return the lines to be taken; of children's social care, those of one `record`."""
    spoilt = {each["source_reference"] for each in refusals(service)} - {""}
    return tuple(
        each
        for each in all_lines(service)
        if each["source_reference"] not in spoilt
        and each.get("record", "") == record
        and each.get("tie") != "neighbour_of"
    )


@cache
def people_lines(service: str) -> tuple[Line, ...]:
    """Return the lines to be taken that say who somebody is."""
    return good_lines(service, "person" if service == "childrens_social_care" else "")


@cache
def involvement_lines(service: str) -> tuple[Line, ...]:
    """Return the lines to be taken that say who is involved."""
    return good_lines(service, "allocation" if service == "childrens_social_care" else "")


@cache
def council() -> dict[str, list[dict[str, object]]]:
    """Return the arrays of tables of council.toml."""
    return tomllib.loads((SEED_DATA / "council.toml").read_text(encoding="utf-8"))


def share(lines: tuple[Line, ...], column: str) -> float:
    """Return how large a part of the lines gives the column."""
    return sum(bool(each[column]) for each in lines) / len(lines)
