"""At the ledger every role is told of somebody hidden exactly what it is told of one unknown."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from directory.domain.looking import Answer, Sought
from directory.operations import people
from directory.operations.people import LookUp
from directory.store.restriction_tables import ProtectedRow
from tests.operations.hidden_world import (
    USERS,
    Compared,
    compare,
    hiding,
    signed_in,
    unknown_to,
    values,
    ways_to_ask,
)
from tests.town import Town
from tests.web.walks import PRIYA

CELLS = 128_000
NOBODY = UUID(int=0)


def test_no_disclosed_value_tells_somebody_hidden_from_one_unknown(tmp_path: Path) -> None:
    found = Compared()

    with hiding(tmp_path, families_hidden=8, seed=20261123) as town:
        for email in USERS:
            compare(town, email, found)

    assert found.differing == []
    assert found.cells >= CELLS


def is_hiding(town: Town) -> bool:
    """Return whether an order hides anybody, which nobody may know."""
    with town.database.reading() as connection:
        return bool(connection.scalar(select(func.count()).select_from(ProtectedRow)))


def answered(shown: LookUp) -> object:
    """Answer that too many fit."""
    return replace(shown, answer=Answer.TOO_MANY)


def advised(shown: LookUp) -> object:
    """Give advice that is given for nobody else."""
    return replace(shown, advice="Ring the front door.")


def cut_short(shown: LookUp) -> object:
    """Leave out the last result."""
    return replace(shown, hits=shown.hits[:-1])


def turned_round(shown: LookUp) -> object:
    """Show the same results in another order."""
    return replace(shown, hits=shown.hits[::-1])


def said_twice(shown: LookUp) -> object:
    """Show the first result twice."""
    return replace(shown, hits=shown.hits[:1] + shown.hits)


def failed(shown: LookUp) -> object:
    """Say that a service's list failed."""
    first, *rest = shown.feeds
    return replace(shown, feeds=(replace(first, failed=not first.failed), *rest))


def undated(shown: LookUp) -> object:
    """Say of no list when it is of."""
    return replace(shown, feeds=tuple(replace(each, as_of=None) for each in shown.feeds))


def emptied(shown: LookUp) -> object:
    """Hold an empty place for somebody."""
    return replace(shown, feeds=(*shown.feeds, ()))  # type: ignore[arg-type]  # planted, as a fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Shielded(LookUp):
    """The same, called otherwise."""


def called(shown: LookUp) -> object:
    """Call the same values by another name."""
    return Shielded(**{each.name: getattr(shown, each.name) for each in fields(shown)})


LEAKS: tuple[Callable[[LookUp], object], ...] = (
    answered, advised, cut_short, turned_round, said_twice, failed, undated, emptied, called,
)  # fmt: skip


def looked(town: Town, sought: Sought) -> LookUp:
    """Return what the front door is told of somebody."""
    access = signed_in(town, PRIYA, USERS[PRIYA])
    reference = people.ask(town.ledger, access, sought=sought)
    found = people.look_up(town.ledger, access, reference=reference)
    return replace(found, reference=NOBODY)


def leaking(town: Town, leak: Callable[[LookUp], object], sought: Sought) -> list[str]:
    """Return every value that is told where a leak tells that somebody is hidden."""
    shown = looked(town, sought)
    return list(values(leak(shown) if is_hiding(town) else shown))


def test_each_leak_planted_among_disclosed_values_is_caught(tmp_path: Path) -> None:
    with hiding(tmp_path, families_hidden=1, seed=20261123) as of:
        access = signed_in(of.town, PRIYA, USERS[PRIYA])
        with unknown_to(of, access) as unknown:
            asked = (each for person in of.asked for each in ways_to_ask(person, USERS[PRIYA]))
            sought = next(each for each in asked if len(looked(of.town, each).hits) > 1)
            towns = (of.town, unknown)
            one, two = (list(values(looked(town, sought))) for town in towns)
            missed = []
            for leak in LEAKS:
                first, second = (leaking(town, leak, sought) for town in towns)
                missed += [leak.__doc__] * (first == second)

    assert (one, missed) == (two, [])
