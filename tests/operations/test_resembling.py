"""Which lines may be, and which must be, about the same person."""

from dataclasses import replace
from datetime import date

import pytest

from directory.domain.people import Birth, Identity
from directory.operations.resembling import begins_somebody, marks, sure_marks
from tests.factories import address, identifier, name

EWAN = Identity(
    names=(name("Ewan", "Brontë"),),
    birth=Birth(day=date(2017, 3, 27)),
    address=address(),
    identifiers=(identifier(),),
)
BARE = replace(EWAN, address=None, identifiers=())


@pytest.mark.parametrize(
    "other",
    [
        replace(EWAN, names=(name("EWAN", "Bronte"),), birth=None, address=None, identifiers=()),
        replace(BARE, names=(name("Ewan", "Nkemelu"),)),
        replace(BARE, names=(name("Ngozi", "Brontë"),)),
        replace(EWAN, names=(name("Ngozi", "Nkemelu"),), identifiers=()),
        Identity(names=(name("Ngozi", "Nkemelu"),), identifiers=(identifier(),)),
    ],
)
def test_lines_that_share_enough_to_be_looked_at_share_a_mark(other: Identity) -> None:
    assert not marks(EWAN).isdisjoint(marks(other))


@pytest.mark.parametrize(
    "other",
    [
        replace(BARE, names=(name("Ngozi", "Nkemelu"),)),
        replace(EWAN, names=(name("Ngozi", "Brontë"),), birth=None, identifiers=()),
    ],
)
def test_lines_that_share_a_day_or_a_surname_alone_share_no_mark(other: Identity) -> None:
    assert marks(EWAN).isdisjoint(marks(other))


def test_only_lines_that_say_the_same_are_surely_about_one_person() -> None:
    same = replace(EWAN, names=(name("ewan", "bronte"),), identifiers=())
    moved = replace(same, address=None)

    assert not sure_marks(EWAN).isdisjoint(sure_marks(same))
    assert sure_marks(EWAN).isdisjoint(sure_marks(moved))


def test_a_number_is_sure_even_without_a_date_of_birth() -> None:
    assert sure_marks(replace(EWAN, birth=None)) == sure_marks(EWAN) & marks(EWAN)


@pytest.mark.parametrize(
    ("forenames", "surname", "birth", "begins"),
    [
        ("Ewan", "Blake", EWAN.birth, "yes"),
        ("Ewan", "Blake", None, "no"),
        ("Baby", "Blake", EWAN.birth, "no"),
        ("Ewan", "NOT KNOWN", EWAN.birth, "no"),
        ("-", "Blake", EWAN.birth, "no"),
        ("Ba", "Na", EWAN.birth, "no"),
    ],
)
def test_nobody_begins_without_both_names_and_a_day(
    forenames: str, surname: str, birth: Birth | None, begins: str
) -> None:
    said = Identity(names=(name(forenames, surname),), birth=birth)

    assert begins_somebody(said) is (begins == "yes")
