"""Searches to be compared, calls and whom they were paged to, and the rota."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select, update

from directory.domain.calls import Call, CallKind, DueLookUp, Page
from directory.domain.rota import NEXT_AFTER, Paging, Turn
from directory.domain.vocabulary import Role
from directory.store.call_tables import CallPageRow, CallRow, DueLookUpRow, TurnRow
from directory.store.relationship_tables import LookUpRow
from directory.store.sealing import Sealer

_TAKEN_FOR = timedelta(minutes=2)
"""How long a page that was taken has to go before another may take it."""


class CallStore:
    """Reads and keeps calls and the rota within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, unsealing what sessions kept with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def put_due(self, look_up: UUID, *, account: UUID, role: Role, at: datetime) -> None:
        """Keep that a search is to be compared."""
        self._connection.execute(
            insert(DueLookUpRow).values(look_up=look_up, account=account, role=role, at=at)
        )

    def due(self, *, most: int) -> tuple[DueLookUp, ...]:
        """Return searches to be compared, the oldest first, with what was found by now."""
        rows = self._connection.execute(
            select(DueLookUpRow.__table__, LookUpRow.sealed)
            .join(LookUpRow, LookUpRow.id == DueLookUpRow.look_up)
            .order_by(DueLookUpRow.at, DueLookUpRow.look_up)
            .limit(most)
        )
        return tuple(
            DueLookUp(
                reference=row.look_up,
                account=row.account,
                role=Role(row.role),
                at=row.at,
                words=self._sealer.unseal(
                    bytes(row.sealed), table="look_up", row=row.look_up.hex, column="sealed"
                ),
            )
            for row in rows
        )

    def take_due(self, look_ups: Collection[UUID]) -> frozenset[UUID]:
        """Compare these no more; return those that nobody took before."""
        found = frozenset(
            self._connection.scalars(
                select(DueLookUpRow.look_up).where(DueLookUpRow.look_up.in_(look_ups))
            )
        )
        self._connection.execute(delete(DueLookUpRow).where(DueLookUpRow.look_up.in_(found)))
        return found

    def is_anything_due(self, at: datetime) -> bool:
        """Return whether a search, a call or a letter waits for something to be done."""
        late = exists().where(CallPageRow.call == CallRow.id, CallPageRow.at > at - NEXT_AFTER)
        return any(
            self._connection.scalar(select(each.exists()))
            for each in (
                select(DueLookUpRow.look_up).join(LookUpRow, LookUpRow.id == DueLookUpRow.look_up),
                select(CallRow.id).where(
                    CallRow.kind == CallKind.HIDDEN, CallRow.answered_at.is_(None), ~late
                ),
                select(CallPageRow.call).where(_to_go(at)),
            )
        )

    def keep(self, call: Call) -> None:
        """Keep a new call."""
        self._connection.execute(
            insert(CallRow).values(
                id=call.reference, kind=call.kind, caller=call.caller, at=call.at
            )
        )

    def waiting(self, kind: CallKind) -> tuple[Call, ...]:
        """Return the calls of `kind` that nobody answered, the oldest first."""
        rows = self._connection.execute(
            select(CallRow.id, CallRow.caller, CallRow.at)
            .where(CallRow.kind == kind, CallRow.answered_at.is_(None))
            .order_by(CallRow.at, CallRow.id)
        ).all()
        told: dict[UUID, list[tuple[UUID, datetime]]] = {row.id: [] for row in rows}
        for page in self._connection.execute(
            select(CallPageRow.call, CallPageRow.account, CallPageRow.at).where(
                CallPageRow.call.in_(told)
            )
        ):
            told[page.call].append((page.account, page.at))
        return tuple(
            Call(
                reference=row.id,
                kind=kind,
                caller=row.caller,
                at=row.at,
                paging=_paging(told[row.id]),
            )
            for row in rows
        )

    def page(self, call: UUID, accounts: Iterable[UUID], at: datetime) -> None:
        """Keep that `accounts` are told of the call, by letters still to go."""
        rows = [{"call": call, "account": each, "at": at} for each in accounts]
        if rows:
            self._connection.execute(insert(CallPageRow), rows)

    def answer(self, call: UUID, *, by: UUID, at: datetime) -> None:
        """Keep that `by` rang."""
        self._connection.execute(
            update(CallRow).where(CallRow.id == call).values(answered_at=at, answered_by=by)
        )

    def take_pages(self, at: datetime) -> tuple[Page, ...]:
        """Return the pages whose letters are to go, and let nobody else take them meanwhile."""
        rows = self._connection.execute(
            select(
                CallPageRow.call, CallPageRow.account, CallPageRow.at,
                CallRow.kind, CallRow.caller, CallRow.at.label("call_at"),
            )
            .join(CallRow, CallRow.id == CallPageRow.call)
            .where(_to_go(at))
            .order_by(CallPageRow.at, CallPageRow.account)
        ).all()  # fmt: skip
        self._connection.execute(update(CallPageRow).where(_to_go(at)).values(taken_at=at))
        return tuple(
            Page(
                call=row.call,
                kind=CallKind(row.kind),
                to=row.account,
                at=row.at,
                caller=row.caller,
                call_at=row.call_at,
            )
            for row in rows
        )

    def sent(self, page: Page, at: datetime) -> None:
        """Keep that the letter of `page` has gone."""
        self._connection.execute(
            update(CallPageRow)
            .where(
                CallPageRow.call == page.call,
                CallPageRow.account == page.to,
                CallPageRow.at == page.at,
            )
            .values(sent_at=at)
        )

    def turns(self, after: datetime) -> tuple[Turn, ...]:
        """Return the turns that end after the moment `after`, in their order."""
        rows = self._connection.execute(
            select(TurnRow.__table__).where(TurnRow.end > after).order_by(TurnRow.start, TurnRow.id)
        )
        return tuple(
            Turn(reference=row.id, account=row.account, start=row.starts, end=row.ends)
            for row in rows
        )

    def keep_turn(self, turn: Turn, *, by: UUID) -> None:
        """Put a turn on the rota."""
        self._connection.execute(
            insert(TurnRow).values(
                id=turn.reference, account=turn.account, start=turn.start, end=turn.end, made_by=by
            )
        )

    def remove_turn(self, turn: UUID) -> None:
        """Take a turn off the rota; the audit keeps that it stood there."""
        self._connection.execute(delete(TurnRow).where(TurnRow.id == turn))


def _to_go(at: datetime) -> ColumnElement[bool]:
    return and_(
        CallPageRow.sent_at.is_(None),
        or_(CallPageRow.taken_at.is_(None), CallPageRow.taken_at <= at - _TAKEN_FOR),
    )


def _paging(told: list[tuple[UUID, datetime]]) -> Paging:
    return Paging(
        paged=frozenset(account for account, _ in told),
        last_at=max((at for _, at in told), default=None),
    )
