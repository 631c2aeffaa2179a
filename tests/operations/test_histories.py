"""Whatever files bring and stewards decide, no line brings somebody hidden back into sight."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from directory.domain.events import Event
from directory.domain.restrictions import REVIEWED_EVERY, Order, OrderKind, Protection
from directory.domain.vocabulary import Service
from directory.operations.restrictions import actor
from directory.policy.permissions import Action
from tests.operations.histories import STEPS, History, hide, history, template
from tests.operations.history_seen import Figures, Watch, watched

SEEDS = range(20261123, 20261131)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with template(tmp_path_factory.mktemp("template")) as path:
        yield path


def test_no_line_that_shares_what_was_captured_comes_into_sight(made: Path, tmp_path: Path) -> None:
    found = Figures()

    for seed in SEEDS:
        found.add(watched(seed, made, tmp_path))

    assert found.violations == []
    assert found.steps == STEPS * len(SEEDS)
    assert found.lines > len(SEEDS)


def test_the_same_seed_draws_the_same_history(made: Path, tmp_path: Path) -> None:
    assert watched(7, made, tmp_path, 8) == watched(7, made, tmp_path, 8)


def test_a_person_hidden_without_what_gives_them_away_is_noticed(
    made: Path, tmp_path: Path
) -> None:
    with history(7, made, tmp_path) as of:
        watch = begun(of)
        hide_uncaptured(of)
        watch.look()
        stranger_at_home(of)
        watch.look()

    assert [each.split(":")[0] for each in watch.faults] == ["a row, by home"]


def test_a_person_hidden_as_officers_do_it_is_not_given_away_by_the_same_line(
    made: Path, tmp_path: Path
) -> None:
    with history(7, made, tmp_path) as of:
        watch = begun(of)
        hide(of)
        watch.look()
        stranger_at_home(of)
        watch.look()

    assert watch.hidden
    assert watch.faults == []


def begun(of: History) -> Watch:
    """Return a watch of the history, of which one line alone was sent."""
    of.add(0, Service.HOUSING)
    of.sent["L/0"] = replace(
        of.sent["L/0"], forename="Leah", surname="Blake", birth=(1, 2, 1990), home=of.people[0].home
    )
    of.send(Service.HOUSING)
    return Watch(of=of)


def stranger_at_home(of: History) -> None:
    """Let another service tell of the same person under another name, at the same address."""
    of.add(0, Service.POLICE)
    of.sent["L/1"] = replace(
        of.sent["L/0"], forename="Ines", surname="Grant", birth=(3, 4, 1971), number=""
    )
    of.send(Service.POLICE)


def hide_uncaptured(of: History) -> None:
    """Keep an order that hides everybody, and leave out the capture of what they left."""
    una, ledger = of.officers["una"], of.desk.ledger
    with ledger.entry(una, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        order = work.new_reference()
        work.restrictions.keep(
            Order(
                reference=order,
                kind=OrderKind.SAFETY,
                protection=Protection.HIDDEN,
                people=tuple(sorted(set(of.whose().values()))),
                named=frozenset(),
                asked_by=actor(una),
                since=una.at,
                review_due=una.at + REVIEWED_EVERY,
            )
        )
        work.restrictions.complete(order)  # or else the next file captured it
