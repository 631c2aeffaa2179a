"""Prove who one is: sign in, unlock an idle session, or give the second factor again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeGuard

from directory.domain.access import Access, Refused
from directory.domain.accounts import Account, Credentials, Session, refuses_attempt
from directory.domain.events import Event
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.passwords import Passwords
from directory.operations.second_factor import NOBODYS, matching_step
from directory.operations.sessions import current, followed_by, open_session, renewed
from directory.policy.permissions import Action


class NotProven(Refused):
    """E-mail, password and code do not belong together, or nobody has the e-mail."""


class TooManyAttempts(NotProven):
    """So many attempts failed that this one was not read."""


class _Overtaken(Refused):
    """Something changed between the check on a snapshot and the unit of work."""


class _Because(StrEnum):
    NOT_PROVEN = "not proven"
    TOO_MANY = "too many attempts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What somebody gave to prove who they are, and the network address it came from."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    address: str


def sign_in(
    ledger: Ledger, access: Access, *, attempt: Attempt, passwords: Passwords, token: str
) -> tuple[Session, Account]:
    """Begin a session, without a role yet, under the new `token`.

    Raises NotProven, the same whatever was wrong and after the same work, or TooManyAttempts.
    """
    found = _checked(ledger, access, attempt)
    step = _proving_step(found, attempt, passwords, access)
    account = found.account
    if account is None or step is None:
        _refuse(ledger, access, attempt, found, _Because.NOT_PROVEN)
        raise NotProven
    holder = _as_holder(access, account)
    with (
        _refusing_if_overtaken(ledger, access, attempt, found),
        ledger.entry(holder, Event.SIGNED_IN, action=Action.SESSION_HOLD) as work,
    ):
        _confirm(work, attempt, found, account)
        if account.has_second_factor and not work.accounts.proofs.take_step(
            account.reference, step
        ):
            raise _Overtaken
        session = Session(
            token_hash=work.token_hash(token),
            account=account.reference,
            version=account.version,
            started=access.at,
            seen=access.at,
            proven=access.at if account.has_second_factor else None,
        )
        work.accounts.open_session(session)
        work.accounts.proofs.forget_attempts(attempt.email)
    return session, account


def unlock(
    ledger: Ledger, access: Access, *, attempt: Attempt, passwords: Passwords, token: str
) -> Session:
    """Open the locked session again by its user's password, under the new `token`.

    Searches and viewings go on, and so does the absolute limit. Raises as sign_in.
    """
    found = _checked(ledger, access, attempt)
    fits = passwords.fits(found.password, attempt.password)
    account = found.account
    if not fits or not _is_own(account, access):
        _refuse(ledger, access, attempt, found, _Because.NOT_PROVEN)
        raise NotProven
    with (
        _refusing_if_overtaken(ledger, access, attempt, found),
        ledger.entry(access, Event.SESSION_UNLOCKED, action=Action.SESSION_HOLD) as work,
    ):
        _confirm(work, attempt, found, account)
        session, _ = current(work)
        fresh = renewed(work, session, token)
        work.accounts.carry_over(session.token_hash, fresh.token_hash)
        work.accounts.proofs.forget_attempts(attempt.email)
        work.remark(words=followed_by(fresh))
    return fresh


def prove_again(ledger: Ledger, access: Access, *, attempt: Attempt, token: str) -> Session:
    """Note that the session's user gave their second factor now, under the new `token`.

    Searches and viewings go on, and so does the absolute limit. Raises as sign_in.
    """
    found = _checked(ledger, access, attempt)
    account, key = found.account, found.second_factor or NOBODYS
    step = matching_step(key, attempt.code, at=access.at, after=found.last_step)
    if step is None or not found.second_factor or not _is_own(account, access):
        _refuse(ledger, access, attempt, found, _Because.NOT_PROVEN)
        raise NotProven
    with (
        _refusing_if_overtaken(ledger, access, attempt, found),
        ledger.entry(access, Event.SECOND_FACTOR_GIVEN, action=Action.SESSION_HOLD) as work,
    ):
        _confirm(work, attempt, found, account)
        if not work.accounts.proofs.take_step(account.reference, step):
            raise _Overtaken
        session, _ = open_session(work)
        fresh = renewed(work, replace(session, proven=access.at), token)
        work.accounts.carry_over(session.token_hash, fresh.token_hash)
        work.accounts.proofs.forget_attempts(attempt.email)
        work.remark(words=followed_by(fresh))
    return fresh


def _checked(ledger: Ledger, access: Access, attempt: Attempt) -> Credentials:
    """Return what would prove the attempt, or refuse it unread after too many in vain."""
    found = ledger.credentials(attempt.email, address=attempt.address, at=access.at)
    if _is_locked_out(found):
        _refuse(ledger, access, attempt, found, _Because.TOO_MANY)
        raise TooManyAttempts
    return found


def _is_locked_out(found: Credentials) -> bool:
    return refuses_attempt(by_account=found.by_account, by_address=found.by_address)


def _is_own(account: Account | None, access: Access) -> TypeGuard[Account]:
    return account is not None and account.reference == access.account


def _proving_step(
    found: Credentials, attempt: Attempt, passwords: Passwords, access: Access
) -> int | None:
    """Return the time step that proves the attempt, 0 without a second factor, None if nothing."""
    fits = passwords.fits(found.password, attempt.password)
    key = found.second_factor or NOBODYS
    step = matching_step(key, attempt.code, at=access.at, after=found.last_step)
    account = found.account
    if not fits or account is None or account.disabled:
        return None
    return step if account.has_second_factor else 0


def _confirm(work: Work, attempt: Attempt, found: Credentials, account: Account) -> None:
    """Hold the account, or raise _Overtaken if what was checked on the snapshot has changed."""
    work.remark(words=_marks(work, attempt))
    work.accounts.held(account.reference)
    again = work.accounts.credentials(attempt.email, address=attempt.address, at=work.access.at)
    same = (again.account, again.password) == (account, found.password)
    if not same or _is_locked_out(again):
        raise _Overtaken


@contextmanager
def _refusing_if_overtaken(
    ledger: Ledger, access: Access, attempt: Attempt, found: Credentials
) -> Iterator[None]:
    try:
        yield
    except _Overtaken:
        _refuse(ledger, access, attempt, found, _Because.NOT_PROVEN)
        raise NotProven from None


def _refuse(
    ledger: Ledger, access: Access, attempt: Attempt, found: Credentials, because: _Because
) -> None:
    """Enter the refusal, and count it; what was not read is not counted, or it would never end."""
    actor = access
    if found.account is not None and access.session is None:
        actor = _as_holder(access, found.account)
    with ledger.entry(actor, Event.SIGN_IN_REFUSED, action=Action.SESSION_HOLD) as work:
        if because is _Because.NOT_PROVEN:
            work.accounts.proofs.keep_attempt(
                work.new_reference(),
                email=attempt.email,
                address=attempt.address,
                at=access.at,
            )
        work.remark(words=f"{because}: {_marks(work, attempt)}")


def _as_holder(access: Access, account: Account) -> Access:
    return replace(access, account=account.reference, organisation=account.organisation)


def _marks(work: Work, attempt: Attempt) -> str:
    return work.accounts.proofs.marks(email=attempt.email, address=attempt.address)
