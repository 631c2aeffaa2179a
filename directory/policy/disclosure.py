"""The one place that makes what viewers see, sealed to the viewer it was made for."""

from datetime import date

from directory.domain.access import Access
from directory.domain.agencies import ServiceProfile
from directory.domain.audit import Entry, Part
from directory.domain.dates import Period
from directory.domain.looking import Match
from directory.domain.matching import Act, WaitingLine
from directory.domain.people import Person, Tie
from directory.domain.relationships import StandingClaim
from directory.domain.vocabulary import FamilyRole, Level, Service, State
from directory.policy.contacts import NOTHING_BESIDE, Beside, make_contact
from directory.policy.disclosed import (
    SEAL,
    DisclosedAct,
    DisclosedBoard,
    DisclosedCandidate,
    DisclosedCard,
    DisclosedClaim,
    DisclosedEntry,
    DisclosedFamily,
    DisclosedHit,
    DisclosedLine,
    DisclosedMember,
    DisclosedPerson,
    DisclosedTie,
    DisclosedWaiting,
    NotDisclosed,
)
from directory.policy.matching import each_name, nhs_numbers, whole_address
from directory.policy.modifiers import Question, Verdict, decide


def viewer_of(access: Access) -> str:
    """Return the mark that binds a disclosed value to its viewer: account and role."""
    return f"{access.account}:{access.role}"


def disclose_person(access: Access, person: Person) -> DisclosedPerson:
    """Return the name, other names and age of `person`."""
    main = person.name.full
    others = {each.full for each in person.names} - {main}
    return DisclosedPerson(
        viewer=viewer_of(access),
        seal=SEAL,
        person=person.reference,
        name=main,
        also_known_as=tuple(sorted(others)),
        age=person.age(access.today),
    )


def disclose_found(access: Access, person: Person) -> DisclosedPerson:
    """Return name and age alone: all that is shown of `person` before a purpose is given."""
    return DisclosedPerson(
        viewer=viewer_of(access),
        seal=SEAL,
        person=person.reference,
        name=person.name.full,
        also_known_as=(),
        age=person.age(access.today),
    )


def disclose_hit(
    access: Access,
    person: Person,
    *,
    strong: bool,
    why: tuple[str, ...],
    differs: tuple[str, ...],
) -> DisclosedHit:
    """Return the few facts by which a searcher can tell `person` from others."""
    postcode = next((each.postcode for each in person.addresses if each.postcode), None)
    return DisclosedHit(
        viewer=viewer_of(access),
        seal=SEAL,
        person=person.reference,
        name=person.name.full,
        age=person.age(access.today),
        part_postcode=postcode.outward if postcode else "",
        strong=strong,
        why=why,
        differs=differs,
    )


def disclose_waiting(access: Access, line: WaitingLine) -> DisclosedWaiting:
    """Return who a waiting line says somebody is, to whoever decides whose it is."""
    home = line.identity.address
    return DisclosedWaiting(
        viewer=viewer_of(access),
        seal=SEAL,
        waiting=line.reference,
        names=each_name(line.identity.names),
        birth=line.identity.birth.day if line.identity.birth else None,
        addresses=(whole_address(home),) if home else (),
        nhs_numbers=nhs_numbers(line.identity.identifiers),
        since=line.since,
    )


def disclose_candidate(
    access: Access, person: Person, match: Match, *, expected: date | None
) -> DisclosedCandidate:
    """Return who somebody is whom a waiting line may be about, and how many services know them.

    A pupil number names the school that gave it, so only that it agrees or differs is told.
    """
    return DisclosedCandidate(
        viewer=viewer_of(access),
        seal=SEAL,
        person=person.reference,
        names=each_name((person.name, *person.names)),
        birth=person.birth.day if person.birth else None,
        expected=expected,
        addresses=tuple(dict.fromkeys(whole_address(each) for each in person.addresses)),
        nhs_numbers=nhs_numbers(person.identifiers),
        services_known=len(person.services),
        why=match.why,
        differs=match.differs,
    )


