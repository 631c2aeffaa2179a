"""Roles that find one exact person are told of nobody by a guess that is nearly right."""

import pytest

from tests.attacks.intruder import IMRAN, Intruder, hits
from tests.town import Town

EWAN = {"name": "Ewan James Blake", "born": "14/02/2017"}


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "E Blake", "born": "14/02/2017"},
        {"name": "Ewan Blakx", "born": "14/02/2017"},
        {"name": "Ewan James Blake", "born": "15/02/2017"},
        {"name": "Ewan James Blake", "born": "14/03/2017"},
        {"name": "Ewan James Blake", "born": "14/02/2019"},
    ],
    ids=["initial", "misspelt", "another day", "another month", "another year"],
)
def test_an_exact_role_finds_nobody_by_a_name_or_date_that_is_not_theirs(
    town: Town, typed: dict[str, str]
) -> None:
    liaison = Intruder(town, IMRAN)
    (ewan,) = hits(liaison.search(**EWAN))

    found = liaison.search(**typed)

    assert ewan not in hits(found)


@pytest.mark.parametrize("postcode", ["NX4", "NX4 2AB", "NX9", "NX9 9ZZ"], ids=range(4))
def test_an_exact_role_learns_nothing_by_guessing_a_postcode(town: Town, postcode: str) -> None:
    liaison = Intruder(town, IMRAN)
    (ewan,) = hits(liaison.search(**EWAN))

    found = liaison.search(**EWAN, postcode=postcode)

    assert set(hits(found)) == {ewan}
