"""Turn the rows of a service's file into lines, or say all that is wrong with each."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from directory.domain.extracts import Line, LineKind, Refusal
from directory.domain.identifiers import Malformed, parse_reference
from directory.domain.vocabulary import FamilyRole, Service, TieKind
from directory.operations.agreeing import Contacts
from directory.operations.columns import Columns
from directory.operations.fields import Fields
from directory.operations.identities import identity_of, term_of
from directory.operations.reading import Row

Word = TypeVar("Word", bound=StrEnum)


class LineReader:
    """Reads one file's rows in their order; what one line says may refuse a later one."""

    def __init__(self, service: Service, columns: Columns, as_of: date) -> None:
        """Begin at the top of a file of `service` that speaks of `as_of`."""
        self._service = service
        self._columns = columns
        self._as_of = as_of
        self._anchors: dict[str, int] = {}
        self.contacts = Contacts(service)
        self._people: set[str] = set()
        self._unmet: list[tuple[Line, tuple[str, ...]]] = []
        self.references: set[str] = set()
        self.refused: set[str] = set()
        self.unnamed = 0

    def read(self, row: Row) -> Line | tuple[Refusal, ...]:
        """Return what the row says, or everything that is wrong with it."""
        fault = row.fault
        if not fault and len(row.cells) != self._columns.width:
            fault = f"has {len(row.cells)} fields where the header has {self._columns.width}"
        if fault:
            self._refuse(row)
            return (Refusal(line=row.number, column="", reason=fault),)
        fields = Fields(row.number, row.cells, self._columns)
        self.contacts.begin()
        line = self._line(fields)
        if line is None or fields.faults:
            self._refuse(row)
            return tuple(fields.faults)
        self._accept(line, fields)
        return line

    def unmet(self) -> list[tuple[Line, tuple[str, ...]]]:
        """Return, once, the lines read that name people of whom no line stood before, and whom."""
        found, self._unmet = self._unmet, []
        return found

    def withdraw(self, line: Line) -> None:
        """Take back a line that was read, for it was refused after all."""
        self.references.discard(line.source_reference)
        self.refused.add(line.source_reference)

    def _refuse(self, row: Row) -> None:
        """Keep which line was refused: it is in the file, whatever else is wrong with it.

        `unnamed` counts those that do not say it and may be about any involvement.
        """
        reference, record = (self._cell(row, each) for each in ("source_reference", "record"))
        try:
            self.refused.add(parse_reference(reference))
        except Malformed:
            self.unnamed += record.lower() not in {_Sent.PERSON, _Sent.TIE}

    def _cell(self, row: Row, column: str) -> str:
        place = self._columns.places.get(column, len(row.cells))
        return row.cells[place].strip() if place < len(row.cells) else ""

    def _line(self, fields: Fields) -> Line | None:
        if self._service is not Service.CHILDRENS_SOCIAL_CARE:
            return self._involvement(fields)
        kind = fields.must("record", _one_of(_Sent))
        if kind is None:
            return None
        return {
            _Sent.PERSON: self._person,
            _Sent.ALLOCATION: self._allocation,
            _Sent.TIE: self._tie,
        }[kind](fields)

    def _involvement(self, fields: Fields) -> Line | None:
        reference = self._own_reference(fields)
        identity = identity_of(fields, self._as_of)
        started, last_involved, ended = term_of(fields, self._as_of)
        team, practitioner = self.contacts.read(fields)
        return Line(
            number=fields.number,
            kind=LineKind.INVOLVEMENT,
            source_reference=reference,
            identity=identity,
            team=team,
            practitioner=practitioner,
            started=started,
            last_involved=last_involved,
            ended=ended,
        )

    def _person(self, fields: Fields) -> Line | None:
        family = fields.parsed("family_reference", parse_reference) or ""
        role = fields.parsed("family_role", _one_of(FamilyRole))
        if bool(family) != (role is not None) and not fields.faults:
            fields.fault("family_role", "must stand beside family_reference, or neither be given")
        if role is FamilyRole.ANCHOR_CHILD and family in self._anchors:
            fields.fault(
                "family_role", f"is a second anchor child: line {self._anchors[family]} has one"
            )
        return Line(
            number=fields.number,
            kind=LineKind.PERSON,
            source_reference=self._own_reference(fields),
            identity=identity_of(fields, self._as_of),
            family=family,
            family_role=role,
        )

    def _allocation(self, fields: Fields) -> Line | None:
        reference = self._own_reference(fields)
        person = fields.must("person_reference", parse_reference)
        started, last_involved, ended = term_of(fields, self._as_of)
        team, practitioner = self.contacts.read(fields)
        return Line(
            number=fields.number,
            kind=LineKind.ALLOCATION,
            source_reference=reference,
            person_reference=person or "",
            team=team,
            practitioner=practitioner,
            started=started,
            last_involved=last_involved,
            ended=ended,
        )

    def _tie(self, fields: Fields) -> Line | None:
        person = fields.must("person_reference", parse_reference) or ""
        tie = fields.must("tie", _one_of(TieKind))
        other = fields.must("other_reference", parse_reference) or ""
        started, _, ended = term_of(fields, self._as_of)
        if person and person == other:
            fields.fault("other_reference", "is the same person")
        reference = f"{person}|{tie}|{other}"
        if reference in self.references:
            fields.fault("tie", "stands in an earlier line of this file")
        return Line(
            number=fields.number,
            kind=LineKind.TIE,
            source_reference=reference,
            person_reference=person,
            tie=tie,
            other_reference=other,
            started=started,
            ended=ended,
        )

    def _own_reference(self, fields: Fields) -> str:
        reference = fields.must("source_reference", parse_reference) or ""
        if reference in self.references:
            fields.fault("source_reference", "stands in an earlier line of this file")
        return reference

    def _accept(self, line: Line, fields: Fields) -> None:
        self.references.add(line.source_reference)
        self.contacts.accept(fields.number)
        if line.kind is LineKind.PERSON:
            self._people.add(line.source_reference)
        missing = tuple(each for each in line.named if each not in self._people)
        if missing:
            self._unmet.append((line, missing))
        if line.family_role is FamilyRole.ANCHOR_CHILD:
            self._anchors[line.family] = line.number


class _Sent(StrEnum):
    """What a line of children's social care's file is."""

    PERSON = "person"
    ALLOCATION = "allocation"
    TIE = "tie"


def _one_of(words: type[Word]) -> Callable[[str], Word]:
    """Return a parser of the words of a fixed list."""

    def parse(text: str) -> Word:
        try:
            return words(text.lower())
        except ValueError:
            raise Malformed(f"must be one of {', '.join(words)}") from None

    return parse
