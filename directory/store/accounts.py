"""Accounts, their sessions, failed sign-ins and one-time links."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select, update

from directory.domain.accounts import IDLE_LOCK, Account, Session
from directory.domain.vocabulary import Role, Service
from directory.store.sealing import Sealer
from directory.store.tables import AccountRoleRow, AccountRow, SessionRow


class AccountStore:
    """Reads and keeps accounts and sessions within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing second factors with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def session(self, token_hash: bytes) -> tuple[Session, Account] | None:
        """Return the session under `token_hash` with whose it is, None where there is none."""
        row = self._connection.execute(
            select(SessionRow.__table__).where(SessionRow.token_hash == token_hash)
        ).first()
        if row is None:
            return None
        account = self._connection.execute(
            select(AccountRow.__table__).where(AccountRow.id == row.account)
        ).one()
        return _session(row), _account(account, self._roles(account.id))

    def session_holds(
        self, token_hash: bytes, *, account: UUID | None, version: int, role: Role
    ) -> bool:
        """Return whether the session still stands for `account`, unchanged, acting as `role`."""
        found = self.session(token_hash)
        if found is None:
            return False
        session, holder = found
        return (
            holder.reference == account
            and not holder.disabled
            and holder.version == session.version == version
            and session.acting_as is role
            and role in holder.roles
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

    def _roles(self, account: UUID) -> frozenset[Role]:
        rows = self._connection.scalars(
            select(AccountRoleRow.role).where(AccountRoleRow.account == account)
        )
        return frozenset(Role(each) for each in rows)


def _session(row: Row[*tuple[Any, ...]]) -> Session:
    return Session(
        token_hash=bytes(row.token_hash),
        account=row.account,
        version=row.version,
        started=row.started,
        seen=row.seen,
        acting_as=Role(row.acting_as) if row.acting_as else None,
        locked=row.locked,
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
