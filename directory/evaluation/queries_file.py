"""Read QUERIES.jsonl: one question a line, with whom it means."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from directory.domain.dates import MalformedDate
from directory.evaluation.births import known_birth, typed_parts
from directory.evaluation.people_file import reference_of
from directory.evaluation.remarks import Remarks
from directory.search.people import NHS_NUMBER, BirthPrecision, Query

FIELDS = ("forename", "surname", "dob", "age", "postcode", "house", "street", "nhs", "phone")
"""The parts of a query that are understood."""

_KEYS = ("query", "truth", "truths", "ambiguity", "kind", "shape")
_AGE = re.compile(
    r"(?P<about>about |approx\.? |around |c\.? ?|~ ?)?(?P<age>\d{1,3})(?:\.\d+)?",
    re.ASCII | re.IGNORECASE,
)
Said = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Hold a query with whom it means, and how it was made.

    `truth` is the person meant, None if nobody of the directory is or if `truths` alone are known:
    all who fit equally well and count as right, `truth` among them. `ambiguity` is how many fit.
    """

    line: int
    query: Query
    truth: bytes | None = None
    truths: frozenset[bytes] = frozenset()
    ambiguity: int = 1
    kind: str = ""
    shape: str = ""

    @property
    def is_present(self) -> bool:
        """Return whether anybody of the directory is meant."""
        return bool(self.truths)


class _Unusable(ValueError):
    """The line cannot be put as a question."""


def queries_of(path: Path, remarks: Remarks, *, as_of: date) -> Iterator[Labelled]:
    """Yield the questions of the file; ages are in whole years on the day `as_of`.

    What is wrong goes to `remarks`.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _labelled(line, number, remarks, as_of)
            except _Unusable as fault:
                remarks.refuse(number, f"{fault}")


def _labelled(line: bytes, number: int, remarks: Remarks, as_of: date) -> Labelled:
    said = _read(line)
    asked = said.get("query")
    if not isinstance(asked, dict):
        raise _Unusable("has no query of fields")
    _name_unknown(said, _KEYS, remarks, within="")
    _name_unknown(asked, FIELDS, remarks, within="query.")
    truth = _identity(said.get("truth"))
    truths = {*_identities(said.get("truths")), *((truth,) if truth else ())}
    return Labelled(
        line=number,
        query=_query(asked, number, remarks, as_of),
        truth=reference_of(truth) if truth else None,
        truths=frozenset(map(reference_of, truths)),
        ambiguity=max(_count(said.get("ambiguity")), len(truths), 1),
        kind=_text(said.get("kind")),
        shape=_text(said.get("shape")),
    )


def _read(line: bytes) -> Said:
    try:
        said = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise _Unusable("is not JSON in UTF-8") from None
    if not isinstance(said, dict):
        raise _Unusable("is not a JSON object")
    return said


def _name_unknown(said: Said, known: Iterable[str], remarks: Remarks, *, within: str) -> None:
    for each in said.keys() - set(known):
        remarks.name_unknown(f"{within}{each}")


def _query(asked: Said, number: int, remarks: Remarks, as_of: date) -> Query:
    nhs = _text(asked.get("nhs"))
    query = Query(
        as_of=as_of,
        forenames=_text(asked.get("forename")),
        surname=_text(asked.get("surname")),
        postcode=_text(asked.get("postcode")),
        house=_text(asked.get("house")),
        street=_text(asked.get("street")),
        phone=_text(asked.get("phone")),
        identifiers=((NHS_NUMBER, nhs),) if nhs else (),
    )
    return _with_age(_with_birth(query, asked, number, remarks), asked, number, remarks)


def _with_birth(query: Query, asked: Said, number: int, remarks: Remarks) -> Query:
    """Return `query` with the date of birth; one in no calendar is asked by its parts."""
    text = _text(asked.get("dob"))
    if not text:
        return query
    try:
        birth = known_birth(text)
    except MalformedDate as fault:
        try:
            year, month, day = typed_parts(text)
        except MalformedDate:
            remarks.leave_out(number, "dob", f"{fault}")
            return query
        return replace(query, birth_year=year, birth_month=month, birth_day=day)
    if birth.precision is BirthPrecision.DAY:
        return replace(query, birth=birth.day)
    month_known = birth.precision is BirthPrecision.MONTH
    return replace(
        query,
        birth_year=birth.day.year,
        birth_month=birth.day.month if month_known else None,
    )


def _with_age(query: Query, asked: Said, number: int, remarks: Remarks) -> Query:
    text = _text(asked.get("age"))
    match = _AGE.fullmatch(text)
    if not text:
        return query
    if match is None:
        remarks.leave_out(number, "age", "is not a number of years")
        return query
    return replace(query, age=int(match["age"]), age_is_about=bool(match["about"]))


def _text(value: object) -> str:
    """Return a text or a number of the file as text; anything else, such as null, as empty."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return f"{value}".strip()


def _count(value: object) -> int:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() else 0


def _identity(value: object) -> str:
    return _text(value)


def _identities(value: object) -> list[str]:
    return [each for each in map(_text, value) if each] if isinstance(value, list) else []
