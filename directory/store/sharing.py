"""Agreements, their parties and how far each version has come."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    LargeBinary,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import aliased

from directory.domain.lawfulness import (
    ConfidentialityBasis,
    Country,
    LawfulBasis,
    ScheduleCondition,
    SpecialCondition,
)
from directory.domain.sharing import EVERY_FIELD, Agreement, ContactField, Course, Party
from directory.domain.vocabulary import LegalPower, Purpose, Service
from directory.store.sharing_tables import AgreementRow, CourseRow, PartyRow

_Row = Row[*tuple[Any, ...]]
_COURSE = tuple(each for each in CourseRow.__table__.columns if each.name != "agreement")
_PARTIES = select(
    type_coerce(PartyRow.agreement, LargeBinary).label("agreement"),
    type_coerce(PartyRow.organisation, LargeBinary).label("organisation"),
    PartyRow.signed_on,
    PartyRow.signed_by,
).order_by(PartyRow.organisation)
_VERSIONS = (
    select(AgreementRow.__table__, *_COURSE)
    .outerjoin(CourseRow, CourseRow.agreement == AgreementRow.id)
    .order_by(AgreementRow.reference, AgreementRow.version)
)
_Own = aliased(PartyRow)
_MAY_HOLD = (
    AgreementRow.start <= bindparam("day"),
    CourseRow.activated_at.is_not(None),
    or_(CourseRow.ended_from.is_(None), CourseRow.ended_from > bindparam("day")),
    or_(CourseRow.superseded_from.is_(None), CourseRow.superseded_from > bindparam("day")),
)
_BINDING_VERSIONS = _VERSIONS.where(
    exists().where(
        _Own.agreement == AgreementRow.id, _Own.organisation == bindparam("organisation")
    ),
    *_MAY_HOLD,
)
_BINDING_PARTIES = (
    _PARTIES.join(AgreementRow, AgreementRow.id == PartyRow.agreement)
    .join(CourseRow, CourseRow.agreement == AgreementRow.id)
    .join(
        _Own,
        and_(_Own.agreement == AgreementRow.id, _Own.organisation == bindparam("organisation")),
    )
    .where(
        or_(
            PartyRow.organisation == bindparam("organisation"),
            PartyRow.signed_on.is_(None),
            PartyRow.signed_on > _Own.signed_on,
        ),
        *_MAY_HOLD,
    )
)
"""The organisation itself, whoever has not signed, and whoever signed after it.

Every school may be a party, and from when it holds is told by these alone.
"""


class SharingStore:
    """Reads and keeps agreements within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def agreements(self) -> tuple[Agreement, ...]:
        """Return every version of every agreement with its parties, in two queries."""
        return tuple(self.register().values())

    def register(self) -> Mapping[UUID, Agreement]:
        """Return every version under its own reference, by agreement and then the oldest first."""
        parties = self._connection.execute(_PARTIES).all()
        return _whole(self._connection.execute(_VERSIONS).all(), parties)

    def binding(self, organisation: UUID | None, day: date) -> tuple[Agreement, ...]:
        """Return the versions that bind `organisation` and may hold on `day`, in two queries.

        Drafts are left out, and what starts later or was ended or superseded by then, and parties
        that signed no later than `organisation`; whether the others hold is for policy to say.
        """
        which = {"organisation": organisation, "day": day}
        parties = self._connection.execute(_BINDING_PARTIES, which).all()
        versions = self._connection.execute(_BINDING_VERSIONS, which).all()
        return tuple(_whole(versions, parties).values())

    def keep(self, reference: UUID, agreement: Agreement) -> None:
        """Keep `agreement` under `reference`, in the place of what stood there."""
        self._forget(reference)
        self._connection.execute(insert(AgreementRow).values(id=reference, **_values(agreement)))
        self._connection.execute(
            insert(CourseRow).values(agreement=reference, **_course(agreement.course))
        )
        if agreement.parties:
            self._connection.execute(
                insert(PartyRow),
                [
                    {
                        "agreement": reference,
                        "organisation": each.organisation,
                        "signed_on": each.signed_on,
                        "signed_by": each.signed_by or None,
                    }
                    for each in agreement.parties
                ],
            )

    def move_on(self, reference: UUID, course: Course) -> None:
        """Keep how far the version under `reference` has come; nothing that it says changes."""
        self._connection.execute(
            update(CourseRow).where(CourseRow.agreement == reference).values(**_course(course))
        )

    def _forget(self, reference: UUID) -> None:
        for each in (PartyRow.agreement, CourseRow.agreement, AgreementRow.id):
            self._connection.execute(delete(each.class_).where(each == reference))


