"""A report on a sent file as its page arranges it."""

from dataclasses import dataclass
from itertools import groupby

from directory.domain.brake import Ground, Share
from directory.domain.extracts import ExtractOutcome, Report
from directory.web.pages import Shown

_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView(Shown):
    """How many of how many would be taken away; `what` names the figure."""

    what: str
    lost: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView(Shown):
    """One fault of one line; line 0 is the file as a whole."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView(Shown):
    """The counts of a report, its figures and the first of its refusals."""

    outcome: ExtractOutcome
    lines: int
    good: int
    known: int
    refused_lines: int
    absent: int
    shares: tuple[ShareView, ...]
    grounds: tuple[Ground, ...]
    number: int
    refusals: tuple[RefusalView, ...]
    more: int
    dropped: tuple[str, ...]
    numbered: tuple[str, ...]


def report_view(report: Report) -> ReportView:
    """Return the report as its page shows it."""
    refusals = tuple(
        RefusalView(line=each.line, column=each.column, reason=each.reason)
        for each in report.refused[:_MOST_SHOWN]
    )
    shown_lines = sum(1 for line, _ in groupby(refusals, lambda each: each.line) if line)
    return ReportView(
        outcome=report.outcome,
        lines=report.lines,
        good=report.taken,
        known=report.known,
        refused_lines=report.refused_lines,
        absent=report.absent,
        shares=_shares(report),
        grounds=report.toll.grounds,
        number=report.number,
        refusals=refusals,
        more=max(0, report.refused_lines - shown_lines),
        dropped=report.dropped_columns,
        numbered=report.numbered_columns,
    )


def _shares(report: Report) -> tuple[ShareView, ...]:
    toll = report.toll
    of = toll.involvements
    found = {
        "ended": Share(lost=toll.ended, of=of),
        "held": Share(lost=toll.held, of=of),
        "blanked": Share(lost=toll.blanked, of=of),
        "practitioners": toll.practitioners,
        "teams": toll.teams,
    }
    return tuple(
        ShareView(what=what, lost=share.lost, of=share.of) for what, share in found.items()
    )
