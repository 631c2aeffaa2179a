"""See a family: say why, see who is involved, add somebody one knows of, list one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.people import Member, Tie
from directory.domain.relationships import Viewing
from directory.domain.vocabulary import FamilyRole, Purpose, Relationship
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.claims import NOBODY, claims_seen, own_claims
from directory.operations.people import Chosen, check_found, chosen, known
from directory.operations.relationships import allocated_to, claim, claimed, family_of, ground
from directory.operations.sight import Sight, enter, lines_about, questions_about, see
from directory.operations.watches import look_again, may_watch
from directory.policy.disclosed import (
    DisclosedBoard,
    DisclosedClaim,
    DisclosedFamily,
    DisclosedMember,
    fields_shown,
)
from directory.policy.disclosure import (
    disclose_board,
    disclose_family,
    disclose_member,
    disclose_person,
    disclose_tie,
)
from directory.policy.gates import check_purpose
from directory.policy.modifiers import Question, decide
from directory.policy.permissions import (
    POWERS,
    Action,
    allows,
    may_be_told_of,
    may_claim,
    purposes_on,
)

_TOLD_FOR = timedelta(days=7)  # for how long a claimant reads that a claim was declined


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A family's board with why its viewer sees it."""

    viewing: UUID
    purpose: Purpose
    relationship: Relationship
    board: DisclosedBoard
    may_add: bool
    may_ask_consent: bool
    may_hand_on: bool
    may_open_emergency: bool
    emergency_until: datetime | None
    may_watch: bool
    watched_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A user's own families; `declined` is when claims began that a manager ended lately."""

    claims: tuple[DisclosedClaim, ...]
    families: tuple[DisclosedFamily, ...]
    declined: tuple[datetime, ...]


def give_purpose(
    ledger: Ledger,
    access: Access,
    *,
    person: UUID,
    look_up: UUID | None,
    purpose: Purpose,
    reason: str,
) -> UUID:
    """Say why one looks at a person's family, and return the viewing it opens.

    `look_up` is the search that found the person, None from the user's own families. Without
    another ground, `reason` starts a claim or an enquiry; raises Refused where it may not.
    """
    action = Action.FAMILIES_MINE if look_up is None else Action.FAMILY_OPEN
    with ledger.entry(access, Event.PURPOSE_GIVEN, action=action, subject=person) as work:
        work.remark(purpose=purpose, power=POWERS[purpose], words=reason)
        check_purpose(access.role, purpose, work.closed_gates)
        _check_reached(work, access, person, look_up)
        if access.session is None or access.account is None:
            raise Refused
        relationship = ground(work, access, family_of(work, access, person), person)
        if purpose not in purposes_on(access.role, relationship):
            raise Refused
        if relationship is Relationship.NONE:
            relationship = claim(work, access, person, purpose=purpose, reason=reason)
        viewing = Viewing(
            reference=work.new_reference(),
            session=access.session,
            account=access.account,
            person=person,
            purpose=purpose,
            started=access.at,
        )
        work.relationships.keep_viewing(viewing)
        work.remark(relationship=relationship, occasion=viewing.reference)
    return viewing.reference


def view_board(ledger: Ledger, access: Access, *, viewing: UUID) -> Board:
    """Return the family's board: one leading line per service, then each member's own."""
    with ledger.entry(access, Event.BOARD_VIEWED, action=Action.FAMILY_OPEN) as work:
        sight = see(work, access, viewing)
        asked = questions_about(work, access, sight.people, sight.asking())
        ties = work.people.ties(list(sight.people))
        members = tuple(
            _member(access, sight, member, ties=ties, questions=asked[member.person])
            for member in sight.family.members
        )
        agreements = _agreements(asked.values())
        person = disclose_person(access, sight.people[sight.viewing.person])
        board = disclose_board(access, person, members, agreements)
        watch = look_again(work, access, sight, asked)
        enter(work, sight)
        work.remark(
            shown=tuple(each.person.person for each in members),
            fields=fields_shown(board),
            agreements=agreements,
        )
    return Board(
        viewing=viewing,
        purpose=sight.viewing.purpose,
        relationship=sight.relationship,
        board=board,
        may_add=allows(access.role, Action.FAMILY_ADD_PERSON)
        and may_claim(access.role, sight.viewing.purpose),
        may_hand_on=allows(access.role, Action.FAMILY_HAND_ON),
        may_ask_consent=allows(access.role, Action.CONSENT_KEEP),
        may_open_emergency=allows(access.role, Action.EMERGENCY_OPEN),
        emergency_until=sight.emergency_until,
        may_watch=may_watch(access, sight),
        watched_until=watch.last_day if watch else None,
    )


