"""The rota of restriction officers: who is paged about a look-up, and who after them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

NEXT_AFTER = timedelta(minutes=10)
"""How long whoever was paged has to answer before the next person is paged."""


class EndsBeforeItStarts(ValueError):
    """A turn lasts for some time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One officer's turn of duty, from `start` (included) to `end` (excluded)."""

    reference: UUID
    account: UUID
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Raise EndsBeforeItStarts for a turn of no length."""
        if self.end <= self.start:
            raise EndsBeforeItStarts

    def covers(self, at: datetime) -> bool:
        """Return whether the officer is on duty at the moment `at`."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """That officers were told whom to ring; `paged` are those told so far, the last at `last_at`.

    It holds whom to ring and never who was looked for.
    """

    paged: frozenset[UUID] = frozenset()
    last_at: datetime | None = None
    answered_at: datetime | None = None

    def is_due(self, at: datetime) -> bool:
        """Return whether somebody is to be paged at the moment `at`."""
        if self.answered_at is not None:
            return False
        return self.last_at is None or at >= self.last_at + NEXT_AFTER


UNPAGED = Paging()
"""That nobody was told yet."""


def to_page(
    paging: Paging, turns: Sequence[Turn], officers: Iterable[UUID], *, at: datetime
) -> tuple[UUID, ...]:
    """Return who is paged at the moment `at`, in the order of their turns; nobody if none is due.

    It is whoever is on duty, then whoever is on next, then every officer left. Without a rota it is
    every officer at once. An account that is no officer's any more is never paged. Once all were
    paged, whoever is on duty is paged again every ten minutes: no call lapses unanswered.
    """
    every = frozenset(officers)
    if not paging.is_due(at):
        return ()
    left = every - paging.paged or every
    standing = sorted(
        (each for each in turns if each.end > at and each.account in left),
        key=lambda each: (each.start, each.account),
    )
    on_duty = dict.fromkeys(each.account for each in standing if each.covers(at))
    following = tuple(on_duty) or tuple(each.account for each in standing[:1])
    return following[:1] or tuple(sorted(left))
