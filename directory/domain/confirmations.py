"""Which involvements their practitioners are asked about each month, and what is unconfirmed."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from directory.domain.involvement import Involvement

ASKED_EVERY = timedelta(days=28)
NEW_FOR = timedelta(days=90)
ASKED_AT_ONCE = 100


class Word(StrEnum):
    """What a practitioner says of an involvement that names them."""

    STILL = "still"
    NOT_ME = "not_me"  # the team answers until the desk names somebody
    ENDED = "ended"


def is_asked_about(*, started: date | None, in_family: object, today: date) -> bool:
    """Return whether an involvement that goes on is to be confirmed each month.

    It is one with somebody of a family that children's social care names, or one that began in the
    last ninety days: nobody is asked about four hundred tenancies.
    """
    return bool(in_family) or (started is not None and today - started <= NEW_FOR)


def heard_on(days: Iterable[date | None]) -> date | None:
    """Return the last day on which anybody said anything that only who leads can know."""
    return max((each for each in days if each is not None), default=None)


def is_unconfirmed(involvement: Involvement, *, in_family: object, days: int, today: date) -> bool:
    """Return whether an involvement that is asked about was not heard of for more than `days`.

    A file that says the same again is no confirmation: the day of its last word is. What ended, and
    of which nobody ever said a day, is not asked about.
    """
    if involvement.ended is not None and involvement.ended <= today:
        return False
    if not is_asked_about(started=involvement.started, in_family=in_family, today=today):
        return False
    heard = heard_on((involvement.confirmed_on, involvement.last_involved, involvement.started))
    return heard is not None and today - heard > timedelta(days=days)
