"""Two people side by side say what is the same and what differs."""

from datetime import date
from typing import Any

import pytest

from directory.domain.looking import Match
from directory.domain.people import Birth, Person
from directory.domain.vocabulary import Role
from directory.policy.disclosure import disclose_candidate
from directory.policy.matching import Compared
from directory.web.matching_pairs import PairView, pair_view
from tests.factories import LEAH, access, address, identifier, name, person

EWAN = person(identifiers=(identifier(),))


def beside_ewan(
    other: Person,
    *,
    expected: date | None = None,
    pupil_numbers: Compared = Compared.NOTHING,
) -> PairView:
    """Return Ewan and `other`, as a matching steward is told of them."""
    steward = access(Role.MATCHING_STEWARD)
    unsaid = Match(person=LEAH, probability=0.0, why=(), differs=())
    told = [
        disclose_candidate(steward, each, unsaid, expected=day)
        for each, day in ((EWAN, None), (other, expected))
    ]
    return pair_view(told[0], told[1], pupil_numbers)


def another(**differing: Any) -> Person:
    """Return somebody who shares everything with Ewan but what is given."""
    return person(reference=LEAH, **{"identifiers": (identifier(),), **differing})


@pytest.mark.parametrize("said", [Compared.SAME, Compared.DIFFERS])
def test_of_pupil_numbers_only_that_they_agree_or_differ_is_shown(said: Compared) -> None:
    row = beside_ewan(another(), pupil_numbers=said).rows[-1]

    assert (row.kind, row.one, row.other, row.compared) == ("pupil_number", (), (), said)


def test_what_both_share_is_the_same() -> None:
    found = beside_ewan(another(names=(name("EWAN", "Mill"), name("EWAN", "BLAKE"))))

    assert {row.compared for row in found.rows} == {"same"}
    assert not found.births_differ


@pytest.mark.parametrize(
    ("kind", "differing"),
    [
        ("name", {"names": (name("Ewan", "Blakey"),)}),
        ("birth", {"birth": Birth(day=date(2017, 3, 28))}),
        ("address", {"addresses": (address(house="15"),)}),
        ("nhs_number", {"identifiers": (identifier(value="9990000026"),)}),
    ],
)
def test_what_they_do_not_share_differs(kind: str, differing: dict[str, Any]) -> None:
    found = beside_ewan(another(**differing))

    assert [row.kind for row in found.rows if row.compared == "differs"] == [kind]
    assert found.births_differ == (kind == "birth")


@pytest.mark.parametrize(
    ("kind", "missing"), [("birth", None), ("address", ()), ("nhs_number", ())]
)
def test_what_one_has_not_is_not_compared(kind: str, missing: object) -> None:
    part = {"birth": "birth", "address": "addresses", "nhs_number": "identifiers"}[kind]

    found = beside_ewan(another(**{part: missing}), expected=date(2027, 1, 5))

    assert [row.kind for row in found.rows if not row.compared] == [kind]
    assert not found.births_differ
