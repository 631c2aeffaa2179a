"""The involvements of one service, as its own desk keeps them true."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, func, or_, select, update

from directory.domain.extracts import said_by_hand
from directory.domain.people import Birth, Name
from directory.domain.upkeep import ByHand, Kept, Lead, Said
from directory.domain.vocabulary import NameKind, Service
from directory.store.involvement import COLUMNS, involvement_of, with_contacts
from directory.store.kept_rows import kept_row, values_of
from directory.store.line_tables import (
    FeedRow,
    InvolvementRow,
    LeaverRow,
    LineNameRow,
    LineRow,
    PractitionerRow,
    TeamRow,
)
from directory.store.visibility import seen

_HEARD_OF = func.coalesce(
    InvolvementRow.confirmed_on, InvolvementRow.last_involved, InvolvementRow.started
)


class UpkeepStore:
    """Reads and changes what one service says of its involvements, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def stalest(
        self, service: Service, *, lead: UUID | None, day: date, first: int, most: int
    ) -> tuple[Kept, ...]:
        """Return involvements that go on, the longest not heard of first.

        With `lead`, those of that practitioner alone.
        """
        goes_on = or_(InvolvementRow.ended.is_(None), InvolvementRow.ended > day)
        statement = _own(service).where(goes_on)
        if lead is not None:
            statement = statement.where(InvolvementRow.practitioner == lead)
        ordered = statement.order_by(_HEARD_OF.asc().nulls_first(), LineRow.id)
        rows = self._connection.execute(ordered.offset(first).limit(most))
        return tuple(map(_kept, rows))

    def kept(self, service: Service, lines: Collection[int]) -> dict[int, Kept]:
        """Return those of `lines` that stand and are the service's own."""
        rows = self._connection.execute(_own(service).where(LineRow.id.in_(lines)))
        return {row.line: _kept(row) for row in rows}

    def under(self, service: Service, reference: str) -> int | None:
        """Return the line that the service sent under its own `reference`, if one is seen."""
        return self._connection.scalar(
            select(LineRow.id)
            .join(FeedRow, seen(LineRow))
            .where(LineRow.service == service, LineRow.source_reference == reference)
        )

    def about(self, service: Service, people: Collection[UUID]) -> tuple[Kept, ...]:
        """Return the service's own involvements with `people`, whether they go on or not."""
        rows = self._connection.execute(
            _own(service).where(LineRow.person.in_(people)).order_by(LineRow.id)
        )
        return tuple(map(_kept, rows))

    def leads(self, service: Service, day: date) -> Mapping[Lead, tuple[str, str]]:
        """Return who may lead on `day`, each with the name of practitioner and team, by name.

        A team alone stands for itself: it is named without a practitioner.
        """
        teams = self._connection.execute(
            select(TeamRow.id, TeamRow.name)
            .join(FeedRow, seen(TeamRow))
            .where(TeamRow.service == service)
            .order_by(TeamRow.name)
        ).all()
        names = {row.id: row.name for row in teams}
        practitioners = self._connection.execute(
            select(PractitionerRow.id, PractitionerRow.team, PractitionerRow.name)
            .join(FeedRow, seen(PractitionerRow))
            .outerjoin(LeaverRow, LeaverRow.practitioner == PractitionerRow.id)
            .where(
                PractitionerRow.service == service,
                PractitionerRow.team.is_not(None),
                or_(PractitionerRow.left_on.is_(None), PractitionerRow.left_on > day),
                or_(LeaverRow.left_on.is_(None), LeaverRow.left_on > day),
            )
            .order_by(PractitionerRow.name)
        ).all()
        return {
            **{
                Lead(team=row.team, practitioner=row.id): (row.name, names[row.team])
                for row in practitioners
                if row.team in names
            },
            **{Lead(team=team, practitioner=None): ("", name) for team, name in names.items()},
        }

    def sent_as(self, service: Service, lead: Lead) -> tuple[str, str]:
        """Return the service's own references of the team and practitioner, empty for none."""
        team = self._connection.scalar(
            select(TeamRow.source_reference)
            .join(FeedRow, seen(TeamRow))
            .where(TeamRow.service == service, TeamRow.id == lead.team)
        )
        practitioner = self._connection.scalar(
            select(PractitionerRow.source_reference)
            .join(FeedRow, seen(PractitionerRow))
            .where(PractitionerRow.service == service, PractitionerRow.id == lead.practitioner)
        )
        return team or "", practitioner or ""

    def begun_by_hand(self, line: int, day: date, by: UUID) -> None:
        """Keep that all a new line says was said by hand on `day`, and confirmed so."""
        said = self._connection.execute(
            update(InvolvementRow)
            .where(InvolvementRow.line == line)
            .values(lead_on=day, last_on=day, ended_on=day, confirmed_on=day, confirmed_by=by)
        )
        if said.rowcount != 1:
            raise LookupError(line)
        digest = self._connection.scalar(select(LineRow.digest).where(LineRow.id == line))
        self._connection.execute(
            update(LineRow)
            .where(LineRow.id == line)
            .values(as_of=day, digest=said_by_hand(bytes(digest or b"")))
        )

    def sent(self, line: int, said: Said, *, revision: int, day: date) -> None:
        """Keep that a programme said all that a line says on `day`, which makes it `revision`."""
        self._connection.execute(
            update(InvolvementRow)
            .where(InvolvementRow.line == line)
            .values(
                revision=revision,
                **values_of(said, ByHand(lead=day, last_involved=day, ended=day)),
            )
        )
        digest = self._connection.scalar(select(LineRow.digest).where(LineRow.id == line))
        self._connection.execute(
            update(LineRow)
            .where(LineRow.id == line)
            .values(as_of=day, digest=said_by_hand(bytes(digest or b"")))
        )

    def say(self, kept: Kept, said: Said, day: date) -> bool:
        """Keep what is `said` by hand on `day`; False where it was changed since it was `kept`.

        A version that a file has staged meanwhile says so too.
        """
        for row in self._versions(kept):
            before = kept_row(row)
            seen_at = kept.revision if row.line == kept.line else row.revision
            changed = self._connection.execute(
                update(InvolvementRow)
                .where(InvolvementRow.line == row.line, InvolvementRow.revision == seen_at)
                .values(
                    revision=seen_at + 1,
                    **values_of(said, before.by_hand.since(before.said, said, day)),
                )
            )
            if not changed.rowcount:
                return False
            self._connection.execute(
                update(LineRow)
                .where(LineRow.id == row.line)
                .values(digest=said_by_hand(bytes(row.digest)))
            )
        return True

    def confirm(self, kept: Kept, day: date, by: UUID) -> bool:
        """Keep that it still holds; False where it was changed since it was `kept`."""
        confirmed = self._connection.execute(
            update(InvolvementRow)
            .where(InvolvementRow.line == kept.line, InvolvementRow.revision == kept.revision)
            .values(confirmed_on=day, confirmed_by=by)
        )
        return bool(confirmed.rowcount)

    def _versions(self, kept: Kept) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return the version that is seen first, then any that is staged to replace it."""
        return self._connection.execute(
            select(InvolvementRow.__table__, LineRow.digest)
            .join(LineRow, LineRow.id == InvolvementRow.line)
            .join(FeedRow, FeedRow.service == LineRow.service)
            .where(
                LineRow.service == kept.service,
                LineRow.source_reference == kept.source_reference,
                or_(LineRow.id == kept.line, LineRow.visible_from > FeedRow.current),
            )
            .order_by(LineRow.visible_from)
        ).all()


def _own(service: Service) -> Select[*tuple[Any, ...]]:
    chosen = select(
        LineRow.id.label("line"),
        LineRow.birth,
        InvolvementRow.revision,
        LineNameRow.kind.label("name_kind"),
        LineNameRow.forenames,
        LineNameRow.surname,
        *COLUMNS,
    )
    first_name = and_(LineNameRow.line == LineRow.id, LineNameRow.position == 0)
    return (
        with_contacts(chosen)
        .outerjoin(LineNameRow, first_name)
        .where(
            LineRow.service == service,
            or_(LineRow.person.is_not(None), LineNameRow.line.is_not(None)),
        )
    )


def _kept(row: Row[*tuple[Any, ...]]) -> Kept:
    found = involvement_of(row)
    name = row.forenames is not None and Name(
        kind=NameKind(row.name_kind), forenames=row.forenames, surname=row.surname
    )
    return Kept(
        line=row.line,
        revision=row.revision,
        person=row.person,
        service=found.service,
        source_reference=found.source_reference,
        as_of=found.as_of,
        name=name or None,
        birth=Birth(day=row.birth) if row.birth else None,
        started=found.started,
        last_involved=found.last_involved,
        ended=found.ended,
        team=found.team,
        lead=found.lead,
        confirmed_on=row.confirmed_on,
    )
