"""Two people of the directory side by side, for whoever says that they are one."""

from dataclasses import dataclass

from directory.policy.disclosed import DisclosedCandidate
from directory.policy.matching import Compared, compared
from directory.web.pages import Shown
from directory.web.wording import day


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPart(Shown):
    """One kind of evidence about two people."""

    kind: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    compared: Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView(Shown):
    """Two people: `one` stays where they are merged, and `other` is gone."""

    one: DisclosedCandidate
    other: DisclosedCandidate
    rows: tuple[PairPart, ...]
    births_differ: bool


def pair_view(
    one: DisclosedCandidate, other: DisclosedCandidate, pupil_numbers: Compared
) -> PairView:
    """Return both with what is the same and what differs.

    A pupil number is not shown, only whether they agree where both have one.
    """
    births = _row("birth", _born(one), _born(other))
    rows: tuple[PairPart, ...] = (
        _row("name", one.names, other.names),
        births,
        _row("address", one.addresses, other.addresses),
        _row("nhs_number", one.nhs_numbers, other.nhs_numbers),
    )
    if pupil_numbers:
        rows += (PairPart(kind="pupil_number", one=(), other=(), compared=pupil_numbers),)
    return PairView(
        one=one, other=other, rows=rows, births_differ=births.compared is Compared.DIFFERS
    )


def _row(kind: str, one: tuple[str, ...], other: tuple[str, ...]) -> PairPart:
    return PairPart(kind=kind, one=one, other=other, compared=compared(one, other))


def _born(person: DisclosedCandidate) -> tuple[str, ...]:
    return (day(person.birth),) if person.birth else ()
