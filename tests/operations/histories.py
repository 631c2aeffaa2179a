"""Random histories of a small council: files come, stewards decide, officers hide and lift."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from directory.domain.access import Access, NotFound, Refused
from directory.domain.extracts import Report
from directory.domain.matching import ActState, Choice, MergeReason
from directory.domain.restrictions import OrderKind
from directory.domain.vocabulary import Role, Service
from directory.operations import lifting, matching_acts, matching_merges, restrictions
from directory.operations.matching_merges import MergeDecision
from directory.store.agencies import AgencyStore
from directory.store.line_tables import LineRow
from directory.store.matching import MatchingStore
from directory.store.restrictions import RestrictionStore
from directory.store.sharing import SharingStore
from tests import engines
from tests.factories import HOMES, NOON, agreement, party, reference
from tests.operations import accounts_world, extracts_world
from tests.operations.accounts_world import at_work, settle
from tests.operations.extracts_world import sealer
from tests.operations.history_lines import SERVICES, Said, Somebody, cells, neighbours, told
from tests.operations.matching_world import Desk, desk
from tests.operations.restrictions_world import DIRECTOR, OFFICER, OPTIONAL, guard

STEPS = 20
_RIGHT = 0.7  # how often a steward decides as things are
_LINES_FIRST = 6
_OFFICERS = {"una": OFFICER, "noor": OFFICER, "lowri": OFFICER, "dilys": DIRECTOR}


@dataclass(slots=True, kw_only=True)
class History:
    """One council with what its services sent, and whom each line is really about."""

    desk: Desk
    chance: random.Random
    people: list[Somebody]
    officers: dict[str, Access]
    viewer: Access
    sent: dict[str, Said] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    truth: dict[str, int] = field(default_factory=dict)
    orders: list[UUID] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    ever: int = 0  # lines; no reference comes again for somebody else

    @property
    def staff(self) -> accounts_world.World:
        """Return the council as those who sign in meet it."""
        return accounts_world.World(ledger=self.desk.ledger, database=self.desk.here.database)

    def whose(self) -> dict[str, UUID]:
        """Return by whom the newest version of each line is kept that is somebody's."""
        with self.desk.here.database.reading() as connection:
            rows = connection.execute(
                select(LineRow.source_reference, LineRow.person).order_by(LineRow.visible_from)
            ).all()
        newest = {row.source_reference: row.person for row in rows}
        return {each: person for each, person in newest.items() if person is not None}

    def about(self, waiting: UUID) -> str:
        """Return the reference of a line that waits, "" where it waits no more."""
        with self.desk.here.database.reading() as connection:
            found = MatchingStore(connection, sealer()).line(waiting)
        return found.source_reference if found else ""

    def send(self, service: Service) -> Report:
        """Take the whole file of a service."""
        lines = (
            cells(service, each, said)
            for each, said in self.sent.items()
            if self.services[each] is service
        )
        return self.desk.take(*lines, service=service)

    def add(self, who: int, service: Service) -> None:
        """Let a service begin to tell of somebody."""
        new, self.ever = f"L/{self.ever}", self.ever + 1
        self.truth[new], self.services[new] = who, service
        self.sent[new] = told(self.chance, self.people[who])


@contextmanager
def template(folder: Path) -> Iterator[Path]:
    """Yield the database of a council where everybody is at work and no line was ever taken."""
    with desk(folder) as here:
        staff = accounts_world.World(ledger=here.ledger, database=here.here.database)
        with here.here.database.writing() as connection:
            AgencyStore(connection).keep_organisation(HOMES, known_as="HH", name="Hillside Homes")
            SharingStore(connection).keep(reference(51), agreement(parties=(party(),)))
        for who in ("noor", "lowri", "dilys"):
            settle(
                staff,
                email=f"{who}@council.example",
                display_name=who.title(),
                organisation="HH" if who == "lowri" else "NSC",
                roles=frozenset({_OFFICERS[who]}),
            )
        settle(staff)
    yield folder / "directory.db"


