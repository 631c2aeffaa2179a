"""A signed-in session: its role, its second factor, its end."""

from dataclasses import replace

from directory.domain.access import Access, Refused
from directory.domain.accounts import Account, SecondFactor, Session, SessionState
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.second_factor import matching_step
from directory.policy.permissions import Action


class CodeWrong(Refused):
    """The six digits do not come from the key that was shown."""


class FactorStale(Refused):
    """The second factor was given too long ago for this: it must be given again."""


def may_act(account: Account, rule: SecondFactor) -> bool:
    """Return whether the account is proven well enough to act in a role."""
    return account.has_second_factor or rule is SecondFactor.OPTIONAL


def choose_role(
    ledger: Ledger, access: Access, *, role: Role, token: str, rule: SecondFactor
) -> Session:
    """Act in `role` from now on, under the new `token`.

    What was searched and viewed in another role stays behind with the old token.
    """
    with ledger.entry(access, Event.ROLE_CHOSEN, action=Action.SESSION_HOLD) as work:
        session, account = open_session(work)
        if role not in account.roles or not may_act(account, rule):
            raise Refused
        fresh = renewed(work, replace(session, acting_as=role), token)
        work.remark(words=f"{role}, {followed_by(fresh)}")
        return fresh


def set_second_factor(
    ledger: Ledger, access: Access, *, key: str, code: str, token: str
) -> tuple[Session, Account]:
    """Keep the TOTP `key` that `code` proves; every other session of the account ends.

    Raises CodeWrong. An account that has a second factor keeps it: Refused.
    """
    with ledger.entry(access, Event.SECOND_FACTOR_SET, action=Action.SESSION_HOLD) as work:
        session, account = open_session(work)
        held = work.accounts.held(account.reference)
        if held is None or held.has_second_factor:
            raise Refused
        step = matching_step(key, code, at=access.at, after=0)
        if step is None:
            raise CodeWrong
        work.accounts.proofs.set_second_factor(held.reference, key, step=step)
        work.accounts.outdate(held.reference)
        proven = replace(session, version=held.version + 1, proven=access.at)
        fresh = renewed(work, proven, token)
        work.remark(words=followed_by(fresh))
        return fresh, replace(held, version=fresh.version, has_second_factor=True)


def sign_out(ledger: Ledger, access: Access) -> None:
    """End this session."""
    with ledger.entry(access, Event.SIGNED_OUT, action=Action.SESSION_HOLD) as work:
        work.accounts.end_session(_token_hash(access))


def sign_out_everywhere(ledger: Ledger, access: Access) -> None:
    """End every session of the user, this one too."""
    with ledger.entry(access, Event.SIGNED_OUT_EVERYWHERE, action=Action.SESSION_OWN) as work:
        if access.account is None:
            raise Refused
        work.accounts.end_sessions(access.account)


def my_sessions(ledger: Ledger, access: Access) -> tuple[Session, ...]:
    """Return the user's sessions that are not over, the newest first."""
    with ledger.entry(access, Event.SESSIONS_LISTED, action=Action.SESSION_OWN) as work:
        if access.account is None:
            raise Refused
        return tuple(
            each
            for each in work.accounts.sessions_of(access.account)
            if each.version == access.version and each.state(access.at) is not SessionState.OVER
        )


def check_fresh(work: Work, rule: SecondFactor) -> None:
    """Raise FactorStale unless the session gave its second factor within FRESH_FOR.

    The command line has no session; whoever reached it was let in by the machine.
    """
    if work.access.role is Role.OPERATOR:
        return
    session, account = open_session(work)
    if rule is SecondFactor.OPTIONAL and not account.has_second_factor:
        return
    if not session.is_fresh(work.access.at):
        work.remark(words="the second factor was asked for again")
        raise FactorStale


def open_session(work: Work) -> tuple[Session, Account]:
    """Return the session the act is done in with whose it is; raises Refused while it is locked."""
    session, account = current(work)
    if session.state(work.access.at) is not SessionState.OPEN:
        raise Refused
    return session, account


def current(work: Work) -> tuple[Session, Account]:
    """Return the session the act is done in with whose it is, open or locked."""
    found = work.accounts.session(_token_hash(work.access))
    if found is None or found[0].state(work.access.at) is SessionState.OVER:
        raise Refused
    return found


def renewed(work: Work, session: Session, token: str) -> Session:
    """Put `session`, open and seen now, under the new `token`; its absolute limit stays."""
    fresh = replace(session, token_hash=work.token_hash(token), seen=work.access.at, locked=False)
    work.accounts.renew_session(_token_hash(work.access), fresh)
    return fresh


def _token_hash(access: Access) -> bytes:
    if access.session is None:
        raise Refused
    return access.session


def followed_by(fresh: Session) -> str:
    """Return how the entry names the session that goes on in place of its own."""
    return f"followed by session {fresh.token_hash[:8].hex()}"
