from datetime import date

import pytest

from directory.domain.people import Birth, Family, Name
from directory.domain.vocabulary import FamilyRole, NameKind
from tests.factories import EWAN, LEAH, TODAY, member, name, person


@pytest.mark.parametrize(
    ("forenames", "surname", "full"),
    [("Ewan", "Blake", "Ewan Blake"), ("", "Blake", "Blake"), ("Ewan", "", "Ewan")],
)
def test_a_name_is_said_forenames_first(forenames: str, surname: str, full: str) -> None:
    assert name(forenames, surname).full == full


@pytest.mark.parametrize(
    ("names", "called"),
    [
        ((name("Ewan", "Carr", kind=NameKind.FORMER), name("Ewan", "Blake")), "Ewan Blake"),
        ((name("Ewan", "Blake"), name("Ewan", "Carr")), "Ewan Blake"),
        ((name("Ewan", "Carr", kind=NameKind.ALIAS),), "Ewan Carr"),
    ],
)
def test_a_person_is_called_by_the_first_current_name(names: tuple[Name, ...], called: str) -> None:
    assert person(names=names).name.full == called


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        (date(2008, 11, 25), 17),
        (date(2008, 11, 24), 18),
        (date(2026, 11, 24), 0),
        (date(2027, 2, 1), 0),
    ],
)
def test_a_person_is_a_year_older_from_the_birthday(birth: date, age: int) -> None:
    assert person(birth=Birth(day=birth)).age(TODAY) == age


def test_an_unknown_birth_is_no_age() -> None:
    assert person(birth=None).age(TODAY) is None


def test_a_person_without_ties_is_a_family_of_one() -> None:
    assert Family.of_one(EWAN) == Family(anchor=EWAN, members=(member(role=FamilyRole.OTHER),))


def test_a_family_narrowed_to_one_member_keeps_its_anchor() -> None:
    family = Family(anchor=EWAN, members=(member(), member(person=LEAH)))

    assert family.only(LEAH) == Family(anchor=EWAN, members=(member(person=LEAH),))
