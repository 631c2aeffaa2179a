"""Say when a service's own practitioners are in, who stands in for them, and who is new."""

from uuid import UUID

from directory.domain.access import Access, Refused
from directory.domain.agencies import Practitioner
from directory.domain.availability import Availability, AvailabilityFault, Away, Weekday, check_away
from directory.domain.events import Event
from directory.domain.extracts import SentPractitioner, practitioner_id
from directory.domain.practitioners import Contact
from directory.domain.teams import AlreadyKept
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.practitioners import one_own
from directory.operations.upkeep import enter_own
from directory.policy.permissions import Action


def say_weekdays(
    ledger: Ledger, access: Access, *, practitioner: UUID, weekdays: frozenset[Weekday]
) -> None:
    """Say on which days of the week a practitioner works; none where it is not known."""
    with ledger.entry(access, Event.PRACTITIONER_CHANGED, action=Action.UPKEEP) as work:
        before = _begun(work, access, practitioner, words="weekdays")
        _keep(work, access, practitioner, Availability(weekdays=weekdays, away=before.away))


def say_away(ledger: Ledger, access: Access, *, practitioner: UUID, away: Away) -> None:
    """Say that a practitioner is away, and who stands in: whoever looks meanwhile is shown them.

    Raises AvailabilityFault where they cannot be away so.
    """
    with ledger.entry(access, Event.PRACTITIONER_CHANGED, action=Action.UPKEEP) as work:
        before = _begun(work, access, practitioner, words="away")
        check_away(away, practitioner=practitioner, today=access.today)
        if away.cover is not None and away.cover not in _covers(work, access, practitioner):
            raise AvailabilityFault("must name a colleague who is here to stand in")
        _keep(work, access, practitioner, Availability(weekdays=before.weekdays, away=away))


def list_covers(
    ledger: Ledger, access: Access, *, practitioner: UUID
) -> dict[UUID, tuple[str, str]]:
    """Return who may stand in for a practitioner: the names of each and of their team, by name."""
    with ledger.entry(access, Event.PRACTITIONERS_LISTED, action=Action.UPKEEP) as work:
        return _covers(work, access, practitioner)


def say_back(ledger: Ledger, access: Access, *, practitioner: UUID) -> None:
    """Say that a practitioner is back, or does not go away after all."""
    with ledger.entry(access, Event.PRACTITIONER_CHANGED, action=Action.UPKEEP) as work:
        before = _begun(work, access, practitioner, words="back")
        _keep(work, access, practitioner, Availability(weekdays=before.weekdays))


def make_practitioner(
    ledger: Ledger,
    access: Access,
    *,
    source_reference: str,
    new: tuple[str, str],
    team: UUID,
    contact: Contact,
) -> UUID:
    """Keep a practitioner whom no file names yet, by name and role; return their reference.

    Raises AlreadyKept where the service has one under `source_reference`, AvailabilityFault for a
    team that is not the service's.
    """
    with ledger.entry(access, Event.PRACTITIONER_ADDED, action=Action.UPKEEP) as work:
        service = enter_own(work, access)
        practitioner = practitioner_id(service, source_reference)
        work.remark(words=f"practitioner {practitioner.hex}")
        if work.practitioners.is_known(practitioner):
            raise AlreadyKept
        if work.teams.one(service, team, access.today) is None:
            raise AvailabilityFault("must be in a team of your service")
        made = Practitioner(
            reference=practitioner,
            name=new[0],
            role=new[1],
            phone=contact.phone,
            email=contact.email,
        )
        sent = SentPractitioner(source_reference=source_reference, practitioner=made, team=team)
        work.practitioners.make(service, sent, access.today)
    return practitioner


def _begun(work: Work, access: Access, practitioner: UUID, *, words: str) -> Availability:
    """Return what was said of the service's practitioner before; raises NotFound for any other."""
    service = enter_own(work, access)
    found = one_own(work, access, service, practitioner)
    work.remark(words=f"practitioner {practitioner.hex} {words}")
    return work.availability.of(found.reference)


def _keep(work: Work, access: Access, practitioner: UUID, said: Availability) -> None:
    if access.account is None:
        raise Refused
    work.availability.keep(practitioner, said, at=access.at, by=access.account)


def _covers(work: Work, access: Access, practitioner: UUID) -> dict[UUID, tuple[str, str]]:
    service = enter_own(work, access)
    return work.practitioners.who_may_cover(service, practitioner, access.today)
