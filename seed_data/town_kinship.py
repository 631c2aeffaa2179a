"""Make up families: couples, parents apart, step-families and kinship carers."""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from random import Random

from town_families import Family, Person, Registry, Tie
from town_name_stock import NameStock
from town_naming import (
    Sex,
    draw_called,
    draw_forenames,
    draw_sex,
    draw_stock,
    draw_surname,
    joined_surname,
    surname_for,
)
from town_places import Address, draw_address


class Shape(StrEnum):
    """Who brings the children up."""

    COUPLE = "couple"
    APART = "apart"  # with one parent; the other lives elsewhere
    LONE = "lone"
    STEP = "step"
    KINSHIP = "kinship"  # with a grandparent


_SHAPES = tuple(Shape)
_SHAPE_SHARES = (52, 24, 8, 11, 5)
_CHILDREN = (1, 2, 3, 4, 5)
_CHILDREN_SHARES = (27, 38, 22, 9, 4)
_YEAR = 365.25
_YOUNGEST_UNDER = 17
_SCHOOL_AGE_DAYS = int(3.5 * _YEAR)
_MIXED_SHARE = 0.2
_TWIN_SHARE = 0.02
_MOVED_SHARE = 0.5
_MARRIED_NAME_SHARE = 0.6
_FATHERS_NAME_SHARE = {Shape.COUPLE: 0.85, Shape.APART: 0.45, Shape.STEP: 0.4, Shape.KINSHIP: 0.4}
_JOINED_NAME_SHARE = 0.12
_RENAMED_SHARE = 0.04
_GRANDMOTHER_SHARE = 0.12
_AUNT_SHARE = 0.04


def first_forename(person: Person) -> str:
    """Return the forename by which brothers and sisters are told apart."""
    return person.forenames.partition(" ")[0]


