"""Watch a family: be told that something changed, and never what, or of whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.calls import Call, CallKind
from directory.domain.events import Event
from directory.domain.people import Person
from directory.domain.relationships import Viewing
from directory.domain.vocabulary import Relationship, Role
from directory.domain.watches import (
    MARK_BYTES,
    MOST_WATCHES,
    Answered,
    Facet,
    Marks,
    Notice,
    TooManyWatched,
    Watch,
    compared,
)
from directory.ledger.door import Ledger
from directory.ledger.watching import Watching, watching
from directory.ledger.work import Work
from directory.operations.claims import NOBODY, own_claims
from directory.operations.relationships import allocated_to
from directory.operations.sight import Sight, enter, questions_about, see, sight_of
from directory.policy.disclosure import disclose_person
from directory.policy.modifiers import Question
from directory.policy.permissions import Action, allows, may_be_told_of, purposes_on
from directory.policy.watches import watched

_AT_ONCE = 40
"""How many boards are compared in one sweep."""

_OWN_GROUNDS = frozenset(
    {Relationship.ALLOCATED, Relationship.TEAM, Relationship.CLAIMED, Relationship.ENQUIRY}
)
"""Grounds by which a family is on the user's own list; a whole team's is on its manager's."""

_Asked = Mapping[UUID, Iterable[Question]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of comparing a watched board; `marks` are None where the watch is over.

    `is_seen` is whether the user may see the board at all.
    """

    watch: Watch
    marks: Marks | None = None
    is_news: bool = False
    is_seen: bool = False


def watch(ledger: Ledger, access: Access, *, viewing: UUID) -> None:
    """Watch the family that is looked at; one that is watched already stays so.

    Raises Refused where nobody of it is on the user's own list, or in an emergency, and
    TooManyWatched.
    """
    with ledger.entry(access, Event.FAMILY_WATCHED, action=Action.FAMILY_WATCH) as work:
        sight = see(work, access, viewing)
        enter(work, sight)
        person = _own_of(work, access, sight)
        held = work.watches.of(access.account, access.role)
        of_family = [each for each in held if each.person in sight.people]
        if any(access.at < each.ends for each in of_family):
            return
        if len(watches_seen(work, access, held)) >= MOST_WATCHES:
            raise TooManyWatched
        work.watches.stop([each.reference for each in of_family])
        begun = Watch(
            reference=work.new_reference(),
            account=sight.viewing.account,
            role=access.role,
            person=person,
            purpose=sight.viewing.purpose,
            started=access.at,
            compared_at=access.at,
            marks={},
        )
        asked = questions_about(work, access, sight.people, sight.asking())
        marks = compared({}, _answered(work, begun, sight, asked)).marks
        work.watches.keep(replace(begun, marks=marks))


def stop(ledger: Ledger, access: Access, *, watch: UUID) -> None:
    """Watch a family no more: neither the watch nor its notices are kept.

    Raises NotFound for one that is not listed.
    """
    with ledger.entry(access, Event.WATCH_STOPPED, action=Action.FAMILY_WATCH) as work:
        held = work.watches.of(access.account, access.role)
        found = next(
            (each for each, _ in watches_seen(work, access, held) if each.reference == watch), None
        )
        if found is None:
            raise NotFound
        work.remark(subject=found.person)
        work.watches.stop([watch])


def sweep(ledger: Ledger, access: Access) -> int:
    """Compare the boards that are due, tell whose changed, and return how many were told.

    Nothing is entered where nothing is due.
    """
    if not ledger.is_watch_due(access, action=Action.CALLS_SWEEP):
        return 0
    with ledger.entry(access, Event.WATCHES_COMPARED, action=Action.CALLS_SWEEP) as work:
        with watching(work) as eyes:
            changes = eyes.changes()
            looked = [_looked(eyes, access, each) for each in eyes.due(access.at, most=_AT_ONCE)]
        work.remark(words=f"{len(looked)} boards")
        work.watches.stop([each.watch.reference for each in looked if each.marks is None])
        kept = [
            each
            for each in looked
            if each.marks is not None
            and work.watches.compare(each.watch, each.marks, at=access.at, changes=changes)
        ]
        told = _tell(work, [each.watch for each in kept if each.is_news])
        _mail(work, [each.watch for each in kept if each.is_seen])
    return told


def look_again(work: Work, access: Access, sight: Sight, asked: _Asked) -> Watch | None:
    """Return the user's watch of the family whose board they look at, None where there is none.

    What the board says is then known to them: it is news no more, and its notice is opened.
    """
    if not allows(access.role, Action.FAMILY_WATCH):
        return None
    held = work.watches.of(access.account, access.role, people=sight.people)
    found = next((each for each in held if access.at < each.ends), None)
    if found is None:
        return None
    work.watches.open(found.reference, access.at)
    if found.purpose is sight.viewing.purpose and sight.emergency_until is None:
        marks = compared(found.marks, _answered(work, found, sight, asked)).marks
        changes = work.watches.changes()
        work.watches.compare(found, marks, at=access.at, changes=changes)
    return found


def may_watch(access: Access, sight: Sight) -> bool:
    """Return whether somebody of the family is on the user's own list, by the ground they have."""
    own = _OWN_GROUNDS - ({Relationship.TEAM} if access.role is not Role.TEAM_MANAGER else set())
    return (
        allows(access.role, Action.FAMILY_WATCH)
        and sight.relationship in own
        and sight.emergency_until is None
    )


def watches_seen(
    work: Work, access: Access, watches: Iterable[Watch]
) -> tuple[tuple[Watch, Person], ...]:
    """Return those of `watches` that this user may know of, each with whose family it is.

    A watch of somebody who is not on the user's own list, or of whom they may not know, is as one
    that was never begun: the statements are as many.
    """
    standing = tuple(watches)
    own = _own_list(work, access)
    people = work.people.many({NOBODY, *(each.person for each in standing)})
    return tuple(
        (each, people[each.person])
        for each in standing
        if each.person in own
        and each.person in people
        and may_be_told_of(access.role, people[each.person].lifecycle)
    )


def _own_list(work: Work, access: Access) -> frozenset[UUID]:
    claims = own_claims(work, access)
    return frozenset(allocated_to(work, access)) | {each.claim.person for each in claims}


def _own_of(work: Work, access: Access, sight: Sight) -> UUID:
    """Return whom of the family the user has on their own list, the one they chose first."""
    own = _own_list(work, access)
    found = (each for each in (sight.viewing.person, *sight.people) if each in own)
    person = next(found, None)
    if person is None or sight.emergency_until is not None:
        raise Refused
    return person


def _looked(eyes: Watching, access: Access, watch: Watch) -> Looked:
    """Return what the board says to its user now, and whether that is news to them.

    What they may not see at the moment is forgotten: it is no news when they may again.
    """
    viewer = _viewer(eyes, access, watch)
    if viewer is None:
        return Looked(watch=watch)
    try:
        work = eyes.as_viewer(viewer)
        if watch.person not in _own_list(work, viewer):
            return Looked(watch=watch)
        sight = sight_of(work, viewer, _viewing(watch))
    except (Refused, NotFound):
        return Looked(watch=watch, marks={})
    if watch.purpose not in purposes_on(viewer.role, sight.relationship):
        return Looked(watch=watch)
    if sight.emergency_until is not None:
        return Looked(watch=watch, marks=watch.marks)
    asked = questions_about(work, viewer, sight.people, sight.asking())
    found = compared(watch.marks, _answered(work, watch, sight, asked))
    return Looked(watch=watch, marks=found.marks, is_news=found.is_news, is_seen=True)


def _viewer(eyes: Watching, access: Access, watch: Watch) -> Access | None:
    """Return the access of whoever watches, None where they act in that role no more."""
    account = eyes.account(watch.account)
    if account is None or account.disabled or watch.role not in account.roles:
        return None
    return Access(
        at=access.at,
        role=watch.role,
        account=account.reference,
        organisation=account.organisation,
        practitioner=account.practitioner,
        team=account.team,
        service=account.service,
    )


def _viewing(watch: Watch) -> Viewing:
    return Viewing(
        reference=watch.reference,
        session=b"",
        account=watch.account,
        person=watch.person,
        purpose=watch.purpose,
        started=watch.compared_at,
    )


def _answered(work: Work, watch: Watch, sight: Sight, asked: _Asked) -> Iterator[Answered]:
    """Yield what each service says about each member of the family, as keyed hashes alone."""

    def mark(*parts: str) -> bytes:
        return work.shown_as("\n".join((watch.reference.hex, *parts)))[:MARK_BYTES]

    for person, questions in asked.items():
        member = disclose_person(work.access, sight.people[person])
        for question in questions:
            said = watched(work.access, member, question)
            if said is None:
                continue
            where = (person.hex, question.service)
            yield Answered(
                where=mark(*where),
                facets=None
                if said.seen is None
                else {
                    mark(*where, each.which): Facet(
                        how=mark(*where, each.which, each.how),
                        what=mark(*where, each.which, each.what),
                        shown=each.shown,
                    )
                    for each in said.seen
                },
            )


def _tell(work: Work, changed: Iterable[Watch]) -> int:
    """Keep a notice of each watch that has none unread, and return how many."""
    watches = [each.reference for each in changed]
    unread = {each.watch for each in work.watches.notices(watches) if each.opened is None}
    fresh = [each for each in watches if each not in unread]
    for each in fresh:
        work.watches.tell(Notice(reference=work.new_reference(), watch=each, at=work.access.at))
    return len(fresh)


def _mail(work: Work, seen: Iterable[Watch]) -> None:
    """Let an e-mail go to each user who is due one about notices they may see now."""
    accounts = {each.reference: each.account for each in seen}
    waiting: dict[UUID, list[UUID]] = {}
    for notice in work.watches.notices(accounts):
        if notice.opened is None and notice.mailed is None:
            waiting.setdefault(accounts[notice.watch], []).append(notice.reference)
    at = work.access.at
    for account, notices in waiting.items():
        if work.watches.mail_choice(account).is_due(at):
            call = Call(reference=work.new_reference(), kind=CallKind.NOTICE, caller=account, at=at)
            work.calls.keep(call)
            work.calls.page(call.reference, [account], at)
            work.watches.mailed(account, notices, at=at, on=work.access.today)
