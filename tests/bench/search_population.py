"""Invent a council's people for the search bench: families, addresses, former names, twins."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import nhs_number

from directory.search.people import (
    AddressKind,
    BirthPrecision,
    NameKind,
    Searchable,
    SearchableAddress,
    SearchableName,
)
from tests.bench.search_names import GROUPS, SOUNDS, NameGroup, chosen

TODAY = date(2026, 3, 1)
_AREAS = ("NQ", "NX", "YQ")
_NAMES_OF_STREETS = """
Station Church Park Victoria Green Manor Kings Queens Mill School North South West Albert York
George London Springfield Chester Richmond Alexandra Windsor Grange Grove Chapel New Broad Cross
Highfield Orchard Meadow Willow Elm Oak Cedar Beech Hawthorn Larch Poplar Sycamore Juniper Laburnum
"""
_STREETS = _NAMES_OF_STREETS.split()
_ENDINGS = ("field", "bank", " End", "side")
_STREET_KINDS = ("Road", "Street", "Avenue", "Lane", "Close", "Drive", "Crescent", "Grove", "Place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Hold where a household lives."""

    house: str
    street: str
    postcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """Hold one invented person with everything an error may work on."""

    person: bytes
    forename: str
    middle: str
    surname: str
    former_surname: str = ""
    known_as: str = ""
    birth: date
    home: Home
    former_home: Home | None = None
    nhs: str = ""
    phone: str = ""

    def searchable(self) -> Searchable:
        """Return the person as the index takes it."""
        names = [
            SearchableName(forenames=f"{self.forename} {self.middle}".strip(), surname=self.surname)
        ]
        if self.former_surname:
            names.append(
                SearchableName(
                    kind=NameKind.FORMER, forenames=self.forename, surname=self.former_surname
                )
            )
        if self.known_as:
            names.append(
                SearchableName(
                    kind=NameKind.KNOWN_AS, forenames=self.known_as, surname=self.surname
                )
            )
        homes = [(AddressKind.CURRENT, self.home)]
        if self.former_home:
            homes.append((AddressKind.FORMER, self.former_home))
        return Searchable(
            person=self.person,
            names=tuple(names),
            birth=self.birth,
            birth_precision=BirthPrecision.DAY,
            addresses=tuple(
                SearchableAddress(
                    kind=kind, house=home.house, street=home.street, postcode=home.postcode
                )
                for kind, home in homes
            ),
            identifiers=(("nhs_number", self.nhs),) if self.nhs else (),
            phones=(self.phone,) if self.phone else (),
        )


STRANGERS, LATER_STRANGERS = 5_000_000, 6_000_000
"""From where those are counted who are in no town, so that no number of theirs is another's."""


