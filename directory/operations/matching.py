"""Show a steward the lines that wait, and each beside the people it may be about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.events import Event
from directory.domain.looking import Match
from directory.domain.matching import Act, ActKind, Changed, Choice, Desk, Part, WaitingLine
from directory.domain.people import Person
from directory.domain.vocabulary import Purpose, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.disclosed import DisclosedCandidate, DisclosedWaiting, fields_shown
from directory.policy.disclosure import disclose_candidate, disclose_waiting
from directory.policy.matching import Compared
from directory.policy.permissions import POWERS, Action, allows, desk_of, may_be_told_of

PAGE_LENGTH = 20
MOST_CANDIDATES = 5
_NOTHING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the lines that wait, the longest waiting first.

    A list is what one service sent, by a number that does not say which; `counts` say how many
    lines of each wait. `decides_pairs` says whether its reader decides on pairs of spellings too.
    """

    lines: tuple[DisclosedWaiting, ...]
    counts: tuple[tuple[int, int], ...]
    chosen: int | None
    page: int
    has_more: bool
    decides_pairs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A waiting line beside whom it may be about; `has_asked` while a second person must agree.

    `apart` are markers that it is not somebody's, with that person.
    """

    line: DisclosedWaiting
    candidates: tuple[DisclosedCandidate, ...]
    apart: tuple[tuple[UUID, DisclosedCandidate], ...]
    has_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a choice would do, before it is done; `seen` says what it was decided on."""

    line: DisclosedWaiting
    choice: Choice
    chosen: DisclosedCandidate | None
    two_needed: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A waiting line with all that a steward's decision about it rests on."""

    waiting: WaitingLine
    line: DisclosedWaiting
    candidates: tuple[DisclosedCandidate, ...]
    two_needed: bool


def list_waiting(ledger: Ledger, access: Access, *, chosen: int | None, page: int) -> Queue:
    """Return a page of the queue, or of one list of it; pages count from 1."""
    with ledger.entry(access, Event.MATCHES_LISTED, action=Action.MATCHING_DECIDE) as work:
        enter(work)
        desk, guarded = desk_of(access.role), work.guarded()
        lists = _lists(work)
        if chosen is not None and not 1 <= chosen <= len(lists):
            raise NotFound
        service = None if chosen is None else lists[chosen - 1]
        with work.matching_unlocked() as matching:
            counts = matching.counts(desk, guarded)
            found = matching.queue(
                desk,
                guarded,
                service=service,
                first=(page - 1) * PAGE_LENGTH,
                most=PAGE_LENGTH + 1,
            )
        lines = tuple(disclose_waiting(access, each) for each in found[:PAGE_LENGTH])
        work.remark(fields=fields_shown(lines))
    return Queue(
        lines=lines,
        counts=tuple(
            (number, counts[each]) for number, each in enumerate(lists, 1) if each in counts
        ),
        chosen=chosen,
        page=page,
        has_more=len(found) > PAGE_LENGTH,
        decides_pairs=allows(access.role, Action.ALIASES_DECIDE),
    )


def compare(ledger: Ledger, access: Access, *, waiting: UUID) -> Comparison:
    """Return the waiting line beside whom it may be about, or raise NotFound."""
    with ledger.entry(access, Event.MATCH_VIEWED, action=Action.MATCHING_DECIDE) as work:
        looked = look(work, access, waiting)
        markers = work.matching_acts.standing_about(waiting, ActKind.NOT_THIS_PERSON)
        asked = work.matching_acts.asked_about(waiting=waiting)
        marked = {each.person: each.reference for each in markers if each.person}
        became = work.became(marked.keys())
        apart = candidates_of(
            work, access, {became.get(each, each): unsaid(each) for each in marked}
        )
        acts = {became.get(person, person): act for person, act in marked.items()}
        _show(work, (*looked.candidates, *apart))
        offered = tuple(each for each in looked.candidates if each.person not in acts)
    return Comparison(
        line=looked.line,
        candidates=offered,
        apart=tuple((acts[each.person], each) for each in apart),
        has_asked=bool(asked),
    )


def check(
    ledger: Ledger, access: Access, *, waiting: UUID, choice: Choice, person: UUID | None
) -> Check:
    """Return what the choice would do; raises NotFound for somebody who is not offered."""
    with ledger.entry(
        access, Event.MATCH_VIEWED, action=Action.MATCHING_DECIDE, subject=person
    ) as work:
        looked = look(work, access, waiting)
        chosen = chosen_of(work, looked, choice, person)
        _show(work, (chosen,) if chosen else ())
        seen = marks(work, looked, chosen)
    return Check(
        line=looked.line, choice=choice, chosen=chosen, two_needed=looked.two_needed, seen=seen
    )


def look(work: Work, access: Access, waiting: UUID) -> Looked:
    """Return the waiting line with whom it may be about; raises NotFound at another desk.

    A line that resembles somebody guarded, now or whenever it was sent, is the other desk's.
    """
    enter(work)
    work.remark(occasion=waiting)
    line, resembled = work.waiting_line(waiting)
    if line is None:
        raise NotFound
    linking = work.match([line.identity])[0]
    matches = (*(unsaid(each) for each in sorted(linking.held_for)), *linking.candidates)
    is_held = bool(linking.held_for or work.guarded() & resembled)
    if (Desk.HELD if is_held else Desk.OPEN) is not desk_of(access.role):
        raise NotFound
    work.remark(service=line.service)
    near = {each.person: each for each in matches[:MOST_CANDIDATES]}
    unborn = {each.person for each in work.matching.expected()} & resembled - near.keys()
    near |= {each: unsaid(each) for each in sorted(unborn)[: MOST_CANDIDATES - len(near)]}
    return Looked(
        waiting=line,
        line=disclose_waiting(access, line),
        candidates=candidates_of(work, access, near),
        two_needed=is_held,
    )


