"""Make the contact of one involvement, of those parts alone that an agreement lets be shown."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from directory.domain.agencies import Practitioner, Team
from directory.domain.corrections import About, Correction, reported_on
from directory.domain.dates import Period
from directory.domain.involvement import Involvement
from directory.domain.rules import ServiceRule
from directory.domain.sharing import ContactField
from directory.domain.vocabulary import DatePrecision, Level, Service
from directory.policy.disclosed import SEAL, DisclosedContact
from directory.policy.modifiers import Question, Verdict

Mask = frozenset[ContactField]
_NO_TEAM = Team(reference=UUID(int=0), name="", organisation="")
_NOBODY = Practitioner(reference=UUID(int=0), name="", role="")


def make_contact(
    involvement: Involvement,
    question: Question,
    verdict: Verdict,
    *,
    viewer: str,
    day: date,
    reports: Collection[Correction] = (),
) -> DisclosedContact:
    """Return whom to ring about `involvement` on `day`, and when that was last reported as wrong.

    What the verdict's fields leave out is never in the value. A leaver is not named.
    """
    team, mask, full = involvement.team or _NO_TEAM, verdict.fields, verdict.level >= Level.L5
    lead = None if _names_teams_only(question) else involvement.lead
    here = lead if lead is not None and lead.works_on(day) else _NOBODY
    started, last_day, source = _whole(involvement) if full else (None, None, "")
    last_involved = _precise(involvement.last_involved, question.rule, full=full)
    shown = _about(involvement, mask, here)
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
        precision=DatePrecision.DAY if full else question.rule.precision,
        started=_day(mask, ContactField.STARTED, started),
        last_day=_day(mask, ContactField.LAST_DAY, last_day),
        source_reference=_text(mask, ContactField.SOURCE_REFERENCE, source),
        as_of=involvement.as_of,
        about=_who(shown) if shown and _is_open_to_report(question) else None,
        reported_on=reported_on(shown, reports) if shown else None,
    )


def _names_teams_only(question: Question) -> bool:
    return question.profile is None or question.profile.team_only


def _whole(involvement: Involvement) -> tuple[date | None, date | None, str]:
    """Return the first and the last day, and the service's own reference."""
    last_day = Period(end=involvement.ended).last_day()
    return involvement.started, last_day, involvement.source_reference


def _about(involvement: Involvement, mask: Mask, here: Practitioner) -> About | None:
    """Return what a report would be about: who is named, else the team, else nothing."""
    named = here is not _NOBODY and ContactField.PRACTITIONER in mask
    team = involvement.team if not named and ContactField.TEAM in mask else None
    if not named and team is None:
        return None
    return About(
        service=involvement.service,
        practitioner=here.reference if named else None,
        team=team.reference if team else None,
        person=involvement.person,
    )


def _who(shown: About) -> UUID | None:
    return shown.practitioner or shown.team


def _is_open_to_report(question: Question) -> bool:
    """Return whether a contact may be reported: never one reached in an emergency alone."""
    return question.protection is None and question.service is not Service.SENSITIVE


def _text(mask: Mask, field: ContactField, text: str) -> str:
    return text if field in mask else ""


def _day(mask: Mask, field: ContactField, day: date | None) -> date | None:
    return day if field in mask else None


def _precise(day: date | None, rule: ServiceRule, *, full: bool) -> date | None:
    by_month = rule.precision is not DatePrecision.DAY and not full
    return day.replace(day=1) if day and by_month else day
