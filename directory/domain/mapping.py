"""What a service's own headings stand for: said once, and remembered with its feed."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.neutrality import never_held
from directory.domain.vocabulary import Service

MOST_HEADING = 60
_BETWEEN = re.compile(r"[\s\-]+")
_PLAIN = re.compile(r"[\w./()#&']+")


class HeadingRefused(Refused):
    """A heading cannot stand for a column; the message says why, to stand after "it"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one heading of a service's own stands for; `said_by` is None for the engineer."""

    service: Service
    heading: str
    column: str
    said_at: datetime
    said_by: UUID | None


def heading_of(cell: str) -> str:
    """Return a heading as it is compared: in small letters, with one sign between its words."""
    return _BETWEEN.sub("_", cell.strip()).lower()


def check_heading(heading: str) -> None:
    """Raise HeadingRefused for a heading that may not stand for a column."""
    kind = never_held(heading)
    if kind:
        raise HeadingRefused(f"would hold what is never held here ({kind})")
    if len(heading) > MOST_HEADING or not _PLAIN.fullmatch(heading):
        raise HeadingRefused(f"must be 1 to {MOST_HEADING} letters, digits, spaces and plain marks")
