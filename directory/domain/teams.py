"""Teams as their service's own desk keeps them: the lines on which somebody answers."""

from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Refused


class LinesChanged(Refused):
    """Somebody else, or a file, changed the team's lines since they were shown."""


class AlreadyKept(Refused):
    """The service has a team or a practitioner under this reference already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The duty line of a team and its line out of hours, either of which may be empty."""

    duty_line: str
    out_of_hours_line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTeam:
    """One team of a service; `leads` counts the involvements that go on under it."""

    reference: UUID
    name: str
    organisation: str
    lines: Lines
    leads: int
