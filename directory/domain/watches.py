"""Watches: that a user is told when something changes about a family, and what counts as news."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.dates import LONDON, local_day
from directory.domain.events import Event
from directory.domain.vocabulary import Purpose, Role

WATCHED_FOR = timedelta(days=90)
"""For how long a watch goes on from its beginning (local)."""

KEPT_FOR = timedelta(days=90)
"""For how long a notice is kept (local)."""

DIGEST_FROM = time(8)
"""From when, in Europe/London, the one e-mail of a day goes."""

MARK_BYTES = 8
"""The length of each keyed hash of what a board said."""

MOST_WATCHES = 100
"""How many families one user may watch at once."""


MOVES_BOARDS = frozenset(
    {
        Event.COUNCIL_SET_UP,
        Event.EXTRACT_TAKEN,
        Event.EXTRACT_UNDONE,
        Event.PRACTITIONER_LEFT,
        Event.PRACTITIONER_CHANGED,
        Event.UPKEEP_ADDED,
        Event.UPKEEP_CHANGED,
        Event.MATCH_DECIDED,
        Event.MATCH_AGREED,
        Event.MATCH_TAKEN_BACK,
        Event.PEOPLE_MERGED,
        Event.PROTECTION_ASKED,
        Event.PROTECTION_COMPLETED,
        Event.ORDER_CHANGED,
        Event.CONSENT_RECORDED,
        Event.CONSENT_WITHDRAWN,
        Event.AGREEMENT_ACTIVATED,
        Event.AGREEMENT_ENDED,
        Event.RULE_DECIDED,
    }
)
"""Acts after which a board may say something else; a number counts them, and never whose."""


class Mailing(StrEnum):
    """When a user is told of notices by e-mail."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


class TooManyWatched(Refused):
    """The user watches as many families as one may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One thing that a board said, as keyed hashes: of how much is seen of it, and what it says.

    `shown` is whether the board shows it now; what it does not show is kept and never told.
    """

    how: bytes
    what: bytes
    shown: bool = True


Facets = Mapping[bytes, Facet]
Marks = Mapping[bytes, Facets]
"""What a board said last: by the hash of a person and service, then of an involvement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a service says of somebody now; `facets` is None where it could not be checked."""

    where: bytes
    facets: Facets | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a board says from now on, and whether that is news."""

    marks: Marks
    is_news: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """That a user, in one role and for one purpose, watches the family of `person`.

    `compared_at` is when its board was last compared.
    """

    reference: UUID
    account: UUID
    role: Role
    person: UUID
    purpose: Purpose
    started: datetime
    compared_at: datetime
    marks: Marks

    @property
    def ends(self) -> datetime:
        """Return the moment from which it tells nothing more."""
        return self.started + WATCHED_FOR

    @property
    def last_day(self) -> date:
        """Return the last day on which it tells."""
        return last_watched_day(self.started)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That something changed about the family of `watch`; what is said nowhere."""

    reference: UUID
    watch: UUID
    at: datetime
    opened: datetime | None = None
    mailed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailChoice:
    """When a user wants e-mails, and the day on which the last one went, if any did."""

    mailing: Mailing = Mailing.DAILY
    mailed_on: date | None = None

    def is_due(self, at: datetime) -> bool:
        """Return whether an e-mail may go at `at`: one a day at most, unless it is at once."""
        if self.mailing is not Mailing.DAILY:
            return self.mailing is Mailing.AT_ONCE
        local = at.astimezone(LONDON)
        return local.time() >= DIGEST_FROM and self.mailed_on != local.date()


def last_watched_day(started: datetime) -> date:
    """Return the last day of a watch that is begun at the moment `started`."""
    return local_day(started + WATCHED_FOR - timedelta(microseconds=1))


def compared(before: Marks, now: Iterable[Answered]) -> Compared:
    """Return what is known from now on, and whether anything changed that is news.

    News is a new involvement, or another word on a known one, of a service that answered about
    that person before. Never news: that somebody or a service comes onto the board or leaves it,
    that an involvement is seen no more, and that more or less is seen of one: an order, a line
    that is held and the lifting of either do that too. What is seen no more is remembered while
    its service answers, so that it is no news when it comes back.
    """
    marks: dict[bytes, Facets] = {}
    is_news = False
    for each in now:
        known = before.get(each.where)
        if each.facets is None:
            if known is not None:
                marks[each.where] = known
            continue
        marks[each.where] = {**(known or {}), **each.facets}
        is_news = is_news or (
            known is not None
            and any(_is_news(known.get(which), facet) for which, facet in each.facets.items())
        )
    return Compared(marks=marks, is_news=is_news)


def _is_news(before: Facet | None, now: Facet) -> bool:
    if not now.shown:
        return False
    return before is None or (before.how == now.how and before.what != now.what)
