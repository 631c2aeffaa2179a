"""Decide whose each line of one batch is, from what stands and what the evidence says."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from directory.domain.extracts import (
    Line,
    LinkAnswer,
    Linking,
    Settled,
    Standing,
    identity_digest,
)
from directory.domain.people import Identity, Person
from directory.domain.vocabulary import Service
from directory.ledger.work import Work
from directory.operations.resembling import Mark, begins_somebody, marks, may_be_born_as

_MOST_MET = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A line of the file beside what stands of it."""

    line: Line
    digest: bytes
    standing: Standing | None

    @property
    def identity(self) -> bytes:
        """Return what is equal for lines that say the same of who their person is."""
        return identity_digest(self.digest)

    @property
    def says_the_same(self) -> bool:
        """Return whether it says what it said before."""
        return self.standing is not None and self.standing.digest == self.digest

    @property
    def says_same_identity(self) -> bool:
        """Return whether it says of who its person is what it said before."""
        standing = self.standing
        return standing is not None and identity_digest(standing.digest) == self.identity

    @property
    def kept_by(self) -> UUID | None:
        """Return the person a known line that says who its person is stays with."""
        standing = self.standing
        if standing is None or standing.kind is not self.line.kind or self.line.identity is None:
            return None
        return standing.person

    def stands(self, before: date | None) -> bool:
        """Return whether no new version is needed: linked, the same, and not left behind.

        `before` is the as-of date of the feed: a line pinned to it says what an unpinned one does.
        """
        standing = self.standing
        if standing is None or standing.person is None:
            return False
        return self.says_the_same and standing.as_of in {None, before}


@dataclass(slots=True, kw_only=True)
class Counts:
    """How many lines became what; see Report."""

    linked: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    waiting: int = 0

    def add_held(self, asked: Asked, seeming: LinkAnswer) -> None:
        """Count a line that officers keep as what it would be without that: `seeming`."""
        if seeming is LinkAnswer.UNSURE:
            self.waiting += 1
        elif asked.standing is not None:
            self.known += asked.says_the_same
            self.changed += not asked.says_the_same
        else:
            self.new += seeming is LinkAnswer.NEW
            self.linked += seeming is LinkAnswer.KNOWN


def compared(work: Work, service: Service, lines: Sequence[Line]) -> list[Asked]:
    """Return `lines` beside what stands of them, read on a snapshot."""
    with work.extracts_unlocked() as extracts:
        standing = extracts.standing(service, [each.source_reference for each in lines])
        return [
            Asked(
                line=each,
                digest=extracts.digest(each),
                standing=standing.get(each.source_reference),
            )
            for each in lines
        ]


class Met:
    """The people that a file's own lines were found to be about, the latest few thousand.

    Lines that say exactly the same of who somebody is, and enough of it, are about one person.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._people: dict[bytes, UUID] = {}

    def keep(self, asked: Asked, identity: Identity, person: UUID) -> None:
        """Keep that the line is about `person`, if it says enough to be told by."""
        if identity.birth is None or not (identity.address or identity.identifiers):
            return
        if len(self._people) >= _MOST_MET:
            del self._people[next(iter(self._people))]
        self._people[asked.identity] = person

    def person(self, asked: Asked) -> UUID | None:
        """Return whom a line that said the same was about."""
        return self._people.get(asked.identity)

    def follow(self, work: Work, asked: Iterable[Asked]) -> None:
        """Learn into whom those that `asked` would be given to were merged meanwhile."""
        met = {each.identity: person for each in asked if (person := self.person(each))}
        became = work.became(frozenset(met.values()))
        self._people |= {each: became[person] for each, person in met.items() if person in became}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heeded:
    """What stewards said that a file must heed.

    `apart` are those whom a line is not about, by its reference; `unborn` are those whose birth is
    expected, with the day. `given_away` are those protected whom known lines that say something
    new of their person may be about, by identity; `hidden` those of them whom an order hides.
    """

    apart: Mapping[str, frozenset[UUID]]
    unborn: tuple[tuple[Person, date], ...] = ()
    given_away: Mapping[bytes, frozenset[UUID]] = field(default_factory=dict)
    hidden: frozenset[UUID] = frozenset()

    def gives_away(self, asked: Asked) -> frozenset[UUID]:
        """Return whom of those protected a known line would give away; its own person never.

        A line of somebody protected gives nobody away but, unless they are hidden, who is.
        """
        people = self.given_away.get(asked.identity, frozenset())
        if asked.kept_by not in people:
            return people
        return frozenset() if asked.kept_by in self.hidden else people & self.hidden

    def born_as(self, identity: Identity) -> tuple[UUID, ...]:
        """Return whom of the unborn the line may be about, for a steward to say."""
        return tuple(
            person.reference
            for person, expected in self.unborn
            if may_be_born_as(identity, person, expected)
        )


def not_kept(asked: Iterable[Asked]) -> dict[str, bytes]:
    """Return what the lines that are not somebody's already say of who it is, by reference."""
    return {
        each.line.source_reference: each.identity
        for each in asked
        if each.line.identity is not None and each.kept_by is None
    }


