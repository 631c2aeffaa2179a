"""Somebody hidden is as one never known: equal answers, logs and statements."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event
from typing_extensions import override
from werkzeug.wrappers import Response

from directory.domain.vocabulary import Service
from tests.factories import reference
from tests.town import Town
from tests.web.canary import PEOPLE, feeds, references, standing
from tests.web.test_two_worlds import differing
from tests.web.walks import (
    ASHA,
    CALLUM,
    DECLAN,
    GRACE,
    HELEN,
    IMRAN,
    MARIE,
    PRIYA,
    RUTH,
    UNA,
    allow_all,
    browser,
    looked_at,
)

ISOLDE = PEOPLE["isolde"]
SEARCHES: tuple[dict[str, str], ...] = (
    {"name": "Isolde Farrowmere"},
    {"name": "Isolde Farrowmere", "born": "21/10/1979"},
    {"name": "Farrowmere, Isolde", "age": "47"},
    {"name": "Isolda Faromere"},
    {"name": "Isolde Kestrelby"},
    {"name": "Isolde", "postcode": "NX75 5VQ"},
    {"name": "Isolde", "address": "5 Vennel Loke"},
    {"nhs_number": "9994242458"},
    {"box": "isolde farrowmere 21/10/1979 nx75"},
)

_ANY_OF = re.compile(r"IN \((?:\?(?:, \?)*|SELECT 1 FROM \(SELECT 1\) WHERE 1!=1)\)")
"""One statement, whether it asks for many, for one or for none."""


class _Hearing(logging.Handler):
    """Hears what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.said: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} {record.name} {record.getMessage()}")


@contextmanager
def worlds(
    folder: Path, *, before: Callable[[Town], object] = references
) -> Iterator[tuple[Town, Town]]:
    """Yield a council that hides Isolde, where `before` was done, and one that never knew her."""
    with ExitStack() as stack:
        one = stack.enter_context(standing(folder / "one"))
        two = stack.enter_context(standing(folder / "two", feeds(without=("isolde",))))
        before(one)
        hide_isolde(one)
        yield one, two


def hide_isolde(town: Town) -> None:
    """Ask for protection from her board, and let an officer hide her."""
    asha, una = (allow_all(browser(town.app, each)) for each in (ASHA, UNA))
    who = references(town)["isolde"]
    board = looked_at(asha, ASHA, "isolde", who)
    asha.get(f"{board}/protect")
    assert asha.send(f"{board}/protect", people=[str(who)]).status_code == 303
    order = una.get("/restrictions").text.partition('href="/restrictions/')[2][:36]
    assert una.send(f"/restrictions/{order}/hide", kind="safety").status_code == 303


class Asking:
    """A browser that keeps each answer, with what was logged and what statements were sent."""

    def __init__(self, town: Town, email: str) -> None:
        self.town = town
        self.client = allow_all(browser(town.app, email))
        self.isolde = references(town).get("isolde", reference(7_777))
        self.answers = list[Response]()
        self.beside: list[tuple[list[str], list[str]]] = []

    def open(self, path: str) -> None:
        """Ask for a page."""
        with self.listening():
            self.answers.append(self.client.get(path))

    def send(self, path: str, **typed: str) -> str:
        """Send a form, and return where it leads."""
        with self.listening():
            self.answers.append(self.client.send(path, **typed))
        return self.answers[-1].location or ""

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep each statement that is sent meanwhile, and what is logged."""
        sent: list[str] = []
        ear, root, engine = _Hearing(), logging.getLogger(), self.town.database.engine

        def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            sent.append(_ANY_OF.sub("IN (?)", statement))

        root.addHandler(ear)
        event.listen(engine, "before_cursor_execute", hear)
        yield
        event.remove(engine, "before_cursor_execute", hear)
        root.removeHandler(ear)
        self.beside.append((sent, ear.said))


def look_for_her(town: Town, email: str) -> Asking:
    """Look for Isolde in every way, and at addresses she would have."""
    asking = Asking(town, email)
    for typed in SEARCHES:
        results = asking.send("/search", **typed)
        asking.open(results)
        asking.open(f"{results}/change")
        asking.open(f"{results}/{asking.isolde}")
        asking.send(f"{results}/{asking.isolde}", purpose="child_protection", reason="duty 441")
    asking.open(f"/families/mine/{asking.isolde}")
    asking.open(f"/families/{asking.isolde}/protect")
    asking.open(f"/families/{asking.isolde}/{asking.isolde}/{Service.POLICE}")
    asking.open("/interests")
    asking.send(
        "/interests", kind="relative", forenames="Isolde", surname="Farrowmere", born="21/10/1979"
    )
    asking.open("/interests?said=declared")
    return asking


@pytest.mark.parametrize("email", [ASHA, CALLUM, PRIYA, DECLAN, GRACE, RUTH, MARIE, IMRAN])
def test_nobody_tells_somebody_hidden_from_one_never_known(email: str, tmp_path: Path) -> None:
    with worlds(tmp_path) as (one, two):
        first, second = look_for_her(one, email), look_for_her(two, email)

    assert differing(first.answers, second.answers) == []
    assert first.beside == second.beside
    assert len(first.answers) == 5 * len(SEARCHES) + 6


def test_an_investigation_finds_nobody_hidden(tmp_path: Path) -> None:
    both: list[Asking] = []
    with worlds(tmp_path) as (one, two):
        for town in (one, two):
            asking = Asking(town, HELEN)
            asking.client.get("/investigations")
            inside = asking.client.send("/investigations", matter="IG-1", reason="x").location
            asking.client.get(inside)
            for typed in SEARCHES:
                found = asking.send(f"{inside}/people", **typed)
                asking.open(found)
                asking.open(f"{found}/{asking.isolde}")
            both.append(asking)

    assert differing(both[0].answers, both[1].answers) == []
    assert both[0].beside == both[1].beside


def test_the_comparison_sees_somebody_who_is_not_hidden(tmp_path: Path) -> None:
    with ExitStack() as stack:
        one = stack.enter_context(standing(tmp_path / "one"))
        two = stack.enter_context(standing(tmp_path / "two", feeds(without=("isolde",))))
        first, second = look_for_her(one, CALLUM), look_for_her(two, CALLUM)

    assert differing(first.answers, second.answers) != []
    assert first.beside != second.beside


def test_a_hidden_person_s_reference_is_another_council_s(tmp_path: Path) -> None:
    with worlds(tmp_path) as (one, two):
        known = references(one).get("isolde")

        assert (isinstance(known, UUID), references(two).get("isolde")) == (True, None)
