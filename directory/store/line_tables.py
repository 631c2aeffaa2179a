"""The tables of what extracts send: people, involvements, ties, and the feeds they come by.

Nothing an extract sends is updated in place: each line has versions, visible from one delivery
of its feed until another, and a feed's `current` delivery decides which are seen.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row

FOREVER = 2**31 - 1
"""`visible_until` of a version that no later delivery has replaced."""


class FeedRow(Row):
    """A service's feed; `current` is the delivery whose lines are seen, 0 before the first."""

    __tablename__ = "feed"
    service: Mapped[str] = mapped_column(ForeignKey("service.service"), primary_key=True)
    current: Mapped[int] = mapped_column(default=0)
    as_of: Mapped[date | None]
    delivered_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    unmatched: Mapped[int] = mapped_column(default=0)
    staging: Mapped[UUID | None]  # the delivery that is being staged, unseen
    staging_at: Mapped[datetime | None]


class ExtractRow(Row):
    """One delivery of a feed that was taken or stopped."""

    __tablename__ = "extract"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"))
    delivery: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    as_of: Mapped[date]
    taken_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(12))
    lines: Mapped[int]
    linked: Mapped[int]
    new: Mapped[int]
    known: Mapped[int]
    waiting: Mapped[int]
    refused: Mapped[int]
    __table_args__ = (Index(None, "service", "delivery"),)


class TeamRow(Row):
    """One version of a team, as a feed sent it.

    `lines_on` is the day on which the service's desk said its lines, if it ever did.
    """

    __tablename__ = "team"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    visible_from: Mapped[int] = mapped_column(primary_key=True)
    visible_until: Mapped[int] = mapped_column(default=FOREVER)
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"))
    source_reference: Mapped[str] = mapped_column(String(40))
    organisation: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    duty_line: Mapped[str] = mapped_column(String(40), default="")
    out_of_hours_line: Mapped[str] = mapped_column(String(40), default="")
    employer: Mapped[str | None] = mapped_column(String(40))  # as organisation.reference has it
    lines_on: Mapped[date | None]


class PractitionerRow(Row):
    """One version of a practitioner, as a feed sent it.

    `contact_on` is the day on which the service's desk said phone and e-mail, if it ever did.
    """

    __tablename__ = "practitioner"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    visible_from: Mapped[int] = mapped_column(primary_key=True)
    visible_until: Mapped[int] = mapped_column(default=FOREVER)
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"))
    source_reference: Mapped[str] = mapped_column(String(40))
    team: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    left_on: Mapped[date | None]
    contact_on: Mapped[date | None]


class LeaverRow(Row):
    """A practitioner who was deactivated here, whatever a later extract says."""

    __tablename__ = "practitioner_leaver"
    practitioner: Mapped[UUID] = mapped_column(primary_key=True)
    left_on: Mapped[date]
    entered_at: Mapped[datetime]


class PersonRow(Row):
    """A person: a random reference, and nothing a line says."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    lifecycle: Mapped[str] = mapped_column(String(20), default="live")
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]


class LineRow(Row):
    """One version of a feed's line about a person, an involvement, an allocation or a tie.

    `as_of` is None while the feed's own as-of holds: it is set when a later delivery lacks the
    line. A line that waits for a person to match has no person and is seen by no viewer. Nor is
    one that is held, as a newer file lacked it: it says nothing, and whose it is stands in the
    version before.
    """

    __tablename__ = "line"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"))
    source_reference: Mapped[str] = mapped_column(String(130))
    visible_from: Mapped[int]
    visible_until: Mapped[int] = mapped_column(default=FOREVER)
    kind: Mapped[str] = mapped_column(String(12))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    person: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(8))
    as_of: Mapped[date | None]
    birth: Mapped[date | None]
    house: Mapped[str] = mapped_column(String(80), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(8), default="")
    family: Mapped[str] = mapped_column(String(40), default="")
    family_role: Mapped[str] = mapped_column(String(14), default="")
    __table_args__ = (
        UniqueConstraint("service", "source_reference", "visible_from"),
        Index(None, "person"),
        Index(None, "service", "family", "visible_from"),
        Index(None, "service", "visible_from"),
        CheckConstraint("(state = 'linked') = (person is not null)", name="linked_has_person"),
        CheckConstraint("visible_from < visible_until", name="visible_span"),
        CheckConstraint("state in ('linked', 'waiting', 'held')", name="state"),
        CheckConstraint("kind in ('person','involvement','allocation','tie')", name="kind"),
    )


class LineNameRow(Row):
    """A name that a line gives its person."""

    __tablename__ = "line_name"
    line: Mapped[int] = mapped_column(
        ForeignKey("line.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    forenames: Mapped[str] = mapped_column(String(120))
    surname: Mapped[str] = mapped_column(String(120))


class LineIdentifierRow(Row):
    """An identifier that a line gives its person: ciphertext, and a keyed hash to find it by."""

    __tablename__ = "line_identifier"
    line: Mapped[int] = mapped_column(
        ForeignKey("line.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    blind: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    sealed: Mapped[bytes]


class InvolvementRow(Row):
    """What a line says of an involvement; an ended one's `ended` is the first day after it.

    `lead_on`, `last_on` and `ended_on` are the days on which the service's own desk said who
    leads, when it was last involved and that it ended; none where its file says so. `revision`
    counts what the desk changed.
    """

    __tablename__ = "involvement"
    line: Mapped[int] = mapped_column(
        ForeignKey("line.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    team: Mapped[UUID | None]
    practitioner: Mapped[UUID | None] = mapped_column(index=True)
    started: Mapped[date | None]
    last_involved: Mapped[date | None]
    ended: Mapped[date | None]
    lead_on: Mapped[date | None]
    last_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    __table_args__ = (
        Index(None, "team"),
        CheckConstraint("revision > 0", name="revised"),
        CheckConstraint(
            "(confirmed_on is null) = (confirmed_by is null)", name="confirmed_by_somebody"
        ),
    )


class TieRow(Row):
    """What a line says of a family tie."""

    __tablename__ = "tie"
    line: Mapped[int] = mapped_column(
        ForeignKey("line.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(20))
    other: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    started: Mapped[date | None]
    ended: Mapped[date | None]


class CounterRow(Row):
    """The next number of a sequence that rows are given before they are written."""

    __tablename__ = "counter"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    next: Mapped[int] = mapped_column(BigInteger)
