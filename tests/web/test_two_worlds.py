"""Two councils that differ only in what a role may not know answer it in the same bytes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from directory.domain.aliases import Met, PairState, Part
from directory.domain.vocabulary import Service
from directory.operations import aliases
from directory.store.aliases import AliasStore
from tests.factories import reference
from tests.operations.extracts_world import Cells
from tests.town import Town
from tests.web.canary import feeds, references, spell_otherwise, standing
from tests.web.checking import CheckingClient
from tests.web.walks import (
    CALLUM,
    DECLAN,
    IMRAN,
    MARIE,
    OLWEN,
    PRIYA,
    allow_all,
    browser,
    looked_at,
    sought,
)

Leak = Callable[[Town, TestResponse], None]

_REFERENCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TOKEN = re.compile(r"\b[0-9a-f]{64}\b|(?<!\+)\b[0-9a-f]{12}\b|(?<=directory=)[\w-]{43}")
HIDDEN_FROM_ALL = (
    "long silent", "too young", "no agreement", "none either", "no coverage", "sensitive",
)  # fmt: skip
OTHER_CONTACT: Cells = {
    "practitioner_reference": "OTHER", "practitioner_name": "Somebody Else",
    "practitioner_role": "Another post", "practitioner_phone": "020 7946 0999",
    "practitioner_email": "else@example.org", "team_reference": "OTHERTEAM",
    "team_name": "Another nest", "team_duty_line": "020 7946 0998",
}  # fmt: skip
OTHER_REFERENCE: Mapping[str, Cells] = {
    name: {"source_reference": f"ELSE-{name}", "started": "05/06/2018"}
    for name in ("school", "housing", "police", "adult")
}
ALL_BUT_OWN = {"adult": OTHER_CONTACT, "school": OTHER_CONTACT}

UNKNOWN: Mapping[str, tuple[tuple[str, ...], Mapping[str, Cells]]] = {
    CALLUM: ((), OTHER_REFERENCE),
    PRIYA: ((), OTHER_REFERENCE),
    DECLAN: (("long ended",), {"school": OTHER_CONTACT, "housing": OTHER_CONTACT}),
    MARIE: (("long ended", "isolde", "leopold", "tamsin"), ALL_BUT_OWN | {"police": OTHER_CONTACT}),
    IMRAN: (("long ended", "tamsin"), ALL_BUT_OWN | {"housing": OTHER_CONTACT}),
}
"""What each account may not know beside HIDDEN_FROM_ALL: lines or people left out, and changed.

Housing's lead knows Wrenna by a line outside its ages, and the police by one outside their
look-back: who is one's own service's is known, so those lines stay for these two.
"""

_KEPT_FOR = {MARIE: (), IMRAN: ("long silent",)}
LOOKED_FOR = {
    CALLUM: ("wrenna",), PRIYA: ("wrenna",), DECLAN: ("wrenna",), MARIE: ("odalys",),
    IMRAN: ("wrenna", "odalys"),
}  # fmt: skip


@contextmanager
def worlds(folder: Path, email: str) -> Iterator[tuple[Town, Town]]:
    """Yield a council, and one that differs in what `email` may not know."""
    without, differing = UNKNOWN[email]
    hidden = tuple(each for each in HIDDEN_FROM_ALL if each not in _KEPT_FOR.get(email, ()))
    other = feeds(without=(*hidden, *without), **differing)
    with ExitStack() as stack:
        one = stack.enter_context(standing(folder / "one"))
        two = stack.enter_context(standing(folder / "two", other))
        yield one, two


def journey(town: Town, email: str) -> list[TestResponse]:
    """Return every answer to the same requests by one account."""
    who, client = references(town), allow_all(browser(town.app, email))
    kept = Kept(client)
    for exactly in (False, True):
        for key in ("wrenna", "odalys", "leopold", "isolde"):
            results = sought(client, key, exactly=exactly)
            kept.open(results)
            kept.open(f"{results}/change")
    for key in LOOKED_FOR[email]:
        results = sought(client, key, exactly=True)
        client.get(results)
        kept.open(f"{results}/{who[key]}")
        board = looked_at(client, email, key, who[key])
        kept.open(board)
        for member in ("wrenna", "odalys"):
            for service in Service:
                kept.open(f"{board}/{who[member]}/{service}")
    return kept.answers


class Kept:
    """The answers a browser was given."""

    def __init__(self, client: CheckingClient) -> None:
        self.client = client
        self.answers: list[TestResponse] = []

    def open(self, path: str) -> None:
        """Ask for a page, and keep the answer."""
        self.answers.append(self.client.get(path))


def masked(answer: Response) -> str:
    """Return an answer whole, but for tokens that are of one length whatever they stand for."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    whole = f"{answer.status}\n{headers}\n\n{answer.get_data(as_text=True)}"
    return _TOKEN.sub("TOKEN", _REFERENCE.sub("REFERENCE", whole))