def heeded(work: Work, service: Service, asked: Iterable[Asked]) -> Heeded:
    """Return what stewards said that these lines must heed."""
    asked = tuple(asked)
    unknown, given_away = not_kept(asked), _given_away(work, asked)
    hidden = work.hidden_of(frozenset[UUID]().union(*given_away.values()))
    if not unknown:
        return Heeded(apart={}, given_away=given_away, hidden=hidden)
    expected = {each.person: each.day for each in work.matching.expected()}
    return Heeded(
        apart=work.matching.apart(service, unknown),
        unborn=tuple(
            (person, expected[person.reference]) for person in work.people.described(expected)
        ),
        given_away=given_away,
        hidden=hidden,
    )


def _given_away(work: Work, asked: Iterable[Asked]) -> dict[bytes, frozenset[UUID]]:
    """Return whom of those protected known lines may be about that say who they are anew."""
    changed = {
        each.identity: each.line.identity
        for each in asked
        if each.line.identity is not None and each.kept_by and not each.says_same_identity
    }
    if not changed:
        return {}
    return dict(zip(changed, work.given_away(tuple(changed.values())), strict=True))


def seems(linking: Linking, identity: Identity) -> LinkAnswer:
    """Return what the sender of a line that is held is told: what it would be without that."""
    if linking.person is not None:
        return LinkAnswer.KNOWN
    return LinkAnswer.NEW if begins_somebody(identity) else LinkAnswer.UNSURE


def read_again(work: Work, service: Service, asked: Sequence[Asked]) -> list[Asked]:
    """Return `asked` beside what stands of them now: a steward may have decided meanwhile."""
    standing = work.standing(service, [each.line.source_reference for each in asked])
    return [replace(each, standing=standing.get(each.line.source_reference)) for each in asked]


def answered(work: Work, asked: Iterable[Asked], met: Met) -> dict[bytes, Linking]:
    """Return whose those lines are that are not their person's already, by what they say of it."""
    unknown = {
        each.identity: each.line.identity
        for each in asked
        if each.line.identity is not None and each.kept_by is None and met.person(each) is None
    }
    return dict(zip(unknown, work.match(tuple(unknown.values())), strict=True))


