"""Tell which waiting lines would give protected people away, on snapshots that hold no lock."""

from uuid import UUID

from directory.domain.matching import Desk
from directory.ledger.work import Work

_AT_ONCE = 500


def waiting_alike(work: Work) -> dict[UUID, frozenset[UUID]]:
    """Return the lines at the open desk that may be about somebody protected, with whom."""
    found: dict[UUID, frozenset[UUID]] = {}
    guarded, first, more = work.guarded(), 0, True
    while more:
        with work.matching_unlocked() as matching:
            lines = matching.queue(Desk.OPEN, guarded, first=first, most=_AT_ONCE)
        people = work.given_away([each.identity for each in lines])
        found |= {line.reference: whom for line, whom in zip(lines, people, strict=True) if whom}
        first, more = first + _AT_ONCE, len(lines) == _AT_ONCE
    return found