def differing(one: Iterable[Response], two: Iterable[Response]) -> list[str]:
    """Return the pairs of answers that are not the same."""
    pairs = zip(map(masked, one), map(masked, two), strict=True)
    return [f"{first}\n=====\n{second}" for first, second in pairs if first != second]


@pytest.mark.parametrize("email", UNKNOWN)
def test_what_a_role_may_not_know_changes_no_byte_of_its_answers(
    email: str, tmp_path: Path
) -> None:
    with worlds(tmp_path, email) as (one, two):
        first, second = journey(one, email), journey(two, email)

    assert differing(first, second) == []
    assert len(first) >= 20


def pages_of_pairs(town: Town) -> list[TestResponse]:
    """Return every page of the pairs of names, after they were sought and one was accepted."""
    pairs = [
        Met(part=Part.FORENAME, names=names, homes=5)
        for names in (("grzesiek", "xystus"), ("ozias", "zebedee"))
    ]
    spell_otherwise(town)
    aliases.seek_pairs(town.ledger, town.operator(), least=5)
    with town.database.writing() as connection:
        for number, met in enumerate(pairs, 7_001):
            AliasStore(connection).propose(reference(number), met, town.clock())
    kept = Kept(browser(town.app, OLWEN))
    kept.open("/aliases")
    kept.answers.append(kept.client.send(f"/aliases/{reference(7_001)}", choice="accept"))
    for state in PairState:
        kept.open(f"/aliases?state={state}")
    kept.open("/aliases?page=2")
    kept.open("/matching")
    return kept.answers


def test_what_services_know_changes_no_byte_of_the_pairs_of_names(tmp_path: Path) -> None:
    with worlds(tmp_path, CALLUM) as (one, two):
        first, second = pages_of_pairs(one), pages_of_pairs(two)

    assert differing(first, second) == []
    assert [each.status_code for each in first] == [200, 303, 200, 200, 200, 200, 200]
    assert "Grzesiek and Xystus" in first[3].text


def lines_of(town: Town) -> int:
    """Return how many lines there are, which nobody may know."""
    with town.database.reading() as connection:
        return int(connection.scalar(text("select count(*) from line")) or 0)


def counted(town: Town, answer: TestResponse) -> None:
    """Leak: say in a header how much there is."""
    answer.headers["X-Total-Count"] = str(lines_of(town))


def tagged(town: Town, answer: TestResponse) -> None:
    """Leak: name the state of the database by a tag."""
    answer.set_etag(f"{hash(lines_of(town)):x}")


def noted(town: Town, answer: TestResponse) -> None:
    """Leak: say it in a comment."""
    answer.set_data(answer.get_data(as_text=True) + f"<!-- {lines_of(town)} -->")


def padded(town: Town, answer: TestResponse) -> None:
    """Leak: be longer for those of whom more is known."""
    answer.set_data(answer.get_data(as_text=True) + " " * lines_of(town))


def forbidden(town: Town, answer: TestResponse) -> None:
    """Leak: forbid what is there, and not find what is not."""
    if answer.status_code == 200 and lines_of(town) > 25:
        answer.status_code = 403


def redirected(town: Town, answer: TestResponse) -> None:
    """Leak: lead elsewhere where there is more."""
    answer.headers["Location"] = f"/search?page={lines_of(town)}"


def remembered(town: Town, answer: TestResponse) -> None:
    """Leak: keep it in a cookie."""
    answer.set_cookie("seen", str(lines_of(town)), httponly=True, samesite="Lax")


def reordered(town: Town, answer: TestResponse) -> None:
    """Leak: turn the order round where there is more."""
    words = answer.get_data(as_text=True).split("\n")
    answer.set_data("\n".join(words[::-1] if lines_of(town) > 25 else words))


LEAKS: tuple[Leak, ...] = (
    counted, tagged, noted, padded, forbidden, redirected, remembered, reordered,
)  # fmt: skip


def test_the_comparison_catches_every_planted_leak(tmp_path: Path) -> None:
    with worlds(tmp_path, CALLUM) as both:
        pages = [browser(town.app, CALLUM).get("/search") for town in both]
        clean = differing(pages[:1], pages[1:])
        caught = set()
        for leak in LEAKS:
            spoiled = [browser(town.app, CALLUM).get("/search") for town in both]
            for town, page in zip(both, spoiled, strict=True):
                leak(town, page)
            if differing(spoiled[:1], spoiled[1:]):
                caught.add(leak)

    assert (clean, caught) == ([], set(LEAKS))
