"""What a worker who is not named sees of the people whom orders hide, after each step."""

from collections import Counter
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from directory.domain.access import NotFound, Refused
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.restrictions import Protection
from directory.domain.vocabulary import Purpose
from directory.operations import families, people
from directory.policy.permissions import Action
from directory.store.restrictions import RestrictionStore
from tests.operations.histories import STEPS, History, history, steps
from tests.operations.history_lines import Birth, Captured, Home, Said

_BOARDS_EVERY = 4  # steps
_ADDRESS = frozenset({"home"})
_ANYTHING = _ADDRESS | {"number", "two parts"}


@dataclass(slots=True, kw_only=True)
class Figures:
    """What so many histories came to; `seen` counts lines that were seen."""

    histories: int = 0
    steps: int = 0
    searches: int = 0
    lines: int = 0  # about somebody hidden, each once a history
    seen: int = 0  # of these, at some step, by a worker who is not named
    boards: int = 0
    violations: list[str] = field(default_factory=list)
    stood: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Figures") -> None:
        """Add what other histories came to."""
        self.histories += other.histories
        self.steps += other.steps
        self.searches += other.searches
        self.lines += other.lines
        self.seen += other.seen
        self.boards += other.boards
        self.violations += other.violations
        self.stood += other.stood
        self.did += other.did


@dataclass(slots=True, kw_only=True)
class Watch:
    """What was captured of each person protected, and whom their lines are really about.

    `captured` is of whoever an order protects, `births` are told of whoever there is.
    """

    of: History
    captured: dict[UUID, Captured] = field(default_factory=dict)
    births: dict[UUID, set[Birth]] = field(default_factory=dict)
    really: dict[UUID, dict[str, int]] = field(default_factory=dict)
    made_for: set[UUID] = field(default_factory=set)
    hidden: frozenset[UUID] = frozenset()
    lines: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    stood: list[str] = field(default_factory=list)
    as_kept: dict[str, tuple[UUID, Said]] = field(default_factory=dict)
    known: dict[str, list[tuple[UUID, Said]]] = field(default_factory=dict)
    places: set[tuple[UUID, str]] = field(default_factory=set)
    searches: int = 0
    boards: int = 0

    def follow(self, whose: dict[str, UUID]) -> None:
        """Capture what lines now tell of everybody whom an order in force protects."""
        with self.of.desk.here.database.reading() as connection:
            store = RestrictionStore(connection)
            standing = [each for each in store.standing() if each.ended is None]
            self.made_for = {who for each in standing for who in store.made_for(each.reference)}
        protected = {person for each in standing for person in each.people}
        self.hidden = frozenset(
            person
            for each in standing
            if each.protection is Protection.HIDDEN
            for person in each.people
        )
        for gone in self.captured.keys() - protected:
            del self.captured[gone], self.really[gone]
        for each in protected:
            self.captured.setdefault(each, Captured())
            self.really.setdefault(each, {})
        self._let_go(whose)
        self.births.clear()
        for line, person in whose.items():
            if line in self.of.sent:
                said = self.of.sent[line]
                self.births.setdefault(person, set()).update({said.birth} if said.birth else ())
                if person in protected:
                    self.captured[person].add(said)
                    self.really[person][line] = self.of.truth[line]

    def _let_go(self, whose: dict[str, UUID]) -> None:
        """Forget whom a line was really about that two officers took from somebody protected."""
        if self.of.done[-1:] == ["split held"]:
            for line, (person, _) in self.as_kept.items():
                if whose.get(line) != person and person in self.really:
                    self.really[person].pop(line, None)

    def look(self) -> None:
        """Note every row of somebody hidden, and every address of theirs, that is seen now."""
        whose, before = self.of.whose(), deepcopy(self.captured)
        self.follow(whose)
        met = self._found() if self.hidden else set()
        if self.hidden and len(self.of.done) % _BOARDS_EVERY == 0:
            met |= self._on_boards()
        self.faults += [f"{each} is hidden and seen" for each in met & self.hidden]
        hidden = {who for each in self.hidden for who in self.really[each].values()}
        self.lines |= {each for each, who in self.of.truth.items() if who in hidden}
        now = {
            line: (person, self.of.sent[line])
            for line, person in whose.items()
            if line in self.of.sent and person in met - self.hidden
        }
        for line in sorted(now):
            if now[line] not in self.known.get(line, []):
                self._judge(line, now[line], before)
        self.as_kept = {
            line: (person, self.of.sent[line])
            for line, person in whose.items()
            if line in self.of.sent
        }

    def _judge(self, line: str, now: tuple[UUID, Said], before: dict[UUID, Captured]) -> None:
        """Say whether a line that is seen may not be: it shares enough with somebody hidden.

        A line that stood before what it shares was captured is counted apart where the order was
        not made for these but took them in, where a name alone is known of them, or where whoever
        it is kept for is told to be born on another day: two people were taken for one. One that
        a lifting lets out stood before, too.
        """
        said, who = now[1], self.of.truth[line]
        kept_so = self.as_kept.get(line) == now
        tells_home = said.home is not None and (now[0], _part(said.home)) in self.places
        came, stood = "", ""
        for person in sorted(self.hidden):
            is_theirs = who in self.really[person].values()
            self.seen |= {line} if is_theirs else set()
            told_of = _ANYTHING if is_theirs else _ADDRESS if tells_home else frozenset[str]()
            shared = self.captured[person].shared(said)
            if shared in told_of:
                what = f"{'a row' if is_theirs else 'an address'}, by {shared}: {line} {said}"
                stood_so = before.get(person, Captured()).shared(said) not in told_of
                is_sure = person in self.made_for and self._may_be(now[0], person)
                may_stand = not is_sure and (kept_so or stood_so)
                came, stood = (came, what) if may_stand else (what, stood)
        if came or stood:
            self.known.setdefault(line, []).append(now)
            (self.faults if came else self.stood).append(came or stood)

    def _may_be(self, kept: UUID, hidden: UUID) -> bool:
        """Return whether a date of birth is known of whoever is hidden, and none contradicts it."""
        theirs = self.births.get(kept, set())
        return bool(self.captured[hidden].births) and (
            not theirs or not theirs.isdisjoint(self.captured[hidden].births)
        )

    def _found(self) -> set[UUID]:
        """Return whom the worker finds by anything that is told of those hidden."""
        of = self.of
        asked = [each for person in sorted(self.hidden) for each in ways(self.captured[person])]
        hidden = {who for each in self.hidden for who in self.really[each].values()}
        asked += [
            each
            for line, said in of.sent.items()
            if of.truth[line] in hidden
            for each in ways(_alone(said))
        ]
        found = set[UUID]()
        self.places.clear()
        with of.desk.ledger.entry(
            of.viewer, Event.PEOPLE_SEARCHED, action=Action.PEOPLE_FIND
        ) as work:
            for each in dict.fromkeys(asked):
                matches = people.findable(work, of.viewer, each)
                for hit in people.disclosed_hits(work, of.viewer, matches):
                    found.add(hit.person)
                    self.places.add((hit.person, hit.part_postcode))
                self.searches += 1
        return found

    def _on_boards(self) -> set[UUID]:
        """Return who stands on the board of the family everybody here belongs to."""
        of, found = self.of, set[UUID]()
        said = next(iter(of.sent.values()))
        sought = Sought(name=f"{said.surname}, {said.forename}")
        look_up = people.ask(of.desk.ledger, of.viewer, sought=sought)
        hits = people.look_up(of.desk.ledger, of.viewer, reference=look_up).hits
        for hit in hits[:1]:
            found.add(hit.person)
            with suppress(Refused, NotFound):
                viewing = families.give_purpose(
                    of.desk.ledger, of.viewer, person=hit.person, look_up=look_up,
                    purpose=Purpose.CHILD_PROTECTION, reason="duty 441",
                )  # fmt: skip
                shown = families.view_board(of.desk.ledger, of.viewer, viewing=viewing)
                found |= {each.person.person for each in shown.board.members}
                self.boards += 1
        return found


