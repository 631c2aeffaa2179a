"""Keep a service's own practitioners true: how they are reached, and who has left."""

from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.events import Event
from directory.domain.practitioners import Colleague, Contact, ContactChanged
from directory.domain.upkeep import KEPT_AT_ONCE, Lead
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.upkeep import enter_own, hand_over
from directory.policy.disclosed import fields_shown
from directory.policy.permissions import Action
from directory.policy.practitioners import DisclosedColleague, disclose_colleague

AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleaguePage:
    """One page of a service's practitioners; `more` where another page follows."""

    colleagues: tuple[DisclosedColleague, ...]
    more: bool


def list_colleagues(ledger: Ledger, access: Access, *, page: int) -> ColleaguePage:
    """Return a page of the service's practitioners, by name.

    Who has left and still leads something stands first.
    """
    with ledger.entry(access, Event.PRACTITIONERS_LISTED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        with work.practitioners_unlocked() as store:
            found = store.page(service, access.today, first=(page - 1) * AT_ONCE, most=AT_ONCE + 1)
        shown = tuple(disclose_colleague(access, service, each) for each in found[:AT_ONCE])
        work.remark(fields=fields_shown(shown))
    return ColleaguePage(colleagues=shown, more=len(found) > AT_ONCE)


def view_colleague(ledger: Ledger, access: Access, *, practitioner: UUID) -> DisclosedColleague:
    """Return one practitioner of the service; raises NotFound for any other."""
    with ledger.entry(access, Event.PRACTITIONERS_LISTED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        found = one_own(work, access, service, practitioner)
        said = work.availability.of(practitioner)
        shown = disclose_colleague(access, service, found, said)
        work.remark(words=f"practitioner {practitioner.hex}", fields=fields_shown(shown))
    return shown


def reach(
    ledger: Ledger, access: Access, *, practitioner: UUID, seen: Contact, contact: Contact
) -> None:
    """Say how a practitioner is reached, who was shown as `seen`; it is told at once.

    It holds until a file of a later day. Raises NotFound for another service's, ContactChanged
    where it was changed since.
    """
    with ledger.entry(access, Event.PRACTITIONER_CHANGED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        found = one_own(work, access, service, practitioner)
        work.remark(words=f"practitioner {practitioner.hex} {_parts(found.contact, contact)}")
        if found.contact != seen:
            raise ContactChanged
        work.practitioners.reach(practitioner, contact, access.today)


def say_left(ledger: Ledger, access: Access, *, practitioner: UUID) -> None:
    """Say that a practitioner has left: whoever looks is given the team's lines from now on."""
    with ledger.entry(access, Event.PRACTITIONER_LEFT, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        found = one_own(work, access, service, practitioner)
        work.remark(words=f"practitioner {practitioner.hex}")
        work.involvement.deactivate(found.reference, left_on=access.today, at=access.at)


def say_here(ledger: Ledger, access: Access, *, practitioner: UUID) -> None:
    """Say that a practitioner is here after all, whatever was said here of their leaving."""
    with ledger.entry(access, Event.PRACTITIONER_CHANGED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        one_own(work, access, service, practitioner)
        work.remark(words=f"practitioner {practitioner.hex} is here")
        work.practitioners.come_back(practitioner)


def hand_all_over(ledger: Ledger, access: Access, *, practitioner: UUID, to: Lead) -> int:
    """Give every involvement that goes on under a practitioner to another; return how many.

    It is done a hundred at a time. Those that somebody changed meanwhile are left as they are.
    Raises UpkeepFault for a lead who is not the service's.
    """
    done, left = 0, _led_by(ledger, access, practitioner)
    while left and to.practitioner != practitioner:
        done += hand_over(ledger, access, seen=left, to=to)
        again = _led_by(ledger, access, practitioner)
        left = {} if again == left else again
    return done


def _led_by(ledger: Ledger, access: Access, practitioner: UUID) -> dict[int, int]:
    with ledger.entry(access, Event.UPKEEP_LISTED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        with work.practitioners_unlocked() as store:
            return store.led_by(service, practitioner, access.today, most=KEPT_AT_ONCE)


def one_own(work: Work, access: Access, service: Service, practitioner: UUID) -> Colleague:
    """Return the practitioner of the service; raises NotFound for any other."""
    found = work.practitioners.one(service, practitioner, access.today)
    if found is None:
        raise NotFound
    return found


def _parts(before: Contact, after: Contact) -> str:
    """Return which parts were changed, as the audit keeps it."""
    parts = (("phone", before.phone != after.phone), ("e-mail", before.email != after.email))
    return ", ".join(name for name, differs in parts if differs)
