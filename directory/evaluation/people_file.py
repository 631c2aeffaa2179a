"""Read PEOPLE.csv: one person a line, as the search index takes people."""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path

from directory.domain.dates import MalformedDate
from directory.evaluation.births import KnownBirth, known_birth
from directory.evaluation.remarks import Remarks
from directory.search.people import (
    NHS_NUMBER,
    AddressKind,
    NameKind,
    Searchable,
    SearchableAddress,
    SearchableName,
)

COLUMNS = (
    "id",
    "forename",
    "middle",
    "surname",
    "known_as",
    "former_surname",
    "dob",
    "sex",
    "house",
    "street",
    "postcode",
    "old_postcode",
    "nhs",
    "phone",
)
"""The columns that are understood; `sex` is read by nothing, since the index does not hold it."""

Advance = Callable[[int], None]
Line = Mapping[str, str]


class FileFault(Exception):
    """The file as a whole cannot be used."""


def reference_of(identity: str) -> bytes:
    """Return the 16 bytes that stand for the person whose `id` is `identity`."""
    return hashlib.blake2b(identity.strip().encode(), digest_size=16).digest()


def people_of(path: Path, remarks: Remarks, advance: Advance) -> Iterator[Searchable]:
    """Yield the people of the file, one after another, and `advance` by the bytes read.

    What is wrong goes to `remarks`; raise FileFault if there is no column `id`.
    """
    with path.open("rb") as raw:
        text = TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        lines = csv.reader(text)
        columns = _columns(next(lines, []), remarks)
        read = 0
        for number, values in _lines(lines, remarks):
            person = _person(dict(zip(columns, values, strict=False)), number, remarks)
            if len(values) > len(columns):
                remarks.leave_out(number, "", "has more values than there are columns")
            if person is not None:
                yield person
            advance(raw.tell() - read)
            read = raw.tell()


def _columns(header: list[str], remarks: Remarks) -> list[str]:
    columns = [each.strip().lower() for each in header]
    for each in columns:
        if each and each not in COLUMNS:
            remarks.name_unknown(each)
    if columns.count("id") != 1:
        raise FileFault("the file of people needs exactly one column named id")
    twice = sorted({each for each in columns if each in COLUMNS and columns.count(each) > 1})
    if twice:
        raise FileFault(f"the file of people has the column {', '.join(twice)} twice")
    return columns


def _lines(lines: Iterator[list[str]], remarks: Remarks) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that can be read, each with its number in the file."""
    reader = iter(lines)
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            remarks.refuse(_number(reader), f"cannot be read ({fault})")
            continue
        if any(_is_not_utf8(each) for each in values):
            remarks.refuse(_number(reader), "is not UTF-8")
        elif values:
            yield _number(reader), values


def _number(reader: Iterator[list[str]]) -> int:
    return int(getattr(reader, "line_num", 0))


def _is_not_utf8(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= each <= "\udfff" for each in text)


def _person(line: Line, number: int, remarks: Remarks) -> Searchable | None:
    """Return the person of a `line`, or None, with a remark, if it names nobody."""
    identity = _value(line, "id")
    if not identity:
        remarks.refuse(number, "is empty", column="id")
        return None
    birth = _birth(line, number, remarks)
    nhs, phone = _value(line, "nhs"), _value(line, "phone")
    return Searchable(
        person=reference_of(identity),
        names=tuple(_names(line)),
        birth=birth.day if birth else None,
        birth_precision=birth.precision if birth else None,
        addresses=tuple(_addresses(line)),
        identifiers=((NHS_NUMBER, nhs),) if nhs else (),
        phones=(phone,) if phone else (),
    )


def _birth(line: Line, number: int, remarks: Remarks) -> KnownBirth | None:
    text = _value(line, "dob")
    try:
        return known_birth(text) if text else None
    except MalformedDate as fault:
        remarks.leave_out(number, "dob", f"{fault}")
        return None


def _names(line: Line) -> Iterator[SearchableName]:
    forename, surname = _value(line, "forename"), _value(line, "surname")
    yield SearchableName(forenames=f"{forename} {_value(line, 'middle')}".strip(), surname=surname)
    if former := _value(line, "former_surname"):
        yield SearchableName(kind=NameKind.FORMER, forenames=forename, surname=former)
    if known_as := _value(line, "known_as"):
        yield SearchableName(kind=NameKind.KNOWN_AS, forenames=known_as, surname=surname)


def _addresses(line: Line) -> Iterator[SearchableAddress]:
    house, street, postcode = (_value(line, each) for each in ("house", "street", "postcode"))
    if house or street or postcode:
        yield SearchableAddress(house=house, street=street, postcode=postcode)
    if former := _value(line, "old_postcode"):
        yield SearchableAddress(kind=AddressKind.FORMER, postcode=former)


def _value(line: Line, column: str) -> str:
    return line.get(column, "").strip()
