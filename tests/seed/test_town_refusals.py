"""The spoilt lines: few, listed, and each wrong in the way the list says."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from directory.domain.dates import MalformedDate, parse_day
from directory.domain.identifiers import Malformed, NhsNumber, Postcode, Upn
from tests.seed.extracts import EVERY_SERVICE, SEED_DATA, Line, all_lines, refusals

AS_OF = date(2026, 11, 20)
LISTED = [
    pytest.param(service, each, id=f"{service} {each['line']} {each['fault']}")
    for service in EVERY_SERVICE
    for each in refusals(service)
]


def is_malformed(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except (Malformed, MalformedDate):
        return True
    return False


def ends_first(line: Line) -> bool:
    return parse_day(line["ended"]) < parse_day(line["started"])


FAULTY: dict[str, Callable[[Line], bool]] = {
    "nhs number check digit": lambda line: is_malformed(NhsNumber.parse, line["nhs_number"]),
    "date of birth in the future": lambda line: parse_day(line["date_of_birth"]) > AS_OF,
    "two-digit year": lambda line: is_malformed(parse_day, line["date_of_birth"]),
    "stand-in date of birth": lambda line: is_malformed(parse_day, line["date_of_birth"]),
    "no such day": lambda line: is_malformed(parse_day, line["date_of_birth"]),
    "malformed postcode": lambda line: is_malformed(Postcode.parse, line["postcode"]),
    "surname missing": lambda line: line["surname"] == "",
    "line break in a name": lambda line: "\n" in line["surname"],
    "ended before started": ends_first,
    "too few columns": lambda line: line["organisation_reference"] + line["postcode"] == "",
    "upn check letter": lambda line: is_malformed(Upn.parse, line["upn"]),
    "unknown person": lambda line: line["person_reference"] == "CSC-9999999",
    "unknown tie": lambda line: line["tie"] == "neighbour_of",
    "unknown record": lambda line: line["record"] == "household",
}


def spoilt_line(service: str, listed: Line) -> Line:
    """Return the line the list means, found by reference or, for a tie, by its word."""
    return next(
        each
        for each in all_lines(service)
        if each["source_reference"] == listed["source_reference"]
        and (listed["source_reference"] or each["tie"] == "neighbour_of")
    )


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_each_extract_has_a_few_lines_to_be_refused(service: str) -> None:
    assert 8 <= len(refusals(service)) <= 20
    assert len(refusals(service)) / len(all_lines(service)) < 0.05


@pytest.mark.parametrize(("service", "listed"), LISTED)
def test_a_listed_line_has_the_listed_fault(service: str, listed: Line) -> None:
    assert FAULTY[listed["fault"]](spoilt_line(service, listed))


@pytest.mark.parametrize(("service", "listed"), LISTED)
def test_a_listed_line_begins_on_the_listed_line_of_its_file(service: str, listed: Line) -> None:
    written = (SEED_DATA / f"{service}.csv").read_bytes().split(b"\n")
    begins = written[int(listed["line"]) - 1].decode("cp1252", errors="replace")

    assert re.match(rf"(\w+,)?{listed['source_reference']},", begins)


def test_every_kind_of_fault_is_planted_somewhere() -> None:
    planted = {each["fault"] for service in EVERY_SERVICE for each in refusals(service)}

    assert planted == set(FAULTY)
