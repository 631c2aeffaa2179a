"""What a service's own desk is shown is its own."""

from dataclasses import replace
from datetime import date

import pytest

from directory.domain.access import Access
from directory.domain.people import Birth, Name
from directory.domain.upkeep import Kept
from directory.domain.vocabulary import NameKind, Role, Service
from directory.policy.disclosed import NotDisclosed
from directory.policy.upkeep import disclose_kept
from tests.factories import NOON, TODAY, person

LEAH = person()
LEAD = Access(at=NOON, role=Role.SERVICE_LEAD, service=Service.HOUSING)
KEPT = Kept(
    line=1,
    revision=1,
    person=LEAH.reference,
    service=Service.HOUSING,
    source_reference="TEN/1",
    as_of=TODAY,
)


@pytest.mark.parametrize(
    "other",
    [replace(LEAD, service=Service.POLICE), replace(LEAD, role=Role.CHILDRENS_SOCIAL_WORKER)],
)
def test_a_desk_is_shown_its_own_service_s_involvements_alone(other: Access) -> None:
    assert disclose_kept(LEAD, KEPT, LEAH).line == 1
    with pytest.raises(NotDisclosed):
        disclose_kept(other, KEPT, LEAH)


def test_a_name_is_the_line_s_own_and_the_directory_s_only_where_the_line_has_none() -> None:
    own = Name(kind=NameKind.CURRENT, forenames="Lea", surname="Blake")
    named = replace(KEPT, name=own)

    shown = disclose_kept(LEAD, named, LEAH)

    assert (shown.name, shown.age) == ("Lea Blake", None)
    assert disclose_kept(LEAD, replace(named, person=None), None) == shown
    assert disclose_kept(LEAD, KEPT, LEAH).name == LEAH.name.full
    with pytest.raises(NotDisclosed):
        disclose_kept(LEAD, replace(KEPT, person=None), None)


def test_an_age_is_the_line_s_own() -> None:
    own = Name(kind=NameKind.CURRENT, forenames="Lea", surname="Blake")
    born = Birth(day=date(TODAY.year - 9, 1, 1))

    assert disclose_kept(LEAD, replace(KEPT, name=own, birth=born), LEAH).age == 9
