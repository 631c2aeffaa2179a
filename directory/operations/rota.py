"""The rota: who is paged first, and in which turns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.rota import Turn
from directory.domain.vocabulary import Role
from directory.ledger.door import Ledger
from directory.policy.permissions import Action

LONGEST_TURN = timedelta(days=31)
MOST_TURNS = 400


class TurnFault(Refused):
    """A turn cannot be so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnShown:
    """One turn, with whose it is."""

    turn: UUID
    name: str
    start: datetime
    end: datetime
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """The turns that go on or are to come, and the officers who can take one, by name."""

    turns: tuple[TurnShown, ...]
    officers: Mapping[UUID, str]


def list_rota(ledger: Ledger, access: Access) -> Rota:
    """Return the rota, what goes on now first."""
    with ledger.entry(access, Event.ROTA_LISTED, action=Action.ROTA_KEEP) as work:
        turns = work.calls.turns(access.at)
        officers = work.accounts.names(work.accounts.holding(Role.RESTRICTION_OFFICER))
        names = work.accounts.names({each.account for each in turns})
    return Rota(
        turns=tuple(
            TurnShown(
                turn=each.reference,
                name=names.get(each.account, ""),
                start=each.start,
                end=each.end,
                now=each.covers(access.at),
            )
            for each in turns
        ),
        officers=dict(sorted(officers.items(), key=lambda each: each[1])),
    )


def add_turn(
    ledger: Ledger, access: Access, *, officer: UUID, start: datetime, end: datetime
) -> None:
    """Put a turn on the rota; raises TurnFault for one that is over, too long, or nobody's."""
    with ledger.entry(access, Event.ROTA_CHANGED, action=Action.ROTA_KEEP) as work:
        if access.account is None or officer not in work.accounts.holding(Role.RESTRICTION_OFFICER):
            raise TurnFault("choose an officer")
        if end <= start or end <= access.at:
            raise TurnFault("the end must be after the start, and still to come")
        if end - start > LONGEST_TURN:
            raise TurnFault(f"a turn lasts {LONGEST_TURN.days} days at most")
        if len(work.calls.turns(access.at)) >= MOST_TURNS:
            raise TurnFault("the rota is full")
        turn = Turn(reference=work.new_reference(), account=officer, start=start, end=end)
        work.calls.keep_turn(turn, by=access.account)
        work.remark(words=f"added: account {officer} from {start:%Y-%m-%d %H:%M} UTC")


def remove_turn(ledger: Ledger, access: Access, *, turn: UUID) -> None:
    """Take a turn off the rota; raises NotFound for none that goes on or is to come."""
    with ledger.entry(access, Event.ROTA_CHANGED, action=Action.ROTA_KEEP) as work:
        found = next((each for each in work.calls.turns(access.at) if each.reference == turn), None)
        if found is None:
            raise NotFound
        work.calls.remove_turn(turn)
        work.remark(words=f"removed: account {found.account} from {found.start:%Y-%m-%d %H:%M} UTC")
