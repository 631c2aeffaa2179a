"""Read a whole file once, to know what it says and which of its lines are refused."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from directory.domain.extracts import (
    MOST_REFUSALS_LISTED,
    FileChanged,
    Line,
    LineKind,
    Refusal,
    SentPractitioner,
    SentTeam,
    Standing,
)
from directory.operations.agreeing import Contacts
from directory.operations.lines import LineReader
from directory.operations.reading import Row

_AT_ONCE = 1_000

FindStanding = Callable[[Collection[str]], dict[str, Standing]]
"""Returns those of some references that the feed has a standing line for."""

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found in a file; `refused` are the numbers of the refused lines.

    `spared` are the references of refused lines, `unnamed` the number of those that say none.
    `leaderless` lines name nobody with a phone or e-mail, and `mute` ones of them no duty line.
    """

    lines: int
    refused: frozenset[int]
    refusals: tuple[Refusal, ...]
    references: Set[str]
    spared: Set[str]
    unnamed: int
    leaderless: Set[str]
    mute: Set[str]
    teams: tuple[SentTeam, ...]
    practitioners: tuple[SentPractitioner, ...]


def surveyed(rows: Iterable[Row], reader: LineReader, standing: FindStanding) -> Survey:
    """Return what all of `rows` say and what is wrong with them."""
    lines = 0
    refused: set[int] = set()
    refusals: list[Refusal] = []
    silent = _Silent(reader.contacts)
    for part in in_parts(rows, _AT_ONCE):
        lines += len(part)
        faults = [each for row in part for each in _faults(silent.heard(reader.read(row)))]
        faults += _unmet(reader, standing)
        refused.update(each.line for each in faults)
        refusals += sorted(faults, key=lambda each: each.line)
        del refusals[MOST_REFUSALS_LISTED:]
    return Survey(
        lines=lines,
        refused=frozenset(refused),
        refusals=tuple(refusals),
        references=reader.references,
        spared=reader.refused - reader.references,
        unnamed=reader.unnamed,
        leaderless=silent.leaderless,
        mute=silent.mute,
        teams=tuple(reader.contacts.teams.values()),
        practitioners=tuple(reader.contacts.practitioners.values()),
    )


class _Silent:
    """Gathers which lines name nobody who could be rung, as they are read."""

    def __init__(self, contacts: Contacts) -> None:
        """Begin with none; `contacts` are those that the lines read so far have said."""
        self._contacts = contacts
        self.leaderless: set[str] = set()
        self.mute: set[str] = set()

    def heard(self, read: Line | tuple[Refusal, ...]) -> Line | tuple[Refusal, ...]:
        """Return what was read."""
        if isinstance(read, Line) and read.team and not self._leads(read.practitioner):
            self.leaderless.add(read.source_reference)
            if not self._contacts.teams[read.team].team.duty_line:
                self.mute.add(read.source_reference)
        return read

    def _leads(self, reference: str) -> bool:
        sent = self._contacts.practitioners.get(reference)
        return sent is not None and bool(sent.practitioner.phone or sent.practitioner.email)


def accepted(rows: Iterable[Row], reader: LineReader, survey: Survey) -> Iterator[Line]:
    """Yield the lines that the survey did not refuse, read again."""
    for row in rows:
        if row.number not in survey.refused:
            line = reader.read(row)
            if not isinstance(line, Line):
                raise FileChanged
            yield line


def in_parts(each: Iterable[Each], most: int) -> Iterator[list[Each]]:
    """Yield lists of up to `most`."""
    remaining = iter(each)
    while part := list(islice(remaining, most)):
        yield part


def _faults(read: Line | tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    return () if isinstance(read, Line) else read


def _unmet(reader: LineReader, standing: FindStanding) -> Iterator[Refusal]:
    """Yield a refusal for each line that names a person whom no line introduced."""
    unmet = reader.unmet()
    if not unmet:
        return
    known = standing({reference for _, missing in unmet for reference in missing})
    for line, missing in unmet:
        column = _unintroduced(line, missing, known)
        if column:
            reader.withdraw(line)
            yield Refusal(
                line=line.number,
                column=column,
                reason="names a person of whom no line stands before",
            )


def _unintroduced(line: Line, missing: Collection[str], known: Mapping[str, Standing]) -> str:
    """Return the column that names a person no standing line speaks of, empty if none does."""
    for column, reference in (
        ("person_reference", line.person_reference),
        ("other_reference", line.other_reference),
    ):
        if reference in missing:
            found = known.get(reference)
            if found is None or found.kind is not LineKind.PERSON:
                return column
    return ""
