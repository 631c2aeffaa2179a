"""Foresee what would become of a file's lines, without staging any."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from directory.domain.agencies import Feed
from directory.domain.extracts import Line, LinkAnswer, Linking
from directory.domain.people import Identity
from directory.ledger.work import Work
from directory.operations.deciding import Asked, Counts, Met, answered, compared, not_kept, seems
from directory.operations.resembling import Mark, begins_somebody, sure_marks
from directory.operations.survey import in_parts

_AT_ONCE = 200


class Foresight:
    """What would become of lines; `counts` are close, not certain.

    A file's own new people cannot be searched for, as they are not there: only sure marks tell
    that two of its lines are about the same one.
    """

    def __init__(self, work: Work, feed: Feed) -> None:
        """Look through `work`, on snapshots alone."""
        self._work = work
        self._feed = feed
        self._marks: set[Mark] = set()
        self._waiting: set[str] = set()
        self._met = Met()
        self.counts = Counts()

    def look(self, lines: Iterator[Line]) -> None:
        """Count what would become of `lines`."""
        for part in in_parts(lines, _AT_ONCE):
            asked = compared(self._work, self._feed.service, part)
            moved = [each for each in asked if not each.stands(self._feed.as_of)]
            self.counts.known += len(asked) - len(moved)
            answers = answered(self._work, moved, self._met)
            apart = self._apart(moved)
            for each in moved:
                others = apart.get(each.line.source_reference, frozenset())
                self._count(each, answers.get(each.identity), others)

    def _apart(self, asked: Sequence[Asked]) -> Mapping[str, frozenset[UUID]]:
        """Return whom lines must not be linked to; nothing is read for lines that are known."""
        unknown = not_kept(asked)
        if not unknown:
            return {}
        with self._work.matching_unlocked() as matching:
            return matching.apart(self._feed.service, unknown)

    def _count(self, asked: Asked, answer: Linking | None, apart: frozenset[UUID]) -> None:
        line = asked.line
        if asked.standing is not None and asked.standing.person is not None:
            self.counts.known += asked.says_the_same
            self.counts.changed += not asked.says_the_same
        elif line.identity is None:
            waits = not self._waiting.isdisjoint(line.named)
            self.counts.waiting += waits
            self.counts.linked += not waits
        else:
            self._count_unknown(asked, line.identity, answer, apart)

    def _count_unknown(
        self, asked: Asked, identity: Identity, answer: Linking | None, apart: frozenset[UUID]
    ) -> None:
        own = sure_marks(identity)
        person = answer.person if answer else None
        if answer and answer.held_for:
            self.counts.add_held(asked, seems(answer, identity))
        elif person in apart:
            self._wait(asked)
        elif person is not None or not self._marks.isdisjoint(own):
            self.counts.linked += 1
        elif answer and answer.answer is LinkAnswer.NEW and begins_somebody(identity):
            self.counts.new += 1
            self._marks |= own
        else:
            self._wait(asked)

    def _wait(self, asked: Asked) -> None:
        self.counts.waiting += 1
        self._waiting.add(asked.line.source_reference)
