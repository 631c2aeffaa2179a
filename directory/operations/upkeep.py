"""Keep a service's own involvements true: who leads, when it was last involved, that it ended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.audit import Event
from directory.domain.upkeep import (
    KEPT_AT_ONCE,
    ChangedMeanwhile,
    Kept,
    Lead,
    Said,
    UpkeepFault,
    check_said,
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
        shown = _disclosed(work, access, found[:AT_ONCE])
        work.remark(shown=tuple(each.person.person for each in shown), fields=fields_shown(shown))
    return OwnPage(involvements=shown, more=len(found) > AT_ONCE, leads=leads)


def view_own(ledger: Ledger, access: Access, *, line: int) -> Own:
    """Return one involvement of the service; raises NotFound for any other."""
    with ledger.entry(access, Event.UPKEEP_VIEWED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        shown = _disclosed(work, access, work.upkeep.kept(service, [line]).values())
        if not shown:
            raise NotFound
        work.remark(subject=shown[0].person.person, fields=fields_shown(shown))
        return Own(involvement=shown[0], leads=work.upkeep.leads(service, access.today))


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
        work.remark(subject=kept.involvement.person, words=_told(kept.said, said))
        if kept.revision != revision:
            raise ChangedMeanwhile
        if said.lead != kept.said.lead:
            _check_lead(work, access, service, said.lead)
        check_said(said, started=kept.involvement.started, today=access.today)
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
            each.involvement.person
            for each in _own(work, service, seen).values()
            if each.revision == seen[each.line]
            and work.upkeep.confirm(each, access.today, access.account)
        ]
        work.remark(shown=tuple(done), words=f"{len(done)} of {len(seen)}")
    return len(done)


def hand_over(ledger: Ledger, access: Access, *, seen: Mapping[int, int], to: Lead) -> int:
    """Give involvements, as they were seen, to another who leads; return how many.

    Those that somebody changed meanwhile are left as they are. Raises UpkeepFault for a lead who
    is not the service's.
    """
    with ledger.entry(access, Event.UPKEEP_CHANGED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        _check_lead(work, access, service, to)
        done = []
        for each in _own(work, service, seen).values():
            said = Said(lead=to, last_involved=each.said.last_involved, ended=each.said.ended)
            if each.revision == seen[each.line] and work.upkeep.say(each, said, access.today):
                done.append(each.involvement.person)
        work.remark(shown=tuple(done), words=f"handed over {len(done)} of {len(seen)}")
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
    people = work.people.many([each.involvement.person for each in found.values()])
    return {line: each for line, each in found.items() if each.involvement.person in people}


def _disclosed(work: Work, access: Access, found: Collection[Kept]) -> tuple[DisclosedKept, ...]:
    people = work.people.many([each.involvement.person for each in found])
    return tuple(
        disclose_kept(access, each, people[each.involvement.person])
        for each in found
        if each.involvement.person in people
    )


def _check_lead(work: Work, access: Access, service: Service, lead: Lead) -> None:
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
