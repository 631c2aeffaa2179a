"""Several users look about at once; what they are shown is counted, and what is entered."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import select

from directory.domain.access import Access, NotFound, Refused
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.vocabulary import Service
from directory.operations import families, involvement, people
from directory.policy.permissions import purposes_for
from directory.store.audit_tables import AuditRow
from tests.operations.hidden_world import USERS, signed_in
from tests.town import Town

Counted = Counter[tuple[UUID | None, str]]

LOOKS = frozenset(
    {
        Event.PEOPLE_SEARCHED,
        Event.RESULTS_SEEN_AGAIN,
        Event.PERSON_CHOSEN,
        Event.PURPOSE_GIVEN,
        Event.BOARD_VIEWED,
        Event.CARD_OPENED,
        Event.FAMILIES_LISTED,
    }
)


@dataclass(slots=True, kw_only=True)
class Looker:
    """One user who looks about: what they have found so far, and what they were shown."""

    town: Town
    access: Access
    chance: random.Random
    names: tuple[str, ...]
    searches: list[UUID] = field(default_factory=list)
    hits: list[tuple[UUID, UUID]] = field(default_factory=list)
    viewings: list[tuple[UUID, UUID]] = field(default_factory=list)
    shown: Counted = field(default_factory=Counter)

    def look(self) -> None:
        """Do one thing at random; what is refused shows nothing, and is not counted."""
        act = self.chance.choice(
            (self.search, self.search_again, self.choose, self.say_why, self.board, self.card,
             self.mine)
        )  # fmt: skip
        try:
            event = act()
        except (Refused, NotFound):
            return
        self.shown[self.access.account, event] += 1

    def search(self) -> Event:
        """Search for somebody."""
        sought = Sought(name=self.chance.choice(self.names))
        return self._results(people.ask(self.town.ledger, self.access, sought=sought))

    def search_again(self) -> Event:
        """See the results of a search again, or ask for one that never was."""
        return self._results(self._one_of(self.searches))

    def choose(self) -> Event:
        """Choose somebody found, or nobody."""
        look_up, person = self._pair_of(self.hits)
        people.choose(self.town.ledger, self.access, look_up=look_up, person=person)
        return Event.PERSON_CHOSEN

    def say_why(self) -> Event:
        """Say why one looks at somebody found."""
        look_up, person = self._pair_of(self.hits)
        viewing = families.give_purpose(
            self.town.ledger,
            self.access,
            person=person,
            look_up=look_up,
            purpose=purposes_for(self.access.role)[0],
            reason="duty 441",
        )
        self.viewings.append((viewing, person))
        return Event.PURPOSE_GIVEN

    def board(self) -> Event:
        """See a family's board."""
        viewing, _ = self._pair_of(self.viewings)
        families.view_board(self.town.ledger, self.access, viewing=viewing)
        return Event.BOARD_VIEWED

    def card(self) -> Event:
        """Open a service's card."""
        viewing, person = self._pair_of(self.viewings)
        service = self.chance.choice(tuple(Service))
        involvement.open_card(
            self.town.ledger, self.access, viewing=viewing, person=person, service=service
        )
        return Event.CARD_OPENED

    def mine(self) -> Event:
        """List one's own families."""
        families.list_mine(self.town.ledger, self.access)
        return Event.FAMILIES_LISTED

    def _results(self, reference: UUID) -> Event:
        is_new = reference not in self.searches
        found = people.look_up(self.town.ledger, self.access, reference=reference)
        self.searches.append(reference)
        self.hits += [(reference, each.person) for each in found.hits]
        return Event.PEOPLE_SEARCHED if is_new else Event.RESULTS_SEEN_AGAIN

    def _one_of(self, references: list[UUID]) -> UUID:
        return self.chance.choice([*references[-5:], uuid4()])

    def _pair_of(self, pairs: list[tuple[UUID, UUID]]) -> tuple[UUID, UUID]:
        return self.chance.choice([*pairs[-8:], (uuid4(), uuid4())])


def look_about(town: Town, *, looks: int, seed: int, names: tuple[str, ...]) -> Counted:
    """Let every user look about at once, so often in all, and return what each was shown."""
    lookers = [
        Looker(
            town=town,
            access=signed_in(town, email, role),
            chance=random.Random(f"{seed} {email}"),  # noqa: S311 - a walk, no secret
            names=names,
        )
        for email, role in USERS.items()
    ]
    each = looks // len(lookers)

    def go(looker: Looker) -> Counted:
        for _ in range(each):
            looker.look()
        return looker.shown

    with ThreadPoolExecutor(len(lookers)) as pool:
        return sum(pool.map(go, lookers), Counted())


def entered(town: Town) -> Counted:
    """Return how often the audit says that each account was shown something."""
    with town.database.reading() as connection:
        rows = connection.execute(
            select(AuditRow.actor, AuditRow.event).where(
                AuditRow.outcome == Outcome.DONE, AuditRow.event.in_(LOOKS)
            )
        )
        return Counter((row.actor, row.event) for row in rows)
