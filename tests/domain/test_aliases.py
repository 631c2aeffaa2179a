"""A pair of spellings is proposed only where enough homes bear it out, more than by chance."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.aliases import (
    FEWEST_HOMES,
    Met,
    NamePair,
    PairChoice,
    PairState,
    Part,
    Spelling,
    after,
    borne_out,
    met,
)

CARE, POLICE = "childrens_social_care", "police"
DECIDED, DECIDED_TOO = UUID(int=71), UUID(int=72)
Called = tuple[UUID, list[Spelling]]
NOBODY: list[Called] = [
    (UUID(int=each), [Spelling(service=CARE, forename=f"f{each}", surname=f"s{each}")])
    for each in range(1_000, 1_400)
]
"""Enough others for a pair to be more than chance."""


def called(number: int, *names: tuple[str, str, str], by: UUID | None = DECIDED) -> Called:
    """Return how services call one person, the last line having been linked by a steward."""
    spellings = [
        Spelling(service=service, forename=forename, surname=surname)
        for service, forename, surname in names[:-1]
    ]
    service, forename, surname = names[-1]
    linked_by = frozenset({by} if by else ())
    last = Spelling(service=service, forename=forename, surname=surname, linked_by=linked_by)
    return UUID(int=number), [*spellings, last]


def both(number: int) -> Called:
    return called(number, (CARE, "wojciech", f"s{number}"), (POLICE, "wojtek", f"s{number}"))


def renamed(number: int, old: str, new: str) -> Called:
    return called(number, (CARE, f"f{number}", old), (POLICE, f"f{number}", new))


def never(_one: str, _other: str) -> bool:
    return False


def always(_one: str, _other: str) -> bool:
    return True


def same_letter(one: str, other: str) -> bool:
    return one[0] == other[0]


def apart(people: Iterable[Called]) -> dict[UUID, set[str]]:
    """Return that each of `people` lives at a postcode of their own."""
    return {person: {f"postcode {person}"} for person, _ in people}


def found(
    people: Sequence[Called],
    *,
    least: int = FEWEST_HOMES,
    shared: Mapping[UUID, set[str]] | None = None,
) -> tuple[Met, ...]:
    """Return what is proposed of `people`, who live apart where nothing else is said."""
    bearings = borne_out(people, is_known=never, sound_alike=same_letter)
    return met(bearings, least=least, shared=apart(people) | (dict(shared) if shared else {}))


def names(proposed: Iterable[Met]) -> list[NamePair]:
    return [each.names for each in proposed]


@pytest.mark.parametrize(
    ("homes", "said"), [(4, None), (5, 5), (9, 5), (10, 10), (24, 10), (25, 25), (100, 100)]
)
def test_a_pair_is_proposed_from_five_homes_on_and_said_in_steps(
    homes: int, said: int | None
) -> None:
    others = NOBODY * 6 if homes > 9 else NOBODY

    proposed = found([*map(both, range(homes)), *others])

    assert [(each.part, each.names, each.homes) for each in proposed] == (
        [(Part.FORENAME, ("wojciech", "wojtek"), said)] if said else []
    )


def test_a_council_may_ask_for_more_homes_but_never_for_fewer() -> None:
    people = [*map(both, range(8)), *NOBODY]

    assert found(people, least=9) == ()
    assert [each.homes for each in found(people, least=7)] == [7]
    assert found([*map(both, range(4)), *NOBODY], least=1) == ()


@pytest.mark.parametrize("least", [1, 5])
def test_a_family_that_fled_under_another_name_is_one_home_however_many_they_are(
    least: int,
) -> None:
    family = [renamed(each, "brown", "browne") for each in range(9)]
    one_home = {person: {"family care F1", f"postcode {person}"} for person, _ in family}
    four_more = [renamed(20 + each, "brown", "browne") for each in range(3)]

    assert found([*family, *NOBODY], least=least, shared=one_home) == ()
    assert found([*family, *four_more, *NOBODY], least=least, shared=one_home) == ()
    assert names(found([*family, *NOBODY])) == [("brown", "browne")]


def test_what_two_share_with_a_third_makes_one_home_of_all() -> None:
    people = [*map(both, range(6)), *NOBODY]
    first, second, third = (UUID(int=each) for each in range(3))
    chain = {first: {"a"}, second: {"b"}, third: {"a", "b"}}

    assert names(found(people)) == [("wojciech", "wojtek")]
    assert found(people, shared=chain) == ()


def test_those_of_whom_no_home_is_known_are_one_together() -> None:
    people = [*map(both, range(9)), *NOBODY]
    bearings = borne_out(people, is_known=never, sound_alike=always)

    assert met(bearings, least=5, shared={}) == ()


def test_surnames_that_do_not_sound_alike_are_no_pair_whoever_bears_them() -> None:
    people = [renamed(each, "brown", "green") for each in range(50)]

    assert found([*people, *NOBODY * 9]) == ()


def test_forenames_need_not_sound_alike() -> None:
    people = [called(each, (CARE, "ola", "x"), (POLICE, "aleksandra", "x")) for each in range(6)]

    assert names(found([*people, *NOBODY])) == [("aleksandra", "ola")]


@pytest.mark.parametrize("by", [None, DECIDED])
def test_lines_that_no_steward_put_together_bear_nothing_out(by: UUID | None) -> None:
    together = frozenset({by} if by else ())
    people = [
        (
            UUID(int=each),
            [
                Spelling(service=CARE, forename="wojciech", surname="x", linked_by=together),
                Spelling(service=POLICE, forename="wojtek", surname="x", linked_by=together),
            ],
        )
        for each in range(9)
    ]

    assert found([*people, *NOBODY]) == ()


def test_two_lines_that_stewards_gave_to_one_person_bear_a_pair_out() -> None:
    people = [
        (
            UUID(int=each),
            [
                Spelling(service=service, forename=name, surname="x", linked_by=frozenset({by}))
                for service, name, by in (
                    (CARE, "wojciech", DECIDED), (POLICE, "wojtek", DECIDED_TOO),
                )
            ],
        )
        for each in range(9)
    ]  # fmt: skip

    assert names(found([*people, *NOBODY])) == [("wojciech", "wojtek")]


def test_what_chance_would_bring_is_not_proposed() -> None:
    alike = [called(each, (CARE, "wojciech", "x"), (CARE, "wojtek", "x")) for each in range(90)]

    assert found([*map(both, range(100, 105)), *alike]) == ()


@pytest.mark.parametrize(
    "spelt",
    [
        ((CARE, "wojciech", "nowak"), (CARE, "wojtek", "nowak")),
        ((CARE, "wojciech", "nowak"), (POLICE, "wojtek", "novak")),
        ((CARE, "w", "nowak"), (POLICE, "wojtek", "nowak")),
        ((CARE, "wojciech", ""), (POLICE, "wojtek", "")),
    ],
)
def test_one_service_or_two_differences_bear_nothing_out(
    spelt: tuple[tuple[str, str, str], ...],
) -> None:
    people = [called(each, *spelt) for each in range(9)]

    assert found([*people, *NOBODY]) == ()


def test_a_pair_of_surnames_needs_one_forename() -> None:
    [proposed] = found([*(renamed(each, "chowdhury", "choudhry") for each in range(6)), *NOBODY])

    assert (proposed.part, proposed.names) == (Part.SURNAME, ("choudhry", "chowdhury"))


def test_a_known_pair_is_not_proposed() -> None:
    people = [*map(both, range(9)), *NOBODY]

    assert borne_out(people, is_known=lambda one, _: one == "wojciech", sound_alike=always) == ()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=40), st.integers(1, 12))
def test_no_pair_that_fewer_than_five_homes_bear_out_is_ever_said(
    kinds: list[tuple[int, int]], least: int
) -> None:
    people = [
        called(number, (CARE, f"a{kind}", "x"), (POLICE, f"b{kind}", "x"))
        for number, (kind, _) in enumerate(kinds)
    ]
    shared = {UUID(int=number): {f"home {home}"} for number, (_, home) in enumerate(kinds)}

    for each in found([*people, *NOBODY * 10], least=least, shared=shared):
        homes = {home for kind, home in kinds if kind == int(each.names[0][1:])}
        assert len(homes) >= max(FEWEST_HOMES, least)
        assert each.homes <= len(homes)


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
