"""Read the register of agreements: where each stands, what it lacks, what nears."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.agreements import Missing, Warned, warnings
from directory.domain.events import Event
from directory.domain.sharing import Agreement, Status
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.basis import lacking
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One version as it stands in the register today; from `closes` on it opens nothing."""

    reference: UUID
    agreement: Agreement
    status: Status
    closes: date
    warnings: tuple[Warned, ...]
    lacking: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Every version, the one that matters most first, and the names of the organisations."""

    entered: tuple[Entered, ...]
    organisations: Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One version with the names of whoever last changed and activated it, and of its parties.

    `is_newest` is whether no later version was begun; `is_mine` whether the reader changed it last.
    """

    entered: Entered
    organisations: Mapping[UUID, str]
    edited_by: str
    activated_by: str
    is_newest: bool
    is_mine: bool


_ORDER = (Status.DRAFT, Status.ACTIVE, Status.ENDED, Status.SUPERSEDED)


def list_agreements(ledger: Ledger, access: Access) -> Register:
    """Return the whole register, in five queries however long it is."""
    with ledger.entry(access, Event.AGREEMENTS_LISTED, action=Action.SHARING_READ) as work:
        entered = [
            enter(work, access, reference, each)
            for reference, each in work.sharing.register().items()
        ]
        organisations = work.agencies.names()
    return Register(entered=tuple(sorted(entered, key=_place)), organisations=organisations)


def read_agreement(ledger: Ledger, access: Access, *, reference: UUID) -> Reading:
    """Return one version of an agreement, or raise NotFound."""
    with ledger.entry(access, Event.AGREEMENT_VIEWED, action=Action.SHARING_READ) as work:
        register = work.sharing.register()
        found = found_in(work, register, reference)
        course = found.course
        users = {each for each in (course.edited_by, course.activated_by) if each is not None}
        names = work.accounts.names(users)
        versions = [e.version for e in register.values() if e.reference == found.reference]
        return Reading(
            entered=enter(work, access, reference, found),
            organisations=work.agencies.names(),
            edited_by=names.get(course.edited_by, "") if course.edited_by else "",
            activated_by=names.get(course.activated_by, "") if course.activated_by else "",
            is_newest=found.version == max(versions),
            is_mine=course.edited_by is not None and course.edited_by == access.account,
        )


def organisations(ledger: Ledger, access: Access) -> Mapping[UUID, str]:
    """Return the organisations that may be parties, by name."""
    with ledger.entry(access, Event.AGREEMENTS_LISTED, action=Action.SHARING_DRAFT) as work:
        names = work.agencies.names()
    return dict(sorted(names.items(), key=lambda each: each[1].casefold()))


def found_in(work: Work, register: Mapping[UUID, Agreement], reference: UUID) -> Agreement:
    """Return the version under `reference` and name it in the entry, or raise NotFound."""
    found = register.get(reference)
    if found is None:
        raise NotFound
    work.remark(agreements=(found.label,))
    return found


def enter(work: Work, access: Access, reference: UUID, agreement: Agreement) -> Entered:
    """Return how a version stands in the register on the day of the act."""
    day, holidays = access.today, work.holidays
    return Entered(
        reference=reference,
        agreement=agreement,
        status=agreement.status(day, holidays),
        closes=agreement.closes(holidays),
        warnings=warnings(agreement, day, holidays),
        lacking=() if agreement.is_activated else lacking(agreement, day),
    )


def _place(each: Entered) -> tuple[int, str, int]:
    return _ORDER.index(each.status), each.agreement.reference, -each.agreement.version
