"""The brake: how much a file may take away before somebody must say that it is meant."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

MOST_REFUSED_SHARE = 0.05  # local: a larger share of refused lines stops the file
MOST_LOST_SHARE = 0.20  # local: a file that takes away more than this share is stopped
LEAST_LINES_SHARE = 0.80  # local: so is one of fewer lines than this share of the last file's
FEWEST_STANDING = 20  # local: of fewer standing lines no share stops a file
_SIX_DIGITS = 900_000
_ONE_DAY = timedelta(days=1)


class Ground(StrEnum):
    """Why a file is stopped until somebody says that it is meant."""

    INVOLVEMENTS = "involvements"  # too many would be ended, held or without a contact
    PRACTITIONERS = "practitioners"  # too many would be without phone and e-mail
    TEAMS = "teams"  # too many would be without a duty line
    LINES = "lines"  # it has far fewer than the last file


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many would be lost."""

    lost: int = 0
    of: int = 0

    @property
    def is_too_much(self) -> bool:
        """Return whether so large a share stops a file."""
        return self.lost > self.of * MOST_LOST_SHARE

    def and_more(self, *, lost: int, of: int) -> "Share":
        """Return it with so many more."""
        return Share(lost=self.lost + lost, of=self.of + of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What a file would take away, told of its own lines alone, whoever they are about.

    `standing` counts all lines that stand, `last` those of them that the last file had, `lines`
    the file's own, refused ones too. Of `involvements`, the lines about involvements that it may
    take something from, it would end some, hold some, and leave some without their contact.
    """

    standing: int = 0
    last: int = 0
    lines: int = 0
    involvements: int = 0
    ended: int = 0
    held: int = 0
    blanked: int = 0
    practitioners: Share = field(default_factory=Share)
    teams: Share = field(default_factory=Share)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Return why the file is stopped, nothing where it is not."""
        if self.standing < FEWEST_STANDING:
            return ()
        lost = Share(lost=self.ended + self.held + self.blanked, of=self.involvements)
        found = {
            Ground.INVOLVEMENTS: lost.is_too_much and lost.of >= FEWEST_STANDING,
            Ground.PRACTITIONERS: self.practitioners.is_too_much,
            Ground.TEAMS: self.teams.is_too_much,
            Ground.LINES: self.lines < self.last * LEAST_LINES_SHARE,
        }
        return tuple(ground for ground, is_so in found.items() if is_so)


def too_many_refused(*, refused: int, lines: int) -> bool:
    """Return whether so many refused lines stop the whole file."""
    return refused > lines * MOST_REFUSED_SHARE


def number_of(digest: bytes) -> int:
    """Return the six digits by which somebody says that the file of `digest` is meant.

    They follow from the file's bytes, so that no script can add them to the next file unread.
    """
    return 100_000 + int.from_bytes(digest[:8]) % _SIX_DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLine:
    """What is asked of every standing line of a feed; `as_of` is None where its last file had it.

    `key` is its row.
    """

    reference: str
    key: int
    as_of: date | None
    is_involvement: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """What is asked of an involvement that a file lacks; `said_on` is its desk's last word.

    `key` is its row, `ended` the first day after it.
    """

    key: int
    started: date | None
    last_involved: date | None
    ended: date | None
    said_on: date | None

    def goes_on(self, as_of: date) -> bool:
        """Return whether it went on until a file as of `as_of` left it out.

        What its desk said on that day or later is the newer word.
        """
        is_told = self.said_on is not None and self.said_on >= as_of
        return not is_told and (self.ended is None or self.ended > as_of)

    def ended_by(self, as_of: date) -> date:
        """Return the first day after it, as a file as of `as_of` says by leaving it out.

        Its last day is the one before the file's, for on that day it was gone; but it never ends
        before a day on which it is known to have gone on.
        """
        known = [each + _ONE_DAY for each in (self.started, self.last_involved) if each is not None]
        return max([as_of, *known])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Whom a standing involvement leads to: a practitioner's phone or e-mail, or a duty line."""

    by_lead: bool
    by_duty_line: bool

    def is_lost(self, *, keeps_duty_line: bool) -> bool:
        """Return whether a line that leads to no practitioner any more loses whom it led to."""
        return self.by_lead or (self.by_duty_line and not keeps_duty_line)