def disclose_act(
    access: Access, act: Act, *, actor: str, people: tuple[Person, ...]
) -> DisclosedAct:
    """Return what a steward did or asks for, with whoever of `people` it names."""
    return DisclosedAct(
        viewer=viewer_of(access),
        seal=SEAL,
        act=act.reference,
        kind=act.kind,
        at=act.asked_at,
        actor=actor,
        names=tuple(each.name.full for each in people),
        reason=act.reason,
        mine=act.asked_by == access.account,
        open_to_take_back=act.can_be_taken_back,
    )


def disclose_line(
    access: Access, member: DisclosedPerson, question: Question
) -> DisclosedLine | None:
    """Return the service's answer, or None where the service is not listed for this viewer."""
    verdict = decide(question)
    if verdict.level is Level.L0 or question.profile is None:
        return None
    return _line(access, member, question, verdict)


def _line(
    access: Access, member: DisclosedPerson, question: Question, verdict: Verdict
) -> DisclosedLine:
    profile, state = _profile(question), verdict.state
    if state is None:
        raise NotDisclosed("a service that has not answered has no line")
    rule, feed = question.rule, question.feed
    counted = state in {State.INVOLVED, State.PREVIOUSLY_INVOLVED}
    dated = counted and verdict.level >= Level.L3
    covered = counted or state is State.NONE_FOUND
    return DisclosedLine(
        viewer=viewer_of(access),
        seal=SEAL,
        service=question.service,
        title=profile.title,
        member=member,
        state=state,
        common_line=profile.common_line.daytime,
        out_of_hours_line=profile.common_line.out_of_hours,
        area=profile.area if covered else "",
        covered_since=profile.covered_since if covered else None,
        as_of=_as_of(question, verdict) if covered else None,
        late_since=feed.as_of if feed and state is State.COULD_NOT_BE_CHECKED else None,
        month=_month(question, verdict) if dated else None,
        ages=(rule.youngest, rule.oldest) if state is State.NOT_SHOWN_BY_RULE else None,
        unmatched=bool(feed and feed.unmatched) and state is State.NONE_FOUND,
        contributes=profile.covered_since is not None,
        opens=counted and verdict.level >= Level.L4,
    )


def _profile(question: Question) -> ServiceProfile:
    if question.profile is None:
        raise NotDisclosed("a service that is not set up has neither line nor card")
    return question.profile


def _as_of(question: Question, verdict: Verdict) -> date | None:
    if verdict.visible and verdict.level >= Level.L3:
        return verdict.visible[0].as_of
    return question.feed.as_of if question.feed else None


def _month(question: Question, verdict: Verdict) -> date | None:
    """Return the month of the latest end or, while it goes on, of the latest contact."""
    if verdict.state is State.PREVIOUSLY_INVOLVED:
        days = [Period(end=each.ended).last_day() for each in verdict.visible]
    else:
        days = [each.last_involved or each.started for each in verdict.visible]
    latest = max((each for each in days if each), default=None)
    return min(latest, question.today).replace(day=1) if latest else None


def disclose_card(
    access: Access,
    member: DisclosedPerson,
    question: Question,
    beside: Beside = NOTHING_BESIDE,
) -> DisclosedCard | None:
    """Return the service's card at the viewer's level, or None where it is not listed."""
    verdict = decide(question)
    if verdict.level is Level.L0 or question.profile is None:
        return None
    return _card(access, member, question, verdict, beside)


def _card(
    access: Access,
    member: DisclosedPerson,
    question: Question,
    verdict: Verdict,
    beside: Beside = NOTHING_BESIDE,
) -> DisclosedCard:
    viewer, day = viewer_of(access), access.today
    named = verdict.visible if verdict.level >= Level.L4 else ()
    return DisclosedCard(
        viewer=viewer,
        seal=SEAL,
        line=_line(access, member, question, verdict),
        date_meaning=question.rule.meaning or _profile(question).date_meaning,
        contacts=tuple(
            make_contact(each, question, verdict, viewer=viewer, day=day, beside=beside)
            for each in named
        ),
        agreements=verdict.agreements,
    )


