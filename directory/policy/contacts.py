"""Make the contact of one involvement, of those parts alone that an agreement lets be shown."""

from datetime import date
from uuid import UUID

from directory.domain.agencies import Practitioner, Team
from directory.domain.dates import Period
from directory.domain.involvement import Involvement
from directory.domain.sharing import ContactField
from directory.domain.vocabulary import DatePrecision, Level
from directory.policy.disclosed import SEAL, DisclosedContact
from directory.policy.modifiers import Question, Verdict
from directory.policy.rules import RULES, ServiceRule

Mask = frozenset[ContactField]
_NO_TEAM = Team(reference=UUID(int=0), name="", organisation="")
_NOBODY = Practitioner(reference=UUID(int=0), name="", role="")


def make_contact(
    involvement: Involvement, question: Question, verdict: Verdict, *, viewer: str, day: date
) -> DisclosedContact:
    """Return whom to ring about `involvement` on `day`, sealed to `viewer`.

    What the verdict's fields leave out is never in the value. A leaver is not named.
    """
    team, mask = involvement.team or _NO_TEAM, verdict.fields
    team_only = question.profile is None or question.profile.team_only
    lead = None if team_only else involvement.lead
    here = lead if lead is not None and lead.works_on(day) else _NOBODY
    full = verdict.level >= Level.L5
    rule = RULES[question.service]
    last_day = Period(end=involvement.ended).last_day()
    last_involved = _precise(involvement.last_involved, rule, full=full)
    return DisclosedContact(
        viewer=viewer,
        seal=SEAL,
        organisation=_text(mask, ContactField.ORGANISATION, team.organisation),
        team=_text(mask, ContactField.TEAM, team.name),
        duty_line=_text(mask, ContactField.DUTY_LINE, team.duty_line),
        out_of_hours_line=_text(mask, ContactField.OUT_OF_HOURS_LINE, team.out_of_hours_line),
        practitioner=_text(mask, ContactField.PRACTITIONER, here.name),
        role=_text(mask, ContactField.ROLE, here.role),
        phone=_text(mask, ContactField.PHONE, here.phone),
        email=_text(mask, ContactField.EMAIL, here.email),
        left=lead is not None and here is _NOBODY and ContactField.PRACTITIONER in mask,
        last_involved=_day(mask, ContactField.LAST_INVOLVED, last_involved),
        precision=DatePrecision.DAY if full else rule.precision,
        started=_day(mask, ContactField.STARTED, involvement.started) if full else None,
        last_day=_day(mask, ContactField.LAST_DAY, last_day) if full else None,
        source_reference=_text(mask, ContactField.SOURCE_REFERENCE, involvement.source_reference)
        if full
        else "",
        as_of=involvement.as_of,
    )


def _text(mask: Mask, field: ContactField, text: str) -> str:
    return text if field in mask else ""


def _day(mask: Mask, field: ContactField, day: date | None) -> date | None:
    return day if field in mask else None


def _precise(day: date | None, rule: ServiceRule, *, full: bool) -> date | None:
    by_month = rule.precision is not DatePrecision.DAY and not full
    return day.replace(day=1) if day and by_month else day
