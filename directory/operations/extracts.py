"""Take a service's extract, or check it without taking it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from directory.domain.access import Access
from directory.domain.agencies import Feed
from directory.domain.brake import Toll
from directory.domain.dates import LONDON
from directory.domain.events import Event
from directory.domain.extracts import (
    AsOfRefused,
    Delivery,
    ExtractOutcome,
    FeedBusy,
    FeedUnknown,
    FileChanged,
    Report,
)
from directory.domain.vocabulary import Service
from directory.ledger.door import AuditUnavailable, Ledger
from directory.ledger.work import Work
from directory.operations.absent import NOTHING_ABSENT, Absent, weighed
from directory.operations.columns import Meanings, is_header
from directory.operations.deciding import Counts
from directory.operations.foreseeing import Foresight
from directory.operations.intake import Arrival, Gauge, Intake, Progress
from directory.operations.opening import opened
from directory.operations.reading import Unreadable
from directory.operations.restrictions import complete_due
from directory.operations.staging import Staging
from directory.operations.survey import Survey
from directory.operations.workbooks import Wanted
from directory.policy.permissions import Action

STALE_CLAIM = timedelta(hours=1)
"""After this a take that died may be taken over by another."""

_NO_DIGEST = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A file that is meant as it is, by the number that the report on its very bytes named."""

    file: Path | bytes
    number: int


def check(
    ledger: Ledger,
    access: Access,
    *,
    file: Path | bytes,
    service: Service,
    as_of: date,
    progress: Progress,
) -> Report:
    """Return the report that taking `file` would give, and change nothing.

    Raise FeedUnknown or AsOfRefused where it could not be taken whatever it says.
    """
    arrival = Arrival(service=service, as_of=as_of, gauge=Gauge(progress))
    with ledger.entry(access, Event.EXTRACT_CHECKED, action=Action.EXTRACT_TAKE) as work:
        feed, meanings = _admitted(work, access, arrival)
        try:
            with opened(file, _wanted(service, meanings)) as source:
                report = _foreseen(work, feed, Intake(arrival, source, meanings))
        except Unreadable as fault:
            report = arrival.unreadable(fault)
        work.remark(words=_words(report))
    return report


def take(
    ledger: Ledger,
    access: Access,
    *,
    file: Path | bytes | Meant,
    service: Service,
    as_of: date,
    progress: Progress,
) -> Report:
    """Take `file` as the next delivery of the feed of `service`: all of it is seen, or nothing.

    Raise FeedUnknown, AsOfRefused, FeedBusy while another take of the feed goes on, or
    FileChanged. Whatever stops it, what was seen before is seen still. One that takes too much
    away is BRAKED, unless it was `Meant`.
    """
    number = file.number if isinstance(file, Meant) else 0
    arrival = Arrival(service=service, as_of=as_of, gauge=Gauge(progress), although=number)
    taking = _Taking(ledger, access, arrival)
    try:
        report = taking.take(file.file if isinstance(file, Meant) else file)
    except BaseException:
        taking.give_up()
        raise
    taking.tidy(report)
    return report


