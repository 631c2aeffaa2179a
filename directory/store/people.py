"""People, their families and ties, as all visible lines together say."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, insert, or_, select, update

from directory.domain.dates import Period
from directory.domain.identifiers import Malformed, Postcode
from directory.domain.people import Address, Birth, Family, Identifier, Member, Name, Person, Tie
from directory.domain.relationships import OrganisationPeople, OwnPeople
from directory.domain.restrictions import NO_SHIELD, Shield
from directory.domain.vocabulary import (
    FamilyRole,
    IdentifierKind,
    Lifecycle,
    NameKind,
    Service,
    TieKind,
)
from directory.store.agency_tables import OrganisationRow
from directory.store.line_tables import (
    FeedRow,
    InvolvementRow,
    LineIdentifierRow,
    LineNameRow,
    LineRow,
    PersonRow,
    TeamRow,
    TieRow,
)
from directory.store.relationship_tables import AdditionRow
from directory.store.sealing import Sealer
from directory.store.visibility import seen, seen_or_staged

_NAMING_ORDER = (
    Service.CHILDRENS_SOCIAL_CARE,
    Service.SCHOOL,
    Service.ADULT_SOCIAL_CARE,
    Service.HEALTH,
    Service.HOUSING,
    Service.EARLY_HELP,
    Service.POLICE,
    Service.JUSTICE,
    Service.SENSITIVE,
)
"""Whose word is taken first for a name or a date of birth when services differ."""

_CHILD_ROLES = (FamilyRole.ANCHOR_CHILD, FamilyRole.CHILD)
_LINE_COLUMNS = (
    LineRow.id,
    LineRow.person,
    LineRow.service,
    LineRow.birth,
    LineRow.house,
    LineRow.street,
    LineRow.postcode,
    PersonRow.lifecycle,
    LineNameRow.kind,
    LineNameRow.forenames,
    LineNameRow.surname,
)


class PeopleStore:
    """Reads and keeps people within one unit of work."""

    def __init__(
        self, connection: Connection, sealer: Sealer, *, shield: Shield = NO_SHIELD
    ) -> None:
        """Work through `connection`, unsealing identifiers with `sealer`.

        Nobody whom `shield` hides is told of, in any answer but `described`.
        """
        self._connection = connection
        self._sealer = sealer
        self._shield = shield

    @property
    def tells_of_strangers(self) -> bool:
        """Return whether the viewer may be told of somebody who is not known to be anybody yet."""
        return self._shield.consented is None

    def many(self, references: Collection[UUID]) -> dict[UUID, Person]:
        """Return those of `references` about whom a visible line speaks, in one query.

        Who is behind a broker is a name and an age, and nothing else. No line of somebody hidden is
        read: to read and drop it would take longer than to find nobody.
        """
        if not references:
            return {}
        shield = self._shield
        told = [each for each in references if shield.tells_of(each)]
        return {
            reference: person.brokered if reference in shield.brokered else person
            for reference, person in self._described(told, seen(LineRow)).items()
        }

    def described(self, references: Collection[UUID]) -> tuple[Person, ...]:
        """Return `references` as visible and staged lines say them, identifiers included.

        For the search index alone: what is found is read again by `many` before it is shown.
        """
        if not references:
            return ()
        either = seen_or_staged()
        described = self._described(references, either)
        identifiers = self._identified(list(described), either)
        return tuple(
            replace(person, identifiers=identifiers.get(reference, ()))
            for reference, person in described.items()
        )

    def identified(self, references: Collection[UUID]) -> dict[UUID, tuple[Identifier, ...]]:
        """Return the identifiers that visible lines give `references`; none who has none."""
        shield = self._shield
        known = [
            each for each in references if shield.tells_of(each) and each not in shield.brokered
        ]
        return self._identified(known, seen(LineRow))

    def _described(
        self, references: Collection[UUID], which: ColumnElement[bool]
    ) -> dict[UUID, Person]:
        rows = self._connection.execute(
            select(*_LINE_COLUMNS)
            .join(FeedRow, which)
            .join(PersonRow, PersonRow.id == LineRow.person)
            .join(LineNameRow, LineNameRow.line == LineRow.id)
            .where(LineRow.person.in_(references))
            .order_by(LineRow.id, LineNameRow.position)
        ).all()
        grouped: dict[UUID, list[Row[*tuple[Any, ...]]]] = {}
        for row in rows:
            grouped.setdefault(row.person, []).append(row)
        return {person: _person(person, lines) for person, lines in grouped.items()}

    def _identified(
        self, references: Collection[UUID], which: ColumnElement[bool]
    ) -> dict[UUID, tuple[Identifier, ...]]:
        rows = self._connection.execute(
            select(
                LineRow.person,
                LineRow.service,
                LineRow.source_reference,
                LineRow.visible_from,
                LineIdentifierRow.kind,
                LineIdentifierRow.sealed,
            )
            .join(FeedRow, which)
            .join(LineIdentifierRow, LineIdentifierRow.line == LineRow.id)
            .where(LineRow.person.in_(references))
        ).all()
        found: dict[UUID, list[Identifier]] = {}
        for row in rows:
            place = identifier_place(row.service, row.source_reference, row.visible_from)
            value = self._sealer.unseal(
                row.sealed, table="line_identifier", row=place, column=row.kind
            )
            kind = IdentifierKind(row.kind)
            issuer = row.service if kind is IdentifierKind.SOURCE_REFERENCE else ""
            found.setdefault(row.person, []).append(
                Identifier(kind=kind, value=value, issuer=issuer)
            )
        return {person: tuple(dict.fromkeys(each)) for person, each in found.items()}

    def new(self, references: Iterable[UUID], at: datetime) -> None:
        """Keep new people under `references`; nothing is known of them until a line says it."""
        rows = [{"id": each, "lifecycle": Lifecycle.LIVE, "since": at} for each in references]
        if rows:
            self._connection.execute(insert(PersonRow), rows)

    def set_lifecycle(self, person: UUID, lifecycle: Lifecycle) -> None:
        """Keep where `person` now stands in the directory."""
        self._connection.execute(
            update(PersonRow).where(PersonRow.id == person).values(lifecycle=lifecycle)
        )

    def among(self, own: OwnPeople, references: Collection[UUID]) -> frozenset[UUID]:
        """Return those of `references` who are among a service's or an organisation's own."""
        asked = (
            select(LineRow.person)
            .join(FeedRow, seen(LineRow))
            .where(LineRow.person.in_(references), LineRow.service == own.service)
        )
        if isinstance(own, OrganisationPeople):
            asked = (
                asked.join(InvolvementRow, InvolvementRow.line == LineRow.id)
                .join(TeamRow, and_(TeamRow.id == InvolvementRow.team, seen(TeamRow)))
                .join(OrganisationRow, OrganisationRow.reference == TeamRow.employer)
                .where(
                    OrganisationRow.id == own.organisation,
                    or_(InvolvementRow.ended.is_(None), InvolvementRow.ended > own.day),
                )
            )
        return self._known(asked)

    def referred(self, service: Service, references: Collection[str]) -> frozenset[UUID]:
        """Return whom `service` knows by any of its own `references`, as its lines now say."""
        asked = (
            select(LineRow.person)
            .join(FeedRow, seen(LineRow))
            .where(LineRow.service == service, LineRow.source_reference.in_(references))
        )
        return self._known(asked)

    def _known(self, asked: Select[*tuple[UUID | None]]) -> frozenset[UUID]:
        found = self._connection.scalars(asked)
        return frozenset(each for each in found if each and self._shield.tells_of(each))

    def family(self, person: UUID) -> Family:
        """Return the family children's social care places `person` in, or a family of one.

        Of several families the one where the person is a child comes first.
        """
        own = (
            select(LineRow.family, LineRow.family_role)
            .join(FeedRow, seen(LineRow))
            .where(LineRow.person == person, LineRow.family != "")
        )
        places = sorted(
            self._connection.execute(own).all(),
            key=lambda row: (row.family_role not in _CHILD_ROLES, row.family),
        )
        if not places:
            return Family.of_one(person)
        rows = self._connection.execute(
            select(LineRow.person, LineRow.family_role)
            .join(FeedRow, seen(LineRow))
            .where(
                LineRow.service == Service.CHILDRENS_SOCIAL_CARE,
                LineRow.family == places[0].family,
                LineRow.person.is_not(None),
            )
            .order_by(LineRow.family_role, LineRow.id)
        ).all()
        members = {
            row.person: FamilyRole(row.family_role)
            for row in rows
            if self._shield.tells_of(row.person)
        }
        if not members:
            return Family.of_one(person)
        ordered = sorted(members.items(), key=lambda each: tuple(FamilyRole).index(each[1]))
        return Family(
            anchor=ordered[0][0], members=tuple(Member(person=p, role=role) for p, role in ordered)
        )

    def additions(self, anchor: UUID, *, added_by: UUID | None) -> tuple[Member, ...]:
        """Return the people whom the account `added_by` knows to belong to the family."""
        rows = self._connection.execute(
            select(AdditionRow.person, AdditionRow.role, AdditionRow.added_by)
            .where(AdditionRow.anchor == anchor, AdditionRow.added_by == added_by)
            .order_by(AdditionRow.added_at)
        )
        return tuple(
            Member(person=row.person, role=FamilyRole(row.role), added_by=row.added_by)
            for row in rows
            if self._shield.tells_of(row.person)
        )

    def add_to_family(self, anchor: UUID, member: Member, at: datetime) -> None:
        """Keep that `member.added_by` knows the person to belong to the family of `anchor`."""
        self._connection.execute(
            insert(AdditionRow).values(
                anchor=anchor,
                person=member.person,
                role=member.role,
                added_by=member.added_by,
                added_at=at,
            )
        )

    def ties(self, people: Collection[UUID]) -> tuple[Tie, ...]:
        """Return the visible ties whose both ends are among `people`."""
        rows = self._connection.execute(
            select(LineRow.person, TieRow.kind, TieRow.other, TieRow.started, TieRow.ended)
            .join(FeedRow, seen(LineRow))
            .join(TieRow, TieRow.line == LineRow.id)
            .where(
                LineRow.person.in_(people),
                TieRow.other.in_(people),
                TieRow.other != LineRow.person,  # of two who were merged into one
            )
            .order_by(LineRow.id)
        )
        return tuple(
            Tie(
                source=row.person,
                kind=TieKind(row.kind),
                target=row.other,
                period=Period(start=row.started, end=row.ended),
            )
            for row in rows
        )


def identifier_place(service: str, source_reference: str, visible_from: int) -> str:
    """Return the name of the row an identifier is sealed to."""
    return f"{service}/{source_reference}/{visible_from}"


def _person(reference: UUID, rows: Sequence[Row[*tuple[Any, ...]]]) -> Person:
    ordered = sorted(rows, key=lambda row: _NAMING_ORDER.index(Service(row.service)))
    births = [row.birth for row in ordered if row.birth]
    addresses = [
        Address(house=row.house, street=row.street, postcode=_postcode(row.postcode))
        for row in ordered
        if row.postcode or row.street
    ]
    return Person(
        reference=reference,
        lifecycle=Lifecycle(ordered[0].lifecycle),
        names=_names(ordered),
        birth=Birth(day=births[0]) if births else None,
        addresses=tuple(dict.fromkeys(addresses)),
        services=frozenset(Service(row.service) for row in ordered),
        other_births=tuple(each for each in dict.fromkeys(births[1:]) if each != births[0]),
    )


def _names(ordered: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Name, ...]:
    """Return each different name once; a second service's current name counts as an alias."""
    kept: dict[tuple[str, str], Name] = {}
    named = False
    for row in ordered:
        kind = NameKind(row.kind)
        if kind is NameKind.CURRENT and named:
            kind = NameKind.ALIAS
        named = named or kind is NameKind.CURRENT
        key = (row.forenames.casefold(), row.surname.casefold())
        kept.setdefault(key, Name(kind=kind, forenames=row.forenames, surname=row.surname))
    return tuple(kept.values())


def _postcode(text: str) -> Postcode | None:
    try:
        return Postcode.parse(text)
    except Malformed:
        return None