def ways(told: Captured) -> list[Sought]:
    """Return what somebody would type who knows this of a person."""
    numbers = [Sought(nhs_number=each) for each in sorted(told.numbers)]
    homes = [
        Sought(house=house, street=street, postcode=postcode)
        for house, street, postcode in sorted(told.homes)
    ]
    names = [
        f"{surname}, {forename}"
        for surname in sorted(told.surnames)
        for forename in sorted(told.forenames)
    ]
    births = [
        Sought(name=name, birth=date(year, month, day))
        for name in names[:1]
        for day, month, year in sorted(told.births)
    ]
    return [*numbers, *homes, *(Sought(name=each) for each in names), *births]


def _part(home: Home) -> str:
    """Return the part of the postcode that a result tells."""
    return home[2].split()[0]


def _alone(said: Said) -> Captured:
    told = Captured()
    told.add(said)
    return told


def watched(seed: int, made: Path, folder: Path, number: int = STEPS) -> Figures:
    """Return what one history came to."""
    found = Figures(histories=1)
    with history(seed, made, folder) as of:
        watch = Watch(of=of)
        for name in steps(of, number):
            found.steps += 1
            found.did[name] += 1
            watch.look()
            after = f"seed {seed}, step {found.steps} ({name})"
            found.violations += [f"{after}: {each}" for each in watch.faults]
            found.stood += [f"{after}: {each}" for each in watch.stood]
            watch.faults, watch.stood = [], []
    found.searches, found.boards = watch.searches, watch.boards
    found.lines, found.seen = len(watch.lines), len(watch.seen)
    return found
