"""Add an involvement of one's own service by hand, on the path that a line of its file takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.extracts import Delivery, Line, LineKind, Refusal
from directory.domain.identifiers import parse_reference
from directory.domain.people import Identity
from directory.domain.upkeep import AlreadySent, Lead, Said, check_said, is_added_by_hand
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.columns import Columns
from directory.operations.deciding import (
    Asked,
    Batch,
    Counts,
    Met,
    answered,
    compared,
    heeded,
    read_again,
)
from directory.operations.fields import Fields
from directory.operations.identities import identity_of, term_of
from directory.operations.upkeep import check_lead, enter_own
from directory.policy.permissions import Action

PARTS = (
    "source_reference",
    "forenames",
    "surname",
    "known_as",
    "date_of_birth",
    "house",
    "street",
    "postcode",
    "nhs_number",
    "started",
    "last_involved",
)
_COLUMNS = Columns(
    places={part: place for place, part in enumerate(PARTS)}, width=len(PARTS), dropped=()
)
_BY_HAND = 0
"""The delivery of what no file brought: it is seen from the first on, until a file replaces it."""


class Unfit(Refused):
    """Parts of what was typed cannot be so; each fault names its part."""

    def __init__(self, faults: tuple[Refusal, ...]) -> None:
        super().__init__("parts cannot be so")
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed of a new involvement: the parts as text, and who leads."""

    parts: Mapping[str, str]
    lead: Lead


def leads(ledger: Ledger, access: Access) -> Mapping[Lead, tuple[str, str]]:
    """Return who may lead a new involvement: the names of practitioner and team.

    Raises Refused for children's social care, whose families come with its file alone.
    """
    with ledger.entry(access, Event.UPKEEP_LISTED, action=Action.UPKEEP) as work:
        service = _service(work, access)
        return work.upkeep.leads(service, access.today)


def check(ledger: Ledger, access: Access, *, typed: Typed) -> None:
    """Raise what adding it would raise; nothing is kept."""
    with ledger.entry(access, Event.UPKEEP_VIEWED, action=Action.UPKEEP) as work:
        service = _service(work, access)
        line, _ = _line(work, access, service, typed)
        _asked(work, service, line)


def add(ledger: Ledger, access: Access, *, typed: Typed) -> None:
    """Add the involvement, which others see as soon as it is known whose it is.

    Raises Unfit, UpkeepFault or AlreadySent. Whose it is taken for is told by nothing: it may wait
    for a matching steward, or for the officers, and reads the same to its sender.
    """
    with ledger.entry(access, Event.UPKEEP_ADDED, action=Action.UPKEEP) as work:
        if access.account is None:
            raise Refused
        service = _service(work, access)
        work.remark(words=typed.parts.get("source_reference", "").strip())
        first = work.extracts.reserve(1)  # whoever stages lines asks anew whose they are
        line, identity = _line(work, access, service, typed)
        asked = _asked(work, service, line)
        batch = Batch(
            answered(work, [asked], Met()),
            met=Met(),
            mint=work.new_reference,
            counts=Counts(),
            heeded=heeded(work, service, [asked]),
        )
        batch.decide(asked, identity)
        _keep(work, access, service, batch, first=first)
        work.upkeep.begun_by_hand(first, access.today, access.account)
        work.extracts.recount(service)


def _service(work: Work, access: Access) -> Service:
    service = enter_own(work, access)
    if not is_added_by_hand(service):
        raise Refused
    return service


def _line(work: Work, access: Access, service: Service, typed: Typed) -> tuple[Line, Identity]:
    """Return what was typed as a line of the service's file, and who it says its person is."""
    fields = Fields(1, [typed.parts.get(part, "") for part in PARTS], _COLUMNS)
    reference = fields.must("source_reference", parse_reference)
    identity = identity_of(fields, access.today)
    if identity.birth is None and not fields.raw("date_of_birth"):
        fields.fault("date_of_birth", "must be given")
    started, last_involved, _ = term_of(fields, access.today)
    if fields.faults or reference is None:
        raise Unfit(tuple(fields.faults))
    check_lead(work, access, service, typed.lead)
    said = Said(lead=typed.lead, last_involved=last_involved, ended=None)
    check_said(said, started=started, today=access.today)
    team, practitioner = work.upkeep.sent_as(service, typed.lead)
    line = Line(
        number=1,
        kind=LineKind.INVOLVEMENT,
        source_reference=reference,
        identity=identity,
        team=team,
        practitioner=practitioner,
        started=started,
        last_involved=last_involved,
    )
    return line, identity


def _asked(work: Work, service: Service, line: Line) -> Asked:
    """Return the line beside what stands of it: nothing, or AlreadySent is raised."""
    [asked] = read_again(work, service, compared(work, service, [line]))
    if asked.standing is not None:
        raise AlreadySent
    return asked


def _keep(work: Work, access: Access, service: Service, batch: Batch, *, first: int) -> None:
    """Keep the one line that was decided on, and let whom it describes be found by it."""
    by_hand = Delivery(
        service=service,
        number=_BY_HAND,
        token=work.new_reference(),
        before=None,
        as_of=access.today,
    )
    work.people.new(batch.begun, access.at)
    work.extracts.stage(by_hand, batch.settled, first=first)
    if batch.described:
        work.index_people(batch.described)
        work.remark(subject=next(iter(batch.described)))
    work.matching.keep_waiting(service, batch.resembled, at=access.at, mint=work.new_reference)