class FamilyMaker:
    """Makes one family from one stream of chance; used once."""

    def __init__(self, *, rng: Random, registry: Registry, streets: int, as_of: date) -> None:
        """Choose the family's shape, its homes and the customs of its names."""
        self._rng = rng
        self._registry = registry
        self._streets = streets
        self._as_of = as_of
        self._shape = rng.choices(_SHAPES, _SHAPE_SHARES)[0]
        self._mothers = draw_stock(rng)
        self._fathers = draw_stock(rng) if rng.random() < _MIXED_SHARE else self._mothers
        self._home = draw_address(streets, rng)
        self._earlier = draw_address(streets, rng) if rng.random() < _MOVED_SHARE else self._home
        self._people: list[Person] = []
        self._ties: list[Tie] = []

    def make(self) -> Family:
        """Return the family, children first and an anchor child among them."""
        births = self._births()
        mother = self._mother(births)
        father = self._father(mother)
        partner = self._man(mother, role="carer")
        if self._shape is Shape.COUPLE:
            mother = self._married(mother, father)
        elder = births[: self._rng.randrange(1, len(births) + 1)]
        if self._shape is not Shape.STEP:
            elder = births
        first = self._children(elder, self._childrens_surname(mother, father))
        second = self._children(births[len(elder) :], partner.surname)
        self._tie_siblings(first, second)
        at = self._enter(mother)
        self._enter_father(father, mother=at, children=first)
        if self._shape is Shape.STEP:
            self._enter_partner(partner, mother=at, children=second)
        for child in (*first, *second):
            self._tie(at, "parent_of", child)
        self._enter_relatives(mother=at, children=(*first, *second))
        self._choose_anchor()
        return Family(people=tuple(self._people), ties=tuple(self._ties))

    def _births(self) -> list[date]:
        """Return the children's birth days, eldest first; the youngest is under 17."""
        count = self._rng.choices(_CHILDREN, _CHILDREN_SHARES)[0]
        born = self._as_of - timedelta(days=1 + int(_YOUNGEST_UNDER * _YEAR * self._rng.random()))
        births = [born]
        for _ in range(count - 1):
            if self._rng.random() >= _TWIN_SHARE:
                born -= timedelta(days=self._rng.randrange(400, 1500))
            births.append(born)
        return births[::-1]

    def _years_before(self, day: date, least: int, most: int) -> date:
        return day - timedelta(days=self._rng.randrange(int(least * _YEAR), int(most * _YEAR)))

    def _somebody(self, stock: NameStock, sex: Sex, born: date, role: str) -> Person:
        """Return a person of this family, at home and with a surname of their own."""
        rng = self._rng
        forenames = draw_forenames(stock, sex, rng)
        return Person(
            forenames=forenames,
            surname=surname_for(stock, sex, draw_surname(stock, rng)),
            known_as=draw_called(forenames, rng),
            born=born,
            address=self._home,
            earlier_address=self._earlier,
            nhs_number=self._registry.next_nhs_number(),
            role=role,
        )

    def _mother(self, births: list[date]) -> Person:
        span = round((births[-1] - births[0]).days / _YEAR)
        born = self._years_before(births[0], 17, max(22, 42 - span))
        mother = self._somebody(self._mothers, Sex.GIRL, born, "parent")
        return self._elsewhere(mother) if self._shape is Shape.KINSHIP else mother

    def _man(self, mother: Person, *, role: str) -> Person:
        born = self._years_before(mother.born, -5, 8)
        return self._somebody(self._fathers, Sex.BOY, born, role)

    def _father(self, mother: Person) -> Person:
        father = self._man(mother, role="parent")
        return father if self._shape is Shape.COUPLE else self._elsewhere(father)

    def _elsewhere(self, person: Person) -> Person:
        home: Address = draw_address(self._streets, self._rng)
        return replace(person, address=home, earlier_address=self._home)

    def _married(self, mother: Person, father: Person) -> Person:
        """Return the mother under her married, joined or own name."""
        drawn = self._rng.random()
        name = surname_for(self._fathers, Sex.GIRL, father.surname)
        if drawn < _JOINED_NAME_SHARE:
            name = joined_surname(mother.surname, name, self._rng)
        elif drawn > _MARRIED_NAME_SHARE:
            return mother
        former = mother.surname if name != mother.surname else ""
        return replace(mother, surname=name, former_surname=former)

    def _childrens_surname(self, mother: Person, father: Person) -> str:
        drawn = self._rng.random()
        share = _FATHERS_NAME_SHARE.get(self._shape, 0.0)
        if drawn < share:
            return father.surname
        own = mother.former_surname or mother.surname
        if drawn < share + _JOINED_NAME_SHARE and share:
            return joined_surname(own, father.surname, self._rng)
        return own

    def _children(self, births: list[date], surname: str) -> tuple[int, ...]:
        return tuple(self._enter(self._child(born, surname)) for born in births)

    def _child(self, born: date, surname: str) -> Person:
        sex = draw_sex(self._rng)
        stock = self._rng.choice((self._mothers, self._fathers))
        child = self._somebody(stock, sex, born, "child")
        while first_forename(child) in {first_forename(each) for each in self._people}:
            forenames = draw_forenames(stock, sex, self._rng)
            child = replace(child, forenames=forenames, known_as="")
        own_name = child.surname
        renamed = self._rng.random() < _RENAMED_SHARE
        pupil = (self._as_of - born).days > _SCHOOL_AGE_DAYS
        return replace(
            child,
            surname=surname_for(stock, sex, surname),
            former_surname=own_name if renamed and own_name != surname else "",
            upn=self._registry.next_upn(born) if pupil else "",
        )

    def _enter(self, person: Person) -> int:
        self._people.append(person)
        return len(self._people) - 1

    def _tie(self, person: int, word: str, other: int) -> None:
        self._ties.append(Tie(person=person, word=word, other=other))

    def _tie_siblings(self, first: tuple[int, ...], second: tuple[int, ...]) -> None:
        for siblings in (first, second):
            for one, other in combinations(siblings, 2):
                self._tie(one, "sibling_of", other)
        for one in first:
            for other in second:
                self._tie(one, "half_sibling_of", other)

    def _together(self, mother: int, man: int, children: tuple[int, ...]) -> None:
        """Tie the parents as partners, or as former ones where they live apart."""
        eldest = min((self._people[each].born for each in children), default=self._as_of)
        started = self._years_before(eldest, 1, 4)
        if self._people[mother].address == self._people[man].address:
            tie = Tie(person=mother, word="partner_of", other=man, started=started)
        else:
            ended = started + timedelta(days=int((self._as_of - started).days * 0.7))
            tie = Tie(
                person=mother, word="former_partner_of", other=man, started=started, ended=ended
            )
        self._ties.append(tie)

    def _enter_father(self, father: Person, *, mother: int, children: tuple[int, ...]) -> None:
        if self._shape is Shape.LONE:
            return
        at = self._enter(father)
        self._together(mother, at, children)
        for child in children:
            self._tie(at, "parent_of", child)

    def _enter_partner(self, partner: Person, *, mother: int, children: tuple[int, ...]) -> None:
        at = self._enter(replace(partner, role="parent" if children else "carer"))
        self._together(mother, at, children)
        for child in children:
            self._tie(at, "parent_of", child)

    def _enter_relatives(self, *, mother: int, children: tuple[int, ...]) -> None:
        born = self._people[mother].born
        kinship = self._shape is Shape.KINSHIP
        if kinship or self._rng.random() < _GRANDMOTHER_SHARE:
            self._enter_grandmother(self._years_before(born, 18, 38), children)
        if self._rng.random() < _AUNT_SHARE:
            aunt = self._somebody(self._mothers, Sex.GIRL, self._years_before(born, -9, 9), "other")
            at = self._enter(self._elsewhere(aunt))
            self._tie(at, "aunt_or_uncle_of", children[-1])

    def _enter_grandmother(self, born: date, children: tuple[int, ...]) -> None:
        kinship = self._shape is Shape.KINSHIP
        role = "carer" if kinship else "other"
        grandmother = self._somebody(self._mothers, Sex.GIRL, born, role)
        at = self._enter(grandmother if kinship else self._elsewhere(grandmother))
        for child in children:
            self._tie(at, "grandparent_of", child)
            if kinship:
                self._tie(at, "carer_of", child)

    def _choose_anchor(self) -> None:
        """Make the youngest child the anchor, whatever the order of birth."""
        youngest = max(
            (index for index, each in enumerate(self._people) if each.role == "child"),
            key=lambda index: self._people[index].born,
        )
        self._people[youngest] = replace(self._people[youngest], role="anchor_child")
