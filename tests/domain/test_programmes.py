"""What a programme may be, and when its keys open anything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.domain.programmes import (
    KEY_TERM,
    Programme,
    ProgrammeFault,
    ProgrammeKey,
    TooManyKeys,
    check_another_key,
    check_programme,
    end_of_key,
    key_text,
    may_be_key,
)
from directory.domain.vocabulary import Scope, Service
from tests.factories import COUNCIL, TODAY, reference

SENDER = Programme(
    reference=reference(1),
    name="Housing system",
    organisation=COUNCIL,
    scopes=frozenset({Scope.INVOLVEMENTS_WRITE}),
    service=Service.HOUSING,
)
KEY = ProgrammeKey(reference=reference(2), made_on=TODAY, end=end_of_key(TODAY))


@pytest.mark.parametrize(
    "unfit",
    [
        replace(SENDER, name=" "),
        replace(SENDER, name="x" * 81),
        replace(SENDER, scopes=frozenset()),
        replace(SENDER, service=None),
    ],
)
def test_a_programme_that_cannot_be_is_refused(unfit: Programme) -> None:
    with pytest.raises(ProgrammeFault):
        check_programme(unfit)


def test_what_only_asks_needs_no_service() -> None:
    check_programme(SENDER)
    check_programme(replace(SENDER, scopes=frozenset({Scope.PEOPLE_READ}), service=None))


def test_a_key_opens_until_it_is_ended_or_over() -> None:
    assert KEY.opens_on(TODAY)
    assert KEY.opens_on(TODAY + KEY_TERM - timedelta(days=1))
    assert not KEY.opens_on(TODAY + KEY_TERM)
    assert not replace(KEY, ended=True).opens_on(TODAY)


def test_two_keys_open_at_once_and_no_third() -> None:
    check_another_key((KEY, replace(KEY, ended=True)), TODAY)

    with pytest.raises(TooManyKeys):
        check_another_key((KEY, KEY), TODAY)


def test_only_what_looks_like_a_key_is_looked_up() -> None:
    text = key_text(reference(1), reference(2), reference(3))

    assert may_be_key(text)
    assert not may_be_key(text.upper())
    assert not may_be_key(f"{text}0")
    assert not may_be_key("")