def candidates_of(
    work: Work, access: Access, matches: Mapping[UUID, Match]
) -> tuple[DisclosedCandidate, ...]:
    """Return those of `matches` whom this viewer may be told of, read again and disclosed."""
    people = described(work, access, matches.keys())
    expected = expected_days(work)
    return tuple(
        disclose_candidate(access, people[each], matches[each], expected=expected.get(each))
        for each in matches
        if each in people
    )


def described(work: Work, access: Access, references: Collection[UUID]) -> dict[UUID, Person]:
    """Return those of `references` whom this viewer may be told of, with their identifiers."""
    people = work.people.many(references)
    identifiers = work.people.identified(list(people))
    guarded = work.guarded() if desk_of(access.role) is Desk.OPEN else frozenset()
    return {
        reference: replace(person, identifiers=identifiers.get(reference, ()))
        for reference, person in people.items()
        if may_be_told_of(access.role, person.lifecycle) and reference not in guarded
    }


def expected_days(work: Work) -> dict[UUID, date]:
    """Return when the birth of everybody not yet born is expected."""
    return {each.person: each.day for each in work.matching.expected()}


def chosen_of(
    work: Work, looked: Looked, choice: Choice, person: UUID | None
) -> DisclosedCandidate | None:
    """Return whom the choice names; raises NotFound for anybody who is not offered."""
    if choice in {Choice.NEW_PERSON, Choice.LATER}:
        return None
    markers = work.matching_acts.standing_about(looked.line.waiting, ActKind.NOT_THIS_PERSON)
    apart = {each.person for each in markers}
    for each in looked.candidates:
        if each.person == person and person not in apart:
            return each
    raise NotFound


def marks(work: Work, looked: Looked, chosen: DisclosedCandidate | None) -> str:
    """Return by what it is told, part by part, whether something changed since it was shown."""
    candidates = sorted(str(each.person) for each in looked.candidates)
    parts: dict[Part, object] = {
        Part.LINE: looked.waiting.digest,
        Part.CANDIDATES: candidates,
        **person_parts(chosen),
    }
    return marks_of(work, parts)


def person_parts(person: DisclosedCandidate | None) -> dict[Part, object]:
    """Return the parts of somebody that a decision rests on; all empty for nobody."""
    if person is None:
        return dict.fromkeys(_PERSON_PARTS, _NOTHING)
    return {
        Part.NAMES: person.names,
        Part.BIRTH: (person.birth, person.expected),
        Part.ADDRESSES: person.addresses,
        Part.NUMBERS: person.nhs_numbers,
        Part.SERVICES: person.services_known,
    }


def pair_parts(
    people: tuple[DisclosedCandidate, ...], pupil_numbers: Compared
) -> dict[Part, object]:
    """Return the parts of several people that a decision about all of them rests on."""
    each_ones = [person_parts(each) for each in people]
    parts = {part: tuple(each[part] for each in each_ones) for part in _PERSON_PARTS}
    return {**parts, Part.NUMBERS: (parts[Part.NUMBERS], pupil_numbers)}


def pair_fields(people: tuple[DisclosedCandidate, ...], pupil_numbers: Compared) -> tuple[str, ...]:
    """Return the names of the facts shown of several people, for the audit."""
    fields = fields_shown(people)
    return (*fields, "pupil_numbers") if pupil_numbers else fields


_PERSON_PARTS = (Part.NAMES, Part.BIRTH, Part.ADDRESSES, Part.NUMBERS, Part.SERVICES)
_MARK_BYTES = 6


def marks_of(work: Work, parts: Mapping[Part, object]) -> str:
    """Return a keyed hash of each part, in the order of Part."""
    return "-".join(
        work.shown_as(f"{part}:{parts.get(part, _NOTHING)!r}")[:_MARK_BYTES].hex() for part in Part
    )


def check_unchanged(seen: str, now: str) -> None:
    """Raise Changed, with the parts, unless what was `seen` is so `now`."""
    before, after = seen.split("-"), now.split("-")
    if len(before) != len(after):
        raise Changed(Part)
    changed = [part for part, old, new in zip(Part, before, after, strict=True) if old != new]
    if changed:
        raise Changed(changed)


def enter(work: Work) -> None:
    """Say in the entry why it is looked at."""
    work.remark(purpose=Purpose.LOCATING, power=POWERS[Purpose.LOCATING])


def names_in(act: Act) -> tuple[UUID, ...]:
    """Return whom an act names."""
    return tuple(each for each in (act.person, act.other) if each is not None)


def _show(work: Work, candidates: tuple[DisclosedCandidate, ...]) -> None:
    work.remark(shown=tuple(each.person for each in candidates), fields=fields_shown(candidates))


def unsaid(person: UUID) -> Match:
    """Return somebody of whom nothing is said of why they match."""
    return Match(person=person, probability=0.0, why=(), differs=())


def _lists(work: Work) -> tuple[Service, ...]:
    """Return the services in an order that is always the same and says nothing to a reader."""
    return tuple(sorted(Service, key=lambda each: work.shown_as(f"list {each}")))
