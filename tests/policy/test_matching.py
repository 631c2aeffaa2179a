"""Whether what two people's services send of their numbers is the same."""

import pytest

from directory.domain.vocabulary import IdentifierKind
from directory.policy.matching import Compared, pupil_numbers_compared
from tests.factories import identifier, person

UPN = IdentifierKind.UPN


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        (("P999200020005",), ("P999200020005",), Compared.SAME),
        (("P999200020005", "E999200022001"), ("E999200022001",), Compared.SAME),
        (("P999200020005",), ("E999200022001",), Compared.DIFFERS),
        (("P999200020005",), (), Compared.NOTHING),
        ((), (), Compared.NOTHING),
    ],
)
def test_pupil_numbers_are_compared_where_both_have_one(
    one: tuple[str, ...], other: tuple[str, ...], compared: Compared
) -> None:
    nhs_number = identifier()
    pair = [
        person(identifiers=(nhs_number, *(identifier(kind=UPN, value=each) for each in numbers)))
        for numbers in (one, other)
    ]

    assert pupil_numbers_compared(*pair) is compared
