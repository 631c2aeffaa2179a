"""Make the contact of one involvement, of those parts alone that an agreement lets be shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from directory.domain.agencies import Practitioner, Team
from directory.domain.confirmations import is_unconfirmed
from directory.domain.corrections import About, Correction, reported_on
from directory.domain.dates import Period
from directory.domain.involvement import Involvement
from directory.domain.mail_domains import MailTrust, trust_in
from directory.domain.rules import ServiceRule
from directory.domain.sharing import ContactField
from directory.domain.vocabulary import DatePrecision, Level, Service
from directory.policy.disclosed import SEAL, DisclosedContact
from directory.policy.modifiers import Question, Verdict

Mask = frozenset[ContactField]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is told beside a contact: open reports of it, and which e-mail domains are secure."""

    reports: Collection[Correction] = ()
    judged: Mapping[str, MailTrust] = field(default_factory=dict)


_NAME_AND_DAY = {ContactField.PRACTITIONER, ContactField.LAST_INVOLVED}
NOTHING_BESIDE = Beside()
_NO_TEAM = Team(reference=UUID(int=0), name="", organisation="")
_NOBODY = Practitioner(reference=UUID(int=0), name="", role="")


def make_contact(
    involvement: Involvement,
    question: Question,
    verdict: Verdict,
    *,
    viewer: str,
    day: date,
    beside: Beside = NOTHING_BESIDE,
) -> DisclosedContact:
    """Return whom to ring about `involvement` on `day`, with what is told `beside` it.

    What the verdict's fields leave out is never in the value. A leaver is not named; who is away is
    named without a contact, unless somebody stands in for them.
    """
    mask, full = verdict.fields, verdict.level >= Level.L5
    started, last_day, source = _whole(involvement) if full else (None, None, "")
    last_involved = _precise(involvement.last_involved, question.rule, full=full)
    return replace(
        _whom(involvement, question, mask, viewer=viewer, day=day, beside=beside),
        seal=SEAL,
        last_involved=_day(mask, ContactField.LAST_INVOLVED, last_involved),
        precision=DatePrecision.DAY if full else question.rule.precision,
        started=_day(mask, ContactField.STARTED, started),
        last_day=_day(mask, ContactField.LAST_DAY, last_day),
        source_reference=_text(mask, ContactField.SOURCE_REFERENCE, source),
        as_of=involvement.as_of,
    )


def _whom(
    involvement: Involvement,
    question: Question,
    mask: Mask,
    *,
    viewer: str,
    day: date,
    beside: Beside,
) -> DisclosedContact:
    team = involvement.team or _NO_TEAM
    lead = None if _names_teams_only(question) else involvement.lead
    here, away = _rung(lead, day)
    names = ContactField.PRACTITIONER in mask
    shown = _about(involvement, mask, here)
    email = "" if here is away else _text(mask, ContactField.EMAIL, here.email)
    return DisclosedContact(
        viewer=viewer,
        seal=SEAL,
        organisation=_text(mask, ContactField.ORGANISATION, team.organisation),
        team=_text(mask, ContactField.TEAM, team.name),
        duty_line=_text(mask, ContactField.DUTY_LINE, team.duty_line),
        out_of_hours_line=_text(mask, ContactField.OUT_OF_HOURS_LINE, team.out_of_hours_line),
        practitioner=_text(mask, ContactField.PRACTITIONER, here.name),
        role=_text(mask, ContactField.ROLE, here.role),
        phone="" if here is away else _text(mask, ContactField.PHONE, here.phone),
        email=email,
        email_trust=trust_in(email, beside.judged),
        left=lead is not None and here is _NOBODY and names,
        away=here is away and away is not _NOBODY and names,
        stands_in_for=away.name if here is not away and names else "",
        back_on=_back_on(away) if names else None,
        works=tuple(sorted(here.availability.weekdays)) if names else (),
        unconfirmed_days=_unconfirmed(involvement, question, day)
        if here is lead and mask.issuperset(_NAME_AND_DAY)
        else None,
        about=_who(shown) if shown and _is_open_to_report(question) else None,
        reported_on=reported_on(shown, beside.reports) if shown else None,
    )


def _unconfirmed(involvement: Involvement, question: Question, day: date) -> int | None:
    """Return for how many days, at least, nobody confirmed who leads, where that is too long."""
    days = question.rule.confirmed_days
    known = question.in_family
    return days if is_unconfirmed(involvement, in_family=known, days=days, today=day) else None


def _rung(lead: Practitioner | None, day: date) -> tuple[Practitioner, Practitioner]:
    """Return who is to be rung for `lead` on `day`, and who of the two is away, _NOBODY if none."""
    if lead is None or not lead.works_on(day):
        return _NOBODY, _NOBODY
    if lead.can_be_rung_on(day):
        return lead, _NOBODY
    stands_in = lead.cover is not None and lead.cover.can_be_rung_on(day)
    return (lead.cover or lead) if stands_in else lead, lead


def _back_on(away: Practitioner) -> date | None:
    return away.availability.away.end if away.availability.away else None


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
