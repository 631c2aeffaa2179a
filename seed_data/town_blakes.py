"""Place the Blake family of the first case in the town, among others who are easily taken for them.

Asha Rahman is allocated to Ewan Blake, 9. Housing is involved with his mother Leah through Kim
Doyle; adult social care was, until March; the police have no line; the school is involved.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from town_agencies import Agencies, Team
from town_families import Family, Person, Registry, Tie
from town_involvements import Involvement, KnownFamily
from town_places import Address, street_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cast:
    """What the hand-written families need from the town around them."""

    registry: Registry
    agencies: Agencies
    as_of: date

    def person(self, full_name: str, born: date, home: Address, role: str) -> Person:
        """Return a person with an NHS number and, if of that age, a pupil number."""
        forenames, _, surname = full_name.rpartition(" ")
        pupil = role in {"anchor_child", "child"} and born.year <= self.as_of.year - 4
        return Person(
            forenames=forenames,
            surname=surname,
            born=born,
            address=home,
            earlier_address=home,
            nhs_number=self.registry.next_nhs_number(),
            upn=self.registry.next_upn(born) if pupil else "",
            role=role,
        )


def hand_written_families(
    registry: Registry, agencies: Agencies, as_of: date
) -> Iterator[KnownFamily]:
    """Yield the Blakes of case 1, then three families with nearly the same names."""
    cast = _Cast(registry=registry, agencies=agencies, as_of=as_of)
    yield _blakes(cast)
    yield _older_ewan(cast)
    yield _other_leah(cast)
    yield _blakeys(cast)


def _home(house: str, street: int) -> Address:
    name, postcode, district = street_of(street)
    return Address(house=house, street=name, postcode=postcode, district=district)


def _blakes(cast: _Cast) -> KnownFamily:
    home = _home("14", 28)
    ewan = cast.person("Ewan James Blake", date(2017, 2, 14), home, "anchor_child")
    mia = cast.person("Mia Rose Blake", date(2023, 5, 30), home, "child")
    leah = replace(
        cast.person("Leah Blake", date(1993, 8, 21), home, "parent"), former_surname="Marsh"
    )
    father = cast.person("Gareth Pryce", date(1990, 11, 2), _home("Flat 3, 52", 44), "parent")
    ties = (
        Tie(person=2, word="parent_of", other=0),
        Tie(person=2, word="parent_of", other=1),
        Tie(person=3, word="parent_of", other=0),
        Tie(person=3, word="parent_of", other=1),
        Tie(person=0, word="sibling_of", other=1),
        Tie(
            person=2,
            word="former_partner_of",
            other=3,
            started=date(2014, 6, 1),
            ended=date(2024, 9, 30),
        ),
    )
    return KnownFamily(
        family=Family(people=(ewan, mia, leah, father), ties=ties),
        school=(_pupil(cast, ewan, cast.agencies.primaries[0]),),
        housing=(_blake_tenancy(cast, leah),),
        adult_social_care=(_blake_adult_care(cast, leah),),
        allocations=(_blake_allocation(cast, ewan),),
        tidy=True,
    )


def _pupil(cast: _Cast, child: Person, school: Team) -> Involvement:
    """Return the child's place at `school` since the September of starting there."""
    age = 11 if school in cast.agencies.secondaries else 4
    return Involvement(
        person=child,
        address=child.address,
        team=school,
        practitioner=school.practitioners[0],
        started=date(child.born.year + age, 9, 3),
        last_involved=cast.as_of - timedelta(days=2),
    )


def _tenancy(cast: _Cast, tenant: Person, *, started: date, last_involved: date) -> Involvement:
    """Return a tenancy with the first team of the first landlord."""
    team = cast.agencies.landlords[0][0]
    return Involvement(
        person=tenant,
        address=tenant.address,
        team=team,
        practitioner=team.practitioners[0],
        started=started,
        last_involved=last_involved,
    )


def _blake_tenancy(cast: _Cast, leah: Person) -> Involvement:
    return _tenancy(cast, leah, started=date(2019, 5, 7), last_involved=date(2026, 6, 12))


def _blake_adult_care(cast: _Cast, leah: Person) -> Involvement:
    team = cast.agencies.adult_care[0]
    return Involvement(
        person=leah,
        address=leah.address,
        team=team,
        practitioner=team.practitioners[0],
        started=date(2025, 7, 14),
        last_involved=date(2026, 3, 18),
        ended=date(2026, 3, 18),
    )


def _blake_allocation(cast: _Cast, ewan: Person) -> Involvement:
    team = cast.agencies.localities[0]
    return Involvement(
        person=ewan,
        address=ewan.address,
        team=team,
        practitioner=team.practitioners[0],
        started=date(2026, 9, 3),
        last_involved=cast.as_of - timedelta(days=3),
    )


def _older_ewan(cast: _Cast) -> KnownFamily:
    home = _home("7", 64)
    ewan = cast.person("Ewan Blake", date(2011, 4, 9), home, "anchor_child")
    joanne = cast.person("Joanne Blake", date(1984, 1, 27), home, "parent")
    return KnownFamily(
        family=Family(people=(ewan, joanne), ties=(Tie(person=1, word="parent_of", other=0),)),
        school=(_pupil(cast, ewan, cast.agencies.secondaries[0]),),
        housing=(
            _tenancy(cast, joanne, started=date(2015, 2, 16), last_involved=date(2026, 10, 5)),
        ),
        tidy=True,
    )


def _other_leah(cast: _Cast) -> KnownFamily:
    home = _home("31", 8)
    oscar = cast.person("Oscar Blake", date(2020, 5, 11), home, "anchor_child")
    leah = cast.person("Leah Anne Blake", date(1999, 3, 8), home, "parent")
    return KnownFamily(
        family=Family(people=(oscar, leah), ties=(Tie(person=1, word="parent_of", other=0),)),
        school=(_pupil(cast, oscar, cast.agencies.primaries[1]),),
        housing=(_tenancy(cast, leah, started=date(2022, 8, 1), last_involved=date(2026, 8, 19)),),
        tidy=True,
    )


def _blakeys(cast: _Cast) -> KnownFamily:
    home = _home("118", 51)
    ewan = cast.person("Ewan Thomas Blakey", date(2017, 7, 30), home, "anchor_child")
    nicola = cast.person("Nicola Blakey", date(1988, 12, 19), home, "parent")
    return KnownFamily(
        family=Family(people=(ewan, nicola), ties=(Tie(person=1, word="parent_of", other=0),)),
        school=(_pupil(cast, ewan, cast.agencies.primaries[0]),),
        tidy=True,
    )
