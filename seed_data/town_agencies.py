"""Staff the invented town: its organisations, teams, schools and practitioners."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from anyascii import anyascii
from town_identifiers import freephone, landline, mobile
from town_naming import draw_staff_name
from town_places import PLACES

_NOT_IN_EMAIL = re.compile(r"[^a-z.\-]")
_LEAVER_EVERY = 16
_LEAVER_AT = 5  # the first of the sixteen hired who has left
_LEFT_WITHIN_DAYS = 200
_EXTENSION_EVERY = 12
_MOBILE_EVERY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An employer; `domain` is where its work e-mail goes."""

    reference: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """A worker and how to reach them at work; `left_on` is the first day they are not there."""

    reference: str
    name: str
    role: str
    phone: str
    email: str
    left_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team, the lines on which it answers and who is in it."""

    reference: str
    name: str
    duty_line: str
    out_of_hours_line: str
    organisation: Organisation
    practitioners: tuple[Practitioner, ...]


class Phase(StrEnum):
    """Which years a school teaches."""

    PRIMARY = "Primary School"
    SECONDARY = "High School"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agencies:
    """Everyone in the town whom a practitioner could ring."""

    assessment: tuple[Team, ...]
    localities: tuple[Team, ...]
    adult_care: tuple[Team, ...]
    landlords: tuple[tuple[Team, ...], ...]
    police: tuple[Team, ...]
    primaries: tuple[Team, ...]
    secondaries: tuple[Team, ...]


COUNCIL = Organisation(reference="NSC", name="Northshire Council", domain="northshire.example")
POLICE = Organisation(
    reference="NPOL", name="Northshire Police", domain="police.northshire.example"
)
BEFRIENDING = Organisation(
    reference="NBEF", name="Northshire Befriending", domain="befriending.example.org"
)
"""Volunteers, who know of nobody without consent."""
LANDLORDS = (
    Organisation(reference="HILL", name="Hillside Homes", domain="hillside-homes.example"),
    Organisation(reference="LARK", name="Larkfield Housing Trust", domain="larkfield.example.org"),
    Organisation(reference="KEST", name="Kestrel Homes", domain="kestrel-homes.example.com"),
    Organisation(reference="NSCH", name="Northshire Council Homes", domain="northshire.example"),
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SCHOOL_WORDS = _words(
    """
