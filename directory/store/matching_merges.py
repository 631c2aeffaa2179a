"""Two people who are one: everything moves to the one who stays, and back exactly."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from directory.domain.extracts import LineKind
from directory.domain.matching import ActKind, ActState
from directory.domain.vocabulary import Lifecycle
from directory.store.line_tables import LineRow, PersonRow, TieRow
from directory.store.matching_tables import (
    MatchingActRow,
    MergedAdditionRow,
    MergedLineRow,
    NamingRow,
    WaitingRow,
)
from directory.store.relationship_tables import AdditionRow

_LINE, _TIE = "line", "tie"


class MergeStore:
    """Merges people and takes merges back, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def merge(self, act: UUID, *, kept: UUID, gone: UUID) -> None:
        """Give all that is said of `gone` to `kept`, and keep under `act` what was moved.

        Claims and viewings stay: whoever works with the one says so anew of the other.
        """
        lines, ties = LineRow.person == gone, TieRow.other == gone
        self._note(act, _LINE, LineRow.id, lines)
        self._note(act, _TIE, TieRow.line, ties)
        self._connection.execute(update(LineRow).where(lines).values(person=kept))
        self._connection.execute(update(TieRow).where(ties).values(other=kept))
        self._move_additions(act, kept=kept, gone=gone)
        lifecycle = select(PersonRow.lifecycle).where(PersonRow.id == gone).scalar_subquery()
        self._connection.execute(
            update(MatchingActRow).where(MatchingActRow.id == act).values(lifecycle=lifecycle)
        )
        self._connection.execute(
            update(PersonRow)
            .where(PersonRow.id == gone)
            .values(lifecycle=Lifecycle.MERGED, merged_into=kept)
        )

    def unmerge(self, act: UUID, *, kept: UUID, gone: UUID, at: datetime) -> None:
        """Put everything that the merge `act` moved back where it was.

        A later version of what was moved goes back too, and whatever names a person's line that
        goes back. A line under a new reference stays with the person it was matched to: `kept`.
        """
        self._return_lines(act, kept=kept, gone=gone)
        self._return_ties(act, kept=kept, gone=gone)
        self._return_additions(act, kept=kept, gone=gone)
        lifecycle = (
            select(MatchingActRow.lifecycle).where(MatchingActRow.id == act).scalar_subquery()
        )
        self._connection.execute(
            update(PersonRow)
            .where(PersonRow.id == gone)
            .values(lifecycle=lifecycle, merged_into=None)
        )
        self._connection.execute(
            update(MatchingActRow).where(MatchingActRow.id == act).values(undone_at=at)
        )

    def is_merged(self, person: UUID) -> bool:
        """Return whether `person` was merged into somebody, and is so still."""
        found = self._connection.scalar(
            select(PersonRow.merged_into).where(PersonRow.id == person).with_for_update()
        )
        return found is not None

    def are_set_apart(self, one: UUID, other: UUID) -> bool:
        """Return whether a marker says that a line of one of them is not the other's."""
        pairs = ((one, other), (other, one))
        found = self._connection.scalar(
            select(MatchingActRow.id)
            .join(WaitingRow, WaitingRow.id == MatchingActRow.waiting)
            .join(
                LineRow,
                and_(
                    LineRow.service == WaitingRow.service,
                    LineRow.source_reference == WaitingRow.source_reference,
                ),
            )
            .where(
                MatchingActRow.kind == ActKind.NOT_THIS_PERSON,
                MatchingActRow.state == ActState.DONE,
                MatchingActRow.undone_at.is_(None),
                or_(*(and_(MatchingActRow.person == a, LineRow.person == b) for a, b in pairs)),
            )
            .limit(1)
        )
        return found is not None

    def _note(
        self, act: UUID, part: str, key: InstrumentedAttribute[int], which: ColumnElement[bool]
    ) -> None:
        moved = select(literal(act, MergedLineRow.act.type), key, literal(part)).where(which)
        self._connection.execute(insert(MergedLineRow).from_select(["act", "line", "part"], moved))

    def _return_lines(self, act: UUID, *, kept: UUID, gone: UUID) -> None:
        moved, before = aliased(MergedLineRow), aliased(LineRow)
        itself = exists().where(moved.act == act, moved.part == _LINE, moved.line == LineRow.id)
        self._connection.execute(update(LineRow).where(itself).values(person=gone))
        later = exists().where(
            moved.act == act,
            moved.part == _LINE,
            moved.line == before.id,
            before.service == LineRow.service,
            before.source_reference == LineRow.source_reference,
            before.visible_from < LineRow.visible_from,
        )
        names_one = exists().where(
            NamingRow.line == LineRow.id,
            _names_what_goes_back(act, gone, NamingRow.person_reference),
        )
        self._connection.execute(
            update(LineRow).where(LineRow.person == kept, or_(later, names_one)).values(person=gone)
        )

    def _return_ties(self, act: UUID, *, kept: UUID, gone: UUID) -> None:
        moved = aliased(MergedLineRow)
        itself = exists().where(moved.act == act, moved.part == _TIE, moved.line == TieRow.line)
        self._connection.execute(update(TieRow).where(itself).values(other=gone))
        names_one = exists().where(
            NamingRow.line == TieRow.line,
            LineRow.id == TieRow.line,
            _names_what_goes_back(act, gone, NamingRow.other_reference),
        )
        self._connection.execute(
            update(TieRow).where(TieRow.other == kept, names_one).values(other=gone)
        )

    def _move_additions(self, act: UUID, *, kept: UUID, gone: UUID) -> None:
        """Move additions, but for those that stand already or would add somebody to themselves."""
        rows = self._connection.execute(
            select(AdditionRow.anchor, AdditionRow.person, AdditionRow.added_by).where(
                or_(AdditionRow.anchor == gone, AdditionRow.person == gone)
            )
        ).all()
        for row in rows:
            anchor = kept if row.anchor == gone else row.anchor
            person = kept if row.person == gone else row.person
            if anchor == person or self._is_added(anchor, person, row.added_by):
                continue
            self._connection.execute(
                insert(MergedAdditionRow).values(
                    act=act, anchor=row.anchor, person=row.person, added_by=row.added_by
                )
            )
            self._change_addition((row.anchor, row.person), (anchor, person), added_by=row.added_by)

    def _return_additions(self, act: UUID, *, kept: UUID, gone: UUID) -> None:
        rows = self._connection.execute(
            select(MergedAdditionRow.__table__).where(MergedAdditionRow.act == act)
        ).all()
        for row in rows:
            anchor = kept if row.anchor == gone else row.anchor
            person = kept if row.person == gone else row.person
            self._change_addition((anchor, person), (row.anchor, row.person), added_by=row.added_by)

    def _is_added(self, anchor: UUID, person: UUID, added_by: UUID) -> bool:
        found = self._connection.scalar(
            select(AdditionRow.added_by).where(
                AdditionRow.anchor == anchor,
                AdditionRow.person == person,
                AdditionRow.added_by == added_by,
            )
        )
        return found is not None

    def _change_addition(
        self, old: tuple[UUID, UUID], new: tuple[UUID, UUID], *, added_by: UUID
    ) -> None:
        self._connection.execute(
            update(AdditionRow)
            .where(
                AdditionRow.anchor == old[0],
                AdditionRow.person == old[1],
                AdditionRow.added_by == added_by,
            )
            .values(anchor=new[0], person=new[1])
        )


def _names_what_goes_back(
    act: UUID, gone: UUID, reference: InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Return whether the line names, by `reference`, a person's line that `act` had moved."""
    moved, named = aliased(MergedLineRow), aliased(LineRow)
    return exists().where(
        and_(
            moved.act == act,
            moved.part == _LINE,
            named.id == moved.line,
            named.kind == LineKind.PERSON,
            named.person == gone,
            named.service == LineRow.service,
            named.source_reference == reference,
        )
    )
