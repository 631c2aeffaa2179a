"""Which involvements a practitioner is to confirm."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection, or_, select

from directory.domain.confirmations import ASKED_EVERY, NEW_FOR
from directory.domain.vocabulary import Service
from directory.store.line_tables import FeedRow, InvolvementRow, LineRow, PractitionerRow
from directory.store.visibility import seen

_TODAY = timedelta(days=1)  # what ends with today is said to have ended


class ConfirmationStore:
    """Reads what is to be confirmed, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def service_of(self, practitioner: UUID) -> Service | None:
        """Return the service that names the practitioner, None where none does."""
        found = self._connection.scalar(
            select(PractitionerRow.service)
            .join(FeedRow, seen(PractitionerRow))
            .where(PractitionerRow.id == practitioner)
        )
        return Service(found) if found else None

    def due(self, service: Service, practitioner: UUID, day: date, *, most: int) -> list[int]:
        """Return lines that go on under the practitioner and were not confirmed for four weeks.

        They are about somebody of a family that children's social care names, or new. Those that
        were never confirmed come first.
        """
        in_family = (
            select(LineRow.person)
            .join(FeedRow, seen(LineRow))
            .where(LineRow.service == Service.CHILDRENS_SOCIAL_CARE, LineRow.person.is_not(None))
        )
        return list(
            self._connection.scalars(
                select(LineRow.id)
                .join(FeedRow, seen(LineRow))
                .join(InvolvementRow, InvolvementRow.line == LineRow.id)
                .where(
                    LineRow.service == service,
                    InvolvementRow.practitioner == practitioner,
                    or_(InvolvementRow.ended.is_(None), InvolvementRow.ended > day + _TODAY),
                    or_(InvolvementRow.started >= day - NEW_FOR, LineRow.person.in_(in_family)),
                    or_(
                        InvolvementRow.confirmed_on.is_(None),
                        InvolvementRow.confirmed_on <= day - ASKED_EVERY,
                    ),
                )
                .order_by(InvolvementRow.confirmed_on.asc().nulls_first(), LineRow.id)
                .limit(most)
            )
        )
