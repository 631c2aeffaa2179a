"""Find the standing lines of a feed that a file lacks."""

from collections.abc import Container
from dataclasses import dataclass

from directory.domain.vocabulary import Service
from directory.ledger.work import Work

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Standing lines a file lacks, a part at a time; `after` is None once all were looked at.

    `unpinned` are the keys of those that do not say yet which day they speak of.
    """

    after: str | None
    lines: int
    unpinned: tuple[int, ...]


def lacking(work: Work, service: Service, references: Container[str], *, after: str) -> Lacking:
    """Return which of the next standing lines after the reference `after` the file lacks."""
    with work.extracts_unlocked() as extracts:
        rows = extracts.standing_after(service, after=after, most=_AT_ONCE)
    absent = [row for row in rows if row[0] not in references]
    return Lacking(
        after=rows[-1][0] if len(rows) == _AT_ONCE else None,
        lines=len(absent),
        unpinned=tuple(key for _, key, as_of in absent if as_of is None),
    )
