"""Sending: what a programme sends of its own service, and what it is answered line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.extracts import Refusal, SentPractitioner, SentTeam
from directory.domain.upkeep import Said
from directory.domain.vocabulary import Service

MOST_SENT = 1_000
"""How many lines may be sent in one act."""

_BETWEEN = "\x1f"  # no value of a line holds it

ANSWERS_KEPT = timedelta(hours=24)
"""For how long the same act under the same key is given the same answer."""


class SentOtherwise(Refused):
    """The key under which it was to be done once stands for another act."""


class NotSentSo(Refused):
    """The service's involvements come with its file alone."""


class Became(StrEnum):
    """What became of one line that was sent: nothing more is told, whoever it is about."""

    TAKEN = "taken"
    REFUSED = "refused"  # it cannot be so; the faults say why
    STALE = "stale"  # it was changed since the sender saw it


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """The sender's own key for one act, and all that it said: done once, answered alike."""

    key: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One line as it was sent: its parts as texts.

    `seen` is the revision at which the sender saw it, empty where that does not matter.
    """

    reference: str
    parts: Mapping[str, str]
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAnswer:
    """What became of a line; `revision` is empty where nothing stands under the reference."""

    reference: str
    became: Became
    revision: str = ""
    is_new: bool = False
    faults: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSent:
    """A line that a programme sent and that is still to be taken."""

    reference: UUID
    service: Service
    source_reference: str
    revision: int
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingSent:
    """What stands under a service's own reference: `identity` is the digest of who it is about."""

    line: int
    revision: int
    identity: bytes
    started: date | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A practitioner with the team they work in, as their service says them."""

    practitioner: SentPractitioner
    team: SentTeam | None

    @property
    def words(self) -> str:
        """Return all that is said of both, in one text."""
        who, where = self.practitioner.practitioner, self.team
        of_team = (
            (
                where.employer,
                where.team.organisation,
                where.source_reference,
                where.team.name,
                where.team.duty_line,
                where.team.out_of_hours_line,
            )
            if where
            else ()
        )
        left_on = who.left_on.isoformat() if who.left_on else ""
        return _BETWEEN.join((who.name, who.role, who.phone, who.email, left_on, *of_team))
