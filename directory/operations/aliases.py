"""Propose pairs of spellings from the directory's own links, and let a steward decide on them."""

from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.aliases import PairChoice, PairState, ProposedPair, after
from directory.domain.audit import Event
from directory.domain.vocabulary import Purpose
from directory.ledger.aliases import pairs_met
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.permissions import POWERS, Action

PAGE_LENGTH = 50


def seek_pairs(ledger: Ledger, access: Access, *, least: int) -> int:
    """Propose every pair that at least `least` people bear out, and return how many were met.

    What was decided about a pair before stays as it is.
    """
    with ledger.entry(access, Event.NAME_PAIRS_LISTED, action=Action.ALIASES_DECIDE) as work:
        _enter(work)
        found = pairs_met(work, least=least)
        for each in found:
            work.aliases.propose(work.new_reference(), each, access.at)
        work.remark(words=f"{len(found)} pairs that at least {least} people bear out")
    return len(found)


def list_pairs(
    ledger: Ledger, access: Access, *, state: PairState, page: int
) -> tuple[tuple[ProposedPair, ...], bool]:
    """Return a page of the pairs that stand there, from 1, and whether there are more."""
    with ledger.entry(access, Event.NAME_PAIRS_LISTED, action=Action.ALIASES_DECIDE) as work:
        _enter(work)
        found = work.aliases.pairs(state, first=(page - 1) * PAGE_LENGTH, most=PAGE_LENGTH + 1)
        work.remark(words=str(state))
    return found[:PAGE_LENGTH], len(found) > PAGE_LENGTH


def decide(ledger: Ledger, access: Access, *, pair: UUID, choice: PairChoice) -> ProposedPair:
    """Accept or refuse a pair, or take that back, at once for every search; return it as it was.

    Raises NotFound for a pair that is not there, or of which that was chosen already.
    """
    with ledger.entry(access, Event.NAME_PAIR_DECIDED, action=Action.ALIASES_DECIDE) as work:
        _enter(work)
        known = work.aliases.pair(pair)
        state = after(known.state, choice) if known else None
        if known is None or state is None:
            raise NotFound
        work.aliases.decide(pair, state, access.at)
        if PairState.ACCEPTED in {known.state, state}:
            work.pair_names()
        one, other = known.met.names
        work.remark(words=f"{choice} {known.met.part} {one} and {other}")
    return known


def _enter(work: Work) -> None:
    """Say in the entry why it is looked at."""
    work.remark(purpose=Purpose.LOCATING, power=POWERS[Purpose.LOCATING])
