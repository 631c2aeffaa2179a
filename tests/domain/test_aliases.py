"""A pair of spellings is proposed only where enough people bear it out, more than by chance."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.aliases import (
    FEWEST_PEOPLE,
    PairChoice,
    PairState,
    Part,
    Spelling,
    after,
    met,
)

CARE, POLICE = "childrens_social_care", "police"
NOBODY: list[list[Spelling]] = [
    [Spelling(person=UUID(int=each), service=CARE, forename=f"f{each}", surname=f"s{each}")]
    for each in range(1_000, 1_400)
]
"""Enough others for a pair to be more than chance."""


def unknown(_one: str, _other: str) -> bool:
    return False


def called(number: int, *names: tuple[str, str, str]) -> list[Spelling]:
    """Return how services, each with a forename and a surname, call one person."""
    return [
        Spelling(person=UUID(int=number), service=service, forename=forename, surname=surname)
        for service, forename, surname in names
    ]


def both(number: int) -> list[Spelling]:
    return called(number, (CARE, "wojciech", f"s{number}"), (POLICE, "wojtek", f"s{number}"))


@pytest.mark.parametrize(
    ("people", "said"), [(4, None), (5, 5), (9, 5), (10, 10), (24, 10), (25, 25), (100, 100)]
)
def test_a_pair_is_proposed_from_five_people_on_and_said_in_steps(
    people: int, said: int | None
) -> None:
    others = NOBODY * 6 if people > 9 else NOBODY

    found = met([*map(both, range(people)), *others], least=5, is_known=unknown)

    assert [(each.part, each.names, each.people) for each in found] == (
        [(Part.FORENAME, ("wojciech", "wojtek"), said)] if said else []
    )


def test_a_council_may_ask_for_more_people_but_never_for_fewer() -> None:
    people = [*map(both, range(8)), *NOBODY]

    assert met(people, least=9, is_known=unknown) == ()
    assert [each.people for each in met(people, least=7, is_known=unknown)] == [7]
    assert met([*map(both, range(4)), *NOBODY], least=1, is_known=unknown) == ()


def test_what_chance_would_bring_is_not_proposed() -> None:
    alike = [called(each, (CARE, "wojciech", "x"), (CARE, "wojtek", "x")) for each in range(90)]

    assert met([*map(both, range(5)), *alike], least=5, is_known=unknown) == ()


@pytest.mark.parametrize(
    "names",
    [
        ((CARE, "wojciech", "nowak"), (CARE, "wojtek", "nowak")),
        ((CARE, "wojciech", "nowak"), (POLICE, "wojtek", "novak")),
        ((CARE, "w", "nowak"), (POLICE, "wojtek", "nowak")),
        ((CARE, "wojciech", ""), (POLICE, "wojtek", "")),
    ],
)
def test_one_service_or_two_differences_bear_nothing_out(
    names: tuple[tuple[str, ...], ...],
) -> None:
    people = [called(each, *names) for each in range(9)]  # type: ignore[arg-type]  # three words each

    assert met([*people, *NOBODY], least=5, is_known=unknown) == ()


def test_a_pair_of_surnames_needs_one_forename() -> None:
    people = [
        called(each, (CARE, f"f{each}", "chowdhury"), (POLICE, f"f{each}", "choudhry"))
        for each in range(6)
    ]

    [found] = met([*people, *NOBODY], least=5, is_known=unknown)

    assert (found.part, found.names) == (Part.SURNAME, ("choudhry", "chowdhury"))


def test_a_known_pair_is_not_proposed() -> None:
    people = [*map(both, range(9)), *NOBODY]

    assert met(people, least=5, is_known=lambda one, _: one == "wojciech") == ()


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(1, 12))
def test_no_pair_that_fewer_than_five_people_bear_out_is_ever_said(
    kinds: list[int], least: int
) -> None:
    people = [
        called(number, (CARE, f"a{kind}", "x"), (POLICE, f"b{kind}", "x"))
        for number, kind in enumerate(kinds)
    ]

    for each in met([*people, *NOBODY * 10], least=least, is_known=unknown):
        assert kinds.count(int(each.names[0][1:])) >= max(FEWEST_PEOPLE, least)
        assert each.people <= kinds.count(int(each.names[0][1:]))


@pytest.mark.parametrize(
    ("state", "choice", "then"),
    [
        (PairState.PROPOSED, PairChoice.ACCEPT, PairState.ACCEPTED),
        (PairState.PROPOSED, PairChoice.REFUSE, PairState.REFUSED),
        (PairState.PROPOSED, PairChoice.TAKE_BACK, None),
        (PairState.ACCEPTED, PairChoice.TAKE_BACK, PairState.PROPOSED),
        (PairState.ACCEPTED, PairChoice.ACCEPT, None),
        (PairState.REFUSED, PairChoice.ACCEPT, None),
        (PairState.REFUSED, PairChoice.TAKE_BACK, PairState.PROPOSED),
    ],
)
def test_a_decision_is_taken_back_before_another_is_made(
    state: PairState, choice: PairChoice, then: PairState | None
) -> None:
    assert after(state, choice) is then
