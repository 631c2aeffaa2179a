"""A town in which every modifier of policy has something to decide about one family."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from directory import demo
from directory.app import Means, build
from directory.domain.access import Access
from directory.domain.accounts import Account
from directory.domain.events import Event
from directory.domain.gates import Gate, HeldGate
from directory.domain.people import Person
from directory.domain.restrictions import InterestKind, OrderKind, Protection
from directory.domain.rules import SLOTS, Change, Rule, Standing
from directory.domain.sharing import ContactField, Course
from directory.domain.vocabulary import Role, Service
from directory.operations import interests, restrictions
from directory.operations.interests import Interest
from directory.paths import SEED_DATA
from directory.policy.permissions import Action
from directory.store.accounts import AccountStore
from directory.store.agencies import AgencyStore
from directory.store.consent import ConsentStore
from directory.store.engine import Database
from directory.store.gates import GateStore
from directory.store.line_tables import LineNameRow, LineRow
from directory.store.people import PeopleStore
from directory.store.rules import RuleStore
from directory.store.schema import upgrade
from directory.store.sharing import SharingStore
from directory.wiring import open_ledger, read_keys, working_holidays
from tests.factories import TODAY, agreement, asked_consent, consent_given, draft, party
from tests.town import CHEAP, Clock, Town
from tests.web.walks import HELEN, UNA

OTHERS_HIDDEN = 40
"""How many people elsewhere in the town an order hides."""

_VALUES: Mapping[Rule, str] = {
    Rule.YOUNGEST: "3", Rule.OLDEST: "120", Rule.LOOK_BACK: "36", Rule.CONTACT: "9",
    Rule.EXTENDED: "48", Rule.PRECISION: "month", Rule.MEANING: "The last day of a visit.",
    Rule.ABSENCE: "end", Rule.CONFIRMED: "60",
}  # fmt: skip
_COUNCIL, _OTHER, _SUSPENDED = "NSC", "HILL", "KEST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The family of the first case: whom a card is opened about, and who else belongs to it."""

    leah: UUID
    ewan: UUID
    gareth: UUID

    @property
    def people(self) -> frozenset[UUID]:
        """Return all three."""
        return frozenset({self.leah, self.ewan, self.gareth})


@contextmanager
def instance(kept: Path, folder: Path) -> Iterator[Town]:
    """Yield a copy, in `folder`, of the instance kept in `kept`, the morning after its feeds."""
    file = folder / "directory.db"
    shutil.copyfile(kept / "directory.db", file)
    file.chmod(0o600)
    database, keys = Database(f"sqlite:///{file}"), read_keys(kept)
    upgrade(database)
    with database.reading() as connection:
        as_of = [each.as_of for each in AgencyStore(connection).feeds().values() if each.as_of]
    clock = Clock(at=datetime.combine(max(as_of) + timedelta(days=1), time(10), UTC))
    ledger, settings = open_ledger(database, keys), demo.demonstration_settings({})
    operator = Access(at=clock(), role=Role.OPERATOR)
    demo.set_up_town(ledger, operator, SEED_DATA)  # an older instance lacks what came since
    demo.make_accounts(ledger, operator, CHEAP, SEED_DATA)
    means = Means(
        ledger=ledger,
        settings=settings,
        passwords=CHEAP,
        csrf_key=keys.session,
        clock=clock,
        holidays=working_holidays(),
        demonstration=demo.demonstration_accounts(),
    )
    yield Town(app=build(means), ledger=ledger, database=database, clock=clock, settings=settings)
    ledger.close()


def set_policy_to_work(town: Town, family: Family) -> None:
    """Give the modifiers something to decide about the family, whoever looks at it.

    Somebody else's organisation is suspended, and the council's assurance ends soon; thirty more
    agreements stand in the register; every rule of every service is set; three members consented,
    one of them is behind a broker, others of the town are hidden; one feed failed. Ages, ended
    lines and what is not covered are the town's own.
    """
    today = town.clock().date()
    una, helen = _account(town, UNA), _account(town, HELEN)
    with town.database.writing() as connection:
        agencies = AgencyStore(connection)
        organisations = agencies.references()
        council = organisations[_COUNCIL]
        agencies.suspend(organisations[_SUSPENDED])
        agencies.assure(council, until=today + timedelta(days=10), evidence="DSPT-9")
        agencies.keep_organisation(
            council, known_as=_COUNCIL, name="Northshire Council", needs_consent=True
        )
        agencies.fail_feed(Service.ADULT_SOCIAL_CARE, town.clock())
        _agree(SharingStore(connection), council, organisations[_OTHER])
        _rule(RuleStore(connection), today, proposer=una.reference, second=helen.reference)
        _consent(ConsentStore(connection), family, council=council, asker=una.reference)
    _protect(town, una, family)