def _whole(versions: Sequence[_Row], signed: Sequence[_Row]) -> dict[UUID, Agreement]:
    """Return each version under its id, with its parties in their order."""
    parties: dict[bytes, list[_Row]] = {}
    for row in signed:
        parties.setdefault(row.agreement, []).append(row)
    return {row.id: _agreement(row, tuple(parties.get(row.id.bytes, ()))) for row in versions}


# It depends on nothing but the rows that were just read, so what it remembers is never out of date.
@lru_cache(maxsize=512)
def _agreement(row: _Row, signed: tuple[_Row, ...]) -> Agreement:
    return Agreement(
        reference=row.reference,
        version=row.version,
        title=row.title,
        powers=frozenset(LegalPower(each) for each in row.powers.splitlines()),
        purposes=frozenset(Purpose(each) for each in row.purposes.splitlines()),
        services=frozenset(Service(each) for each in row.services.splitlines()),
        parties=tuple(_party(each) for each in signed),
        start=row.start,
        review=row.review,
        end=row.end_day,
        country=Country(row.country or Country.ENGLAND),
        bases=frozenset(LawfulBasis(each) for each in _lines(row.bases)),
        special=frozenset(SpecialCondition(each) for each in _lines(row.special)),
        schedule=frozenset(ScheduleCondition(each) for each in _lines(row.schedule)),
        policy_document=row.policy_document or "",
        confidentiality=ConfidentialityBasis(row.confidentiality) if row.confidentiality else None,
        dpia=row.dpia or "",
        fields=EVERY_FIELD
        if row.fields is None
        else frozenset(ContactField(each) for each in _lines(row.fields)),
        course=Course(
            edited_by=row.edited_by,
            edited_at=row.edited_at,
            activated_by=row.activated_by,
            activated_at=row.activated_at,
            ended_from=row.ended_from,
            superseded_from=row.superseded_from,
        ),
    )


def _party(row: _Row) -> Party:
    return Party(
        organisation=UUID(bytes=row.organisation),
        signed_on=row.signed_on,
        signed_by=row.signed_by or "",
    )


def _lines(text: str | None) -> list[str]:
    return (text or "").splitlines()


def _values(agreement: Agreement) -> dict[str, object]:
    every = agreement.fields == EVERY_FIELD
    return {
        "reference": agreement.reference,
        "version": agreement.version,
        "title": agreement.title,
        "powers": "\n".join(sorted(agreement.powers)),
        "purposes": "\n".join(sorted(agreement.purposes)),
        "services": "\n".join(sorted(agreement.services)),
        "start": agreement.start,
        "review": agreement.review,
        "end": agreement.end,
        "country": agreement.country,
        "bases": "\n".join(sorted(agreement.bases)),
        "special": "\n".join(sorted(agreement.special)),
        "schedule": "\n".join(sorted(agreement.schedule)),
        "policy_document": agreement.policy_document or None,
        "confidentiality": agreement.confidentiality,
        "dpia": agreement.dpia or None,
        "fields": None if every else "\n".join(sorted(agreement.fields)),
    }


def _course(course: Course) -> dict[str, object]:
    return {
        "edited_by": course.edited_by,
        "edited_at": course.edited_at,
        "activated_by": course.activated_by,
        "activated_at": course.activated_at,
        "ended_from": course.ended_from,
        "superseded_from": course.superseded_from,
    }
