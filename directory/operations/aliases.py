"""Propose pairs of spellings from stewards' own links, and let a steward decide on them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.aliases import Mined, PairChoice, PairState, ProposedPair, after
from directory.domain.events import Event
from directory.domain.vocabulary import Purpose
from directory.ledger.aliases import pairs_met
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.permissions import POWERS, Action

PAGE_LENGTH = 50
_SOUGHT = "name_pairs_sought"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairList:
    """A page of pairs, and when pairs were last sought; None where they never were."""

    pairs: tuple[ProposedPair, ...]
    has_more: bool
    sought: datetime | None


def seek_pairs(ledger: Ledger, access: Access, *, least: int) -> Mined:
    """Propose every pair that at least `least` homes bear out, and return what was met.

    What was decided about a pair before stays as it is; one that nobody decided on, and that is
    met no more, goes. Everybody's names are read, without a lock: seconds for 250,000 people, so
    it is the command line's and no page's.
    """
    with ledger.entry(access, Event.NAME_PAIRS_SOUGHT, action=Action.ALIASES_SEEK) as work:
        found = pairs_met(work, least=least)
        for each in found.pairs:
            work.aliases.propose(work.new_reference(), each, access.at)
        work.aliases.withdraw(found.pairs)
        work.agencies.keep_instance(_SOUGHT, access.at.isoformat())
        too_long = f", {found.too_long} more too long to keep" if found.too_long else ""
        work.remark(
            words=f"{len(found.pairs)} pairs that at least {least} homes bear out{too_long}"
        )
    return found


def list_pairs(ledger: Ledger, access: Access, *, state: PairState, page: int) -> PairList:
    """Return a page of the pairs that stand there, from 1."""
    with ledger.entry(access, Event.NAME_PAIRS_LISTED, action=Action.ALIASES_DECIDE) as work:
        _enter(work)
        found = work.aliases.pairs(state, first=(page - 1) * PAGE_LENGTH, most=PAGE_LENGTH + 1)
        sought = work.agencies.instance(_SOUGHT)
        work.remark(words=str(state))
    return PairList(
        pairs=found[:PAGE_LENGTH],
        has_more=len(found) > PAGE_LENGTH,
        sought=datetime.fromisoformat(sought) if sought else None,
    )


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
