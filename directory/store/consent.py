"""Consents, and whom an organisation may know of by them."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select
from sqlalchemy.orm import aliased

from directory.domain.consent import Answered, Consent, Giver, Manner, Withdrawal
from directory.store.consent_tables import ConsentEventRow, ConsentOrganisationRow, ConsentRow

_Row = Row[*tuple[Any, ...]]
_ANSWER, _WITHDRAWAL = 1, 2
_given, _withdrawn = aliased(ConsentEventRow), aliased(ConsentEventRow)
_CONSENTED = (
    select(ConsentRow.person)
    .join(ConsentOrganisationRow, ConsentOrganisationRow.consent == ConsentRow.id)
    .join(_given, (_given.consent == ConsentRow.id) & (_given.step == _ANSWER))
    .outerjoin(_withdrawn, (_withdrawn.consent == ConsentRow.id) & (_withdrawn.step == _WITHDRAWAL))
    .where(
        ConsentOrganisationRow.organisation == bindparam("organisation"),
        _given.starts <= bindparam("day"),
        _given.ends > bindparam("day"),
        _withdrawn.consent.is_(None),
    )
)


class ConsentStore:
    """Reads and keeps consents within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def consented(self, organisation: UUID | None, day: date) -> frozenset[UUID]:
        """Return whose consent to `organisation` is live on `day`."""
        which = {"organisation": organisation, "day": day}
        return frozenset(self._connection.scalars(_CONSENTED, which))

    def about(self, people: Collection[UUID]) -> tuple[Consent, ...]:
        """Return what `people` were ever asked, the newest first."""
        asked = select(ConsentRow.__table__).where(ConsentRow.person.in_(people))
        rows = self._connection.execute(
            asked.order_by(ConsentRow.asked_at.desc(), ConsentRow.id)
        ).all()
        organisations, events = self._organisations(people), self._events(people)
        return tuple(_consent(row, organisations[row.id], events.get(row.id, {})) for row in rows)

    def keep(self, asked: Consent) -> None:
        """Keep a new question."""
        self._connection.execute(
            insert(ConsentRow).values(
                id=asked.reference,
                person=asked.person,
                wording=asked.wording,
                asked_by=asked.asked_by,
                asked_from=asked.asked_from,
                asked_at=asked.asked_at,
                manner=asked.manner,
            )
        )
        self._connection.execute(
            insert(ConsentOrganisationRow),
            [{"consent": asked.reference, "organisation": each} for each in asked.organisations],
        )

    def answer(self, consent: UUID, answer: Answered) -> None:
        """Keep the answer to a question."""
        self._connection.execute(
            insert(ConsentEventRow).values(
                consent=consent,
                step=_ANSWER,
                kind="given" if answer.is_given else "refused",
                by=answer.by,
                at=answer.at,
                manner=answer.manner,
                giver=answer.giver,
                authority_seen=answer.authority_seen,
                starts=answer.start,
                ends=answer.end,
            )
        )

    def withdraw(self, consent: UUID, withdrawal: Withdrawal) -> None:
        """Keep that a consent was withdrawn."""
        self._connection.execute(
            insert(ConsentEventRow).values(
                consent=consent,
                step=_WITHDRAWAL,
                kind="withdrawn",
                by=withdrawal.by,
                at=withdrawal.at,
                manner="",
                giver="",
            )
        )

    def _organisations(self, people: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
        found: dict[UUID, frozenset[UUID]] = {}
        for row in self._connection.execute(
            select(ConsentOrganisationRow.consent, ConsentOrganisationRow.organisation)
            .join(ConsentRow, ConsentRow.id == ConsentOrganisationRow.consent)
            .where(ConsentRow.person.in_(people))
        ):
            found[row.consent] = found.get(row.consent, frozenset()) | {row.organisation}
        return found

    def _events(self, people: Collection[UUID]) -> dict[UUID, dict[int, _Row]]:
        found: dict[UUID, dict[int, _Row]] = {}
        for row in self._connection.execute(
            select(ConsentEventRow.__table__)
            .join(ConsentRow, ConsentRow.id == ConsentEventRow.consent)
            .where(ConsentRow.person.in_(people))
        ):
            found.setdefault(row.consent, {})[row.step] = row
        return found


def _consent(row: _Row, organisations: frozenset[UUID], steps: dict[int, _Row]) -> Consent:
    answer, end = steps.get(_ANSWER), steps.get(_WITHDRAWAL)
    return Consent(
        reference=row.id,
        person=row.person,
        organisations=organisations,
        wording=row.wording,
        asked_by=row.asked_by,
        asked_from=row.asked_from,
        asked_at=row.asked_at,
        manner=Manner(row.manner),
        answer=_answered(answer) if answer else None,
        withdrawal=Withdrawal(by=end.by_account, at=end.at) if end else None,
    )


def _answered(row: _Row) -> Answered:
    return Answered(
        by=row.by_account,
        at=row.at,
        manner=Manner(row.manner),
        giver=Giver(row.giver),
        authority_seen=row.authority_seen,
        start=row.starts,
        end=row.ends,
    )
