"""What is asked again in the unit of work itself: does the session hold, do the gates."""

from collections.abc import Container
from datetime import date

from sqlalchemy import Connection

from directory.domain.access import Access, Refused
from directory.domain.assurance import Trust, assurance_standing
from directory.domain.gates import Standing, standings
from directory.policy.gates import (
    OWN_SERVICE,
    OrganisationSuspended,
    check_action,
    closed_to,
    is_gated,
)
from directory.policy.permissions import Action
from directory.store.accounts import AccountStore
from directory.store.gates import GateStore
from directory.store.programmes import ProgrammeStore
from directory.store.sealing import Sealer


def check_session(connection: Connection, sealer: Sealer, access: Access) -> None:
    """Refuse an act whose session, role or account changed since the request began."""
    if access.session is None:
        return
    if not AccountStore(connection, sealer).session_holds(
        access.session, account=access.account, version=access.version, role=access.role
    ):
        raise Refused("the session is over")


def check_programme(connection: Connection, access: Access) -> None:
    """Refuse what is done through a programme that was disabled since the request began."""
    if access.programme is not None and not ProgrammeStore(connection).is_enabled(access.programme):
        raise Refused("the programme is disabled")


def asks_gates(access: Access, action: Action) -> bool:
    """Return whether gates are asked for before `action`."""
    return is_gated(access.role, action) or action in OWN_SERVICE


def check_gates(
    connection: Connection,
    access: Access,
    action: Action,
    *,
    trust: Trust,
    holidays: Container[date],
) -> tuple[Standing, ...]:
    """Return which gates are closed to one who sees people; raise where that closes the act."""
    if trust.suspended:
        raise OrganisationSuspended
    if action in OWN_SERVICE:
        return ()
    held = GateStore(connection).held(access.account) if access.account else ()
    today = standings(held, day=access.today, holidays=holidays)
    assured = assurance_standing(trust.assured_until, day=access.today, holidays=holidays)
    closed = closed_to(access.role, today) + (() if assured.state.is_open else (assured,))
    check_action(access.role, action, closed)
    return closed
