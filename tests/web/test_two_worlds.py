"""Two councils that differ only in what a role may not know answer it in the same bytes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import zip_longest
from pathlib import Path

import pytest
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

_REFERENCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TOKEN = re.compile(
    r'(?<=name="csrf_token" value=")[0-9a-f]{64}\b|(?<=data-token=")[0-9a-f]{64}\b'
    r'|(?<=class="directory-support-id">)[0-9a-f]{12}\b|(?<=directory=)[\w-]{43}'
    r'|(?<=name="seen" value=")[0-9a-f]{12}(?:-[0-9a-f]{12}){6}(?=")'
)
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


def masked(answer: Response, seen: dict[str, str] | None = None) -> str:
    """Return an answer whole, but for what is of one length whatever it stands for.

    Tokens are masked where the pages have them and nowhere else. References are numbered as they
    are met, after those `seen`: who is named twice is told from two who are named once.
    """
    known = {} if seen is None else seen
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    body = answer.get_data().decode("utf-8", "surrogateescape")
    whole = _TOKEN.sub("TOKEN", f"{answer.status}\n{headers}\n\n{body}")
    return _REFERENCE.sub(lambda found: known.setdefault(found[0], f"REF{len(known)}"), whole)


def differing(one: Iterable[Response], two: Iterable[Response]) -> list[str]:
    """Return the pairs of answers that are not the same."""
    pairs = zip_longest(_all_masked(one), _all_masked(two), fillvalue="no answer")
    return [f"{first}\n=====\n{second}" for first, second in pairs if first != second]


def _all_masked(answers: Iterable[Response]) -> list[str]:
    seen: dict[str, str] = {}
    return [masked(each, seen) for each in answers]


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
