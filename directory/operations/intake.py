"""One file on its way in: read once to survey it, and once more to take its lines."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from directory.domain.brake import number_of, too_many_refused
from directory.domain.extracts import (
    ExtractOutcome,
    Line,
    Refusal,
    Report,
    Standing,
)
from directory.domain.vocabulary import Service
from directory.ledger.work import Work
from directory.operations.absent import NOTHING_ABSENT, Absent
from directory.operations.columns import Columns, Meanings, columns_of
from directory.operations.deciding import Counts
from directory.operations.lines import LineReader
from directory.operations.opening import Source
from directory.operations.reading import Unreadable
from directory.operations.survey import Survey, accepted, surveyed

Progress = Callable[[int, int], None]
"""Told how far it is, and how far it goes; the units mean nothing."""


class Gauge:
    """Tells how far a file is, and tells it again after every unit of work."""

    def __init__(self, progress: Progress) -> None:
        """Tell `progress`."""
        self._progress = progress
        self._last = (0, 1)

    def tell(self, done: int, whole: int) -> None:
        """Tell that `done` of `whole` is done."""
        self._last = (done, whole)
        self._progress(done, whole)

    def pulse(self) -> None:
        """Tell that it goes on."""
        self._progress(*self._last)

    def finish(self) -> None:
        """Tell that all is done."""
        _, whole = self._last
        self._progress(whole, whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is said of a file when it is handed in.

    `although` is the number of a file that is meant although it takes much away, 0 of none.
    """

    service: Service
    as_of: date
    gauge: Gauge
    although: int = 0

    def unreadable(self, fault: Unreadable) -> Report:
        """Return the report on a file that cannot be read at all."""
        return Report(
            service=self.service,
            as_of=self.as_of,
            outcome=ExtractOutcome.UNREADABLE,
            refused=(Refusal(line=0, column=fault.column, reason=fault.reason),),
        )


class Intake:
    """An open file with its columns known."""

    def __init__(self, arrival: Arrival, source: Source, meanings: Meanings) -> None:
        """Read the header, or raise Unreadable."""
        self.arrival = arrival
        self.source = source
        self._columns: Columns = columns_of(source.header(), arrival.service, meanings)

    @property
    def digest(self) -> bytes:
        """Return the digest of what the file says: its bytes, and what its headings stand for."""
        if not self._columns.read_as:
            return self.source.digest
        told = repr(self._columns.read_as).encode()
        return sha256(self.source.digest + told).digest()

    def survey(self, work: Work) -> Survey:
        """Return what the file says as a whole, or raise Unreadable where it has no lines."""

        def standing(references: Collection[str]) -> dict[str, Standing]:
            with work.extracts_unlocked() as extracts:
                return extracts.standing(self.arrival.service, references)

        found = surveyed(self.source.rows(self._tell), self._reader(), standing)
        if not found.lines:
            raise Unreadable("has a header and no lines")
        return found

    def lines(self, survey: Survey) -> Iterator[Line]:
        """Yield the accepted lines, read a second time."""
        rows = self.source.rows(lambda done: self._tell(self.source.size + done))
        return accepted(rows, self._reader(), survey)

    def report(
        self,
        survey: Survey,
        outcome: ExtractOutcome,
        counts: Counts,
        *,
        absent: Absent = NOTHING_ABSENT,
    ) -> Report:
        """Return the report on the file."""
        return Report(
            service=self.arrival.service,
            as_of=self.arrival.as_of,
            outcome=outcome,
            lines=survey.lines,
            linked=counts.linked,
            new=counts.new,
            known=counts.known,
            changed=counts.changed,
            waiting=counts.waiting,
            absent=absent.lines,
            refused_lines=len(survey.refused),
            refused=survey.refusals,
            dropped_columns=self._columns.dropped,
            numbered_columns=self._columns.losing_zeros(self.source.numbered),
            toll=absent.toll,
            number=self.number,
        )

    def stopped(self, survey: Survey) -> Report | None:
        """Return the report on a file of which too many lines are refused, None otherwise."""
        if not too_many_refused(refused=len(survey.refused), lines=survey.lines):
            return None
        return self.report(survey, ExtractOutcome.STOPPED, Counts())

    def braked(self, survey: Survey, absent: Absent) -> Report | None:
        """Return the report on a file that takes too much away, None where it does not.

        One of which somebody said, by its own number, that it is meant goes on.
        """
        if not absent.toll.grounds or self.arrival.although == self.number:
            return None
        return self.report(survey, ExtractOutcome.BRAKED, Counts(), absent=absent)

    @property
    def number(self) -> int:
        """Return the number by which somebody says that this very file is meant."""
        return number_of(self.digest)

    def _reader(self) -> LineReader:
        return LineReader(self.arrival.service, self._columns, self.arrival.as_of)

    def _tell(self, done: int) -> None:
        self.arrival.gauge.tell(done, 2 * self.source.size)