class _Taking:
    """One take of a claimed feed, step by step."""

    def __init__(self, ledger: Ledger, access: Access, arrival: Arrival) -> None:
        """Claim the feed, or raise why it cannot be."""
        self._ledger = ledger
        self._access = access
        self._arrival = arrival
        self._delivery, self._meanings = self._claimed()
        self._staging = Staging(ledger, access, self._delivery, pulse=arrival.gauge.pulse)

    def take(self, file: Path | bytes) -> Report:
        """Read, stage and show the file, or stop it."""
        digest = _NO_DIGEST
        try:
            with opened(file, _wanted(self._arrival.service, self._meanings)) as source:
                digest = source.digest
                return self._take(Intake(self._arrival, source, self._meanings))
        except Unreadable as fault:
            return self._stop(self._arrival.unreadable(fault), digest)

    def tidy(self, report: Report) -> None:
        """Bring the search to what is seen now, where the file was taken."""
        if report.outcome is ExtractOutcome.TAKEN:
            self._staging.describe_again()
        self._arrival.gauge.finish()

    def give_up(self) -> None:
        """Leave the feed to another take; if even that fails, the claim ends by its age."""
        with suppress(AuditUnavailable), self._entry(Event.EXTRACT_STOPPED) as work:
            work.remark(words="interrupted")
            work.extracts.release(self._delivery)

    def _claimed(self) -> tuple[Delivery, Meanings]:
        access = self._access
        with self._entry(Event.EXTRACT_STAGED) as work:
            _, meanings = _admitted(work, access, self._arrival)
            delivery = work.extracts.claim(
                self._arrival.service,
                token=work.new_reference(),
                at=access.at,
                stale=access.at - STALE_CLAIM,
                as_of=self._arrival.as_of,
            )
            if delivery is None:
                raise FeedBusy(busy(work.extracts.claimed_at(self._arrival.service) or access.at))
            return delivery, meanings

    def _take(self, intake: Intake) -> Report:
        self._staging.take_back()
        with self._entry(Event.EXTRACT_STAGED) as work:
            survey = intake.survey(work)
            waiting = self._waiting_of_same_file(work, intake, survey)
            absent = NOTHING_ABSENT
            if waiting is None:
                absent = weighed(work, self._arrival.service, survey, as_of=self._arrival.as_of)
        stopped = intake.stopped(survey) or intake.braked(survey, absent)
        if stopped is not None:
            return self._stop(stopped, intake.digest)
        if waiting is None:
            counts = self._stage(intake, survey, absent)
        else:
            taken = survey.lines - len(survey.refused)
            counts = Counts(known=taken - waiting, waiting=waiting)
        if not intake.source.is_unchanged():
            raise FileChanged("the file was changed while it was read")
        report = intake.report(survey, ExtractOutcome.TAKEN, counts, absent=absent)
        self._show(report, intake.digest)
        return report

    def _waiting_of_same_file(self, work: Work, intake: Intake, survey: Survey) -> int | None:
        with work.extracts_unlocked() as extracts:
            return extracts.waiting_of_same_file(
                self._delivery, digest=intake.digest, refused=len(survey.refused)
            )

    def _stage(self, intake: Intake, survey: Survey, absent: Absent) -> Counts:
        self._staging.stage_contacts(survey)
        self._staging.stage_lines(intake.lines(survey))
        complete_due(self._ledger, self._access)
        self._staging.settle_absent(absent)
        return self._staging.counts

    def _show(self, report: Report, digest: bytes) -> None:
        with self._entry(Event.EXTRACT_TAKEN) as work:
            with work.extracts_unlocked() as extracts:
                unmatched = extracts.unmatched(self._arrival.service)
            shown = work.extracts.show(
                self._delivery, as_of=report.as_of, at=self._access.at, unmatched=unmatched
            )
            if not shown:
                raise FeedBusy("another take of this feed has begun")
            work.extracts.keep(self._delivery, report, digest=digest, at=self._access.at)
            work.remark(words=_words(report))

    def _stop(self, report: Report, digest: bytes) -> Report:
        with self._entry(Event.EXTRACT_STOPPED) as work:
            work.agencies.fail_feed(self._arrival.service, self._access.at)
            work.extracts.keep(self._delivery, report, digest=digest, at=self._access.at)
            work.extracts.release(self._delivery)
            work.remark(words=_words(report))
        return report

    @contextmanager
    def _entry(self, event: Event) -> Iterator[Work]:
        with self._ledger.entry(self._access, event, action=Action.EXTRACT_TAKE) as work:
            work.remark(service=self._arrival.service)
            yield work


def _admitted(work: Work, access: Access, arrival: Arrival) -> tuple[Feed, Meanings]:
    """Return the feed and its headings, if it was set up and the file is not from before it."""
    work.remark(service=arrival.service)
    with work.extracts_unlocked() as extracts:
        feed = extracts.feed(arrival.service)
        meanings = extracts.meanings.of(arrival.service)
    if feed is None:
        raise FeedUnknown(f"the council was not set up with {arrival.service}")
    if arrival.as_of > access.today:
        raise AsOfRefused("the as-of date is in the future")
    if feed.as_of is not None and arrival.as_of < feed.as_of:
        raise AsOfRefused(f"the as-of date is before {feed.as_of}, that of the lines in use")
    return feed, meanings


def _wanted(service: Service, meanings: Meanings) -> Wanted:
    return partial(is_header, service=service, meanings=meanings)


def _foreseen(work: Work, feed: Feed, intake: Intake) -> Report:
    survey = intake.survey(work)
    stopped = intake.stopped(survey)
    if stopped is not None:
        return stopped
    absent = weighed(work, feed.service, survey, as_of=intake.arrival.as_of)
    braked = intake.braked(survey, absent)
    if braked is not None:
        return braked
    foresight = Foresight(work, feed)
    foresight.look(intake.lines(survey))
    intake.arrival.gauge.finish()
    return intake.report(survey, ExtractOutcome.CHECKED, foresight.counts, absent=absent)


def busy(since: datetime) -> str:
    """Return why a feed that is claimed since then cannot be claimed."""
    begun = since.astimezone(LONDON)
    return (
        f"another file of this feed is being taken since {begun:%H:%M};"
        f" should that take have died, the feed is free again at {begun + STALE_CLAIM:%H:%M}"
    )


def _words(report: Report) -> str:
    return (
        f"{report.outcome} as of {report.as_of}: {report.lines} lines, {report.linked} linked,"
        f" {report.new} new, {report.known} known, {report.changed} changed,"
        f" {report.waiting} waiting, {report.refused_lines} refused; {_toll_words(report.toll)}"
    )


def _toll_words(toll: Toll) -> str:
    return (
        f"of {toll.involvements} involvements {toll.ended} ended, {toll.held} held,"
        f" {toll.blanked} without contact"
    )