def set_viewer_up(town: Town, email: str, family: Family) -> None:
    """Let a gate of the viewer's end soon, and let them declare an interest in two others."""
    who, today = _account(town, email), town.clock().date()
    start, end = today - timedelta(days=300), today + timedelta(days=5)
    gate = HeldGate(gate=Gate.TRAINING, start=start, end=end, evidence="LMS-1")
    with town.database.writing() as connection:
        GateStore(connection).give(who.reference, gate)
    viewer = _at_work(town, who, Role.CHILDRENS_SOCIAL_WORKER)
    known = [each for each in strangers(town, family)[OTHERS_HIDDEN:] if each.birth]
    for each in known[:2]:
        interest = Interest(
            kind=InterestKind.RELATIVE,
            forenames=each.name.forenames,
            surname=each.name.surname,
            birth=each.birth.day if each.birth else today,
        )
        interests.declare(town.ledger, viewer, interest=interest)


def _account(town: Town, email: str) -> Account:
    with town.database.reading() as connection:
        found = AccountStore(connection, town.ledger._backing.sealer).by_email(email)
    if found is None:
        raise LookupError(email)
    return found


def _agree(store: SharingStore, council: UUID, other: UUID) -> None:
    """Keep ten agreements in force, each over some services and fields, ten ended, ten drafts."""
    parties = (party(council), party(other))
    some = tuple(ContactField)
    for number in range(10):
        masked = {
            "parties": parties,
            "services": frozenset(tuple(Service)[number % 4 :]),
            "fields": frozenset(some[: 6 + number % 6]),
        }
        store.keep(uuid4(), agreement(reference=f"B-{number}", **masked))
        over = Course(activated_at=datetime(2026, 1, 5, tzinfo=UTC), ended_from=date(2026, 6, 1))
        store.keep(uuid4(), agreement(reference=f"E-{number}", course=over, **masked))
        store.keep(uuid4(), draft(reference=f"D-{number}", **masked))


def _rule(store: RuleStore, today: date, *, proposer: UUID, second: UUID) -> None:
    """Keep an agreed change of every rule of every service, in force for a month."""
    at = datetime.combine(today - timedelta(days=60), time(9), UTC)
    for slot in (each for each in SLOTS if each.service is not None):
        change = Change(
            reference=uuid4(),
            slot=slot,
            value=_VALUES[slot.rule],
            effective=today - timedelta(days=30),
            why="as the board decided",
            proposed_by=proposer,
            proposed_at=at,
        )
        store.propose(change)
        store.decide(replace(change, standing=Standing.AGREED, decided_by=second, decided_at=at))


def _consent(store: ConsentStore, family: Family, *, council: UUID, asker: UUID) -> None:
    for person in family.people:
        asked = asked_consent(
            reference=uuid4(),
            person=person,
            organisations=frozenset({council}),
            asked_by=asker,
            asked_from=council,
        )
        store.keep(asked)
        store.answer(asked.reference, consent_given(by=asker, start=TODAY - timedelta(days=300)))


def _protect(town: Town, una: Account, family: Family) -> None:
    """Put one of the family behind a broker, and hide people elsewhere, by an officer's orders."""
    officer = _at_work(town, una, Role.RESTRICTION_OFFICER)
    hidden = strangers(town, family)[:OTHERS_HIDDEN]
    with town.ledger.entry(officer, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        restrictions.begin(work, officer, people=[family.gareth])
        for each in hidden:
            order = restrictions.begin(work, officer, people=[each.reference])
            work.restrictions.change(order, kind=OrderKind.SAFETY, protection=Protection.HIDDEN)
            work.index_people([each.reference])


def _at_work(town: Town, who: Account, role: Role) -> Access:
    return Access(at=town.clock(), role=role, account=who.reference, organisation=who.organisation)


def family_of(town: Town) -> Family:
    """Return the family of the first case, which every invented town has."""
    return Family(
        leah=_named(town, "Leah", "Blake", date(1993, 8, 21)),
        ewan=_named(town, "Ewan James", "Blake", date(2017, 2, 14)),
        gareth=_named(town, "Gareth", "Pryce", date(1990, 11, 2)),
    )


def _named(town: Town, forenames: str, surname: str, birth: date) -> UUID:
    with town.database.reading() as connection:
        found = connection.scalars(
            select(LineRow.person)
            .join(LineNameRow, LineNameRow.line == LineRow.id)
            .where(
                LineNameRow.surname == surname,
                LineNameRow.forenames == forenames,
                LineRow.birth == birth,
                LineRow.service == Service.CHILDRENS_SOCIAL_CARE,
            )
        ).all()
    return next(each for each in found if each is not None)


def strangers(town: Town, family: Family) -> tuple[Person, ...]:
    """Return people of other families, spread over housing's lines."""
    with town.database.reading() as connection:
        found = connection.scalars(
            select(LineRow.person)
            .where(LineRow.service == Service.HOUSING, LineRow.person.not_in(family.people))
            .order_by(LineRow.id)
            .limit(400)
        ).all()
        people = list(dict.fromkeys(each for each in found if each is not None))[::4]
        return PeopleStore(connection, town.ledger._backing.sealer).described(people)
