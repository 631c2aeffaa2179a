"""Programmes: the systems of organisations that send to the directory or ask it, by keys."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.vocabulary import Scope, Service

KEY_TERM = timedelta(days=365)
KEYS_AT_ONCE = 2
LONGEST_NAME = 80
WRITES = frozenset({Scope.INVOLVEMENTS_WRITE, Scope.PRACTITIONERS_WRITE})
_KEY = re.compile(r"dk_[0-9a-f]{32}_[0-9a-f]{64}")


class ProgrammeFault(Refused):
    """A programme cannot be what was asked; the message says why."""


class TooManyKeys(Refused):
    """A programme has as many keys as may open at once: one has to end first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeKey:
    """One key of a programme, by what may be shown of it; `end` is the first day it opens nothing.

    `ended` tells that an administrator ended it; `last_used` is a day.
    """

    reference: UUID
    made_on: date
    end: date
    ended: bool = False
    last_used: date | None = None

    def opens_on(self, day: date) -> bool:
        """Return whether it opens anything on `day`."""
        return not self.ended and day < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One system of one organisation; `service` is the one it sends for, if it sends."""

    reference: UUID
    name: str
    organisation: UUID
    scopes: frozenset[Scope]
    service: Service | None = None
    enabled: bool = True


def check_programme(programme: Programme) -> None:
    """Raise ProgrammeFault for a programme that cannot be."""
    if not programme.name.strip() or len(programme.name) > LONGEST_NAME:
        raise ProgrammeFault(f"needs a name of up to {LONGEST_NAME} characters")
    if not programme.scopes:
        raise ProgrammeFault("needs something that it may do")
    if programme.scopes & WRITES and programme.service is None:
        raise ProgrammeFault("needs the service that it sends for")


def key_text(reference: UUID, *secret: UUID) -> str:
    """Return a key as its holder keeps it: its reference, and the secret that is shown once."""
    return f"dk_{reference.hex}_{''.join(each.hex for each in secret)}"


def may_be_key(text: str) -> bool:
    """Return whether `text` has the form of a key: whatever has not is never looked up."""
    return _KEY.fullmatch(text) is not None


def end_of_key(made_on: date) -> date:
    """Return the first day on which a key that is made on a day opens nothing."""
    return made_on + KEY_TERM


def check_another_key(keys: tuple[ProgrammeKey, ...], day: date) -> None:
    """Raise TooManyKeys where no other key may be made on `day`."""
    if sum(each.opens_on(day) for each in keys) >= KEYS_AT_ONCE:
        raise TooManyKeys
