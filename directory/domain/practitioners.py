"""Practitioners as their service's own desk keeps them: how to reach them, and that they left."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Refused


class ContactChanged(Refused):
    """Somebody else, or a file, changed the contact since it was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A work phone and a work e-mail, either of which may be empty."""

    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One practitioner of a service; `leads` counts the involvements that go on under them.

    `left_on` is the first day they are not here. `said_here` tells that the desk said so, not a
    file.
    """

    reference: UUID
    name: str
    role: str
    team_name: str
    contact: Contact
    leads: int
    left_on: date | None = None
    said_here: bool = False

    def works_on(self, day: date) -> bool:
        """Return whether they can be rung on `day`."""
        return self.left_on is None or day < self.left_on
