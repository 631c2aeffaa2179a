"""A few people of one street, and how services spell who they are when they send a line."""

import random
from dataclasses import dataclass, field, replace

from directory.domain.vocabulary import Service
from tests.operations.extracts_world import Cells, line, person

SERVICES = (Service.CHILDRENS_SOCIAL_CARE, Service.HOUSING, Service.POLICE)
_ALIASES = {"Leah": "Lea", "Robert": "Bob", "Katherine": "Kate", "Mohammed": "Mo", "Ewan": "Euan"}
_SURNAMES = ("Blake", "Stone", "Nkemelu", "Doyle")
_STREETS = ("Mill Lane", "High Street", "Quarry Road", "Station Road", "Chapel Row", "Weir Close")
_WEIGHTS = range(10, 1, -1)

Home = tuple[str, str, str]
Birth = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Who somebody really is, and where they live now; a birth is day, month, year."""

    forename: str
    surname: str
    birth: Birth
    home: Home
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one line tells of who it is about; an unknown part is empty."""

    forename: str
    surname: str
    birth: Birth | None
    home: Home | None
    number: str


@dataclass(slots=True, kw_only=True)
class Captured:
    """What lines told of somebody while an order protected them."""

    forenames: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    births: set[Birth] = field(default_factory=set)
    homes: set[Home] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def add(self, said: Said) -> None:
        """Capture all that a line tells."""
        self.forenames.add(said.forename)
        self.surnames.add(said.surname)
        self.births |= {said.birth, _swapped(said.birth)} if said.birth else set()
        self.homes |= {said.home} if said.home else set()
        self.numbers |= {said.number} if said.number else set()

    def shared(self, said: Said) -> str:
        """Return what a line shares of it, where that is enough to hold the line; else nothing."""
        if said.number in self.numbers:
            return "number"
        if said.home in self.homes:
            return "home"
        born = said.birth in self.births
        straight = (said.forename in self.forenames) + (said.surname in self.surnames) + born
        crossed = (said.surname in self.forenames) + (said.forename in self.surnames) + born
        return "two parts" if max(straight, crossed) > 1 else ""


def neighbours(chance: random.Random) -> list[Somebody]:
    """Return two who live together, a namesake elsewhere and a stranger."""
    forenames = chance.sample(sorted(_ALIASES), 4)
    surnames = chance.sample(_SURNAMES, 2)
    together = home(chance)
    drawn = [
        (forenames[0], surnames[0], together),
        (forenames[1], surnames[0], together),
        (forenames[chance.choice((0, 2))], surnames[0], home(chance)),
        (forenames[3], surnames[1], home(chance)),
    ]
    return [
        Somebody(
            forename=forename,
            surname=surname,
            birth=(chance.randint(1, 12), chance.randint(1, 12), chance.randint(1960, 2018)),
            home=where,
            number=_nhs_number(chance),
        )
        for forename, surname, where in drawn
    ]


def home(chance: random.Random) -> Home:
    """Return one of the few addresses of the street."""
    number = chance.randint(1, 40)
    return (str(number), chance.choice(_STREETS), f"NX{1 + number % 9} {number % 10}AB")


def told(chance: random.Random, who: Somebody) -> Said:
    """Return how a service tells of somebody: as they are, or with an alias, a slip or a gap."""
    said = Said(
        forename=who.forename,
        surname=who.surname,
        birth=who.birth,
        home=who.home,
        number=who.number if chance.random() < 0.4 else "",
    )
    for _ in range(chance.choice((0, 1, 1, 2))):
        said = _spoilt(chance, said)
    return said


def cells(service: Service, reference: str, said: Said) -> Cells:
    """Return the line as the service's file has it."""
    house, street, postcode = said.home or ("", "", "")
    identity = {
        "forenames": said.forename,
        "surname": said.surname,
        "date_of_birth": "{:02}/{:02}/{:04}".format(*said.birth) if said.birth else "",
        "house": house,
        "street": street,
        "postcode": postcode,
        "nhs_number": said.number,
    }
    made = person if service is Service.CHILDRENS_SOCIAL_CARE else line
    return made(reference, **identity)


def _spoilt(chance: random.Random, said: Said) -> Said:
    """Return it with an alias, a slip, day and month or both names swapped, moved, or unsaid."""
    swapped = _swapped(said.birth) if said.birth else None
    spoilt = (
        replace(said, forename=_ALIASES.get(said.forename, said.forename)),
        replace(said, forename=_slip(chance, said.forename)),
        replace(said, surname=_slip(chance, said.surname)),
        replace(said, birth=swapped),
        replace(said, forename=said.surname, surname=said.forename),
        replace(said, home=home(chance)),
        replace(said, home=None, birth=chance.choice((said.birth, None))),
    )
    return chance.choice(spoilt)


def _slip(chance: random.Random, word: str) -> str:
    """Return the word with two letters in each other's place."""
    if len(word) < 3:
        return word
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _swapped(birth: Birth) -> Birth:
    day, month, year = birth
    return (month, day, year)


def _nhs_number(chance: random.Random) -> str:
    """Return a number of the demonstration range that its last digit checks."""
    while True:
        digits = [9, 9, 9, *(chance.randrange(10) for _ in range(6))]
        check = 11 - sum(a * b for a, b in zip(digits, _WEIGHTS, strict=True)) % 11
        if check != 10:
            return "".join(map(str, (*digits, check % 11)))
