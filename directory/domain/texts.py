"""Words about what is not a person: who takes part, whom to ring there, and what to read."""

from dataclasses import dataclass
from enum import StrEnum

from directory.domain.vocabulary import Service

MOST_MATCHES = 10
"""The most matches that are ever shown."""


class TextKind(StrEnum):
    """What a text is about; never a person."""

    ORGANISATION = "organisation"
    SERVICE = "service"
    TEAM = "team"
    PRACTITIONER_ROLE = "practitioner_role"  # what a team's practitioners are, never who
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Something that can be found by its words.

    `reference` is unique within its kind. `within` says whose it is; `body` is read, not shown.
    `service` is the one it belongs to, which may be `team_only`.
    """

    kind: TextKind
    reference: str
    name: str
    within: tuple[str, ...] = ()
    body: str = ""
    service: Service | None = None
    team_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSought:
    """Words as somebody typed them, what they may be about, and how many matches are wanted."""

    words: str
    kinds: frozenset[TextKind]
    most: int = MOST_MATCHES


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMatch:
    """Which text matched: a reference, never what it says."""

    kind: TextKind
    reference: str
