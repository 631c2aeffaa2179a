"""Declare whom one must not look up: from then on one does not find them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.people import Name
from directory.domain.restrictions import InterestKind
from directory.domain.traces import interests_in
from directory.domain.vocabulary import NameKind
from directory.ledger.door import Ledger
from directory.ledger.interests import meant
from directory.policy.permissions import Action

_KEPT = 4
"""How many rows each declaration keeps; fewer people share a first name, surname and birth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """Whom a user must not look up, and why."""

    kind: InterestKind
    forenames: str
    surname: str
    birth: date

    @property
    def texts(self) -> frozenset[str]:
        """Return by what it is told that somebody is the one meant."""
        name = Name(kind=NameKind.CURRENT, forenames=self.forenames, surname=self.surname)
        return interests_in((name,), self.birth)

    @property
    def sought(self) -> Sought:
        """Return by what those who may be meant are found."""
        return Sought(name=f"{self.surname}, {self.forenames}", birth=self.birth)


def list_declared(ledger: Ledger, access: Access) -> Mapping[InterestKind, int]:
    """Return how many people of each kind the user declared; never whom."""
    with ledger.entry(access, Event.INTERESTS_LISTED, action=Action.INTERESTS_DECLARE) as work:
        if access.account is None:
            raise Refused
        return work.interests.counts(access.account)


def declare(ledger: Ledger, access: Access, *, interest: Interest) -> None:
    """Let the user find whom `interest` is about no longer, known already or later.

    It is kept first and met second: whoever is taken in between is met as they come. As much is
    kept where nobody is meant as for somebody, of references that nothing will ever be said of.
    """
    with ledger.entry(access, Event.INTEREST_DECLARED, action=Action.INTERESTS_DECLARE) as work:
        if access.account is None:
            raise Refused
        work.remark(words=interest.kind)
        work.interests.declare(access.account, interest.kind, interest.texts, access.at)
    with ledger.entry(access, Event.INTEREST_DECLARED, action=Action.INTERESTS_DECLARE) as work:
        work.remark(words="kept from whom it is about")
        people = meant(work, interest.sought, interest.texts)
        nobody = [work.new_reference() for _ in range(_KEPT)]
        work.people.new(nobody, access.at)
        work.interests.meet_for(access.account, people, nobody=nobody)
