"""Feeds' lines as files bring them: standing, staged unseen, and shown in one flip."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import aliased

from directory.domain.agencies import Feed
from directory.domain.extracts import (
    Delivery,
    ExtractOutcome,
    Line,
    LineKind,
    LineState,
    Report,
    Settled,
    Standing,
    digest_of,
    identity_digest,
)
from directory.domain.vocabulary import Service
from directory.store.absent import AbsentLines
from directory.store.contacts import ContactVersions
from directory.store.kept_rows import is_anything_by_hand, kept_by_hand
from directory.store.line_tables import (
    FOREVER,
    CounterRow,
    ExtractRow,
    FeedRow,
    InvolvementRow,
    LineIdentifierRow,
    LineNameRow,
    LineRow,
    PersonRow,
    TieRow,
)
from directory.store.lines import LineRows
from directory.store.matching_tables import NamingRow
from directory.store.meanings import MeaningStore
from directory.store.sealing import Sealer
from directory.store.texts import texts_changed
from directory.store.undoing import UndoStore, speaking_of_people
from directory.store.visibility import is_held_as, seen

_COUNTER = "line"


class ExtractStore:
    """Stages and shows what files say, within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing identifiers with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    @property
    def contacts(self) -> ContactVersions:
        """Return the teams and practitioners as feeds sent them."""
        return ContactVersions(self._connection)

    @property
    def absent(self) -> AbsentLines:
        """Return the standing lines as a file that lacks some of them finds them."""
        return AbsentLines(self._connection, self._sealer)

    @property
    def meanings(self) -> MeaningStore:
        """Return what feeds' own headings stand for."""
        return MeaningStore(self._connection)

    @property
    def undoing(self) -> UndoStore:
        """Return what takes a feed's last delivery back."""
        return UndoStore(self._connection)

    def feed(self, service: Service) -> Feed | None:
        """Return how fresh the feed of `service` is, None where the service has none."""
        row = self._connection.execute(
            select(FeedRow.__table__).where(FeedRow.service == service)
        ).first()
        if row is None:
            return None
        return Feed(
            service=service,
            as_of=row.as_of,
            delivered_at=row.delivered_at,
            failed_at=row.failed_at,
            unmatched=row.unmatched,
        )

    def claim(
        self, service: Service, *, token: UUID, at: datetime, stale: datetime, as_of: date
    ) -> Delivery | None:
        """Claim the feed for the next delivery; None while a claim later than `stale` holds it."""
        claimed = self._connection.execute(
            update(FeedRow)
            .where(
                FeedRow.service == service,
                or_(FeedRow.staging.is_(None), FeedRow.staging_at <= stale),
            )
            .values(staging=token, staging_at=at)
            .returning(FeedRow.current, FeedRow.as_of)
        ).first()
        if claimed is None:
            return None
        return Delivery(
            service=service,
            number=claimed.current + 1,
            token=token,
            before=claimed.as_of,
            as_of=as_of,
        )

    def claimed_at(self, service: Service) -> datetime | None:
        """Return since when the feed is claimed, None while it is free."""
        return self._connection.scalar(select(FeedRow.staging_at).where(FeedRow.service == service))

    def holds(self, delivery: Delivery) -> bool:
        """Return whether the claim of `delivery` still holds its feed, and lock it."""
        held = self._connection.scalar(
            select(FeedRow.staging).where(FeedRow.service == delivery.service).with_for_update()
        )
        return held == delivery.token

    def release(self, delivery: Delivery) -> None:
        """Give up the claim of `delivery`, if it still holds."""
        self._connection.execute(
            update(FeedRow)
            .where(FeedRow.service == delivery.service, FeedRow.staging == delivery.token)
            .values(staging=None, staging_at=None)
        )

    def digest(self, line: Line) -> bytes:
        """Return the keyed hash by which a line is known to say the same again."""
        return digest_of(
            self._sealer.blind("line identity", line.identity_words),
            self._sealer.blind("line", line.other_words),
        )

    def standing(self, service: Service, references: Collection[str]) -> dict[str, Standing]:
        """Return those of `references` that the feed of `service` has a standing line for.

        One that is held stands as whose it was.
        """
        held = aliased(LineRow)
        rows = self._connection.execute(
            select(
                LineRow.source_reference,
                LineRow.id,
                LineRow.visible_from,
                LineRow.kind,
                LineRow.digest,
                func.coalesce(LineRow.person, held.person).label("person"),
                LineRow.as_of,
            )
            .outerjoin(held, is_held_as(held))
            .where(
                LineRow.service == service,
                LineRow.source_reference.in_(references),
                LineRow.visible_until == FOREVER,
            )
        )
        return {
            row.source_reference: Standing(
                key=row.id,
                since=row.visible_from,
                kind=LineKind(row.kind),
                digest=bytes(row.digest),
                person=row.person,
                as_of=row.as_of,
            )
            for row in rows
        }

    def pin(self, keys: Collection[int], as_of: date | None) -> None:
        """Keep that the lines `keys` speak of `as_of`, or of the feed's own date where None."""
        if keys:
            self._connection.execute(
                update(LineRow).where(LineRow.id.in_(keys)).values(as_of=as_of)
            )

    def waiting(self, service: Service) -> int:
        """Return how many standing lines of `service` wait for a person to match."""
        return self._standing_so(service, LineRow.state == LineState.WAITING)

    def unmatched(self, service: Service) -> int:
        """Return how many standing lines of `service` nobody is shown: they wait, or are held."""
        return self._standing_so(service, LineRow.state != LineState.LINKED)

    def recount(self, service: Service) -> None:
        """Keep how many lines of `service` are seen to wait now, or to be held."""
        waiting = (
            select(func.count())
            .select_from(LineRow)
            .join(FeedRow, seen(LineRow))
            .where(LineRow.service == service, LineRow.state != LineState.LINKED)
        )
        count = self._connection.scalar(waiting)
        self._connection.execute(
            update(FeedRow).where(FeedRow.service == service).values(unmatched=count)
        )

    def reserve(self, count: int) -> int:
        """Take `count` numbers for new lines and return the first of them."""
        self._connection.execute(
            text("insert into counter (name, next) values (:name, 1) on conflict do nothing"),
            {"name": _COUNTER},
        )
        following = self._connection.scalar(
            update(CounterRow)
            .where(CounterRow.name == _COUNTER)
            .values(next=CounterRow.next + count)
            .returning(CounterRow.next)
        )
        return int(following or 0) - count

    def stage(self, delivery: Delivery, settled: Sequence[Settled], *, first: int) -> None:
        """Keep `settled` lines unseen, numbered from `first`, in place of those they replace."""
        replaced = [each.replaces for each in settled if each.replaces]
        kept = kept_by_hand(self._connection, [each.key for each in replaced])
        ended = [each.key for each in replaced if each.since < delivery.number]
        self._end(ended, delivery.number)
        staged = [each.key for each in replaced if each.since == delivery.number]
        self._connection.execute(delete(LineRow).where(LineRow.id.in_(staged)))
        rows = LineRows(self._sealer, delivery)
        for key, each in enumerate(settled, start=first):
            before = each.replaces and kept.get(each.replaces.key)
            if before:
                rows.add_over(key, each, before)
            else:
                rows.add(key, each)
        for table, values in (
            (LineRow, rows.lines),
            (LineNameRow, rows.names),
            (LineIdentifierRow, rows.identifiers),
            (InvolvementRow, rows.involvements),
            (TieRow, rows.ties),
            (NamingRow, rows.namings),
        ):
            if values:
                self._connection.execute(insert(table), values)

    def undo(self, delivery: Delivery, *, most: int) -> tuple[int, frozenset[UUID]]:
        """Take back up to `most` lines that `delivery` staged; return how many, and about whom."""
        staged = self._connection.execute(
            select(LineRow.id, LineRow.source_reference, LineRow.person)
            .where(LineRow.service == delivery.service, LineRow.visible_from == delivery.number)
            .limit(most)
        ).all()
        self._connection.execute(delete(LineRow).where(LineRow.id.in_([row.id for row in staged])))
        restored = self._connection.scalars(
            update(LineRow)
            .where(
                LineRow.service == delivery.service,
                LineRow.source_reference.in_([row.source_reference for row in staged]),
                LineRow.visible_until == delivery.number,
            )
            .values(visible_until=FOREVER)
            .returning(LineRow.person)
        ).all()
        people = {row.person for row in staged} | set(restored)
        return len(staged), frozenset(each for each in people if each)

    def without_line(self, people: Collection[UUID]) -> frozenset[UUID]:
        """Return those of `people` whom no line speaks of, in any version, nor anything else.

        A delivery that is taken back was seen: somebody may have said something of its people.
        """
        spoken_of = or_(
            exists().where(LineRow.person == PersonRow.id),
            exists().where(TieRow.other == PersonRow.id),
        )
        rows = self._connection.scalars(
            select(PersonRow.id).where(PersonRow.id.in_(people), ~spoken_of)
        )
        left = set(rows)
        for each in speaking_of_people() if left else ():
            left -= set(self._connection.scalars(select(each).where(each.in_(left))))
        return frozenset(left)

    def forget(self, people: Collection[UUID]) -> None:
        """Delete `people` whom no line speaks of."""
        self._connection.execute(delete(PersonRow).where(PersonRow.id.in_(people)))

    def renamed(self, delivery: Delivery, *, after: int, most: int) -> tuple[int, frozenset[UUID]]:
        """Return whom `delivery` says to be somebody else than before, a part at a time.

        The number goes into `after` for the next part, and is 0 after the last.
        """
        old = aliased(LineRow)
        rows = self._connection.execute(
            select(LineRow.id, LineRow.digest, old.person, old.digest.label("before"))
            .outerjoin(
                old,
                (old.service == LineRow.service)
                & (old.source_reference == LineRow.source_reference)
                & (old.visible_until == delivery.number),
            )
            .where(
                LineRow.service == delivery.service,
                LineRow.visible_from == delivery.number,
                LineRow.id > after,
            )
            .order_by(LineRow.id)
            .limit(most)
        ).all()
        people = frozenset(
            row.person
            for row in rows
            if row.person
            and identity_digest(bytes(row.digest)) != identity_digest(bytes(row.before))
        )
        return rows[-1].id if len(rows) == most else 0, people

    def show(self, delivery: Delivery, *, as_of: date, at: datetime, unmatched: int) -> bool:
        """Let every viewer see what `delivery` staged; False where its claim no longer holds."""
        texts_changed(self._connection)
        shown = self._connection.execute(
            update(FeedRow)
            .where(FeedRow.service == delivery.service, FeedRow.staging == delivery.token)
            .values(
                current=delivery.number,
                as_of=as_of,
                delivered_at=at,
                failed_at=None,
                unmatched=unmatched,
                staging=None,
                staging_at=None,
            )
        )
        return shown.rowcount == 1

    def keep(self, delivery: Delivery, report: Report, *, digest: bytes, at: datetime) -> None:
        """Keep how a file of the feed ended."""
        self._connection.execute(
            insert(ExtractRow).values(
                id=delivery.token,
                service=delivery.service,
                delivery=delivery.number,
                digest=digest,
                as_of=report.as_of,
                taken_at=at,
                outcome=report.outcome,
                lines=report.lines,
                linked=report.linked,
                new=report.new,
                known=report.known,
                waiting=report.waiting,
                refused=report.refused_lines,
            )
        )

    def waiting_of_same_file(
        self, delivery: Delivery, *, digest: bytes, refused: int
    ) -> int | None:
        """Return how many lines of the file wait still, None unless the last one had these bytes.

        A steward may have decided on some of those that waited when it was taken. Where the
        service's desk has said something by hand, the same bytes are a newer word on it: None.
        """
        waited = self._connection.scalar(
            select(ExtractRow.waiting).where(
                ExtractRow.service == delivery.service,
                ExtractRow.delivery == delivery.number - 1,
                ExtractRow.outcome == ExtractOutcome.TAKEN,
                ExtractRow.digest == digest,
                ExtractRow.refused == refused,
            )
        )
        if waited is None or is_anything_by_hand(self._connection, delivery.service):
            return None
        return min(waited, self.waiting(delivery.service))

    def _standing_so(self, service: Service, which: ColumnElement[bool]) -> int:
        own = LineRow.service == service, LineRow.visible_until == FOREVER
        counted = select(func.count()).select_from(LineRow).where(*own, which)
        return self._connection.scalar(counted) or 0

    def _end(self, keys: Collection[int], number: int) -> None:
        if keys:
            self._connection.execute(
                update(LineRow).where(LineRow.id.in_(keys)).values(visible_until=number)
            )