Millbrook Larkhill Kingfisher Beechcroft Riverside Oakmere Stonebridge Highfields Fernleigh
Westbrook Ashgrove Meadowside Harebell Copperfield Rookwood Springwell Lakeside Wheatfield
Silverbirch Longmeadow Cherrytree Whinfell Moorgate Brookside Elmhurst
"""
)

# Who must be where for the accounts of council.toml and for the Blake family.
NAMED = {
    "CSC-P0001": "Asha Rahman",
    "CSC-P0002": "Nadia Hussain",
    "CSC-P0006": "Bethan Rees",
    "CSC-P0007": "Callum Reid",
    "HSG-P0001": "Kim Doyle",
    "SCH-P0001": "Alison Firth",
    "ASC-P0001": "Joan Whiteley",
    "ASC-P0002": "Ruth Calder",
    "POL-P0001": "Imran Sheikh",
}
MANAGERS = {"CSC-M001": "Grace Mensah"}


class Staffing:
    """Hires people and installs lines, one after another, each reference once."""

    def __init__(self, rng: Random, as_of: date) -> None:
        """Start with nobody hired and the first hundred landlines kept back."""
        self._rng = rng
        self._as_of = as_of
        self._hired: Counter[str] = Counter()
        self._addresses: Counter[str] = Counter()
        self._lines = 100
        self._mobiles = 0
        self._night_lines = 20

    def hire(self, prefix: str, role: str, organisation: Organisation) -> Practitioner:
        """Return a new practitioner; one in sixteen of each prefix has since left."""
        self._hired[prefix] += 1
        count = self._hired[prefix]
        reference = f"{prefix}{count:04d}"
        name = NAMED.get(reference) or draw_staff_name(self._rng)
        left = count % _LEAVER_EVERY == _LEAVER_AT
        return Practitioner(
            reference=reference,
            name=name,
            role=role,
            phone=self._phone(count),
            email=self._email(name, organisation.domain),
            left_on=self._leaving_day() if left else None,
        )

    def manager(self, number: int, organisation: Organisation) -> Practitioner:
        """Return the manager of the team with this number."""
        reference = f"CSC-M{number:03d}"
        name = MANAGERS.get(reference) or draw_staff_name(self._rng)
        return Practitioner(
            reference=reference,
            name=name,
            role="Team manager",
            phone=self.new_line(),
            email=self._email(name, organisation.domain),
            left_on=None,
        )

    def new_line(self) -> str:
        """Return a landline number, the next of the range."""
        self._lines += 1
        return landline(self._lines)

    def new_night_line(self) -> str:
        """Return a number that is answered out of hours."""
        self._night_lines += 1
        return freephone(self._night_lines)

    def _phone(self, count: int) -> str:
        if count % _MOBILE_EVERY == 0:
            self._mobiles += 1
            return mobile(self._mobiles)
        if count % _EXTENSION_EVERY == 1 and count > 1:
            return f"{self.new_line()} ext {200 + count % 700}"
        return self.new_line()

    def _email(self, name: str, domain: str) -> str:
        local = _NOT_IN_EMAIL.sub("", anyascii(name).lower().replace(" ", "."))
        self._addresses[f"{local}@{domain}"] += 1
        again = self._addresses[f"{local}@{domain}"]
        return f"{local}{again if again > 1 else ''}@{domain}"

    def _leaving_day(self) -> date:
        return self._as_of - timedelta(days=int(_LEFT_WITHIN_DAYS * self._rng.random() ** 2))


def staff_town(*, families: int, seed: int, as_of: date) -> Agencies:
    """Return agencies large enough for a town of so many families."""
    staffing = Staffing(Random(f"{seed}:agencies"), as_of)
    localities = tuple(
        _locality_team(staffing, number) for number in range(1, max(4, families // 180) + 1)
    )
    schools = _schools(staffing, max(12, round(families**0.75 / 7)))
    return Agencies(
        assessment=tuple(
            _assessment_team(staffing, number) for number in range(1, max(2, families // 600) + 1)
        ),
        localities=localities,
        adult_care=tuple(
            _adult_team(staffing, number) for number in range(1, max(3, families // 900) + 1)
        ),
        landlords=tuple(
            _landlord_teams(staffing, landlord, max(2, families // 900)) for landlord in LANDLORDS
        ),
        police=tuple(
            _police_unit(staffing, number) for number in range(1, max(3, families // 3000) + 1)
        ),
        primaries=tuple(team for phase, team in schools if phase is Phase.PRIMARY),
        secondaries=tuple(team for phase, team in schools if phase is Phase.SECONDARY),
    )


def _place(number: int) -> str:
    return PLACES[(number - 1) % len(PLACES)]


def _ordinal_name(number: int, words: str) -> str:
    """Return a name such as "Thornmere Children's Team", numbered once the places run out."""
    around = (number - 1) // len(PLACES) + 1
    return f"{_place(number)} {words}" + (f" {around}" if around > 1 else "")


def _locality_team(staffing: Staffing, number: int) -> Team:
    roles = ("Social worker",) * 4 + ("Senior social worker", "Family help lead practitioner")
    workers = tuple(staffing.hire("CSC-P", role, COUNCIL) for role in roles)
    return Team(
        reference=f"CSC-T{number:03d}",
        name=_ordinal_name(number, "Children's Team"),
        duty_line=staffing.new_line(),
        out_of_hours_line=freephone(2),
        organisation=COUNCIL,
        practitioners=(*workers, staffing.manager(number, COUNCIL)),
    )


def _assessment_team(staffing: Staffing, number: int) -> Team:
    return Team(
        reference=f"CSC-A{number:03d}",
        name=f"Assessment Team {number}",
        duty_line=staffing.new_line(),
        out_of_hours_line=freephone(2),
        organisation=COUNCIL,
        practitioners=tuple(staffing.hire("CSC-P", "Social worker", COUNCIL) for _ in range(5)),
    )


def _adult_team(staffing: Staffing, number: int) -> Team:
    roles = ("Adult social worker",) * 3 + ("Social care assessor", "Care coordinator")
    return Team(
        reference=f"ASC-T{number:03d}",
        name=_ordinal_name(number, "Adult Community Team"),
        duty_line=staffing.new_line(),
        out_of_hours_line=freephone(3),
        organisation=COUNCIL,
        practitioners=tuple(staffing.hire("ASC-P", role, COUNCIL) for role in roles),
    )


def _landlord_teams(staffing: Staffing, landlord: Organisation, count: int) -> tuple[Team, ...]:
    return tuple(
        Team(
            reference=f"{landlord.reference}-T{number:02d}",
            name=_ordinal_name(number, "Neighbourhood Team"),
            duty_line=staffing.new_line(),
            out_of_hours_line="",
            organisation=landlord,
            practitioners=tuple(
                staffing.hire("HSG-P", "Housing officer", landlord) for _ in range(4)
            ),
        )
        for number in range(1, count + 1)
    )


def _police_unit(staffing: Staffing, number: int) -> Team:
    officers = [staffing.hire("POL-P", "Safeguarding unit officer", POLICE) for _ in range(6)]
    return Team(
        reference=f"POL-T{number:02d}",
        name=_ordinal_name(number, "Safeguarding Unit"),
        duty_line=staffing.new_line(),
        out_of_hours_line=staffing.new_night_line(),
        organisation=POLICE,
        practitioners=tuple(
            replace(each, email="") if index % 2 else each for index, each in enumerate(officers)
        ),
    )


def _schools(staffing: Staffing, count: int) -> tuple[tuple[Phase, Team], ...]:
    """Return `count` schools, one in three of them secondary."""
    phases = (Phase.PRIMARY, Phase.PRIMARY, Phase.SECONDARY)
    return tuple(
        (phases[number % 3], _school(staffing, number, phases[number % 3]))
        for number in range(count)
    )


def _school_name(number: int, phase: Phase) -> str:
    """Return a name that no other school has: a word, then a place and a word, then numbered."""
    around, chosen = divmod(number, len(_SCHOOL_WORDS))
    name = f"{_SCHOOL_WORDS[chosen]} {phase.value}"
    if not around:
        return name
    again, town = divmod(around - 1, len(PLACES))
    return f"{PLACES[town]} {name}" + (f" {again + 1}" if again else "")


def _school(staffing: Staffing, number: int, phase: Phase) -> Team:
    name = _school_name(number, phase)
    school = Organisation(
        reference=f"SCH{number + 1:03d}",
        name=name,
        domain=f"{name.lower().replace(' ', '-')}.example",
    )
    return Team(
        reference=f"{school.reference}-T1",
        name="Pastoral team",
        duty_line=staffing.new_line(),
        out_of_hours_line="",
        organisation=school,
        practitioners=tuple(
            staffing.hire("SCH-P", role, school)
            for role in ("Designated safeguarding lead", "Deputy designated safeguarding lead")
        ),
    )
