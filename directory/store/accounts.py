"""Accounts, their roles and their sessions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Row,
    Select,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from directory.domain.accounts import (
    ABSOLUTE_LIMIT,
    IDLE_LOCK,
    SESSIONS_AT_ONCE,
    Account,
    Credentials,
    Session,
)
from directory.domain.vocabulary import Role, Service
from directory.store.account_tables import AccountRoleRow, AccountRow, SessionRow
from directory.store.line_tables import FeedRow, PractitionerRow, TeamRow
from directory.store.proofs import NOBODY, ProofStore, folded
from directory.store.relationship_tables import LookUpRow, ViewingRow
from directory.store.sealing import Sealer
from directory.store.visibility import seen
from directory.store.waiting import (
    ASSURED_UNTIL,
    CALLS_WAIT,
    GATES_END,
    NOTICES_WAIT,
    REVIEWS_WAIT,
)


class AccountStore:
    """Reads and keeps accounts and sessions within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing second factors with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    @property
    def proofs(self) -> ProofStore:
        """Return what proves the accounts."""
        return ProofStore(self._connection, self._sealer)

    def session(self, token_hash: bytes) -> tuple[Session, Account] | None:
        """Return the session under `token_hash` with whose it is, None where there is none."""
        row = self._connection.execute(
            select(
                SessionRow.__table__,
                GATES_END,
                ASSURED_UNTIL,
                CALLS_WAIT,
                REVIEWS_WAIT,
                NOTICES_WAIT,
            ).where(SessionRow.token_hash == token_hash)
        ).first()
        if row is None:
            return None
        holder = self.account(row.account)
        session = replace(
            _session(row),
            gates_end=row.ends,
            assured_until=row.assured_until,
            calls_wait=bool(row.calls_wait),
            reviews_wait=bool(row.reviews_wait),
            notices_wait=row.notices_wait,
        )
        return None if holder is None else (session, holder)

    def session_holds(
        self, token_hash: bytes, *, account: UUID | None, version: int, role: Role
    ) -> bool:
        """Return whether the session still stands for `account`, unchanged, acting as `role`.

        A session that has not chosen a role acts as VISITOR.
        """
        found = self.session(token_hash)
        if found is None:
            return False
        session, holder = found
        return (
            holder.reference == account
            and not holder.disabled
            and holder.version == session.version == version
            and (session.acting_as or Role.VISITOR) is role
            and role in holder.roles | {Role.VISITOR}
        )

    def touch(self, token_hash: bytes, at: datetime) -> None:
        """Note that the session was seen; one that was idle too long is locked instead."""
        mine = SessionRow.token_hash == token_hash
        self._connection.execute(
            update(SessionRow).where(mine, SessionRow.seen <= at - IDLE_LOCK).values(locked=True)
        )
        self._connection.execute(
            update(SessionRow)
            .where(mine, SessionRow.locked.is_(False), SessionRow.seen < at)
            .values(seen=at)
        )

    def account(self, reference: UUID) -> Account | None:
        """Return the account under `reference`."""
        return self._one(select(AccountRow.__table__).where(AccountRow.id == reference))

    def holding(self, role: Role) -> frozenset[UUID]:
        """Return the accounts that may act in `role` and are not switched off."""
        return frozenset(
            self._connection.scalars(
                select(AccountRoleRow.account)
                .join(AccountRow, AccountRow.id == AccountRoleRow.account)
                .where(AccountRoleRow.role == role, AccountRow.disabled.is_(False))
            )
        )

    def managing(self, team: UUID | None) -> frozenset[UUID]:
        """Return the accounts that manage `team` and are not switched off."""
        return frozenset(
            self._connection.scalars(
                select(AccountRow.id)
                .join(AccountRoleRow, AccountRoleRow.account == AccountRow.id)
                .where(
                    AccountRoleRow.role == Role.TEAM_MANAGER,
                    AccountRow.team == team,
                    AccountRow.disabled.is_(False),
                )
            )
        )

    def work_phones(self, references: Collection[UUID]) -> dict[UUID, str]:
        """Return the work phone of each account's practitioner, or else their team's duty line.

        An account that a feed knows nothing of is left out.
        """
        duty = self._connection.execute(
            select(AccountRow.id, TeamRow.duty_line)
            .join(TeamRow, TeamRow.id == AccountRow.team)
            .join(FeedRow, seen(TeamRow))
            .where(AccountRow.id.in_(references), TeamRow.duty_line != "")
        )
        own = self._connection.execute(
            select(AccountRow.id, PractitionerRow.phone)
            .join(PractitionerRow, PractitionerRow.id == AccountRow.practitioner)
            .join(FeedRow, seen(PractitionerRow))
            .where(AccountRow.id.in_(references), PractitionerRow.phone != "")
        )
        return {row.id: row[1] for row in (*duty, *own)}

    def held(self, reference: UUID) -> Account | None:
        """Return the account under `reference`, which nobody else changes in the meantime."""
        statement = select(AccountRow.__table__).where(AccountRow.id == reference)
        return self._one(statement.with_for_update())

    def by_email(self, email: str) -> Account | None:
        """Return the account of `email`."""
        return self._one(select(AccountRow.__table__).where(AccountRow.email == folded(email)))

    def listed(self, *, after: int, most: int) -> tuple[Account, ...]:
        """Return `most` accounts by name, leaving out the first `after`."""
        return self._by_name(select(AccountRow.__table__).offset(after).limit(most))

    def named(self, words: str, *, most: int) -> tuple[Account, ...]:
        """Return `most` accounts by name, of those whose name or e-mail holds each of `words`."""
        statement = select(AccountRow.__table__).limit(most)
        for word in words.split():
            in_name = AccountRow.display_name.icontains(word, autoescape=True)
            in_email = AccountRow.email.icontains(word, autoescape=True)
            statement = statement.where(or_(in_name, in_email))
        return self._by_name(statement)

    def names(self, references: Collection[UUID]) -> dict[UUID, str]:
        """Return the name of each account of `references`."""
        rows = self._connection.execute(
            select(AccountRow.id, AccountRow.display_name).where(AccountRow.id.in_(references))
        )
        return {row.id: row.display_name for row in rows}

    def count(self) -> int:
        """Return how many accounts there are."""
        return self._connection.scalar(select(func.count()).select_from(AccountRow)) or 0

    def posting(
        self, service: Service, *, practitioner: str, team: str
    ) -> tuple[UUID | None, UUID | None]:
        """Return the practitioner and team that `service` sends under these references.

        Without a team reference it is the practitioner's own; None for what is not sent.
        """
        staff = self._connection.execute(
            select(PractitionerRow.id, PractitionerRow.team)
            .join(FeedRow, seen(PractitionerRow))
            .where(
                PractitionerRow.service == service,
                PractitionerRow.source_reference == practitioner,
            )
        ).first()
        named = self._connection.scalar(
            select(TeamRow.id)
            .join(FeedRow, seen(TeamRow))
            .where(TeamRow.service == service, TeamRow.source_reference == team)
        )
        own = staff.team if staff and not team else None
        return staff.id if staff else None, named or own

    def create(self, account: Account) -> None:
        """Keep a new account, with its roles and nothing yet to prove it by."""
        self._connection.execute(
            insert(AccountRow).values(
                id=account.reference,
                email=folded(account.email),
                display_name=account.display_name,
                organisation=account.organisation,
                practitioner=account.practitioner,
                team=account.team,
                service=account.service,
                version=account.version,
                disabled=account.disabled,
            )
        )
        for role in sorted(account.roles):
            self.grant(account.reference, role)

    def grant(self, account: UUID, role: Role) -> None:
        """Let `account` act in `role`."""
        self._connection.execute(insert(AccountRoleRow).values(account=account, role=role))

    def take_away(self, account: UUID, role: Role) -> None:
        """Let `account` act in `role` no more."""
        self._connection.execute(
            delete(AccountRoleRow).where(
                AccountRoleRow.account == account, AccountRoleRow.role == role
            )
        )

    def switch_off(self, account: UUID) -> None:
        """Let nobody sign in to `account`."""
        self._change(account, disabled=True)

    def switch_on(self, account: UUID) -> None:
        """Let `account` be signed in to again."""
        self._change(account, disabled=False)

    def outdate(self, account: UUID) -> None:
        """Raise the account's version, so that no session begun before holds any more."""
        self._change(account, version=AccountRow.version + 1)

    def credentials(self, email: str, *, address: str, at: datetime) -> Credentials:
        """Return what would prove the account of `email`, and how often it was tried in vain.

        The same queries are asked whether or not anybody has the e-mail.
        """
        account = self.by_email(email)
        if account is None:
            self._roles(NOBODY)
        return self.proofs.of(account, email=email, address=address, at=at)

    def open_session(self, session: Session) -> None:
        """Keep a new session, and end those it replaces.

        Over ones go, and the account's own of an older version, and its oldest beyond two.
        """
        self._connection.execute(
            delete(SessionRow).where(
                or_(
                    SessionRow.started <= session.started - ABSOLUTE_LIMIT,
                    (SessionRow.account == session.account)
                    & (SessionRow.version != session.version),
                )
            )
        )
        kept = self.sessions_of(session.account)[: SESSIONS_AT_ONCE - 1]
        self._connection.execute(
            delete(SessionRow).where(
                SessionRow.account == session.account,
                SessionRow.token_hash.not_in([each.token_hash for each in kept]),
            )
        )
        self._connection.execute(
            insert(SessionRow).values(
                token_hash=session.token_hash,
                account=session.account,
                version=session.version,
                acting_as=session.acting_as or "",
                started=session.started,
                seen=session.seen,
                locked=session.locked,
                proven=session.proven,
            )
        )

    def sessions_of(self, account: UUID) -> tuple[Session, ...]:
        """Return the account's sessions, the newest first."""
        rows = self._connection.execute(
            select(SessionRow.__table__)
            .where(SessionRow.account == account)
            .order_by(SessionRow.started.desc(), SessionRow.seen.desc())
        )
        return tuple(_session(row) for row in rows)

    def renew_session(self, old: bytes, session: Session) -> None:
        """Keep `session` in place of the one under `old`, whose token opens nothing any more."""
        self._connection.execute(
            update(SessionRow)
            .where(SessionRow.token_hash == old)
            .values(
                token_hash=session.token_hash,
                version=session.version,
                acting_as=session.acting_as or "",
                seen=session.seen,
                locked=session.locked,
                proven=session.proven,
            )
        )

    def carry_over(self, old: bytes, new: bytes) -> None:
        """Let the searches and viewings of the session under `old` go on under `new`."""
        for table in (LookUpRow, ViewingRow):
            self._connection.execute(update(table).where(table.session == old).values(session=new))

    def end_session(self, token_hash: bytes) -> None:
        """End one session."""
        self._connection.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))

    def end_sessions(self, account: UUID) -> None:
        """End every session of the account."""
        self._connection.execute(delete(SessionRow).where(SessionRow.account == account))

    def _by_name(self, statement: Select[*tuple[Any, ...]]) -> tuple[Account, ...]:
        ordered = statement.order_by(AccountRow.display_name, AccountRow.id)
        rows = self._connection.execute(ordered).all()
        roles: dict[UUID, set[Role]] = {row.id: set() for row in rows}
        granted = self._connection.execute(
            select(AccountRoleRow.__table__).where(AccountRoleRow.account.in_(roles))
        )
        for row in granted:
            roles[row.account].add(Role(row.role))
        return tuple(_account(row, frozenset(roles[row.id])) for row in rows)

    def _one(self, statement: Select[*tuple[Any, ...]]) -> Account | None:
        row = self._connection.execute(statement).first()
        return None if row is None else _account(row, self._roles(row.id))

    def _roles(self, account: UUID) -> frozenset[Role]:
        rows = self._connection.scalars(
            select(AccountRoleRow.role).where(AccountRoleRow.account == account)
        )
        return frozenset(Role(each) for each in rows)

    def _change(self, account: UUID, **values: object) -> None:
        self._connection.execute(
            update(AccountRow).where(AccountRow.id == account).values(**values)
        )


def _session(row: Row[*tuple[Any, ...]]) -> Session:
    return Session(
        token_hash=bytes(row.token_hash),
        account=row.account,
        version=row.version,
        started=row.started,
        seen=row.seen,
        acting_as=Role(row.acting_as) if row.acting_as else None,
        locked=row.locked,
        proven=row.proven,
    )


def _account(row: Row[*tuple[Any, ...]], roles: frozenset[Role]) -> Account:
    return Account(
        reference=row.id,
        email=row.email,
        display_name=row.display_name,
        organisation=row.organisation,
        roles=roles,
        version=row.version,
        practitioner=row.practitioner,
        team=row.team,
        service=Service(row.service) if row.service else None,
        disabled=row.disabled,
        has_password=bool(row.password),
        has_second_factor=row.second_factor is not None,
    )
