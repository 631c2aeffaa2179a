"""Calls: that somebody is to be rung, and who was told so; never about whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from directory.domain.rota import UNPAGED, Paging
from directory.domain.vocabulary import Role


class CallKind(StrEnum):
    """Why somebody is to be rung, or looked after."""

    HIDDEN = "hidden"  # a search was told of nobody where an order hides somebody
    INTEREST = "interest"  # a user looked for somebody in whom they declared an interest
    EMERGENCY = "emergency"  # a user opened emergency access: to be reviewed, not rung
    CLAIM = "claim"  # a user said that they work with somebody: to be confirmed, not rung
    HANDED_ON = "handed_on"  # a user handed a family on: to be worked with
    NOTICE = "notice"  # something a user watches has changed: they are told so themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """That `caller` is to be rung about what they did at the moment `at`."""

    reference: UUID
    kind: CallKind
    caller: UUID
    at: datetime
    paging: Paging = UNPAGED


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLookUp:
    """A search that nobody has yet compared with whom its user is not told of.

    `words` are what the session kept of it, as they were sealed.
    """

    reference: UUID
    account: UUID
    role: Role
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """That `to` is told about a call of `caller`; `call_at` is the moment it is about."""

    call: UUID
    kind: CallKind
    to: UUID
    at: datetime
    caller: UUID
    call_at: datetime
