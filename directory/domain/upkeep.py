"""Upkeep: what a service's own desk says of its involvements, beside the files it sends."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.agencies import Practitioner, Team
from directory.domain.people import Birth, Name
from directory.domain.vocabulary import Service

KEPT_AT_ONCE = 100
"""How many involvements may be confirmed or handed over in one act."""


class UpkeepFault(Refused):
    """An involvement cannot be so; the message says why, to stand after "it"."""


class AlreadySent(Refused):
    """The service has a line under this reference already."""


class ChangedMeanwhile(Refused):
    """Somebody else, or a file, changed the involvement since it was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads for the service: a team, and in it a practitioner, None where the team answers."""

    team: UUID | None
    practitioner: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What can be said of an involvement by hand; `ended` is the first day after it."""

    lead: Lead
    last_involved: date | None
    ended: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One involvement as its service's desk keeps it; `line` and `revision` tell what was seen.

    `person` is None while it is not known whose it is. `name` and `birth` are as the service itself
    says them, None where another line of it does. `ended` is the first day after it.
    """

    line: int
    revision: int
    person: UUID | None
    service: Service
    source_reference: str
    as_of: date
    name: Name | None = None
    birth: Birth | None = None
    started: date | None = None
    last_involved: date | None = None
    ended: date | None = None
    team: Team | None = None
    lead: Practitioner | None = None
    confirmed_on: date | None = None

    @property
    def said(self) -> Said:
        """Return what of it can be said otherwise."""
        return Said(
            lead=Lead(
                team=self.team.reference if self.team else None,
                practitioner=self.lead.reference if self.lead else None,
            ),
            last_involved=self.last_involved,
            ended=self.ended,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """On which days each part was last said by hand, None where the service's file says it."""

    lead: date | None = None
    last_involved: date | None = None
    ended: date | None = None

    def since(self, before: Said, after: Said, day: date) -> "ByHand":
        """Return it where `before` was changed to `after` on `day`."""
        return replace(
            self,
            lead=day if after.lead != before.lead else self.lead,
            last_involved=day
            if after.last_involved != before.last_involved
            else self.last_involved,
            ended=day if after.ended != before.ended else self.ended,
        )

    def still(self, as_of: date) -> "ByHand":
        """Return what of it a file as of `as_of` leaves: the newer word counts, part by part."""
        return ByHand(
            lead=_from(self.lead, as_of),
            last_involved=_from(self.last_involved, as_of),
            ended=_from(self.ended, as_of),
        )

    @property
    def is_anything(self) -> bool:
        """Return whether any part was said by hand."""
        return any((self.lead, self.last_involved, self.ended))


def is_added_by_hand(service: Service) -> bool:
    """Return whether the desk of `service` adds involvements itself.

    Children's social care's people, families and allocations come together, with its file alone.
    """
    return service is not Service.CHILDRENS_SOCIAL_CARE


def merged(kept: Said, sent: Said, by_hand: ByHand) -> Said:
    """Return what holds of `sent`, by a file, and `kept`, of which `by_hand` still counts."""
    return Said(
        lead=kept.lead if by_hand.lead else sent.lead,
        last_involved=kept.last_involved if by_hand.last_involved else sent.last_involved,
        ended=kept.ended if by_hand.ended else sent.ended,
    )


def check_said(said: Said, *, started: date | None, today: date) -> None:
    """Raise UpkeepFault where an involvement cannot be so."""
    if said.last_involved is not None and said.last_involved > today:
        raise UpkeepFault("cannot have happened after today")
    if started is not None and said.last_involved is not None and said.last_involved < started:
        raise UpkeepFault("cannot be before the involvement began")
    if said.ended is not None and started is not None and said.ended <= started:
        raise UpkeepFault("cannot end before it began")


def _from(said_on: date | None, as_of: date) -> date | None:
    return said_on if said_on is not None and said_on >= as_of else None
