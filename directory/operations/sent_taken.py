"""Take the lines that programmes sent, on the path that a file's lines take, some at a time."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.extracts import Delivery, Settled
from directory.domain.programmes import Programme
from directory.domain.sent_lines import StandingSent, WaitingSent
from directory.domain.vocabulary import Role, Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
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
from directory.operations.sent_lines import Read, line_of
from directory.operations.upkeep import enter_own
from directory.policy.permissions import Action

_TAKEN_AT_ONCE = 75  # so that the write lock is held for less than 50 ms
_BY_HAND = 0  # the delivery of what no file brought, as for what a desk adds


def take_sent(ledger: Ledger, access: Access) -> int:
    """Take what programmes sent, each with its own rights, and return how many lines were taken.

    A line that a file on its way speaks of too is left for the next time, and so is what a
    programme sent that was shut out meanwhile.
    """
    taken = 0
    while senders := ledger.senders_due(access, action=Action.EXTRACT_TAKE):
        some = 0
        for each in senders:
            with suppress(Refused):
                some += _take_some(ledger, _as_sender(access, each))
        taken += some
        if not some:
            break
    return taken


def _as_sender(access: Access, sender: Programme) -> Access:
    return Access(
        at=access.at,
        role=Role.PROGRAMME,
        name=sender.name,
        organisation=sender.organisation,
        service=sender.service,
        programme=sender.reference,
        scopes=sender.scopes,
    )


def _take_some(ledger: Ledger, access: Access) -> int:
    """Take the oldest lines of a programme, and return how many."""
    with ledger.entry(access, Event.LINES_TAKEN, action=Action.INVOLVEMENTS_SEND) as work:
        service = enter_own(work, access)
        if access.programme is None:
            raise Refused
        due = work.sent.due(access.programme, most=_TAKEN_AT_ONCE)
        first = work.extracts.reserve(len(due))  # whoever stages lines asks anew whose they are
        taken = _Taking(work, service, due).take(first)
        work.sent.taken([each.reference for each in due if each.source_reference in taken])
        work.extracts.recount(service)
        work.remark(words=f"{len(taken)} lines")
    return len(taken)


class _Taking:
    """Some lines on their way from what was sent to what is seen."""

    def __init__(self, work: Work, service: Service, due: Sequence[WaitingSent]) -> None:
        """Read what stands of them now."""
        references = [each.source_reference for each in due]
        self._work = work
        self._service = service
        self._sent = {each.source_reference: each for each in due}
        self._read: Mapping[str, Read] = {
            each.source_reference: line_of(service, each.source_reference, each.parts, work.access)
            for each in due
        }
        self._standing = work.sent.standing(service, references)

    def take(self, first: int) -> frozenset[str]:
        """Take the lines, numbered from `first`, and return the references of those taken."""
        lines = [each.line for each in self._read.values()]
        work, service = self._work, self._service
        asked = read_again(work, service, compared(work, service, lines))
        said = frozenset(each.line.source_reference for each in asked if self._is_of_the_same(each))
        done = self._say(said)
        others = [each for each in asked if each.line.source_reference not in said]
        return done | (self._decide(others, first) if others else frozenset())

    def _is_of_the_same(self, asked: Asked) -> bool:
        """Return whether a line says who it is about as it did, and only the rest may differ."""
        standing = self._standing.get(asked.line.source_reference)
        if standing is None or not asked.says_same_identity:
            return False
        return standing.started == asked.line.started

    def _say(self, references: frozenset[str]) -> frozenset[str]:
        """Say of known lines what was sent, as their service's desk would."""
        lines = {self._standing[each].line: each for each in references}
        kept = self._work.upkeep.kept(self._service, lines)
        today = self._work.access.today
        return frozenset(
            reference
            for line, reference in lines.items()
            if line in kept and self._work.upkeep.say(kept[line], self._read[reference].said, today)
        )

    def _decide(self, asked: Sequence[Asked], first: int) -> frozenset[str]:
        """Decide whose the lines are, and keep them; those left may be about people begun now."""
        work, met = self._work, Met()
        batch = Batch(
            answered(work, asked, met),
            met=met,
            mint=work.new_reference,
            counts=Counts(),
            heeded=heeded(work, self._service, asked),
        )
        for each in asked:
            if each.line.identity is not None:
                batch.decide(each, each.line.identity)
        work.people.new(batch.begun, work.access.at)
        self._stage(batch.settled, first)
        if batch.described:
            work.index_people(batch.described)
        left = {each.replaces.person for each in batch.settled if each.replaces}
        work.index_or_hide({each for each in left if each and each not in batch.described})
        work.matching.keep_waiting(
            self._service, batch.resembled, at=work.access.at, mint=work.new_reference
        )
        return frozenset(each.line.source_reference for each in batch.settled)

    def _stage(self, settled: Sequence[Settled], first: int) -> None:
        """Keep lines so that they are seen at once, each in place of what stood before.

        A new one stays whatever file is taken back; another is of the delivery that is seen.
        """
        work = self._work
        current = work.sent.current(self._service)
        for number, group in (
            (_BY_HAND, [each for each in settled if each.replaces is None]),
            (current, [each for each in settled if each.replaces is not None]),
        ):
            if group:
                work.extracts.stage(self._delivery(number), group, first=first)
            for key, each in enumerate(group, start=first):
                self._mark(key, each)
            first += len(group)

    def _mark(self, key: int, settled: Settled) -> None:
        """Keep that all a line says was said today, at the revision that its sender was told."""
        reference = settled.line.source_reference
        standing: StandingSent | None = self._standing.get(reference)
        revision = max(self._sent[reference].revision, (standing.revision if standing else 0) + 1)
        said, today = self._read[reference].said, self._work.access.today
        self._work.upkeep.sent(key, said, revision=revision, day=today)

    def _delivery(self, number: int) -> Delivery:
        return Delivery(
            service=self._service,
            number=number,
            token=self._work.new_reference(),
            before=None,
            as_of=self._work.access.today,
        )
