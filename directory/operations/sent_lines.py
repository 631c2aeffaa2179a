"""Send involvements of one's own service through a programme: kept at once, taken unseen soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.extracts import (
    Line,
    LineKind,
    Refusal,
    identity_digest,
    practitioner_id,
    team_id,
)
from directory.domain.identifiers import NO_REFERENCE, is_reference, parse_reference
from directory.domain.sent_lines import (
    Became,
    NotSentSo,
    Once,
    Sent,
    SentAnswer,
    StandingSent,
    WaitingSent,
)
from directory.domain.upkeep import Lead, Said, UpkeepFault, check_said, is_added_by_hand
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.columns import Columns
from directory.operations.fields import Fields
from directory.operations.identities import identity_of, term_of
from directory.operations.sent_once import answered_before, keep_answers
from directory.operations.upkeep import enter_own
from directory.policy.permissions import Action

PARTS = (
    "forenames",
    "surname",
    "known_as",
    "former_surname",
    "date_of_birth",
    "house",
    "street",
    "postcode",
    "nhs_number",
    "upn",
    "started",
    "last_involved",
    "ended",
    "team_reference",
    "practitioner_reference",
)
_COLUMNS = Columns(
    places={part: place for place, part in enumerate(PARTS)}, width=len(PARTS), dropped=()
)
_LEAD = frozenset({"team_reference", "practitioner_reference"})
_OF_FILES = "the extract’s as-of date"
_TWICE = "stands in what was sent twice"


def send(
    ledger: Ledger, access: Access, *, lines: Sequence[Sent], once: Once | None
) -> tuple[SentAnswer, ...]:
    """Keep the lines to be taken, and return what became of each, whoever it is about.

    With `once`, the same lines under the same key are answered alike, and kept once: raises
    SentOtherwise for others. Raises NotSentSo for children's social care.
    """
    with ledger.entry(access, Event.LINES_SENT, action=Action.INVOLVEMENTS_SEND) as work:
        service = enter_own(work, access)
        if not is_added_by_hand(service):
            raise NotSentSo
        before = answered_before(work, access, once)
        if before is not None or access.programme is None:
            return before or ()
        desk = _desk(work, service, lines)
        answers = tuple(desk.answer(each) for each in lines)
        work.sent.keep(access.programme, desk.kept.values(), access.at)
        keep_answers(work, access, once, answers)
    return answers


def line_of(service: Service, reference: str, parts: Mapping[str, str], access: Access) -> "Read":
    """Return what was sent as a line of the service's file, with everything wrong with it."""
    fields = Fields(1, [parts.get(part, "") for part in PARTS], _COLUMNS)
    identity = identity_of(fields, access.today)
    if service is not Service.SCHOOL and fields.raw("upn"):
        fields.fault("upn", "is a school’s to send")
    started, last_involved, ended = term_of(fields, access.today)
    line = Line(
        number=1,
        kind=LineKind.INVOLVEMENT,
        source_reference=reference,
        identity=identity,
        team=fields.must("team_reference", parse_reference) or "",
        practitioner=fields.parsed("practitioner_reference", parse_reference) or "",
        started=started,
        last_involved=last_involved,
        ended=ended,
    )
    said = Said(
        lead=Lead(
            team=team_id(service, line.team),
            practitioner=practitioner_id(service, line.practitioner) if line.practitioner else None,
        ),
        last_involved=last_involved,
        ended=ended,
    )
    try:
        check_said(said, started=started, today=access.today)
    except UpkeepFault as fault:
        fields.fault("last_involved", str(fault))
    return Read(line=line, said=said, faults=tuple(fields.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was sent as a line, what it says of its involvement, and what is wrong with it."""

    line: Line
    said: Said
    faults: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What stands of the references that are sent, and the lines kept so far, by reference."""

    work: Work
    service: Service
    leads: Mapping[Lead, tuple[str, str]]
    standing: Mapping[str, StandingSent]
    waiting: Mapping[str, WaitingSent]
    kept: dict[str, WaitingSent]
    answered: set[str]

    def answer(self, sent: Sent) -> SentAnswer:
        """Return what becomes of a line, and keep it where it is to be taken."""
        access, reference = self.work.access, sent.reference
        found = line_of(self.service, reference, sent.parts, access)
        faults = self._faults(reference, found)
        self.answered.add(reference)
        if faults:
            return SentAnswer(reference=sent.reference, became=Became.REFUSED, faults=faults)
        revision = self._revision(reference)
        if sent.seen and sent.seen != str(revision):
            return SentAnswer(
                reference=reference, became=Became.STALE, revision=str(revision or "")
            )
        if not self._says_the_same(reference, found, sent.parts):
            revision += 1
            self.kept[reference] = WaitingSent(
                reference=self.work.new_reference(),
                service=self.service,
                source_reference=reference,
                revision=revision,
                parts=_parts(sent.parts),
            )
        return SentAnswer(
            reference=reference,
            became=Became.TAKEN,
            revision=str(revision),
            is_new=reference not in self.standing and reference not in self.waiting,
        )

    def _revision(self, reference: str) -> int:
        """Return the revision that its sender may have seen, 0 where nothing stands."""
        waiting, standing = self.waiting.get(reference), self.standing.get(reference)
        if waiting is not None:
            return waiting.revision
        return standing.revision if standing is not None else 0

    def _says_the_same(self, reference: str, found: Read, parts: Mapping[str, str]) -> bool:
        waiting, standing = self.waiting.get(reference), self.standing.get(reference)
        if waiting is not None:
            return waiting.parts == _parts(parts)
        if standing is None:
            return False
        identity = identity_digest(self.work.extracts.digest(found.line))
        now = (identity, found.line.started, found.said)
        return now == (standing.identity, standing.started, standing.said)

    def _faults(self, reference: str, found: Read) -> tuple[Refusal, ...]:
        faults = list(found.faults)
        if not is_reference(reference):
            faults.append(_fault("source_reference", NO_REFERENCE))
        if reference in self.answered:
            faults.append(_fault("source_reference", _TWICE))
        if not {each.column for each in faults} & _LEAD:
            faults += self._faults_of_lead(found.said.lead)
        return tuple(
            replace(each, line=0, reason=each.reason.replace(_OF_FILES, "today")) for each in faults
        )

    def _faults_of_lead(self, lead: Lead) -> list[Refusal]:
        if lead in self.leads:
            return []
        if replace(lead, practitioner=None) not in self.leads:
            return [_fault("team_reference", "is no team of your service: send its people first")]
        return [_fault("practitioner_reference", "works in no such team of your service today")]


def _desk(work: Work, service: Service, lines: Sequence[Sent]) -> _Desk:
    references = [each.reference for each in lines if is_reference(each.reference)]
    return _Desk(
        work=work,
        service=service,
        leads=work.upkeep.leads(service, work.access.today),
        standing=work.sent.standing(service, references),
        waiting=work.sent.waiting(service, references),
        kept={},
        answered=set(),
    )


def _parts(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the parts that say anything."""
    return {name: parts[name] for name in PARTS if parts.get(name)}


def _fault(column: str, reason: str) -> Refusal:
    return Refusal(line=0, column=column, reason=reason)
