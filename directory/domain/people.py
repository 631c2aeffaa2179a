"""People, their names and addresses, and the families they belong to."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from directory.domain.dates import Period, age_on
from directory.domain.identifiers import Postcode
from directory.domain.restrictions import Protection
from directory.domain.vocabulary import (
    DatePrecision,
    FamilyRole,
    IdentifierKind,
    Lifecycle,
    NameKind,
    Service,
    TieKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One dated name."""

    kind: NameKind
    forenames: str
    surname: str

    @property
    def full(self) -> str:
        """Return forenames and surname as people say them."""
        return f"{self.forenames} {self.surname}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """A date of birth and how exactly it is known."""

    day: date
    precision: DatePrecision = DatePrecision.DAY

    def age(self, on: date) -> int:
        """Return the whole years lived on the day `on`; never below zero."""
        return max(0, age_on(self.day, on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address, with what is needed to compare it."""

    house: str = ""
    street: str = ""
    postcode: Postcode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One identifier; `issuer` is the service whose reference it is, empty for national ones."""

    kind: IdentifierKind
    value: str
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What one line of an extract says about who a person is."""

    names: tuple[Name, ...]
    birth: Birth | None = None
    address: Address | None = None
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as all visible lines together say; never shown above the ledger.

    `other_births` are dates of birth that some line tells otherwise, and nobody is shown.
    """

    reference: UUID
    lifecycle: Lifecycle
    names: tuple[Name, ...]
    birth: Birth | None
    addresses: tuple[Address, ...]
    identifiers: tuple[Identifier, ...] = ()
    services: frozenset[Service] = frozenset()
    protection: Protection | None = None
    other_births: tuple[date, ...] = ()

    @property
    def name(self) -> Name:
        """Return the name to call the person by: the first current one."""
        return next(
            (each for each in self.names if each.kind is NameKind.CURRENT),
            self.names[0],
        )

    @property
    def brokered(self) -> Self:
        """Return what is told of the person behind a single point of contact: name and birth."""
        return replace(
            self,
            names=(self.name,),
            addresses=(),
            identifiers=(),
            services=frozenset(),
            protection=Protection.BROKERED,
            other_births=(),
        )

    @property
    def births(self) -> tuple[date, ...]:
        """Return every date of birth that any line tells, the one that is shown first."""
        return (self.birth.day, *self.other_births) if self.birth else ()

    def age(self, on: date) -> int | None:
        """Return the age in whole years on the day `on`, None where no birth date is known."""
        return None if self.birth is None else self.birth.age(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A dated, typed family relationship from one person to another."""

    source: UUID
    kind: TieKind
    target: UUID
    period: Period = Period()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person's place in a family; `added_by` is the account that knew of them, if any."""

    person: UUID
    role: FamilyRole
    added_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """An anchor and the members around it; a person without ties is a family of one."""

    anchor: UUID
    members: tuple[Member, ...]

    @classmethod
    def of_one(cls, person: UUID) -> Self:
        """Return the family of a person no one has said belongs to another."""
        return cls(anchor=person, members=(Member(person=person, role=FamilyRole.OTHER),))

    def only(self, person: UUID) -> Self:
        """Return the family narrowed to one of its members."""
        kept = tuple(each for each in self.members if each.person == person)
        return replace(self, members=kept)
