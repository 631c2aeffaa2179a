"""Protected records: who is protected, how far, who still works with them, and how it ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.vocabulary import Service

MOST_NAMED = 5
"""The most users one order may name who still find the people it hides."""

REVIEWED_EVERY = timedelta(days=183)
"""An order is reviewed six-monthly (local); it never lapses by itself."""

LIFTING_WAITS = timedelta(hours=24)
"""Between asking that an order be lifted and lifting it."""


class Protection(IntEnum):
    """How far an order goes."""

    BROKERED = 1  # found by name and age; every service through one point of contact
    HIDDEN = 2  # found by nobody but those it names


class OrderKind(StrEnum):
    """What an order stands on, in one word and never a story."""

    SAFETY = "safety"
    ADOPTION = "adoption"  # the person of before is severed for good
    COURT = "court"
    UNDER_REVIEW = "under_review"  # asked for by a practitioner, and not yet looked at


class OrderAct(StrEnum):
    """What was done about an order, each an event of its own."""

    ASKED = "asked"
    HIDDEN = "hidden"
    NAMED = "named"
    UNNAMED = "unnamed"
    PERSON_ADDED = "person_added"
    ADDRESS_KEPT = "address_kept"
    REVIEWED = "reviewed"
    LIFTING_ASKED = "lifting_asked"
    LIFTING_DECLINED = "lifting_declined"
    LIFTED = "lifted"
    LIFTED_AT_ONCE = "lifted_at_once"
    COUNTERSIGNED = "countersigned"
    SEVERED = "severed"


class InterestKind(StrEnum):
    """What ties a user to somebody, so that they may not look."""

    SELF = "self"
    RELATIVE = "relative"
    HOUSEHOLD = "household"
    COLLEAGUE = "colleague"


class NotYet(Refused):
    """Twenty-four hours have not passed since lifting was asked for."""


class SamePerson(Refused):
    """Whoever asked may not agree as well."""


class SameOrganisation(Refused):
    """The second of two must be of another organisation."""


class TooManyNamed(Refused):
    """An order names MOST_NAMED users at most."""


class ForGood(Refused):
    """The order was made for an adoption: it is not lifted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One who acts on an order: their account and its organisation."""

    account: UUID
    organisation: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifting:
    """That an order be lifted, as one person asked it; another agrees or declines."""

    reference: UUID
    asked_by: Actor
    asked_at: datetime

    @property
    def earliest(self) -> datetime:
        """Return the moment from which it may be agreed to."""
        return self.asked_at + LIFTING_WAITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One event in the life of an order; `by` nobody where a service's file brought it about."""

    act: OrderAct
    at: datetime
    by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order that protects people; `lifting` is set while it is asked that it end.

    `named` are the accounts that still find whom it hides. `countersign_by` is set where it was
    lifted at once and nobody has countersigned yet.
    """

    reference: UUID
    kind: OrderKind
    protection: Protection
    people: tuple[UUID, ...]
    named: frozenset[UUID]
    asked_by: Actor
    since: datetime
    review_due: datetime
    lifting: Lifting | None = None
    ended: datetime | None = None
    countersign_by: datetime | None = None
    lifted_by: UUID | None = None

    def is_overdue(self, at: datetime) -> bool:
        """Return whether a review is due; the order holds all the same."""
        return self.ended is None and at >= self.review_due


def check_naming(order: Order, account: UUID) -> None:
    """Raise TooManyNamed where the order may not name `account` as well."""
    if len(order.named | {account}) > MOST_NAMED:
        raise TooManyNamed


def check_lifting(order: Order) -> None:
    """Raise ForGood where the order may never be lifted."""
    if order.kind is OrderKind.ADOPTION:
        raise ForGood


def check_agreeing(lifting: Lifting, second: Actor, at: datetime) -> None:
    """Raise what keeps `second` from agreeing that the order be lifted at the moment `at`.

    Lifting takes two people of two organisations, and twenty-four hours.
    """
    if second.account == lifting.asked_by.account:
        raise SamePerson
    if second.organisation == lifting.asked_by.organisation:
        raise SameOrganisation
    if at < lifting.earliest:
        raise NotYet


def check_countersigning(order: Order, second: UUID) -> None:
    """Raise SamePerson where `second` lifted the order at once themselves."""
    if order.lifted_by == second:
        raise SamePerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """By what a viewer still finds somebody whom an order hides.

    They are named in it, or `practitioner` is the person's allocated worker, or `team` the team of
    the manager who asks, or the person is one of `desk`, the service whose own desk asks.
    """

    account: UUID | None
    day: date
    practitioner: UUID | None = None
    team: UUID | None = None
    desk: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shield:
    """Whom one viewer is not told of, and whom only by name and age.

    `interests` are those of the `hidden` in whom the viewer declared an interest: others find
    them. `opened` are people hidden from others whom this viewer works with.
    `consented`, if not None, are the only people the viewer is told of.
    """

    hidden: frozenset[UUID] = frozenset()
    interests: frozenset[UUID] = frozenset()
    opened: frozenset[UUID] = frozenset()
    brokered: frozenset[UUID] = frozenset()
    consented: frozenset[UUID] | None = None

    def tells_of(self, person: UUID) -> bool:
        """Return whether the viewer may be told of `person`."""
        if self.consented is not None and person not in self.consented:
            return False
        return person not in self.hidden


NO_SHIELD = Shield()
