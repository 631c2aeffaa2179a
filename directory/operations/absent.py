"""Weigh what a file would take away from the lines that stand, before anything of it is staged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from directory.domain.brake import Share, StandingLine, Toll
from directory.domain.extracts import SentPractitioner
from directory.domain.vocabulary import Absence, Service
from directory.ledger.work import Work
from directory.operations.survey import Survey, in_parts

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """What a file lacks: the keys of lines that are to be pinned, ended on a day, or held.

    `lines` counts the standing lines that are not even refused in it, `toll` what it takes away.
    """

    lines: int
    unpinned: tuple[int, ...]
    ended: Mapping[int, date]
    held: tuple[int, ...]
    toll: Toll


NOTHING_ABSENT = Absent(lines=0, unpinned=(), ended={}, held=(), toll=Toll())
"""What a file lacks that was not weighed, or says again what the last one said."""


@dataclass(slots=True, kw_only=True)
class _Found:
    """What the walk through all standing lines found so far."""

    standing: int = 0
    last: int = 0
    lines: int = 0
    involvements: set[int] = field(default_factory=set)
    unpinned: list[int] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    leaderless: dict[int, bool] = field(default_factory=dict)  # by key: whether a duty line stays


def weighed(work: Work, service: Service, survey: Survey, *, as_of: date) -> Absent:
    """Return what the surveyed file as of `as_of` would take away, read on snapshots.

    A line is told by its reference alone, whoever it is about and whether or not anybody is
    matched to it: its sender is told the figures. Where a refused line does not say its reference
    it may be any line, so none is ended or held.
    """
    found = _walked(work, service, survey)
    ended, held = _becoming(work, service, found.absent, as_of)
    blanked = _blanked(work, found.leaderless, as_of)
    toll = Toll(
        standing=found.standing,
        last=found.last,
        lines=survey.lines,
        involvements=len(found.involvements.union(ended, held, blanked)),
        ended=len(ended),
        held=len(held),
        blanked=len(blanked),
        practitioners=_practitioners(work, survey),
        teams=_teams(work, survey),
    )
    return Absent(
        lines=found.lines,
        unpinned=tuple(found.unpinned),
        ended=ended,
        held=held,
        toll=toll,
    )


def _walked(work: Work, service: Service, survey: Survey) -> _Found:
    found = _Found()
    after: str | None = ""
    while after is not None:
        with work.extracts_unlocked() as extracts:
            rows = extracts.absent.standing_after(service, after=after, most=_AT_ONCE)
        for each in rows:
            _meet(found, each, survey)
        after = rows[-1].reference if len(rows) == _AT_ONCE else None
    return found


def _meet(found: _Found, each: StandingLine, survey: Survey) -> None:
    found.standing += 1
    if each.as_of is None:
        found.last += 1
        if each.is_involvement:
            found.involvements.add(each.key)
    if each.reference in survey.references:
        if each.reference in survey.leaderless:
            found.leaderless[each.key] = each.reference not in survey.mute
        return
    if each.as_of is None:
        found.unpinned.append(each.key)
    if each.reference in survey.spared:
        return
    found.lines += 1
    if each.is_involvement and not survey.unnamed:
        found.absent.append(each.key)


def _becoming(
    work: Work, service: Service, absent: list[int], as_of: date
) -> tuple[dict[int, date], tuple[int, ...]]:
    """Return which absent lines are to be ended, with the first day after, and which to be held."""
    absence = work.absence(service)
    if absence is Absence.KEEP:
        return {}, ()
    ended: dict[int, date] = {}
    for keys in in_parts(absent, _AT_ONCE):
        with work.extracts_unlocked() as extracts:
            involved = extracts.absent.involved(keys)
        ended |= {each.key: each.ended_by(as_of) for each in involved if each.goes_on(as_of)}
    return (ended, ()) if absence is Absence.END else ({}, tuple(ended))


def _blanked(work: Work, leaderless: Mapping[int, bool], as_of: date) -> set[int]:
    """Return the keys of those lines that lose whom they led to."""
    blanked: set[int] = set()
    for keys in in_parts(leaderless, _AT_ONCE):
        with work.extracts_unlocked() as extracts:
            reached = extracts.absent.reached(keys, as_of=as_of)
        blanked |= {
            key for key, each in reached.items() if each.is_lost(keeps_duty_line=leaderless[key])
        }
    return blanked


def _practitioners(work: Work, survey: Survey) -> Share:
    """Return how many whom the file names had a phone or an e-mail, and have neither in it."""
    share = Share()
    for sent in in_parts(survey.practitioners, _AT_ONCE):
        ids = {each.practitioner.reference: _is_blank(each) for each in sent}
        with work.extracts_unlocked() as extracts:
            reachable = extracts.contacts.reachable_practitioners(ids)
        share = share.and_more(lost=sum(ids[each] for each in reachable), of=len(reachable))
    return share


def _teams(work: Work, survey: Survey) -> Share:
    """Return how many that the file names had a duty line, and have none in it."""
    share = Share()
    for sent in in_parts(survey.teams, _AT_ONCE):
        ids = {each.team.reference: not each.team.duty_line for each in sent}
        with work.extracts_unlocked() as extracts:
            reachable = extracts.contacts.reachable_teams(ids)
        share = share.and_more(lost=sum(ids[each] for each in reachable), of=len(reachable))
    return share


def _is_blank(sent: SentPractitioner) -> bool:
    """Return whether nobody could ring them; whoever has left is not meant to be rung."""
    who = sent.practitioner
    return who.left_on is None and not (who.phone or who.email)
