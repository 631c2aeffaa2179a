"""Watches, what their boards said last, and the notices that came of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from directory.domain.vocabulary import Purpose, Role
from directory.domain.watches import (
    MARK_BYTES,
    Facet,
    Facets,
    MailChoice,
    Mailing,
    Marks,
    Notice,
    Watch,
)
from directory.store.line_tables import CounterRow
from directory.store.watch_tables import NoticeMailRow, NoticeRow, WatchRow

_COUNTER = "boards"
_NONE = bytes(MARK_BYTES)
_MARK = 4 * MARK_BYTES + 1
_RESTS = timedelta(minutes=5)
_AT_LEAST_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many watches that are over, and notices, are older than they are kept."""

    watches: int
    notices: int


class WatchStore:
    """Reads and keeps watches and notices within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def keep(self, watch: Watch) -> None:
        """Keep a new watch."""
        self._connection.execute(
            insert(WatchRow).values(
                id=watch.reference,
                account=watch.account,
                role=watch.role,
                person=watch.person,
                purpose=watch.purpose,
                started=watch.started,
                ends=watch.ends,
                marks=_packed(watch.marks),
                compared_at=watch.compared_at,
                compared_with=self.changes(),
            )
        )

    def of(
        self, account: UUID | None, role: Role, *, people: Collection[UUID] | None = None
    ) -> tuple[Watch, ...]:
        """Return the watches of `account` in `role`, of `people` where named, the newest first."""
        mine = [WatchRow.account == account, WatchRow.role == role]
        if people is not None:
            mine.append(WatchRow.person.in_(people))
        rows = self._connection.execute(
            select(WatchRow.__table__).where(*mine).order_by(WatchRow.started.desc(), WatchRow.id)
        )
        return tuple(_watch(row) for row in rows)

    def due(self, at: datetime, *, most: int) -> tuple[Watch, ...]:
        """Return watches whose boards are to be compared at `at`, the longest waiting first."""
        rows = self._connection.execute(
            select(WatchRow.__table__)
            .where(self._is_due(at))
            .order_by(WatchRow.compared_at, WatchRow.id)
            .limit(most)
        )
        return tuple(_watch(row) for row in rows)

    def is_anything_due(self, at: datetime) -> bool:
        """Return whether any watch's board is to be compared at `at`."""
        return bool(self._connection.scalar(select(exists().where(self._is_due(at)))))

    def changes(self) -> int:
        """Return how often anything was changed that boards are made of."""
        number = select(CounterRow.next).where(CounterRow.name == _COUNTER)
        return self._connection.scalar(number) or 0

    def compare(self, watch: Watch, marks: Marks, *, at: datetime, changes: int) -> bool:
        """Keep what the board of `watch` says at `at`, after so many changes of boards.

        Return False where it was stopped, or somebody else compared it, since it was read.
        """
        done = self._connection.execute(
            update(WatchRow)
            .where(WatchRow.id == watch.reference, WatchRow.compared_at == watch.compared_at)
            .values(marks=_packed(marks), compared_at=at, compared_with=changes)
        )
        return done.rowcount > 0

    def stop(self, watches: Collection[UUID]) -> None:
        """Keep neither these watches nor their notices."""
        self._connection.execute(delete(WatchRow).where(WatchRow.id.in_(watches)))

    def tell(self, notice: Notice) -> None:
        """Keep a new notice."""
        self._connection.execute(
            insert(NoticeRow).values(id=notice.reference, watch=notice.watch, at=notice.at)
        )

    def notices(self, watches: Collection[UUID]) -> tuple[Notice, ...]:
        """Return the notices of `watches`, the newest first."""
        rows = self._connection.execute(
            select(NoticeRow.__table__)
            .where(NoticeRow.watch.in_(watches))
            .order_by(NoticeRow.at.desc(), NoticeRow.id)
        )
        return tuple(
            Notice(
                reference=row.id,
                watch=row.watch,
                at=row.at,
                opened=row.opened_at,
                mailed=row.mailed_at,
            )
            for row in rows
        )

    def open(self, watch: UUID, at: datetime) -> None:
        """Keep that the notices of `watch` were opened at `at`."""
        self._connection.execute(
            update(NoticeRow)
            .where(NoticeRow.watch == watch, NoticeRow.opened_at.is_(None))
            .values(opened_at=at)
        )

    def mail_choice(self, account: UUID | None) -> MailChoice:
        """Return when the account wants e-mails: once a day where it never said."""
        row = self._connection.execute(
            select(NoticeMailRow.__table__).where(NoticeMailRow.account == account)
        ).first()
        if row is None:
            return MailChoice()
        return MailChoice(mailing=Mailing(row.mailing), mailed_on=row.mailed_on)

    def choose_mail(self, account: UUID, mailing: Mailing) -> None:
        """Keep when the account wants e-mails."""
        self._mail_row(account)
        self._connection.execute(
            update(NoticeMailRow).where(NoticeMailRow.account == account).values(mailing=mailing)
        )

    def mailed(self, account: UUID, notices: Collection[UUID], *, at: datetime, on: date) -> None:
        """Keep that an e-mail goes to the account about `notices`, on the local day `on`."""
        self._mail_row(account)
        self._connection.execute(
            update(NoticeMailRow).where(NoticeMailRow.account == account).values(mailed_on=on)
        )
        self._connection.execute(
            update(NoticeRow).where(NoticeRow.id.in_(notices)).values(mailed_at=at)
        )

    def waiting(self, *, ended: datetime, told: datetime) -> Waiting:
        """Return what would be let go: watches over by `ended`, notices from before `told`."""
        watches = select(func.count()).select_from(WatchRow).where(_is_over(ended, told))
        notices = select(func.count()).select_from(NoticeRow).where(NoticeRow.at < told)
        return Waiting(
            watches=self._connection.scalar(watches) or 0,
            notices=self._connection.scalar(notices) or 0,
        )

    def let_go(self, *, ended: datetime, told: datetime) -> None:
        """Let go of watches that were over by `ended`, and of notices from before `told`."""
        self._connection.execute(delete(WatchRow).where(_is_over(ended, told)))
        self._connection.execute(delete(NoticeRow).where(NoticeRow.at < told))

    def _mail_row(self, account: UUID) -> None:
        self._connection.execute(
            text(
                "insert into notice_mail (account, mailing) values (:account, :mailing)"
                " on conflict do nothing"
            ),
            {"account": account.bytes, "mailing": Mailing.DAILY.value},
        )

    def _is_due(self, at: datetime) -> ColumnElement[bool]:
        """Return the condition that a watch is compared now.

        It is after anything changed that a board is made of, with a rest between; and now and then
        without, since time alone ends what a user may see.
        """
        return and_(
            WatchRow.ends > at,
            or_(
                WatchRow.compared_at <= at - _AT_LEAST_EVERY,
                and_(
                    WatchRow.compared_at <= at - _RESTS,
                    WatchRow.compared_with < self.changes(),
                ),
            ),
        )