class Batch:
    """The decisions on some lines; `deferred` ones may be about people whom these begin."""

    def __init__(
        self,
        answers: Mapping[bytes, Linking],
        *,
        met: Met,
        mint: Callable[[], UUID],
        counts: Counts,
        heeded: Heeded,
        held: Collection[str] = (),
    ) -> None:
        """Decide by whom the file has `met`, or else by `answers`, heeding what stewards said.

        `held` are the references of lines that officers keep from earlier batches and files.
        """
        self.held = set(held)
        self._answers = answers
        self._heeded = heeded
        self._met = met
        self._mint = mint
        self._counts = counts
        self._marks: set[Mark] = set()
        self._own: dict[str, UUID | None] = {}
        self._begins: UUID | None = None  # until the line that begins them is counted
        self.settled: list[Settled] = []
        self.deferred: list[Asked] = []
        self.waiting: list[Line] = []
        self.resembled: dict[str, tuple[UUID, ...]] = {}  # by waiting lines that say who it is
        self.begun: dict[UUID, None] = {}  # in their order, as the index is to meet them
        self.described: dict[UUID, None] = {}

    def decide(self, asked: Asked, identity: Identity) -> None:
        """Decide on a line that says who its person is."""
        kept = asked.kept_by
        if kept is not None:
            if people := self._heeded.gives_away(asked):
                self._hold(asked, tuple(sorted(people)), LinkAnswer.KNOWN)
                return
            if not asked.says_same_identity:
                self.described[kept] = None
            self._settle(asked, kept)
            return
        apart = self._heeded.apart.get(asked.line.source_reference, frozenset())
        met = self._met.person(asked)
        if met is None:
            self._decide_unmet(asked, identity, apart)
        elif met in apart:
            self._wait(asked, (met,))
        else:
            self._settle(asked, met)

    def _decide_unmet(self, asked: Asked, identity: Identity, apart: frozenset[UUID]) -> None:
        found = self._answers[asked.identity]
        if found.held_for:
            self._hold(asked, found.resembled, seems(found, identity))
            return
        born_as = self._heeded.born_as(identity)
        resembled = (*found.resembled, *born_as)
        if found.person is not None and found.person not in apart:
            self.described[found.person] = None
            self._met.keep(asked, identity, found.person)
            self._settle(asked, found.person)
        elif found.person is None and not self._marks.isdisjoint(marks(identity)):
            self.deferred.append(asked)
        elif found.answer is LinkAnswer.NEW and begins_somebody(identity) and not born_as:
            self._begin(asked, identity)
        else:
            self._wait(asked, resembled)

    def decide_named(self, asked: Asked, people: Mapping[str, UUID | None]) -> None:
        """Decide on a line that names its people; `people` are those of other batches' lines."""
        line = asked.line
        deferred = {each.line.source_reference for each in self.deferred}
        if not deferred.isdisjoint(line.named):
            self.deferred.append(asked)
            return
        known = {each: self._own.get(each, people.get(each)) for each in line.named}
        unknown = {each for each, whose in known.items() if whose is None}
        if unknown and unknown <= self.held:
            self._counts.add_held(asked, LinkAnswer.KNOWN)
            self._keep(asked, None)
            return
        if unknown:
            self._settle(asked, None)
            return
        person, other = known[line.person_reference], known.get(line.other_reference)
        self._settle(asked, person, other=None if other == person else other)

    def elsewhere(self, asked: Iterable[Asked]) -> set[str]:
        """Return the references by which `asked` name people of other batches' lines."""
        return {name for each in asked for name in each.line.named if name not in self._own}

    def _begin(self, asked: Asked, identity: Identity) -> None:
        person = self._mint()
        self._marks |= marks(identity)
        self._met.keep(asked, identity, person)
        self.begun[person] = None
        self.described[person] = None
        self._begins = person
        self._settle(asked, person)

    def _wait(self, asked: Asked, resembled: tuple[UUID, ...]) -> None:
        self.resembled[asked.line.source_reference] = resembled
        self._settle(asked, None)

    def _hold(self, asked: Asked, resembled: tuple[UUID, ...], seeming: LinkAnswer) -> None:
        """Keep a line for the officers, and count it as its sender may be told of it."""
        self.resembled[asked.line.source_reference] = resembled
        self._own[asked.line.source_reference] = None
        self.held.add(asked.line.source_reference)
        self._counts.add_held(asked, seeming)
        self._keep(asked, None)

    def _settle(self, asked: Asked, person: UUID | None, *, other: UUID | None = None) -> None:
        if asked.line.identity is not None:
            self._own[asked.line.source_reference] = person
        self._count(asked, person)
        self._keep(asked, person, other=other)

    def _keep(self, asked: Asked, person: UUID | None, *, other: UUID | None = None) -> None:
        waited = asked.standing is not None and asked.standing.person is None
        if person is None and waited and asked.says_the_same:
            return
        self.settled.append(
            Settled(
                line=asked.line,
                digest=asked.digest,
                person=person,
                other=other,
                replaces=asked.standing,
            )
        )

    def _count(self, asked: Asked, person: UUID | None) -> None:
        if person is None:
            self._counts.waiting += 1
            self.waiting.append(asked.line)
        elif asked.standing is not None and asked.standing.person is not None:
            self._counts.known += asked.says_the_same
            self._counts.changed += not asked.says_the_same
        elif person == self._begins:
            self._counts.new += 1
            self._begins = None
        else:
            self._counts.linked += 1
