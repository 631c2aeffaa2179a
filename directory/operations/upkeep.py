"""Keep a service's own involvements true: who leads, when it was last involved, that it ended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.people import Person
from directory.domain.upkeep import (
    KEPT_AT_ONCE,
    ChangedMeanwhile,
    Kept,
    Lead,
    Said,
    UpkeepFault,
    check_said,
    is_added_by_hand,
)
from directory.domain.vocabulary import Purpose, Relationship, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.disclosed import DisclosedKept, fields_shown
from directory.policy.permissions import POWERS, Action
from directory.policy.upkeep import disclose_kept

AT_ONCE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """One page of a service's involvements that go on; `more` where another page follows."""

    involvements: tuple[DisclosedKept, ...]
    more: bool
    may_add: bool
    leads: Mapping[Lead, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One involvement, and who may lead it: the names of practitioner and team."""

    involvement: DisclosedKept
    leads: Mapping[Lead, tuple[str, str]]


def list_own(ledger: Ledger, access: Access, *, lead: UUID | None, page: int) -> OwnPage:
    """Return a page of the service's involvements that go on, the longest not heard of first.

    With `lead`, those of that practitioner alone.
    """
    with ledger.entry(access, Event.UPKEEP_LISTED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        with work.upkeep_unlocked() as store:
            first = (page - 1) * AT_ONCE
            found = store.stalest(
                service, lead=lead, day=access.today, first=first, most=AT_ONCE + 1
            )
            leads = store.leads(service, access.today)
        told = may_see(work, found[:AT_ONCE])
        shown = tuple(disclose_kept(access, each, person) for each, person in told)
        work.remark(
            shown=tuple(each.person for each, _ in told if each.person), fields=fields_shown(shown)
        )
    return OwnPage(
        involvements=shown,
        more=len(found) > AT_ONCE,
        may_add=is_added_by_hand(service),
        leads=leads,
    )


def list_leads(ledger: Ledger, access: Access) -> Mapping[Lead, tuple[str, str]]:
    """Return who may lead for the service today: the names of practitioner and team."""
    with ledger.entry(access, Event.PRACTITIONERS_LISTED, action=Action.UPKEEP) as work:
        return work.upkeep.leads(enter_own(work, access), access.today)


def view_own(ledger: Ledger, access: Access, *, line: int) -> Own:
    """Return one involvement of the service; raises NotFound for any other."""
    with ledger.entry(access, Event.UPKEEP_VIEWED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        told = may_see(work, work.upkeep.kept(service, [line]).values())
        if not told:
            raise NotFound
        [(kept, person)] = told
        shown = disclose_kept(access, kept, person)
        work.remark(subject=kept.person, fields=fields_shown(shown))
        return Own(involvement=shown, leads=work.upkeep.leads(service, access.today))


def find_own(ledger: Ledger, access: Access, *, reference: str) -> int:
    """Return the line of the involvement that the service knows under its own `reference`.

    Raises NotFound where there is none that the user may be told of.
    """
    with ledger.entry(access, Event.UPKEEP_VIEWED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        line = work.upkeep.under(service, reference)
        told = may_see(work, work.upkeep.kept(service, [line]).values()) if line else ()
        if not told:
            raise NotFound
        [(kept, _)] = told
        work.remark(subject=kept.person)
    return kept.line


def change(ledger: Ledger, access: Access, *, line: int, revision: int, said: Said) -> None:
    """Say by hand what holds of an involvement, as it was seen at `revision`.

    Raises NotFound for another service's, ChangedMeanwhile where it says something else by now, and
    UpkeepFault for what cannot be so.
    """
    with ledger.entry(access, Event.UPKEEP_CHANGED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        kept = _own(work, service, {line: revision}).get(line)
        if kept is None:
            raise NotFound
        work.remark(subject=kept.person, words=_told(kept.said, said))
        if kept.revision != revision:
            raise ChangedMeanwhile
        if said.lead != kept.said.lead:
            check_lead(work, access, service, said.lead)
        check_said(said, started=kept.started, today=access.today)
        if not work.upkeep.say(kept, said, access.today):
            raise ChangedMeanwhile


def confirm(ledger: Ledger, access: Access, *, seen: Mapping[int, int]) -> int:
    """Keep that involvements still hold as they were seen, each at a revision; return how many.

    Those that somebody changed meanwhile are left as they are.
    """
    with ledger.entry(access, Event.UPKEEP_CONFIRMED, action=Action.UPKEEP) as work:
        if access.account is None:
            raise Refused
        service = enter_own(work, access)
        done = [
            each.person
            for each in _own(work, service, seen).values()
            if each.revision == seen[each.line]
            and work.upkeep.confirm(each, access.today, access.account)
        ]
        work.remark(shown=tuple(filter(None, done)), words=f"{len(done)} of {len(seen)}")
    return len(done)


def hand_over(ledger: Ledger, access: Access, *, seen: Mapping[int, int], to: Lead) -> int:
    """Give involvements, as they were seen, to another who leads; return how many.

    Those that somebody changed meanwhile are left as they are. Raises UpkeepFault for a lead who
    is not the service's.
    """
    with ledger.entry(access, Event.UPKEEP_CHANGED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        check_lead(work, access, service, to)
        done = []
        for each in _own(work, service, seen).values():
            said = Said(lead=to, last_involved=each.said.last_involved, ended=each.said.ended)
            if each.revision == seen[each.line] and work.upkeep.say(each, said, access.today):
                done.append(each.person)
        work.remark(
            shown=tuple(filter(None, done)), words=f"handed over {len(done)} of {len(seen)}"
        )
    return len(done)


def enter_own(work: Work, access: Access) -> Service:
    """Return the user's own service; raises Refused for a user who has none."""
    if access.service is None:
        raise Refused
    work.remark(
        service=access.service,
        purpose=Purpose.OWN_SERVICE,
        power=POWERS[Purpose.OWN_SERVICE],
        relationship=Relationship.OWN_SERVICE,
    )
    return access.service


def _own(work: Work, service: Service, seen: Mapping[int, int]) -> dict[int, Kept]:
    """Return those of the lines that are the service's, about people the user may know of."""
    if not seen or len(seen) > KEPT_AT_ONCE:
        raise Refused
    found = work.upkeep.kept(service, list(seen))
    return {each.line: each for each, _ in may_see(work, found.values())}


def may_see(work: Work, found: Collection[Kept]) -> tuple[tuple[Kept, Person | None], ...]:
    """Return those that the user may be told of, each with whose it is taken for.

    Lines that wait stand among them: what a desk sent it may see, and nothing tells which they are.
    """
    people = work.people.many([each.person for each in found if each.person])
    strangers = work.people.tells_of_strangers
    return tuple(
        (each, people.get(each.person) if each.person else None)
        for each in found
        if (each.person in people if each.person else strangers)
    )


def check_lead(work: Work, access: Access, service: Service, lead: Lead) -> None:
    """Raise UpkeepFault for a lead who is none of the service's today."""
    if lead not in work.upkeep.leads(service, access.today):
        raise UpkeepFault("must be led by a team of your service, or by somebody who works in one")


def _told(before: Said, after: Said) -> str:
    """Return which parts were changed, as the audit keeps it."""
    parts = (
        ("who leads", before.lead != after.lead),
        ("last involved", before.last_involved != after.last_involved),
        ("ended", before.ended != after.ended),
    )
    return ", ".join(name for name, differs in parts if differs)
