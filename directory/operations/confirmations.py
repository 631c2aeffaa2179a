"""Ask a practitioner which involvements they still lead, and keep what they say."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from directory.domain.access import Access, Refused
from directory.domain.confirmations import ASKED_AT_ONCE, Word
from directory.domain.events import Event
from directory.domain.upkeep import Kept, Lead, Said
from directory.domain.vocabulary import Purpose, Relationship, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.upkeep import may_see
from directory.policy.confirmations import DisclosedOwnLead, disclose_own_lead
from directory.policy.disclosed import fields_shown
from directory.policy.permissions import POWERS, Action

Answers = Mapping[int, tuple[int, Word]]
"""What is said of each line, which was shown at a revision."""


def list_asked(ledger: Ledger, access: Access) -> tuple[DisclosedOwnLead, ...]:
    """Return the involvements that name the user and are to be confirmed.

    Whose account is no practitioner's is asked about nothing.
    """
    with ledger.entry(access, Event.CONFIRMATIONS_LISTED, action=Action.CONTACT_CONFIRM) as work:
        practitioner, service = access.practitioner, _service(work, access)
        if practitioner is None or service is None:
            return ()
        lines = work.confirmations.due(service, practitioner, access.today, most=ASKED_AT_ONCE)
        told = may_see(work, _own(work, service, practitioner, lines).values())
        shown = tuple(disclose_own_lead(access, each, person) for each, person in told)
        work.remark(
            shown=tuple(each.person for each, _ in told if each.person), fields=fields_shown(shown)
        )
    return shown


def answer(ledger: Ledger, access: Access, *, answers: Answers) -> int:
    """Keep what the user says of involvements that name them; return of how many.

    One that somebody changed meanwhile is left as it is, and asked about again. What has ended
    ends with today; what they do not lead is their team's until its desk names somebody.
    """
    with ledger.entry(access, Event.CONFIRMATION_GIVEN, action=Action.CONTACT_CONFIRM) as work:
        practitioner, service = access.practitioner, _service(work, access)
        if practitioner is None or service is None or access.account is None:
            raise Refused
        if len(answers) > ASKED_AT_ONCE:
            raise Refused
        said: Counter[Word] = Counter()
        people = []
        own = _own(work, service, practitioner, answers)
        for each, _ in may_see(work, own.values()):
            revision, word = answers[each.line]
            if each.revision == revision and _keep(work, access, access.account, each, word):
                said[word] += 1
                people.append(each.person)
        work.remark(
            shown=tuple(filter(None, people)),
            words=", ".join(f"{word} {said[word]}" for word in Word),
        )
    return said.total()


def _service(work: Work, access: Access) -> Service | None:
    """Return the service that names the user, and say in the entry on what ground it is kept."""
    named = access.practitioner
    service = work.confirmations.service_of(named) if named else None
    work.remark(
        service=service,
        purpose=Purpose.OWN_SERVICE,
        power=POWERS[Purpose.OWN_SERVICE],
        relationship=Relationship.OWN_SERVICE,
    )
    return service


def _own(
    work: Work, service: Service, practitioner: UUID, lines: Collection[int]
) -> dict[int, Kept]:
    """Return those of `lines` that name the practitioner."""
    found = work.upkeep.kept(service, list(lines)) if lines else {}
    return {
        line: each
        for line, each in found.items()
        if each.lead is not None and each.lead.reference == practitioner
    }


def _keep(work: Work, access: Access, account: UUID, kept: Kept, word: Word) -> bool:
    if word is Word.STILL:
        return work.upkeep.confirm(kept, access.today, account)
    lead, ended = kept.said.lead, kept.ended
    if word is Word.NOT_ME:
        lead = Lead(team=lead.team, practitioner=None)
    else:
        ended = access.today + timedelta(days=1)
    said = Said(lead=lead, last_involved=kept.last_involved, ended=ended)
    return work.upkeep.say(kept, said, access.today)
