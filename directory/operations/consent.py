"""Record what people answer who are asked whether an organisation may know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.consent import (
    WORDING,
    Answered,
    Consent,
    Giver,
    Manner,
    Withdrawal,
    answered,
    ends_with,
    withdrawn,
)
from directory.domain.events import Event
from directory.domain.rules import LocalRules
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.sight import Sight, enter, see
from directory.policy.consent import disclose_consents, may_know
from directory.policy.disclosed import DisclosedConsents, fields_shown
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody answered; a yes holds for `days`, which is None for a no."""

    manner: Manner
    giver: Giver
    authority_seen: date | None
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody was asked: for which organisations, and how."""

    organisations: frozenset[UUID]
    manner: Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyConsents:
    """A family's members with what they were asked, and for whom somebody can be asked.

    `text` is what is read out first, empty for the text that ships, and `wording` its version.
    """

    members: tuple[DisclosedConsents, ...]
    organisations: Mapping[UUID, str]
    wording: str
    text: str

    def of(self, person: UUID) -> DisclosedConsents:
        """Return what `person` was asked; raise NotFound for no member."""
        found = next((each for each in self.members if each.person.person == person), None)
        if found is None:
            raise NotFound
        return found


def list_consents(ledger: Ledger, access: Access, *, viewing: UUID) -> FamilyConsents:
    """Return what the family's members were asked by the user's own organisation."""
    with ledger.entry(access, Event.CONSENTS_READ, action=Action.CONSENT_KEEP) as work:
        sight = see(work, access, viewing)
        enter(work, sight)
        consents = work.consents.about(tuple(sight.people))
        names = work.accounts.names({each.asked_by for each in consents} | {sight.viewing.account})
        organisations = work.agencies.names()
        members = tuple(
            disclose_consents(
                access,
                sight.people[each.person],
                consents,
                organisations=organisations,
                names=names,
            )
            for each in sight.family.members
        )
        work.remark(
            shown=tuple(each.person.person for each in members), fields=fields_shown(members)
        )
        rules = work.rules.in_force(access.today)
        return FamilyConsents(
            members=members,
            organisations=work.agencies.needing_consent(),
            wording=_version(rules),
            text=rules.consent,
        )


def record(
    ledger: Ledger,
    access: Access,
    *,
    viewing: UUID,
    person: UUID,
    question: Question,
    reply: Reply | None,
) -> None:
    """Keep what a member of the family was asked, and the reply, None where it is still to come.

    Raises NotFound for no member, Refused for an organisation that needs nobody's consent, and
    ConsentFault for an answer that cannot be one.
    """
    with ledger.entry(access, Event.CONSENT_RECORDED, action=Action.CONSENT_KEEP) as work:
        _member(work, access, viewing, person)
        if access.organisation is None:
            raise Refused
        needing = frozenset(work.agencies.needing_consent())
        if not question.organisations or not question.organisations <= needing:
            raise Refused
        asked = Consent(
            reference=work.new_reference(),
            person=person,
            organisations=question.organisations,
            wording=_version(work.rules.in_force(access.today)),
            asked_by=_keeper(access),
            asked_from=access.organisation,
            asked_at=access.at,
            manner=question.manner,
        )
        work.consents.keep(asked)
        work.remark(words="asked")
        if reply is not None:
            _answer(work, access, asked, reply)


def answer(
    ledger: Ledger, access: Access, *, viewing: UUID, person: UUID, consent: UUID, reply: Reply
) -> None:
    """Keep the answer to what a member of the family was asked before.

    Raises NotFound for what the user's organisation did not ask, ConsentFault as record does.
    """
    with ledger.entry(access, Event.CONSENT_RECORDED, action=Action.CONSENT_KEEP) as work:
        _member(work, access, viewing, person)
        _answer(work, access, _asked(work, access, person, consent), reply)


def withdraw(ledger: Ledger, access: Access, *, viewing: UUID, person: UUID, consent: UUID) -> None:
    """End a consent at once, with whatever else was agreed for the same organisations.

    Raises NotFound for what the user's organisation did not ask, ConsentFault for no live one.
    """
    with ledger.entry(access, Event.CONSENT_WITHDRAWN, action=Action.CONSENT_KEEP) as work:
        _member(work, access, viewing, person)
        found = _asked(work, access, person, consent)
        withdrawn(found, Withdrawal(by=_keeper(access), at=access.at))
        _end_with(work, access, found)


def _version(rules: LocalRules) -> str:
    """Return which text is read out: the council's own, by its first day, or the one that ships."""
    return rules.consent_from.isoformat() if rules.consent_from else WORDING


def _member(work: Work, access: Access, viewing: UUID, person: UUID) -> Sight:
    sight = see(work, access, viewing)
    enter(work, sight)
    if person not in sight.people:
        raise NotFound
    work.remark(subject=person)
    return sight


def _keeper(access: Access) -> UUID:
    if access.account is None:
        raise Refused
    return access.account


def _asked(work: Work, access: Access, person: UUID, consent: UUID) -> Consent:
    for each in work.consents.about([person]):
        if each.reference == consent and may_know(access, each):
            return each
    raise NotFound


def _answer(work: Work, access: Access, asked: Consent, reply: Reply) -> None:
    """Keep the reply; a no ends whatever was agreed before."""
    kept = Answered(
        by=_keeper(access),
        at=access.at,
        manner=reply.manner,
        giver=reply.giver,
        authority_seen=reply.authority_seen,
        start=None if reply.days is None else access.today,
        end=None if reply.days is None else access.today + timedelta(days=reply.days),
    )
    answered(asked, kept)
    if not kept.is_given:
        _end_with(work, access, asked)
    work.consents.answer(asked.reference, kept)
    work.remark(words="given" if kept.is_given else "refused")


def _end_with(work: Work, access: Access, ended: Consent) -> None:
    over = Withdrawal(by=_keeper(access), at=access.at)
    for each in ends_with(work.consents.about([ended.person]), ended, access.at):
        work.consents.withdraw(each.reference, over)