_PRECEDENCE = (
    State.INVOLVED,
    State.PREVIOUSLY_INVOLVED,
    State.COULD_NOT_BE_CHECKED,
    State.NONE_FOUND,
    State.NOT_SHOWN_BY_RULE,
    State.CONTACT_THROUGH_BROKER,
    State.NOT_COVERED,
)


def leading_lines(members: tuple[DisclosedMember, ...]) -> tuple[DisclosedLine, ...]:
    """Return one line per service for the family: its latest, from what this viewer may see."""
    by_service: dict[Service, list[DisclosedLine]] = {}
    for member in members:
        for line in member.lines:
            by_service.setdefault(line.service, []).append(line)
    return tuple(
        min(lines, key=_leads) for _, lines in sorted(by_service.items(), key=_service_order)
    )


def _leads(line: DisclosedLine) -> tuple[int, int]:
    return _PRECEDENCE.index(line.state), -(line.month or date.min).toordinal()


def _service_order(each: tuple[Service, list[DisclosedLine]]) -> int:
    return tuple(Service).index(each[0])


def disclose_tie(access: Access, tie: Tie, target: Person) -> DisclosedTie:
    """Return one member's tie to another member of the same family."""
    return DisclosedTie(
        viewer=viewer_of(access),
        seal=SEAL,
        kind=tie.kind,
        name=target.name.full,
        end=tie.period.last_day(),
    )


def disclose_member(
    access: Access,
    person: DisclosedPerson,
    *,
    role: FamilyRole,
    ties: tuple[DisclosedTie, ...],
    added_by_viewer: bool,
    lines: tuple[DisclosedLine, ...],
) -> DisclosedMember:
    """Return one member's block, from values already disclosed to the same viewer."""
    return DisclosedMember(
        viewer=viewer_of(access),
        seal=SEAL,
        person=person,
        role=role,
        ties=ties,
        added_by_viewer=added_by_viewer,
        lines=lines,
    )


def disclose_board(
    access: Access,
    chosen: DisclosedPerson,
    members: tuple[DisclosedMember, ...],
    agreements: tuple[str, ...],
) -> DisclosedBoard:
    """Return the family's board, led by one line per service."""
    return DisclosedBoard(
        viewer=viewer_of(access),
        seal=SEAL,
        chosen=chosen,
        leading=leading_lines(members),
        members=members,
        agreements=agreements,
    )


def disclose_family(access: Access, person: Person, *, since: date | None) -> DisclosedFamily:
    """Return one person on the user's own list."""
    return DisclosedFamily(
        viewer=viewer_of(access),
        seal=SEAL,
        person=disclose_person(access, person),
        since=since,
    )


def disclose_claim(
    access: Access, person: Person, standing: StandingClaim, *, claimant: str
) -> DisclosedClaim:
    """Return a claim on `person`, with name and age alone of them."""
    claim = standing.claim
    return DisclosedClaim(
        viewer=viewer_of(access),
        seal=SEAL,
        claim=standing.reference,
        person=disclose_found(access, person),
        claimant=claimant,
        kind=claim.kind,
        purpose=claim.purpose,
        reason=claim.reason,
        started=claim.start,
        ends=standing.ends,
        confirmed=standing.until is not None,
    )


def disclose_entry(
    access: Access,
    entry: Entry,
    *,
    actor: str,
    organisation: str,
    words: str,
    about: bytes,
) -> DisclosedEntry:
    """Return one audit entry; `words` are its unsealed ones, `about` the hash asked for."""
    shown = [each for each in entry.subjects if each.part is Part.SHOWN]
    return DisclosedEntry(
        viewer=viewer_of(access),
        seal=SEAL,
        sequence=entry.sequence,
        at=entry.at,
        event=entry.event,
        outcome=entry.outcome,
        actor=actor,
        role=entry.role,
        organisation=organisation,
        purpose=entry.purpose,
        power=entry.power,
        relationship=entry.relationship,
        service=entry.service,
        fields=entry.fields,
        agreements=entry.agreements,
        policy_version=entry.policy_version,
        words=words,
        people_shown=len(shown),
        about_subject=any(
            each.reference == about and each.part is Part.ABOUT for each in entry.subjects
        ),
    )
