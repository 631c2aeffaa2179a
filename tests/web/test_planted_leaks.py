"""The comparison of two councils catches whatever could tell somebody hidden from one unknown."""

from collections.abc import Callable, Iterator
from logging import WARNING, getLogger
from pathlib import Path

import pytest
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from tests.town import Town
from tests.web.canary import references
from tests.web.leaks import LEAKS, Leak, hidden_in, lines_of, number
from tests.web.test_restrictions_pairs import SEARCHES, Asking, worlds
from tests.web.test_two_worlds import differing
from tests.web.walks import ASHA, CALLUM, GRACE, HELEN, OLWEN, UNA, browser, looked_at, sought

Tour = dict[str, Response]
Both = tuple[tuple[Town, Tour], tuple[Town, Tour]]


def tour(town: Town) -> Tour:
    """Return an answer of every kind, under the name it is called by here."""
    who, asking = references(town)["odalys"], Asking(town, CALLUM)
    asking.open("/search")
    sent = asking.send("/search", **SEARCHES[1])
    asking.open(sent)
    results = sought(asking.client, "odalys", exactly=True)
    asking.open(results)
    asking.open(f"{results}/{who}")
    board = looked_at(asking.client, CALLUM, "odalys", who)
    for path in (board, f"{board}/{who}/police", "/interests", f"/search/{who}", "/accounts"):
        asking.open(path)
    names = ("search", "sent", "no match", "results", "purpose", "board", "card", "interests",
             "not found", "forbidden")  # fmt: skip
    desks = {"families": (ASHA, "/families/mine"), "claims": (GRACE, "/claims"),
             "matching": (OLWEN, "/matching"), "emergency": (HELEN, "/emergency")}  # fmt: skip
    found: Tour = dict(zip(names, asking.answers, strict=True))
    for name, (email, path) in desks.items():
        desk = Asking(town, email)
        desk.open(path)
        found[name] = desk.answers[0]
    return found | {"looks": looks_of(town), "ready": browser(town.app).get("/readyz")}


def looks_of(town: Town) -> Response:
    """Return what an investigation is told of Callum's looks."""
    asking = Asking(town, HELEN)
    asking.open("/investigations")
    inside = asking.send("/investigations", matter="IG-1", reason="x")
    asking.open(inside)
    asking.open(asking.send(f"{inside}/users", user="Callum Reid"))
    him = asking.answers[-1].get_data(as_text=True).partition(f"{inside}/accounts/")[2][:36]
    asking.open(f"{inside}/accounts/{him}")
    return asking.answers[-1]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    yield from toured(tmp_path_factory.mktemp("leaks"))


def toured(folder: Path) -> Iterator[Both]:
    """Yield a council that hides somebody and one that never knew them, with the tour of each."""
    with worlds(folder) as (hiding, unknown):
        be_busy(unknown, until=entries_of(hiding))
        yield (hiding, tour(hiding)), (unknown, tour(unknown))


def be_busy(town: Town, *, until: int) -> None:
    """Let an officer look on until the audit has so many entries: an investigator sees how many."""
    officer = browser(town.app, UNA)
    while entries_of(town) < until:
        officer.get("/restrictions")
    assert entries_of(town) == until


def entries_of(town: Town) -> int:
    """Return how many entries the audit has."""
    return number(town, "select max(sequence) from audit_entry")


def doc_of(leak: object) -> str:
    """Return what a leak does, in its own words."""
    return str(leak.__doc__)


def spoilt(town: Town, tour: Tour, place: str, leak: Leak) -> list[Response]:
    """Return the answers of a tour with a leak in one of them."""
    clean = tour[place]
    copy = Response(clean.get_data(), clean.status, Headers(list(clean.headers)))
    leak(town, copy)
    return list((tour | {place: copy}).values())


@pytest.mark.parametrize(("place", "leak"), LEAKS, ids=[doc_of(leak) for _, leak in LEAKS])
def test_a_planted_leak_is_caught(both: Both, place: str, leak: Leak) -> None:
    first, second = (spoilt(*each, place, leak) for each in both)

    assert differing(first, second) != []


def led_round(town: Town, answers: list[Response]) -> list[Response]:
    """Lead over one page more."""
    return answers + answers[: hidden_in(town)]


def cut_short(town: Town, answers: list[Response]) -> list[Response]:
    """Be done one page sooner."""
    return answers[hidden_in(town) :]


def turned_round(town: Town, answers: list[Response]) -> list[Response]:
    """Show the same pages in another order."""
    return answers[:: -1 if hidden_in(town) else 1]


@pytest.mark.parametrize("leak", [led_round, cut_short, turned_round], ids=doc_of)
def test_a_leak_by_the_way_that_pages_lead_is_caught(
    both: Both, leak: Callable[[Town, list[Response]], list[Response]]
) -> None:
    first, second = (leak(town, list(answers.values())) for town, answers in both)

    assert differing(first, second) != []


def asked_once_more(town: Town) -> None:
    """Ask the database once more for each who is hidden."""
    for _ in range(hidden_in(town)):
        lines_of(town)


def asked_otherwise(town: Town) -> None:
    """Ask the database as often, and for something else."""
    people, lines = "select count(*) from person", "select count(*) from line"
    number(town, people if hidden_in(town) else lines)


def logged(town: Town) -> None:
    """Log how many were left out."""
    getLogger("directory").warning("%s left out", hidden_in(town))


def logged_louder(town: Town) -> None:
    """Log the same words at another level."""
    getLogger("directory").log(WARNING + 10 * hidden_in(town), "searched")


def logged_elsewhere(town: Town) -> None:
    """Log the same words under another name."""
    getLogger("directory.shield" if hidden_in(town) else "directory").warning("searched")


@pytest.mark.parametrize(
    "leak", [asked_once_more, asked_otherwise, logged, logged_louder, logged_elsewhere], ids=doc_of
)
def test_a_leak_beside_the_answers_is_caught(both: Both, leak: Callable[[Town], None]) -> None:
    first, second = (Asking(town, CALLUM) for town, _ in both)

    for each in (first, second):
        with each.listening():
            leak(each.town)

    assert first.beside != second.beside


def test_without_a_leak_nothing_differs(both: Both) -> None:
    (_, first), (_, second) = both

    assert differing(first.values(), second.values()) == []


def test_a_leak_tells_nothing_where_nobody_is_hidden_in_either(
    both: Both,
) -> None:
    _, unknown = both

    told = [
        leak.__doc__
        for place, leak in LEAKS
        if differing(spoilt(*unknown, place, leak), spoilt(*unknown, place, leak))
    ]

    assert told == []