@dataclass(slots=True)
class Town:
    """Invent households one after another."""

    draw: random.Random
    size: int
    born: int = 0
    groups: tuple[NameGroup, ...] = GROUPS
    _streets: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Lay out the streets: about a hundred people each, in three or so postcodes."""
        for number in range(max(20, self.size // 45)):
            district = 1 + number * 45 // 14_000
            area = _AREAS[district // 30 % len(_AREAS)]
            sector = number * 45 // 2_800 % 10
            unit = "".join(self.draw.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
            name = f"{self.draw.choice(_STREETS)} {self.draw.choice(_STREET_KINDS)}"
            if self.draw.random() < 0.4:
                start = f"{self.draw.choice(_STREETS)}{self.draw.choice(_ENDINGS)}"
                name = f"{start} {self.draw.choice(_STREET_KINDS)}"
            self._streets.append((name, f"{area}{1 + district % 30}{sector}{unit}"))

    def home(self) -> Home:
        """Return an address."""
        street, postcode = self.draw.choice(self._streets)
        house = str(1 + int(60 * self.draw.random()))
        if self.draw.random() < 0.08:
            house += self.draw.choice("AB")
        return Home(house=house, street=street, postcode=postcode)

    def people(self) -> Iterator[Invented]:
        """Yield so many people, whole households at a time."""
        count = 0
        while count < self.size:
            for person in self.household():
                yield person
                count += 1

    def household(self) -> list[Invented]:
        """Return one family."""
        draw = self.draw
        group = draw.choices(self.groups, [each.share for each in self.groups])[0]
        home = self.home()
        surname = self.surname(group)
        born = TODAY - timedelta(days=int(365.25 * (20 + 45 * draw.random())))
        mother = self.person(group, home, surname, born, is_girl=True)
        if draw.random() < 0.45:
            mother = replace(mother, former_surname=self.surname(group))
        family = [mother]
        if draw.random() < 0.6:
            own = surname if draw.random() < 0.75 else self.surname(group)
            older = born - timedelta(days=draw.randrange(-1500, 3000))
            family.append(self.person(group, home, own, older, is_girl=False))
        last = min(max(family[0].birth + timedelta(days=365 * 20), date(2006, 1, 1)), TODAY)
        for _ in range(draw.choices(range(5), (25, 30, 28, 12, 5))[0]):
            last += timedelta(days=draw.randrange(330, 1900))
            if last >= TODAY:
                break
            family += self.children(group, family, home, last)
        return family

    def children(
        self, group: NameGroup, family: list[Invented], home: Home, born: date
    ) -> list[Invented]:
        """Return one child, or twins."""
        surname = self.draw.choice([each.surname for each in family[:2]])
        if self.draw.random() < group.double_barrelled and len(family) > 1:
            surname = f"{family[0].surname}-{family[1].surname}" if "-" not in surname else surname
        births = 2 if self.draw.random() < 0.016 else 1
        return [
            self.person(group, home, surname, born, is_girl=self.draw.random() < 0.5)
            for _ in range(births)
        ]

    def surname(self, group: NameGroup) -> str:
        """Return a surname of the group."""
        draw = self.draw
        if draw.random() >= group.tail_share:
            return chosen(group.surnames, draw)
        start, end = draw.choice(group.tail[0]), draw.choice(group.tail[1])
        if draw.random() < 0.12:
            return start + draw.choice(group.tail[0]).lower() + end
        return start + end

    def person(
        self, group: NameGroup, home: Home, surname: str, birth: date, *, is_girl: bool
    ) -> Invented:
        """Return one person."""
        draw = self.draw
        self.born += 1
        names = group.girls if is_girl else group.boys
        forename, middle = chosen(names, draw), chosen(names, draw)
        if group.surname_follows_sex and is_girl and surname.endswith(("ski", "cki")):
            surname = surname[:-1] + "a"
        if draw.random() < 0.03:
            forename = respelt(forename, draw)
        if draw.random() < 0.03:
            forename = f"{forename}-{draw.choice(('May', 'Rose', 'James', 'Lee', 'Grace', 'Mae'))}"
        return Invented(
            person=draw.randbytes(16),
            forename=forename,
            middle=middle if draw.random() < 0.7 and middle != forename else "",
            surname=surname,
            known_as=chosen(names, draw) if draw.random() < 0.03 else "",
            birth=birth,
            home=home,
            former_home=self.home() if draw.random() < 0.25 else None,
            nhs=invented_nhs_number(self.born) if draw.random() < 0.85 else "",
            phone=f"07700{draw.randrange(10**6):06d}" if draw.random() < 0.4 else "",
        )


def invented_nhs_number(count: int) -> str:
    """Return a valid number of the ranges that are never issued, another for each `count`."""
    digits = f"{999 - count // 10**6}{count * 7_919 % 10**6:06d}"
    check = nhs_number.calculate_checksum(digits)
    return f"{digits}{check}" if check is not None and check < 10 else ""


def respelt(name: str, draw: random.Random) -> str:
    """Return `name` as somebody who only heard it may write it."""
    lower = name.lower()
    options = [(one, other) for one, other in SOUNDS if one in lower]
    options += [(other, one) for one, other in SOUNDS if other in lower]
    if not options:
        return name + name[-1]
    one, other = draw.choice(options)
    return lower.replace(one, other, 1).title()
