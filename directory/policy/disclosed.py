"""The values policy releases to one viewer; pages and the API accept nothing else."""

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from directory.domain.availability import Weekday
from directory.domain.consent import ConsentState, Giver
from directory.domain.mail_domains import MailTrust
from directory.domain.restrictions import OrderAct, OrderKind, Protection
from directory.domain.texts import TextKind
from directory.domain.vocabulary import (
    DatePrecision,
    FamilyRole,
    Purpose,
    Relationship,
    Service,
    State,
    TieKind,
)

SEAL = object()
"""Held by directory.policy.disclosure and its neighbours contacts, foreseen and texts alone."""


class NotDisclosed(Exception):
    """A value reached a page without being disclosed to the one who looks at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """A value policy has released to one viewer; it cannot be made anywhere else.

    The seal is asked for and not kept, so a disclosed value cannot be altered by copying it.
    """

    viewer: str
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        """Refuse a value that was not made by policy."""
        if seal is not SEAL:
            raise NotDisclosed(type(self).__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedHit(Disclosed):
    """One search result: name, age, part postcode, why it matched and what differs."""

    person: UUID
    name: str
    age: int | None
    part_postcode: str
    strong: bool
    why: tuple[str, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedPerson(Disclosed):
    """Name and age, as any page about a chosen person says them."""

    person: UUID
    name: str
    also_known_as: tuple[str, ...]
    age: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedLine(Disclosed):
    """One service's answer about one person, without any practitioner's contact.

    `month` is the first day of the month last involved, or ended for a previous involvement.
    """

    service: Service
    title: str
    member: DisclosedPerson
    state: State
    common_line: str
    out_of_hours_line: str
    area: str = ""
    covered_since: date | None = None
    as_of: date | None = None
    late_since: date | None = None
    month: date | None = None
    ages: tuple[int, int] | None = None
    unmatched: bool = False
    contributes: bool = True
    opens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedTie(Disclosed):
    """A family tie, read "this member *kind* `name`"."""

    kind: TieKind
    name: str
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedMember(Disclosed):
    """One member of a family with their own line for each service."""

    person: DisclosedPerson
    role: FamilyRole
    ties: tuple[DisclosedTie, ...]
    added_by_viewer: bool
    lines: tuple[DisclosedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedBoard(Disclosed):
    """A family's board: one leading line per service, then each member's own lines."""

    chosen: DisclosedPerson
    leading: tuple[DisclosedLine, ...]
    members: tuple[DisclosedMember, ...]
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedContact(Disclosed):
    """Whom to ring about one involvement; a leaver is not shown, the team's lines are.

    `about` is None where it may not be reported as wrong; `reported_on` while a report is open.
    Who is away is named without a contact; where somebody stands in for them that is who is shown.
    `back_on` is the first day back, None while it is not known; no `works` means on any day.
    `unconfirmed_days` is for how long, at least, nobody confirmed who leads, None where that is not
    too long.
    """

    organisation: str = ""
    team: str = ""
    duty_line: str = ""
    out_of_hours_line: str = ""
    practitioner: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    email_trust: MailTrust = MailTrust.NOT_JUDGED
    left: bool = False
    away: bool = False
    stands_in_for: str = ""
    back_on: date | None = None
    works: tuple[Weekday, ...] = ()
    unconfirmed_days: int | None = None
    last_involved: date | None = None
    precision: DatePrecision = DatePrecision.MONTH
    started: date | None = None
    last_day: date | None = None
    source_reference: str = ""
    as_of: date | None = None
    about: UUID | None = None
    reported_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedCard(Disclosed):
    """One service's card about one person."""

    line: DisclosedLine
    date_meaning: str
    contacts: tuple[DisclosedContact, ...]
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedFamily(Disclosed):
    """One person on the list of families a user works with."""

    person: DisclosedPerson
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedClaim(Disclosed):
    """A claim on one person: to who made it, or to the manager who may confirm it."""

    claim: UUID
    person: DisclosedPerson
    claimant: str
    kind: Relationship
    purpose: Purpose
    reason: str
    started: datetime
    ends: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedConsent(Disclosed):
    """What one person was asked by the viewer's organisation, and how it stands."""

    consent: UUID
    organisations: tuple[str, ...]
    state: ConsentState
    wording: str
    asker: str
    asked_on: date
    giver: Giver | None
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedConsents(Disclosed):
    """A member of the family, and what they were asked, the newest first."""

    person: DisclosedPerson
    consents: tuple[DisclosedConsent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedEntry(Disclosed):
    """One audit entry as the IG lead reads it."""

    sequence: int
    at: datetime
    event: str
    outcome: str
    actor: str
    role: str
    organisation: str
    purpose: str
    power: str
    relationship: str
    service: str
    fields: tuple[str, ...]
    agreements: tuple[str, ...]
    policy_version: str
    words: str
    people_shown: int
    about_subject: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedWaiting(Disclosed):
    """What a waiting line says of who somebody is, and nothing of who sent it or why."""

    waiting: UUID
    names: tuple[str, ...]
    birth: date | None
    addresses: tuple[str, ...]
    nhs_numbers: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedCandidate(Disclosed):
    """Somebody whom a waiting line may be about: identity, and how many services know them.

    `expected` is the day on which somebody not yet born was expected.
    """

    person: UUID
    names: tuple[str, ...]
    birth: date | None
    expected: date | None
    addresses: tuple[str, ...]
    nhs_numbers: tuple[str, ...]
    services_known: int
    why: tuple[str, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedAct(Disclosed):
    """What a steward did or asks for; `names` are those of the people it is about."""

    act: UUID
    kind: str
    at: datetime
    actor: str
    names: tuple[str, ...]
    reason: str
    mine: bool
    open_to_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedDone(Disclosed):
    """One event in the life of an order that protects people."""

    act: OrderAct
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedNamed(Disclosed):
    """A user whom an order names."""

    account: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedOrder(Disclosed):
    """An order that protects people; `people` are said to restriction officers alone."""

    order: UUID
    kind: OrderKind
    protection: Protection
    people: tuple[DisclosedPerson, ...]
    named: tuple[DisclosedNamed, ...]
    since: datetime
    review_due: datetime
    overdue: bool
    events: tuple[DisclosedDone, ...]
    lifting_by: str
    lifting_from: datetime | None
    countersign_by: datetime | None
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedKept(Disclosed):
    """One involvement of the viewer's own service; `ended` is the first day after it.

    Name and age are as the service says them, so that whose it is taken for is told by nothing.
    """

    line: int
    revision: int
    name: str
    age: int | None
    source_reference: str
    team: UUID | None
    team_name: str
    practitioner: UUID | None
    practitioner_name: str
    has_left: bool
    started: date | None
    last_involved: date | None
    ended: date | None
    as_of: date
    confirmed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedText(Disclosed):
    """An organisation, a service, a team, a role in one or a page of guidance; never a person.

    `reference` finds it again within its kind.
    """

    kind: TextKind
    reference: str
    name: str
    within: tuple[str, ...]


def walk(value: object) -> Iterator[Disclosed]:
    """Yield every disclosed value inside `value`, itself included."""
    if isinstance(value, Disclosed):
        yield value
    if isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from walk(each)
    elif is_dataclass(value):
        for each_field in fields(value):
            yield from walk(getattr(value, each_field.name))


_TOLD_APART = frozenset({"viewer", "person", "member", "line", "service", "agreements"})
_NO_FACTS = frozenset(
    {"contributes", "opens", "precision", "mine", "open_to_take_back", "claim", "email_trust"}
)
_UNNAMED = _TOLD_APART | _NO_FACTS
"""What the entry says in fields of its own, and what only says how to read another field."""


def fields_shown(value: object) -> tuple[str, ...]:
    """Return the names of the facts that stand in `value`, each once, sorted, for the audit."""
    names = {
        each_field.name
        for each in walk(value)
        for each_field in fields(each)
        if each_field.name not in _UNNAMED and _says_something(getattr(each, each_field.name))
    }
    return tuple(sorted(names))


def _says_something(fact: object) -> bool:
    """Return whether `fact` tells anything: an age of nought does, an empty text does not."""
    if isinstance(fact, tuple):
        return any(_says_something(each) for each in fact)
    return isinstance(fact, str | int | date | Enum) and fact != "" and fact is not False