def list_mine(ledger: Ledger, access: Access) -> Mine:
    """Return the people the user said they work with, and those allocated, newest first.

    Allocated are those of the user, or of the team the user manages.
    """
    with ledger.entry(access, Event.FAMILIES_LISTED, action=Action.FAMILIES_MINE) as work:
        work.remark(purpose=Purpose.LOCATING, power=POWERS[Purpose.LOCATING])
        allocated = allocated_to(work, access)
        people = work.people.many(allocated)
        claims = claims_seen(work, access, own_claims(work, access))
        declined = work.claims.declined(access.account, since=access.at - _TOLD_FOR)
        families = tuple(
            disclose_family(access, people[person], since=since)
            for person, since in allocated.items()
            if person in people and may_be_told_of(access.role, people[person].lifecycle)
        )
        work.remark(
            shown=(
                *(each.person.person for each in claims),
                *(each.person.person for each in families),
            ),
            fields=fields_shown((*claims, *families)),
        )
    return Mine(claims=claims, families=families, declined=declined)


def choose_mine(ledger: Ledger, access: Access, *, person: UUID) -> Chosen:
    """Choose one of the people on the user's own list."""
    with ledger.entry(
        access, Event.PERSON_CHOSEN, action=Action.FAMILIES_MINE, subject=person
    ) as work:
        work.remark(purpose=Purpose.LOCATING, power=POWERS[Purpose.LOCATING])
        _check_reached(work, access, person, None)
        return chosen(work, access, person)


def begin_adding(ledger: Ledger, access: Access, *, viewing: UUID) -> None:
    """Open the search for somebody to add, while the user may still look at the family.

    Raises NotFound or Refused as the board does.
    """
    with ledger.entry(access, Event.ADDING_BEGUN, action=Action.FAMILY_ADD_PERSON) as work:
        enter(work, see(work, access, viewing))


def add_person(
    ledger: Ledger, access: Access, *, viewing: UUID, look_up: UUID, person: UUID, role: FamilyRole
) -> None:
    """Add to the family, for this user, somebody they know to belong to it.

    Adding is a claim on that person: it ends as one, and shows no more than one. Somebody who
    stands on the board already is not added again.
    """
    with ledger.entry(
        access, Event.PERSON_ADDED, action=Action.FAMILY_ADD_PERSON, subject=person
    ) as work:
        sight = see(work, access, viewing)
        check_found(work, access, look_up=look_up, person=person)
        known(work, person)
        if person in sight.people:
            return
        member = Member(person=person, role=role, added_by=access.account)
        work.people.add_to_family(sight.family.anchor, member, access.at)
        relationship = claim(
            work,
            access,
            person,
            purpose=sight.viewing.purpose,
            reason="known to belong to a family the user works with",
        )
        enter(work, sight)
        work.remark(subject=person, relationship=relationship)


def _member(
    access: Access,
    sight: Sight,
    member: Member,
    *,
    ties: Iterable[Tie],
    questions: Iterable[Question],
) -> DisclosedMember:
    person = disclose_person(access, sight.people[member.person])
    return disclose_member(
        access,
        person,
        role=member.role,
        ties=tuple(
            disclose_tie(access, tie, sight.people[tie.target])
            for tie in ties
            if tie.source == member.person
        ),
        added_by_viewer=member.added_by is not None,
        lines=lines_about(access, person, questions),
    )


def _agreements(asked: Iterable[Iterable[Question]]) -> tuple[str, ...]:
    labels = {
        label
        for questions in asked
        for question in questions
        for label in decide(question).agreements
    }
    return tuple(sorted(labels))


def _check_reached(work: Work, access: Access, person: UUID, look_up: UUID | None) -> None:
    """Raise NotFound unless this session's search, or the user's own list, led to `person`."""
    if look_up is not None:
        check_found(work, access, look_up=look_up, person=person)
    elif person not in allocated_to(work, access) and not _claimed_and_known(work, access, person):
        raise NotFound


def _claimed_and_known(work: Work, access: Access, person: UUID) -> bool:
    """Return whether the user claims somebody they may know of, by as many statements either way.

    A claim made before somebody was hidden must not tell them from one never known.
    """
    claims = claimed(work, access, [person])
    known_of = work.people.many({NOBODY, person})
    return person in claims and person in known_of
