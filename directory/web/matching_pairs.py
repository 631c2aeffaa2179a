"""Two people of the directory side by side, for whoever says that they are one."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.policy.disclosed import DisclosedCandidate
from directory.web.pages import Shown
from directory.web.wording import day


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPart(Shown):
    """One kind of evidence; `compared` is same, differs, or empty where one has none."""

    kind: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    compared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView(Shown):
    """Two people: `one` stays where they are merged, and `other` is gone."""

    one: DisclosedCandidate
    other: DisclosedCandidate
    rows: tuple[PairPart, ...]
    births_differ: bool


def pair_view(one: DisclosedCandidate, other: DisclosedCandidate) -> PairView:
    """Return both with what is the same and what differs."""
    births = _row("birth", _born(one), _born(other))
    rows = (
        _row("name", one.names, other.names),
        births,
        _row("address", one.addresses, other.addresses),
        _row("nhs_number", one.nhs_numbers, other.nhs_numbers),
    )
    return PairView(one=one, other=other, rows=rows, births_differ=births.compared == "differs")


def _row(kind: str, one: tuple[str, ...], other: tuple[str, ...]) -> PairPart:
    both = _plain(one) & _plain(other)
    compared = "" if not one or not other else "same" if both else "differs"
    return PairPart(kind=kind, one=one, other=other, compared=compared)


def _plain(texts: Iterable[str]) -> set[str]:
    return {" ".join(each.split()).casefold() for each in texts}


def _born(person: DisclosedCandidate) -> tuple[str, ...]:
    return (day(person.birth),) if person.birth else ()
