"""Stage a file's lines unseen, a few at a time, while look-ups go on."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from uuid import UUID

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.extracts import Delivery, FeedBusy, Line, Linking
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.absent import Absent
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
from directory.operations.survey import Survey, in_parts
from directory.policy.permissions import Action

_WRITTEN_AT_ONCE = 75  # so that the write lock is held for less than 50 ms
_COMPARED_AT_ONCE = 500
_MOST_ASKED_AGAIN = 5_000

Pulse = Callable[[], None]
"""Told after every unit of work."""


class Staging:
    """One claimed delivery's lines on their way; `counts` says what became of them.

    Lines are compared and matched on snapshots, which hold no lock. `_following` is the number
    the next new line gets if nobody else staged lines meanwhile: then what was matched holds.
    """

    def __init__(self, ledger: Ledger, access: Access, delivery: Delivery, *, pulse: Pulse) -> None:
        """Stage through `ledger` for `delivery`."""
        self._ledger = ledger
        self._access = access
        self._delivery = delivery
        self._following = 0
        self._pulse = pulse
        self._met = Met()
        self._queue: deque[Asked] = deque()
        self._unpinned: list[int] = []
        self._waiting: list[Line] = []
        self._has_described = False
        self.counts = Counts()

    def take_back(self) -> None:
        """Take back whatever an abandoned take of this delivery had staged."""
        more = True
        while more:
            with self._unit() as work:
                self._hold(work)
                self._following = work.extracts.reserve(1) + 1  # others match anew: people may go
                work.extracts.contacts.undo(self._delivery)
                count, people = work.extracts.undo(self._delivery, most=_WRITTEN_AT_ONCE)
                gone = work.extracts.without_line(people)
                if gone:
                    work.forget_people(gone)
                if people - gone:
                    work.index_or_hide(people - gone)
            more = count == _WRITTEN_AT_ONCE

    def stage_contacts(self, survey: Survey) -> None:
        """Stage the teams and practitioners that are new or changed."""
        for teams in in_parts(survey.teams, _COMPARED_AT_ONCE):
            with self._unit() as work:
                with work.extracts_unlocked() as extracts:
                    new_teams = extracts.contacts.changed_teams(self._delivery, teams)
                self._hold(work)
                work.extracts.contacts.stage_teams(self._delivery, new_teams)
        for practitioners in in_parts(survey.practitioners, _COMPARED_AT_ONCE):
            with self._unit() as work:
                with work.extracts_unlocked() as extracts:
                    new = extracts.contacts.changed_practitioners(self._delivery, practitioners)
                self._hold(work)
                work.extracts.contacts.stage_practitioners(self._delivery, new)

    def stage_lines(self, lines: Iterator[Line]) -> None:
        """Stage the lines that are new or changed.

        Those that wait are asked about once more at the end, for later lines may have said who
        they are about: so the order of a file matters as little as can be.
        """
        self._run(lines)
        again, self._waiting = self._waiting, []
        if again and self._has_described:
            self.counts.waiting -= len(again)
            self._run(iter(again))

    def settle_absent(self, absent: Absent) -> None:
        """Pin standing lines that the file lacks to the date they speak of; end and hold some."""
        for keys in in_parts(absent.unpinned, _COMPARED_AT_ONCE):
            with self._unit() as work:
                self._hold(work)
                work.extracts.pin(keys, self._delivery.before)
        for endings in in_parts(absent.ended.items(), _WRITTEN_AT_ONCE):
            with self._unit() as work:
                self._hold(work)
                first = work.extracts.reserve(len(endings))
                work.extracts.absent.end(self._delivery, dict(endings), first=first)
        for keys in in_parts(absent.held, _WRITTEN_AT_ONCE):
            with self._unit() as work:
                self._hold(work)
                first = work.extracts.reserve(len(keys))
                work.extracts.absent.hold(self._delivery, keys, first=first)

    def describe_again(self) -> None:
        """Make people whom lines now describe otherwise findable as what is seen now alone.

        Those of whom nobody is shown anything any more are found by nobody.
        """
        after = 0
        more = self._delivery.before is not None
        while more:
            people = set[UUID]()
            with self._entered() as work:
                while more and len(people) < _WRITTEN_AT_ONCE:
                    with work.extracts_unlocked() as extracts:
                        after, renamed = extracts.renamed(
                            self._delivery, after=after, most=_COMPARED_AT_ONCE
                        )
                    people |= renamed
                    more = after != 0
                if people:
                    work.index_or_hide(people)

    def _run(self, lines: Iterator[Line]) -> None:
        more = True
        while more:
            with self._unit() as work:
                asked = self._gather(work, lines)
                if asked or self._unpinned:
                    self._settle(work, asked)
            more = bool(self._queue) or len(asked) == _WRITTEN_AT_ONCE

    @contextmanager
    def _unit(self) -> Iterator[Work]:
        with self._entered() as work:
            yield work
        self._pulse()

    @contextmanager
    def _entered(self) -> Iterator[Work]:
        with self._ledger.entry(
            self._access, Event.EXTRACT_STAGED, action=Action.EXTRACT_TAKE
        ) as work:
            work.remark(service=self._delivery.service)
            yield work

    def _hold(self, work: Work) -> None:
        if not work.extracts.holds(self._delivery):
            raise FeedBusy("another take of this feed has begun")

    def _gather(self, work: Work, lines: Iterator[Line]) -> list[Asked]:
        """Return the next lines to be written, after comparing as many as that takes."""
        while len(self._queue) < _WRITTEN_AT_ONCE:
            part = list(islice(lines, _COMPARED_AT_ONCE))
            if not part:
                break
            self._compare(work, part)
        count = min(len(self._queue), _WRITTEN_AT_ONCE)
        return [self._queue.popleft() for _ in range(count)]

    def _compare(self, work: Work, lines: Sequence[Line]) -> None:
        for each in compared(work, self._delivery.service, lines):
            if not each.stands(self._delivery.before):
                self._queue.append(each)
                continue
            self.counts.known += 1
            if each.standing is not None and each.standing.as_of is not None:
                self._unpinned.append(each.standing.key)

    def _settle(self, work: Work, asked: Sequence[Asked]) -> None:
        asked, answers = self._answered(work, asked)
        self._hold(work)
        first = work.extracts.reserve(len(asked))
        if first != self._following:
            asked, answers = self._answered(work, asked)
        self._following = first + len(asked)
        batch = Batch(
            answers,
            met=self._met,
            mint=work.new_reference,
            counts=self.counts,
            heeded=heeded(work, self._delivery.service, asked),
            held=self._held(work, asked),
        )
        self._decide(work, batch, asked)
        work.people.new(batch.begun, self._access.at)
        work.extracts.stage(self._delivery, batch.settled, first=first)
        work.extracts.pin(self._unpinned, None)
        if batch.described:
            work.index_people(batch.described)
            self._has_described = True
        self._unpinned = []
        work.matching.keep_waiting(
            self._delivery.service, batch.resembled, at=self._access.at, mint=work.new_reference
        )
        self._waiting += batch.waiting[: max(0, _MOST_ASKED_AGAIN - len(self._waiting))]
        self._queue.extendleft(reversed(batch.deferred))

    def _held(self, work: Work, asked: Sequence[Asked]) -> frozenset[str]:
        named = [reference for each in asked for reference in each.line.named]
        return work.held(self._delivery.service, named)

    def _answered(
        self, work: Work, asked: Sequence[Asked]
    ) -> tuple[Sequence[Asked], dict[bytes, Linking]]:
        asked = read_again(work, self._delivery.service, asked)
        self._met.follow(work, asked)
        return asked, answered(work, asked, self._met)

    def _decide(self, work: Work, batch: Batch, asked: Sequence[Asked]) -> None:
        naming: list[Asked] = []
        for each in asked:
            if each.line.identity is None:
                naming.append(each)
            else:
                batch.decide(each, each.line.identity)
        if naming:
            found = work.extracts.standing(self._delivery.service, batch.elsewhere(naming))
            people = {reference: standing.person for reference, standing in found.items()}
            for each in naming:
                batch.decide_named(each, people)
