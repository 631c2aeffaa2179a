"""What proves an account: its password, its second factor, a one-time link; and failed attempts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from directory.domain.accounts import ATTEMPT_WINDOW, Account, Credentials
from directory.store.account_tables import AccountRow, AttemptRow, OneTimeLinkRow
from directory.store.sealing import Sealer

NOBODY = UUID(int=0)
"""The reference of no account, to ask about where an e-mail is unknown."""


class ProofStore:
    """Reads and keeps proofs within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing and hashing with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def of(self, account: Account | None, *, email: str, address: str, at: datetime) -> Credentials:
        """Return what would prove `account`, and how often its `email` was tried in vain."""
        reference = account.reference if account else NOBODY
        row = self._connection.execute(
            select(AccountRow.__table__).where(AccountRow.id == reference)
        ).first()
        return Credentials(
            account=account,
            password=row.password if row else "",
            second_factor=self._secret(row) if row else "",
            last_step=row.last_step if row else 0,
            by_account=self._attempts(AttemptRow.account_hash == self._account_hash(email), at),
            by_address=self._attempts(AttemptRow.address_hash == self._address_hash(address), at),
        )

    def keep_attempt(self, reference: UUID, *, email: str, address: str, at: datetime) -> None:
        """Keep a failed sign-in, and forget those that no longer count."""
        self._connection.execute(delete(AttemptRow).where(AttemptRow.at <= at - ATTEMPT_WINDOW))
        self._connection.execute(
            insert(AttemptRow).values(
                id=reference,
                account_hash=self._account_hash(email),
                address_hash=self._address_hash(address),
                at=at,
            )
        )

    def forget_attempts(self, email: str) -> None:
        """Forget the failed sign-ins to `email`, since it was signed in to."""
        self._connection.execute(
            delete(AttemptRow).where(AttemptRow.account_hash == self._account_hash(email))
        )

    def marks(self, *, email: str, address: str) -> str:
        """Return how the audit names an e-mail and an address: by keyed hashes, cut short."""
        account, network = self._account_hash(email), self._address_hash(address)
        return f"e-mail {account.hex()[:16]}, address {network.hex()[:16]}"

    def set_password(self, account: UUID, encoded: str) -> None:
        """Keep the Argon2id encoding of the account's password; empty: it has none."""
        self._change(account, password=encoded)

    def set_second_factor(self, account: UUID, secret: str, *, step: int) -> None:
        """Keep the account's TOTP secret, sealed, and the time step that proved it."""
        sealed = self._sealer.seal(secret, table="account", row=account.hex, column="second_factor")
        self._change(account, second_factor=sealed, last_step=step)

    def drop_second_factor(self, account: UUID) -> None:
        """Forget the account's TOTP secret."""
        self._change(account, second_factor=None, last_step=0)

    def take_step(self, account: UUID, step: int) -> bool:
        """Keep that a code of the time step was used; False if that one or a later one was."""
        taken = self._connection.execute(
            update(AccountRow)
            .where(AccountRow.id == account, AccountRow.last_step < step)
            .values(last_step=step)
        )
        return taken.rowcount == 1

    def keep_link(self, token_hash: bytes, *, account: UUID, end: datetime) -> None:
        """Keep a one-time link that works until `end`, and void every older one."""
        self._connection.execute(delete(OneTimeLinkRow).where(OneTimeLinkRow.account == account))
        self._connection.execute(
            insert(OneTimeLinkRow).values(token_hash=token_hash, account=account, end=end)
        )

    def take_link(self, token_hash: bytes, at: datetime) -> UUID | None:
        """Use up a one-time link; return its account, None if it is unknown, used or too old."""
        mine = OneTimeLinkRow.token_hash == token_hash
        taken = self._connection.execute(
            update(OneTimeLinkRow)
            .where(mine, OneTimeLinkRow.used_at.is_(None), OneTimeLinkRow.end > at)
            .values(used_at=at)
        )
        if taken.rowcount != 1:
            return None
        return self._connection.scalar(select(OneTimeLinkRow.account).where(mine))

    def _change(self, account: UUID, **values: object) -> None:
        self._connection.execute(
            update(AccountRow).where(AccountRow.id == account).values(**values)
        )

    def _secret(self, row: Row[*tuple[Any, ...]]) -> str:
        if row.second_factor is None:
            return ""
        return self._sealer.unseal(
            bytes(row.second_factor), table="account", row=row.id.hex, column="second_factor"
        )

    def _attempts(self, mine: ColumnElement[bool], at: datetime) -> int:
        within = AttemptRow.at > at - ATTEMPT_WINDOW
        statement = select(func.count()).select_from(AttemptRow).where(mine, within)
        return self._connection.scalar(statement) or 0

    def _account_hash(self, email: str) -> bytes:
        return self._sealer.token_hash(f"account {folded(email)}")

    def _address_hash(self, address: str) -> bytes:
        return self._sealer.token_hash(f"address {address}")


def folded(email: str) -> str:
    """Return the one spelling under which an e-mail is kept."""
    return email.strip().casefold()