@contextmanager
def history(seed: int, made: Path, folder: Path) -> Iterator[History]:
    """Yield a council copied from `made`, whose lines and steps `seed` draws."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    place = folder / f"history-{seed}.db"
    shutil.copyfile(made, place)
    place.chmod(0o600)
    with engines.opened(f"sqlite:///{place}") as database:
        drawn = random.Random(seed)  # noqa: S311 - references of a test: the same seed, the same ones
        ledger = extracts_world.ledger(database, mint=lambda: UUID(int=drawn.getrandbits(128)))
        here = extracts_world.World(ledger=ledger, database=database)
        staff = accounts_world.World(ledger=ledger, database=database)
        emails = {each: f"{each}@council.example" for each in ("olwen", "jonah", "una", "piotr")}
        yield History(
            desk=Desk(
                here=here,
                accounts={who: staff.account(each).reference for who, each in emails.items()},
            ),
            chance=chance,
            people=neighbours(chance),
            officers={
                who: at_work(staff, role=role, email=f"{who}@council.example")
                for who, role in _OFFICERS.items()
            },
            viewer=at_work(staff, role=Role.CHILDRENS_SOCIAL_WORKER),
        )
    for each in folder.glob(f"{place.name}*"):
        each.unlink()


def steps(of: History, number: int = STEPS) -> Iterator[str]:
    """Do so many steps, drawn as the history goes, and yield the name of each once it is done.

    Somebody who may not do what was drawn, or has nothing to do it to, does nothing.
    """
    for service in SERVICES:
        for _ in range(_LINES_FIRST // len(SERVICES)):
            of.add(of.chance.randrange(len(of.people)), service)
        of.send(service)
    names = list(_STEPS)
    weights = [weight for weight, _ in _STEPS.values()]
    for _ in range(number):
        [name] = of.chance.choices(names, weights)
        with suppress(Refused, NotFound):
            _STEPS[name][1](of)
        of.done.append(name)
        yield name


def ingest(of: History) -> None:
    """Take a file with a new line."""
    service = of.chance.choice(SERVICES)
    of.add(of.chance.randrange(len(of.people)), service)
    of.send(service)


def respell(of: History) -> None:
    """Take a file where a known line tells otherwise of the same person."""
    line = of.chance.choice(sorted(of.sent))
    of.sent[line] = told(of.chance, of.people[of.truth[line]])
    of.send(of.services[line])


def move(of: History) -> None:
    """Let somebody move, and a service that knows them tell so."""
    line = of.chance.choice(sorted(of.sent))
    who = of.truth[line]
    where = of.chance.choice([each.home for each in of.people] + [of.people[who].home] * 2)
    of.people[who] = replace(of.people[who], home=where)
    of.sent[line] = replace(of.sent[line], home=where)
    of.send(of.services[line])


def take_again(of: History) -> None:
    """Take a file again as it was."""
    of.send(of.chance.choice(SERVICES))


def leave_out(of: History) -> None:
    """Take a file without a line, which the service then knows no more."""
    line = of.chance.choice(sorted(of.sent))
    if sum(each is of.services[line] for each in of.services.values()) > 1:
        service = of.services.pop(line)
        del of.sent[line], of.truth[line]
        of.send(service)


def match(of: History) -> None:
    """Let a steward decide on a waiting line, at times wrongly."""
    steward = of.desk.steward()
    waiting = of.chance.choice(of.desk.waiting(steward) or [None])
    if waiting is None:
        return
    offered = of.desk.candidates(waiting, steward)
    right = [each for each in offered if is_about(of, each, of.about(waiting))]
    choice = of.chance.choice((Choice.THIS_PERSON, Choice.NEW_PERSON, Choice.NOT_THIS_PERSON))
    person = of.chance.choice(offered) if offered else None
    if of.chance.random() < _RIGHT:
        choice = Choice.THIS_PERSON if right else Choice.NEW_PERSON
        person = right[0] if right else None
    if choice is Choice.NEW_PERSON or person is not None:
        of.desk.decide(waiting, choice, None if choice is Choice.NEW_PERSON else person)


def match_held(of: History) -> None:
    """Let two officers give a held line to whom it is really about, if they are offered.

    About somebody protected they give it to nobody else, and no address to anybody else.
    """
    una, noor = of.officers["una"], of.officers["noor"]
    waiting = of.chance.choice(of.desk.waiting(una) or [None])
    if waiting is None:
        return
    right = _rightly(of, of.about(waiting), of.desk.candidates(waiting, una))
    if (
        right
        and of.desk.decide(waiting, Choice.THIS_PERSON, right[0], access=una) is ActState.ASKED
    ):
        _second(of, noor)


def merge(of: History) -> None:
    """Let a steward merge two people whom a waiting line resembles, at times wrongly."""
    steward = of.desk.steward()
    for waiting in of.desk.waiting(steward)[:3]:
        pair = _pair(of, of.desk.candidates(waiting, steward), surely=of.chance.random() < _RIGHT)
        if pair:
            _merge(of, steward, waiting, pair)
            return


def merge_held(of: History) -> None:
    """Let two officers merge two people who are really one."""
    una = of.officers["una"]
    for waiting in of.desk.waiting(una)[:3]:
        pair = _pair(of, of.desk.candidates(waiting, una), surely=True)
        if pair:
            _merge(of, una, waiting, pair)
            _second(of, of.officers["noor"])
            return


def split(of: History) -> None:
    """Let a steward take the newest act back."""
    _take_back(of, of.desk.steward("jonah"))


def split_held(of: History) -> None:
    """Let two officers take the newest act of their desk back."""
    _take_back(of, of.officers["una"])
    _second(of, of.officers["noor"])


def protect(of: History) -> None:
    """Put somebody behind a broker."""
    if people := sorted(set(of.whose().values())):
        of.orders.append(guard(of.staff, of.officers["una"], of.chance.choice(people)))


def hide(of: History) -> None:
    """Hide somebody who is known."""
    if people := sorted(set(of.whose().values())):
        order = guard(of.staff, of.officers["una"], of.chance.choice(people))
        of.orders.append(order)
        restrictions.hide(
            of.desk.ledger, of.officers["una"], order=order, kind=OrderKind.SAFETY, rule=OPTIONAL
        )


def lift(of: History) -> None:
    """Lift an order: two officers of two organisations, a day apart, or a director at once."""
    if not of.orders:
        return
    order = of.orders.pop(of.chance.randrange(len(of.orders)))
    if of.chance.random() < 0.5:
        lifting.lift_at_once(of.desk.ledger, of.officers["dilys"], order=order, rule=OPTIONAL)
        return
    yesterday = replace(of.officers["una"], at=NOON - timedelta(hours=25))
    lifting.ask_lifting(of.desk.ledger, yesterday, order=order)
    lifting.agree(of.desk.ledger, of.officers["lowri"], order=order, rule=OPTIONAL)


def is_about(of: History, person: UUID, line: str) -> bool:
    """Return whether some line of `person` is really about whom `line` is about."""
    whose = of.whose()
    return any(
        of.truth.get(each) == of.truth.get(line, -1)
        for each, theirs in whose.items()
        if theirs == person
    )


def _rightly(of: History, line: str, offered: list[UUID]) -> list[UUID]:
    right = [each for each in offered if is_about(of, each, line)]
    with of.desk.here.database.reading() as connection:
        protected = RestrictionStore(connection).protected()
    if guarded := [each for each in right if each in protected]:
        return guarded
    is_safe = line in of.sent and of.sent[line].home is None
    return right if is_safe and not any(is_about(of, each, line) for each in protected) else []


def _pair(of: History, offered: list[UUID], *, surely: bool) -> frozenset[UUID]:
    """Return two of those offered to be merged: people who are really one, if `surely`."""
    whose = of.whose()
    who = {
        each: {of.truth.get(line) for line, person in whose.items() if person == each}
        for each in offered
    }
    pairs = [
        frozenset({one, other})
        for one in offered
        for other in offered
        if one < other and (not surely or who[one] & who[other])
    ]
    return of.chance.choice(pairs) if pairs else frozenset()


def _merge(of: History, access: Access, waiting: UUID, pair: frozenset[UUID]) -> None:
    ledger = of.desk.ledger
    seen = matching_merges.check_merge(ledger, access, waiting=waiting, people=pair).seen
    decision = MergeDecision(
        waiting=waiting, people=pair, reason=MergeReason.SERVICE_CONFIRMED, seen=seen
    )
    matching_merges.merge(ledger, access, decision=decision)


def _take_back(of: History, access: Access) -> None:
    acts = matching_acts.list_acts(of.desk.ledger, access, state=ActState.DONE, page=1).acts
    if acts:
        matching_acts.take_back(of.desk.ledger, access, act=of.chance.choice(acts[:3]).act)


def _second(of: History, access: Access) -> None:
    """Let a second officer agree to whatever the first asked for."""
    ledger = of.desk.ledger
    for each in matching_acts.list_acts(ledger, access, state=ActState.ASKED, page=1).acts:
        seen = matching_acts.view_act(ledger, access, act=each.act).seen
        matching_acts.agree(ledger, access, act=each.act, seen=seen)


_STEPS: dict[str, tuple[int, Callable[[History], None]]] = {
    "ingest": (6, ingest),
    "respell": (3, respell),
    "move": (2, move),
    "take again": (1, take_again),
    "leave out": (1, leave_out),
    "match": (3, match),
    "match held": (2, match_held),
    "merge": (2, merge),
    "merge held": (1, merge_held),
    "split": (1, split),
    "split held": (1, split_held),
    "protect": (1, protect),
    "hide": (3, hide),
    "lift": (1, lift),
}
