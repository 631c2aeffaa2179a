"""The tables: what is kept, and which states cannot be stored.

Nothing an extract sends is updated in place: each line has versions, visible from one delivery
of its feed until another, and a feed's `current` delivery decides which are seen.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from directory.store.types import Moment, Reference

FOREVER = 2**31 - 1
"""`visible_until` of a version that no later delivery has replaced."""


class Row(DeclarativeBase):
    """What every table shares: one way to name its constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[type, object]] = {
        UUID: Reference,
        datetime: Moment,
        bytes: LargeBinary,
    }


class OrganisationRow(Row):
    """A body that takes part."""

    __tablename__ = "organisation"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    suspended: Mapped[bool] = mapped_column(default=False)


class ServiceRow(Row):
    """A service as a whole: its common line, coverage and meaning."""

    __tablename__ = "service"
    service: Mapped[str] = mapped_column(String(30), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    common_line: Mapped[str] = mapped_column(String(40))
    out_of_hours_line: Mapped[str] = mapped_column(String(40), default="")
    area: Mapped[str] = mapped_column(String(120))
    covered_since: Mapped[date | None]
    update_cycle_days: Mapped[int]
    date_meaning: Mapped[str] = mapped_column(String(300))
    team_only: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(SmallInteger)


class AgreementRow(Row):
    """One version of a data-sharing agreement."""

    __tablename__ = "agreement"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    powers: Mapped[str] = mapped_column(Text)
    purposes: Mapped[str] = mapped_column(Text)
    services: Mapped[str] = mapped_column(Text)
    start: Mapped[date]
    review: Mapped[date]
    end: Mapped[date] = mapped_column("end_day")
    __table_args__ = (
        UniqueConstraint("reference", "version"),
        CheckConstraint("start < end_day", name="ends_after_start"),
    )


class PartyRow(Row):
    """An organisation's place, and signature, in an agreement."""

    __tablename__ = "agreement_party"
    agreement: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    signed_on: Mapped[date | None]


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
    """One version of a team, as a feed sent it."""

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


class PractitionerRow(Row):
    """One version of a practitioner, as a feed sent it."""

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
    line. A line that waits for a person to match has no person and is seen by no viewer.
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
        CheckConstraint("state in ('linked', 'waiting')", name="state"),
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
    """What a line says of an involvement; an ended one's `ended` is the first day after it."""

    __tablename__ = "involvement"
    line: Mapped[int] = mapped_column(
        ForeignKey("line.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    team: Mapped[UUID | None]
    practitioner: Mapped[UUID | None] = mapped_column(index=True)
    started: Mapped[date | None]
    last_involved: Mapped[date | None]
    ended: Mapped[date | None]
    __table_args__ = (Index(None, "team"),)


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


class AdditionRow(Row):
    """A person whom a worker knows to belong to a family."""

    __tablename__ = "family_addition"
    anchor: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(14))
    added_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    added_at: Mapped[datetime]
    __table_args__ = (
        Index(None, "person"),
        CheckConstraint("anchor <> person", name="two_people"),
    )


class ClaimRow(Row):
    """A relationship a user started, with a reason and an end."""

    __tablename__ = "claim"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    purpose: Mapped[str] = mapped_column(String(24))
    start: Mapped[datetime]
    end: Mapped[datetime] = mapped_column("end_at")
    reason: Mapped[bytes]  # sealed
    __table_args__ = (
        Index(None, "account", "person"),
        CheckConstraint("start < end_at", name="ends_after_start"),
    )


class LookUpRow(Row):
    """A search and its results as references, sealed, for its own session only."""

    __tablename__ = "look_up"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    session: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    at: Mapped[datetime]
    sealed: Mapped[bytes]


class ViewingRow(Row):
    """One user's look at one family in one session."""

    __tablename__ = "viewing"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    session: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(24))
    started: Mapped[datetime]


class AccountRow(Row):
    """A user's account."""

    __tablename__ = "account"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    practitioner: Mapped[UUID | None]
    team: Mapped[UUID | None]
    service: Mapped[str | None] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(default=1)
    disabled: Mapped[bool] = mapped_column(default=False)
    password: Mapped[str] = mapped_column(String(200), default="")
    second_factor: Mapped[bytes | None]  # sealed
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class AccountRoleRow(Row):
    """A role an account may act in."""

    __tablename__ = "account_role"
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(30), primary_key=True)


class SessionRow(Row):
    """A signed-in session, known by the hash of its token."""

    __tablename__ = "session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int]
    acting_as: Mapped[str] = mapped_column(String(30), default="")
    started: Mapped[datetime]
    seen: Mapped[datetime]
    locked: Mapped[bool] = mapped_column(default=False)
    proven: Mapped[datetime | None]


class AttemptRow(Row):
    """A failed sign-in, by keyed hashes of the account's name and the address it came from."""

    __tablename__ = "sign_in_attempt"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime]
    __table_args__ = (Index(None, "account_hash", "at"), Index(None, "address_hash", "at"))


class OneTimeLinkRow(Row):
    """A link that lets its account set a password, once."""

    __tablename__ = "one_time_link"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    end: Mapped[datetime] = mapped_column("end_at")
    used_at: Mapped[datetime | None]


class InvestigationRow(Row):
    """An IG lead's logged investigation, inside which the audit may be read."""

    __tablename__ = "investigation"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    matter: Mapped[str] = mapped_column(String(40))
    reason: Mapped[bytes]  # sealed
    opened: Mapped[datetime]
    closed: Mapped[datetime | None]


class InvestigatedPersonRow(Row):
    """The one person whom an investigation names; its key allows no second."""

    __tablename__ = "investigated_person"
    investigation: Mapped[UUID] = mapped_column(ForeignKey("investigation.id"), primary_key=True)
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    named: Mapped[datetime]


class AuditRow(Row):
    """One entry of the chain; the database refuses to change or delete it."""

    __tablename__ = "audit_entry"
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    at: Mapped[datetime]
    log: Mapped[str] = mapped_column(String(8))
    event: Mapped[str] = mapped_column(String(30))
    outcome: Mapped[str] = mapped_column(String(8))
    actor: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(String(30))
    organisation: Mapped[UUID | None]
    session: Mapped[bytes]
    occasion: Mapped[UUID | None]
    purpose: Mapped[str] = mapped_column(String(24))
    power: Mapped[str] = mapped_column(String(80))
    relationship: Mapped[str] = mapped_column(String(16))
    service: Mapped[str] = mapped_column(String(30))
    fields: Mapped[str] = mapped_column(Text)
    agreements: Mapped[str] = mapped_column(Text)
    policy_version: Mapped[str] = mapped_column(String(20))
    seal_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed: Mapped[bytes]
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    __table_args__ = (Index(None, "actor", "at"), Index(None, "at"))


class AuditSubjectRow(Row):
    """A person in an entry, as a keyed hash."""

    __tablename__ = "audit_subject"
    sequence: Mapped[int] = mapped_column(
        ForeignKey("audit_entry.sequence"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    subject: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    part: Mapped[str] = mapped_column(String(8))


class AuditHeadRow(Row):
    """The end of the chain: one row, locked last."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(BigInteger)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class SealKeyRow(Row):
    """The wrapped key of one subject's sealed words; erasing it erases them."""

    __tablename__ = "seal_key"
    subject: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    wrapped: Mapped[bytes]
    purge_after: Mapped[datetime | None]


class InstanceRow(Row):
    """Facts about this instance: its council's name and area."""

    __tablename__ = "instance"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
