"""Send practitioners of one's own service, with their teams, through a programme."""

from collections.abc import Sequence
from dataclasses import replace

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.extracts import Refusal
from directory.domain.identifiers import NO_REFERENCE, is_reference
from directory.domain.sent_lines import Became, Once, Sent, SentAnswer, Told
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.agreeing import Contacts
from directory.operations.columns import Columns
from directory.operations.fields import Fields
from directory.operations.sent_once import answered_before, keep_answers
from directory.operations.upkeep import enter_own
from directory.policy.permissions import Action

PARTS = (
    "organisation_reference",
    "organisation_name",
    "team_reference",
    "team_name",
    "team_duty_line",
    "team_out_of_hours_line",
    "practitioner_reference",
    "practitioner_name",
    "practitioner_role",
    "practitioner_phone",
    "practitioner_email",
    "practitioner_left_on",
)
_COLUMNS = Columns(
    places={part: place for place, part in enumerate(PARTS)}, width=len(PARTS), dropped=()
)

_AS_SENT = {
    "practitioner_reference": "source_reference",
    "practitioner_name": "name",
    "practitioner_role": "role",
    "practitioner_phone": "phone",
    "practitioner_email": "email",
    "practitioner_left_on": "left_on",
}


def send(
    ledger: Ledger, access: Access, *, practitioners: Sequence[Sent], once: Once | None
) -> tuple[SentAnswer, ...]:
    """Keep the practitioners and their teams, told from now on; return what became of each.

    With `once`, the same under the same key is answered alike, and kept once: raises SentOtherwise
    for others.
    """
    with ledger.entry(access, Event.PRACTITIONERS_SENT, action=Action.PRACTITIONERS_SEND) as work:
        service = enter_own(work, access)
        before = answered_before(work, access, once)
        if before is not None:
            return before
        desk = _Desk(work, service, practitioners)
        answers = tuple(
            desk.answer(number, each) for number, each in enumerate(practitioners, start=1)
        )
        work.practitioners.keep_told(service, desk.kept.values(), access.today)
        keep_answers(work, access, once, answers)
    return answers


class _Desk:
    """What stands of the practitioners that are sent, and those kept so far, by reference."""

    def __init__(self, work: Work, service: Service, sent: Sequence[Sent]) -> None:
        """Read what stands of them."""
        references = [each.reference for each in sent if is_reference(each.reference)]
        self._work = work
        self._contacts = Contacts(service)
        self._standing = work.practitioners.standing(service, references)
        self._answered: set[str] = set()
        self.kept: dict[str, Told] = {}

    def answer(self, number: int, sent: Sent) -> SentAnswer:
        """Return what becomes of a practitioner, and keep them where nothing is wrong."""
        reference = sent.reference
        parts = {**sent.parts, "practitioner_reference": reference}
        fields = Fields(number, [parts.get(part, "") for part in PARTS], _COLUMNS)
        if not is_reference(reference):
            fields.fault("practitioner_reference", NO_REFERENCE)
        self._contacts.begin()
        self._contacts.read(fields)
        if not fields.faults and reference in self._answered:
            fields.fault("practitioner_reference", "stands in what was sent twice")
        self._answered.add(reference)
        if fields.faults:
            return SentAnswer(
                reference=sent.reference,
                became=Became.REFUSED,
                faults=tuple(dict.fromkeys(map(_as_sent, fields.faults))),
            )
        stands = self._standing.get(reference)
        before = self._revision(stands) if stands else ""
        if sent.seen and sent.seen != (before or "0"):
            return SentAnswer(reference=reference, became=Became.STALE, revision=before)
        self._contacts.accept(number)
        team = self._contacts.teams[fields.raw("team_reference")]
        told = Told(practitioner=self._contacts.practitioners[reference], team=team)
        if told != stands:
            self.kept[reference] = told
        return SentAnswer(
            reference=reference,
            became=Became.TAKEN,
            revision=self._revision(told),
            is_new=stands is None,
        )

    def _revision(self, told: Told) -> str:
        """Return what tells that a practitioner and their team are as they were seen."""
        return self._work.shown_as(told.words).hex()


def _as_sent(fault: Refusal) -> Refusal:
    """Return a fault by the name that its part has where practitioners are sent by themselves."""
    column = _AS_SENT.get(fault.column, fault.column)
    return replace(fault, line=0, column=column)
