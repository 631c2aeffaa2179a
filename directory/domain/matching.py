"""Whose a line is, as a matching steward decides it, and how each decision may be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.people import Identity
from directory.domain.vocabulary import Service


class Choice(StrEnum):
    """What a steward may say of a line that waits."""

    THIS_PERSON = "this_person"
    NEW_PERSON = "new_person"
    NOT_THIS_PERSON = "not_this_person"  # holds for ever, until it is taken back
    LATER = "later"  # to the end of the queue


class Desk(StrEnum):
    """At which desk a line waits: nobody sees the other desk's."""

    OPEN = "open"
    HELD = "held"  # it resembles somebody guarded, of whom few may know


class ActKind(StrEnum):
    """What a steward did, or asks a second one to agree to."""

    THIS_PERSON = "this_person"
    NEW_PERSON = "new_person"
    NOT_THIS_PERSON = "not_this_person"
    MERGE = "merge"
    TAKE_BACK = "take_back"


class ActState(StrEnum):
    """How far an act has come."""

    ASKED = "asked"  # a second person has to agree
    DONE = "done"
    DECLINED = "declined"


class MergeReason(StrEnum):
    """Why two people are taken for one."""

    SAME_NUMBER = "same_number"
    SAME_IDENTITY = "same_identity"  # name, date of birth and address agree
    SERVICE_CONFIRMED = "service_confirmed"  # a service that knows the person said so
    BORN_CHILD = "born_child"  # one was entered before the birth


class Part(StrEnum):
    """A part of what a steward was shown, that may have changed since."""

    LINE = "line"
    CANDIDATES = "candidates"
    NAMES = "names"
    BIRTH = "birth"
    ADDRESSES = "addresses"
    NUMBERS = "numbers"
    SERVICES = "services"


class Changed(Refused):
    """What the steward was shown has changed meanwhile, so nothing was done."""

    def __init__(self, parts: Iterable[Part]) -> None:
        """Keep which `parts` changed."""
        super().__init__("it changed meanwhile")
        self.parts = tuple(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """A line that waits for a steward; `reference` is random and stays while the line is sent.

    `turn` is the moment by which it is ordered: when it began to wait, or was left for later.
    `digest` changes with whatever the line says.
    """

    reference: UUID
    service: Service
    source_reference: str
    since: datetime
    turn: datetime
    digest: bytes
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """By what a service knows a line."""

    service: Service
    source_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a steward decided or asked for.

    `person` is whom it names, or the one who stays in a merge; `other` the one merged away.
    `undoes` is the act it takes back. `second_by` is who agreed, where `two_needed`. `expected` is
    when a new person who is not born yet is expected.
    """

    reference: UUID
    kind: ActKind
    state: ActState
    asked_by: UUID
    asked_at: datetime
    waiting: UUID | None = None
    person: UUID | None = None
    other: UUID | None = None
    undoes: UUID | None = None
    reason: str = ""
    two_needed: bool = False
    expected: date | None = None
    second_by: UUID | None = None
    second_at: datetime | None = None
    undone: bool = False

    @property
    def done_at(self) -> datetime:
        """Return when it was done: at once, or when a second person agreed."""
        return self.second_at or self.asked_at

    @property
    def can_be_taken_back(self) -> bool:
        """Return whether it was done, stands, and takes nothing back itself."""
        return (
            self.state is ActState.DONE and not self.undone and self.kind is not ActKind.TAKE_BACK
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Somebody not yet born when they were entered, and when the birth was expected."""

    person: UUID
    day: date
