"""Roles that find one exact person are told of nobody by a guess that is nearly right."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.attacks.intruder import IMRAN, Intruder, hits
from tests.town import Town

EWAN = {"name": "Ewan James Blake", "born": "14/02/2017"}
NUMBER = {"nhs_number": "9990020264"}
_LIST = re.compile(r'<ol class="directory-hits">.*?</ol>', re.DOTALL)
_REFERENCE = re.compile(r"/search/[0-9a-f-]{36}")


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


@pytest.mark.parametrize(
    ("known", "right", "wrong"),
    [
        (EWAN, {"postcode": "NX9 2GG"}, {"postcode": "NX4 1AA"}),
        (EWAN, {"postcode": "NX9"}, {"postcode": "NX4"}),
        (EWAN, {"address": "14 Teasel Mews"}, {"address": "3 Quarry Road"}),
        (EWAN, {"box": "14 Teasel Mews NX9 2GG"}, {"box": "3 Quarry Road NX4 1AA"}),
        (EWAN, {"age": "9"}, {"age": "40"}),
        (NUMBER, {"name": "Ewan James Blake"}, {"name": "Oscar Blake"}),
        (NUMBER, {"born": "14/02/2017"}, {"born": "15/02/2017"}),
        (NUMBER, {"born": "2017"}, {"born": "2016"}),
        (NUMBER, {"postcode": "NX9 2GG"}, {"postcode": "NX4 1AA"}),
        ({"reference": "E999200022001"}, {"age": "9"}, {"age": "40"}),
        ({"reference": "E999200022001"}, {"name": "Ewan Blake"}, {"name": "Oscar Blake"}),
    ],
)
def test_an_exact_role_is_answered_the_same_whether_what_it_guesses_beside_is_right(
    town: Town, known: dict[str, str], right: dict[str, str], wrong: dict[str, str]
) -> None:
    liaison = Intruder(town, IMRAN)

    answers = [_shown(liaison.search(**known, **guess)) for guess in ({}, right, wrong)]

    assert "Blake" in answers[0]
    assert answers == [answers[0]] * 3


def _shown(results: TestResponse) -> str:
    """Return the list of those found, without the random references."""
    found = _LIST.search(results.text)
    assert found
    return _REFERENCE.sub("", found[0])
