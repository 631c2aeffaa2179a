"""What the desk that answers a report is shown of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Access
from directory.domain.corrections import ABOUT_INVOLVEMENT, Named, Wrong
from directory.domain.dates import local_day
from directory.domain.people import Person
from directory.domain.upkeep import Kept
from directory.domain.vocabulary import Role
from directory.policy.disclosed import SEAL, Disclosed, DisclosedPerson, NotDisclosed
from directory.policy.disclosure import disclose_found, viewer_of
from directory.policy.permissions import Action, allows


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedCorrection(Disclosed):
    """A report as the desk that answers it is told; `person` where it is of one involvement."""

    correction: UUID
    wrong: Wrong
    practitioner: UUID | None
    practitioner_name: str
    team_name: str
    person: DisclosedPerson | None
    line: int | None
    reporter_role: Role
    reporter_organisation: str
    reported_on: date
    answer_by: date
    overdue: bool


def disclose_correction(
    access: Access, found: Named, *, person: Person | None, kept: Kept | None
) -> DisclosedCorrection:
    """Return a report without its reporter's name and without the family it was met in.

    `person` and `kept` say whose involvement it is about and where that is mended; they are None
    where the contact is wrong for everybody. NotDisclosed for any service but one's own.
    """
    report = found.correction
    if (
        not allows(access.role, Action.CORRECTIONS_ANSWER)
        or report.about.service is not access.service
    ):
        raise NotDisclosed("a desk is shown what is wrong with its own service's contacts alone")
    if {person is not None, kept is not None} != {report.wrong in ABOUT_INVOLVEMENT}:
        raise NotDisclosed("of an involvement alone is it said whose it is")
    return DisclosedCorrection(
        viewer=viewer_of(access),
        seal=SEAL,
        correction=report.reference,
        wrong=report.wrong,
        practitioner=report.about.practitioner,
        practitioner_name=found.practitioner,
        team_name=found.team,
        person=None if person is None else disclose_found(access, person),
        line=None if kept is None else kept.line,
        reporter_role=report.reporter.role,
        reporter_organisation=found.organisation,
        reported_on=local_day(report.at),
        answer_by=report.answer_by,
        overdue=report.is_overdue(access.at),
    )
