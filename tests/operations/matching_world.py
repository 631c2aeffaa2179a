"""A council whose matching stewards are at work, and whose files leave them lines to decide on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.extracts import ExtractOutcome, Report
from directory.domain.matching import ActState, Choice
from directory.domain.vocabulary import Role, Service
from directory.ledger.door import Ledger
from directory.operations import matching, matching_decisions, restrictions
from directory.operations.extracts import Meant
from directory.operations.matching_decisions import Decision
from directory.policy.permissions import Action
from directory.store.agencies import AgencyStore
from directory.store.line_tables import LineRow
from directory.store.tables import TABLES
from tests import engines
from tests.factories import COUNCIL, NOON, profile
from tests.operations import accounts_world, extracts_world
from tests.operations.extracts_world import Cells, file_of, line, many

STEWARD, OFFICER = Role.MATCHING_STEWARD, Role.RESTRICTION_OFFICER
NAMESAKE: Cells = {
    "forenames": "Lea",
    "date_of_birth": "03/11/1961", "house": "3", "street": "Quarry Road", "postcode": "NX9 1AA",
}  # fmt: skip
"""Somebody with nearly her name, whom no file takes for the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The council of extracts, with two stewards and two restriction officers."""

    here: extracts_world.World
    accounts: dict[str, UUID]

    @property
    def ledger(self) -> Ledger:
        """Return the door."""
        return self.here.ledger

    def steward(self, who: str = "olwen", *, minutes: int = 0) -> Access:
        """Return a steward at work, so many minutes after noon."""
        at = NOON + timedelta(minutes=minutes)
        return Access(at=at, role=STEWARD, account=self.accounts[who])

    def officer(self, who: str = "una") -> Access:
        """Return a restriction officer at work."""
        return Access(at=NOON, role=OFFICER, account=self.accounts[who], organisation=COUNCIL)

    def lead(self, service: Service = Service.HOUSING) -> Access:
        """Return the lead of a service at work."""
        return Access(
            at=NOON,
            role=Role.SERVICE_LEAD,
            account=self.accounts["olwen"],
            organisation=COUNCIL,
            service=service,
        )

    def guard(self, *people: UUID) -> UUID:
        """Protect these people from now on, and return the order."""
        who = self.officer()
        with self.ledger.entry(who, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
            order = restrictions.begin(work, who, people=people)
        restrictions.complete(self.ledger, who, order=order)
        return order

    def take(self, *lines: Cells, service: Service = Service.HOUSING) -> Report:
        """Take a file of these lines, which is meant however few they are."""
        file = file_of(*lines)
        report = self.here.take(file, service=service)
        if report.outcome is not ExtractOutcome.BRAKED:
            return report
        return self.here.take(Meant(file=file, number=report.number), service=service)

    def waiting(self, access: Access | None = None) -> list[UUID]:
        """Return the references of what waits, in the queue's order."""
        found = matching.list_waiting(self.ledger, access or self.steward(), chosen=None, page=1)
        return [each.waiting for each in found.lines]

    def candidates(self, waiting: UUID, access: Access | None = None) -> list[UUID]:
        """Return whom the waiting line may be about, the likeliest first."""
        found = matching.compare(self.ledger, access or self.steward(), waiting=waiting)
        return [each.person for each in found.candidates]

    def decide(
        self,
        waiting: UUID,
        choice: Choice,
        person: UUID | None = None,
        *,
        access: Access | None = None,
    ) -> ActState:
        """Check a choice and decide it, as a steward would."""
        who = access or self.steward()
        seen = matching.check(self.ledger, who, waiting=waiting, choice=choice, person=person).seen
        decision = Decision(waiting=waiting, choice=choice, person=person, seen=seen)
        return matching_decisions.decide(self.ledger, who, decision=decision)

    def whose(self, reference: str) -> UUID | None:
        """Return whose the newest version of the line is, None while it waits."""
        with self.here.database.reading() as connection:
            return connection.scalar(
                select(LineRow.person)
                .where(LineRow.source_reference == reference)
                .order_by(LineRow.visible_from.desc())
                .limit(1)
            )

    def rows(self, *tables: str) -> dict[str, list[str]]:
        """Return every row of these tables, in an order of their own."""
        with self.here.database.reading() as connection:
            return {
                each: sorted(map(repr, connection.execute(select(TABLES.tables[each]))))
                for each in tables
            }


@contextmanager
def desk(folder: Path, engine: str = engines.SQLITE) -> Iterator[Desk]:
    """Yield such a council without lines."""
    with engines.ready(engine, folder) as place, engines.opened(place.url) as database:
        with database.writing() as connection:
            agencies = AgencyStore(connection)
            agencies.keep_organisation(COUNCIL, known_as="NSC", name="Northshire")
            agencies.keep_services(profile(each) for each in Service)
        ledger = extracts_world.ledger(database)
        here = extracts_world.World(ledger=ledger, database=database)
        staff = accounts_world.World(ledger=ledger, database=database)
        accounts = {
            who: accounts_world.settle(
                staff,
                email=f"{who}@council.example",
                display_name=who.title(),
                roles=frozenset({role}),
            ).reference
            for who, role in (
                ("olwen", STEWARD), ("jonah", STEWARD), ("una", OFFICER), ("piotr", OFFICER),
            )
        }  # fmt: skip
        yield Desk(here=here, accounts=accounts)


def leah(reference: str = "POL/1", **differing: str) -> Cells:
    """Return a line that says no more than a name, which a steward must decide on."""
    return line(reference, **{**_NAME_ALONE, **differing})


def town() -> list[Cells]:
    """Return Leah's tenancy among others'."""
    return [line(), *many(40)]


_NAME_ALONE = {"date_of_birth": "", "house": "", "street": "", "postcode": ""}