def boards_changed(connection: Connection) -> None:
    """Count one more change of what boards are made of, in the unit of work that changes it."""
    connection.execute(
        text("insert into counter (name, next) values (:name, 0) on conflict do nothing"),
        {"name": _COUNTER},
    )
    connection.execute(
        update(CounterRow).where(CounterRow.name == _COUNTER).values(next=CounterRow.next + 1)
    )


def _is_over(ended: datetime, told: datetime) -> ColumnElement[bool]:
    lately = exists().where(NoticeRow.watch == WatchRow.id, NoticeRow.at >= told)
    return and_(WatchRow.ends <= ended, ~lately)


def _watch(row: Row[*tuple[Any, ...]]) -> Watch:
    return Watch(
        reference=row.id,
        account=row.account,
        role=Role(row.role),
        person=row.person,
        purpose=Purpose(row.purpose),
        started=row.started,
        compared_at=row.compared_at,
        marks=_unpacked(bytes(row.marks)),
    )


def _packed(marks: Marks) -> bytes:
    """Return the marks in one order: a mark of a service that answered comes before its facets."""
    return b"".join(part for where in sorted(marks) for part in _parts(where, marks[where]))


def _parts(where: bytes, facets: Facets) -> Iterator[bytes]:
    yield where + 3 * _NONE + b"\0"
    for which in sorted(facets):
        facet = facets[which]
        yield where + which + facet.how + facet.what + (b"\1" if facet.shown else b"\0")


def _unpacked(packed: bytes) -> Marks:
    marks: dict[bytes, dict[bytes, Facet]] = {}
    for first in range(0, len(packed), _MARK):
        mark = packed[first : first + _MARK]
        where, which, how, what = (
            mark[part : part + MARK_BYTES] for part in range(0, 4 * MARK_BYTES, MARK_BYTES)
        )
        facets = marks.setdefault(where, {})
        if which != _NONE:
            facets[which] = Facet(how=how, what=what, shown=bool(mark[-1]))
    return marks
