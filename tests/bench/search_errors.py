"""Invent what practitioners type: about thirty kinds of error in several shapes, and absentees."""

import random
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.search.people import NHS_NUMBER, Query
from tests.bench.search_names import GROUPS, SHORT_FORMS, VARIANTS, NameGroup
from tests.bench.search_population import (
    STRANGERS,
    TODAY,
    Invented,
    Town,
    respelt,
)

_KEYS_BESIDE = {
    letter: row[max(place - 1, 0) : place + 2].replace(letter, "")
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for place, letter in enumerate(row)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Hold what is typed about one person, before some of it is left out."""

    forename: str
    surname: str
    birth: date | None
    age: int | None = None
    about: bool = False
    year: int | None = None
    month: int | None = None
    postcode: str = ""
    house: str = ""
    street: str = ""
    nhs: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold a query with whom it means (None: somebody who is not there), and how it was made."""

    query: Query
    truth: bytes | None
    kind: str
    shape: str
    meant: Invented | None = None


Error = Callable[[Typed, Invented, random.Random], Typed | None]


def typed_exactly(person: Invented) -> Typed:
    return Typed(
        forename=person.forename,
        surname=person.surname,
        birth=person.birth,
        postcode=person.home.postcode,
        house=person.home.house,
        street=person.home.street,
        nhs=person.nhs,
        phone=person.phone,
    )


def mistyped(word: str, draw: random.Random) -> str:
    """Return `word` with one slip of the finger: a letter wrong, missing, twice or exchanged."""
    if len(word) < 3:
        return word
    place = draw.randrange(1, len(word))
    slip = draw.randrange(5)
    if slip == 0:
        return word[:place] + word[place + 1 :]
    if slip == 1:
        return word[:place] + word[place] + word[place:]
    if slip == 2 and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if slip == 3:
        return word[:place] + draw.choice(string.ascii_lowercase) + word[place:]
    beside = _KEYS_BESIDE.get(word[place].lower(), "aeiou")
    return word[:place] + draw.choice(beside) + word[place + 1 :]


def _variant(word: str, draw: random.Random) -> str | None:
    for group in VARIANTS:
        if word in group:
            return draw.choice([each for each in group if each != word])
    return None


def _short_form(t: Typed, p: Invented, d: random.Random) -> Typed | None:
    shorts = SHORT_FORMS.get(p.forename)
    return replace(t, forename=d.choice(shorts)) if shorts else None


def _full_form(t: Typed, p: Invented, d: random.Random) -> Typed | None:
    fulls = [full for full, shorts in SHORT_FORMS.items() if p.forename in shorts]
    return replace(t, forename=d.choice(fulls)) if fulls else None


def _other_spelling(t: Typed, p: Invented, d: random.Random) -> Typed | None:
    other = _variant(p.forename, d)
    return replace(t, forename=other) if other else None


def _other_surname_spelling(t: Typed, p: Invented, d: random.Random) -> Typed | None:
    other = _variant(p.surname, d)
    return replace(t, surname=other) if other else None


def _half(t: Typed, _: Invented, d: random.Random) -> Typed | None:
    parts = t.surname.split("-")
    return replace(t, surname=d.choice(parts)) if len(parts) > 1 else None


def _joined(t: Typed, _: Invented, d: random.Random) -> Typed | None:
    if "-" not in t.surname + t.forename:
        return None
    joint = d.choice(("", " "))
    return replace(
        t, surname=t.surname.replace("-", joint), forename=t.forename.replace("-", joint)
    )


def _wrong_digit(t: Typed, _: Invented, d: random.Random) -> Typed | None:
    for _attempt in range(20):
        text = list(t.birth.strftime("%d%m%Y")) if t.birth else []
        text[d.choice((0, 1, 2, 3, 6, 7))] = d.choice(string.digits)
        day, month, year = int("".join(text[:2])), int("".join(text[2:4])), int("".join(text[4:]))
        try:
            wrong = date(year, month, day)
        except ValueError:
            continue
        if wrong != t.birth and wrong <= TODAY:
            return replace(t, birth=wrong)
    return None


def _day_for_month(t: Typed, _: Invented, __: random.Random) -> Typed | None:
    born = t.birth
    if born is None or born.day > 12 or born.day == born.month:
        return None
    return replace(t, birth=date(born.year, born.day, born.month))


def _year_beside(t: Typed, _: Invented, d: random.Random) -> Typed | None:
    assert t.birth
    year = t.birth.year + d.choice((-1, 1))
    return replace(t, birth=date(year, t.birth.month, min(t.birth.day, 28)))


def _wrong_birth(t: Typed, _: Invented, d: random.Random) -> Typed | None:
    assert t.birth
    return replace(t, birth=min(t.birth + timedelta(days=d.randrange(-400, 400)), TODAY))


def _unlike_postcode(t: Typed, _: Invented, d: random.Random) -> Typed | None:
    place = d.randrange(2, len(t.postcode))
    letters = string.digits if t.postcode[place].isdigit() else string.ascii_uppercase
    return replace(t, postcode=t.postcode[:place] + d.choice(letters) + t.postcode[place + 1 :])


def _old_home(t: Typed, p: Invented, _: random.Random) -> Typed | None:
    home = p.former_home
    if home is None:
        return None
    return replace(t, postcode=home.postcode, house=home.house, street=home.street)


def _wrong_nhs_digit(t: Typed, _: Invented, d: random.Random) -> Typed | None:
    if not t.nhs:
        return None
    place = d.randrange(10)
    return replace(
        t,
        nhs=t.nhs[:place] + str((int(t.nhs[place]) + d.randrange(1, 10)) % 10) + t.nhs[place + 1 :],
    )


def _both(first: Error, second: Error) -> Error:
    def both(t: Typed, p: Invented, d: random.Random) -> Typed | None:
        once = first(t, p, d)
        return second(once, p, d) if once else None

    return both


def _forename_slip(t: Typed, _: Invented, d: random.Random) -> Typed:
    return replace(t, forename=mistyped(t.forename, d))


def _surname_slip(t: Typed, _: Invented, d: random.Random) -> Typed:
    return replace(t, surname=mistyped(t.surname, d))


ERRORS: dict[str, Error] = {
    "exact": lambda t, _p, _d: t,
    "forename slip": _forename_slip,
    "surname slip": _surname_slip,
    "both slip": _both(_forename_slip, _surname_slip),
    "surname slips twice": _both(_surname_slip, _surname_slip),
    "forename by ear": lambda t, _p, d: replace(t, forename=respelt(t.forename, d)),
    "surname by ear": lambda t, _p, d: replace(t, surname=respelt(t.surname, d)),
    "short form": _short_form,
    "full form": _full_form,
    "other spelling": _other_spelling,
    "other surname spelling": _other_surname_spelling,
    "swapped": lambda t, _p, _d: replace(t, forename=t.surname, surname=t.forename),
    "initial": lambda t, _p, _d: replace(t, forename=t.forename[0]),
    "cut short": lambda t, _p, _d: replace(t, surname=t.surname[: max(3, len(t.surname) - 2)]),
    "former surname": lambda t, p, _d: (
        replace(t, surname=p.former_surname) if p.former_surname else None
    ),
    "known as": lambda t, p, _d: replace(t, forename=p.known_as) if p.known_as else None,
    "middle for first": lambda t, p, _d: replace(t, forename=p.middle) if p.middle else None,
    "middle added": lambda t, p, _d: (
        replace(t, forename=f"{t.forename} {p.middle}") if p.middle else None
    ),
    "half of double": _half,
    "joined": _joined,
    "capitals and spaces": lambda t, _p, _d: replace(
        t, forename=f" {t.forename.upper()} ", surname=t.surname.upper().replace("'", "’")
    ),
    "day for month": _day_for_month,
    "wrong digit": _wrong_digit,
    "year beside": _year_beside,
    "wrong birth": _wrong_birth,
    "slip and wrong digit": _both(_surname_slip, _wrong_digit),
    "short form and day for month": _both(_short_form, _day_for_month),
    "old home": _old_home,
    "unlike postcode": _unlike_postcode,
    "district alone": lambda t, _p, _d: replace(t, postcode=t.postcode[:-3]),
    "wrong nhs digit": _wrong_nhs_digit,
}

_BIRTH_ERRORS = {
    "day for month",
    "wrong digit",
    "year beside",
    "wrong birth",
    "slip and wrong digit",
    "short form and day for month",
}
_PLACE_ERRORS = {"old home", "unlike postcode", "district alone"}
_SHAPES = {
    "name birth": 30,
    "name birth postcode": 14,
    "name age": 10,
    "name about": 4,
    "name year": 4,
    "name month": 3,
    "name postcode": 14,
    "name street": 5,
    "name alone": 5,
    "surname birth": 3,
    "forename birth": 3,
    "name phone": 2,
    "name nhs": 3,
    "nhs": 2,
}
_MOST_TRIES = 1_000_000


def shaped(typed: Typed, shape: str) -> Query:
    """Return the query that keeps of `typed` what the `shape` asks for."""
    parts = set(shape.split())
    query = Query(
        as_of=TODAY,
        forenames=typed.forename if parts & {"name", "forename"} else "",
        surname=typed.surname if parts & {"name", "surname"} else "",
        postcode=typed.postcode if "postcode" in parts else "",
        street=typed.street if "street" in parts else "",
        house=typed.house if "street" in parts else "",
        phone=typed.phone if "phone" in parts else "",
    )
    if "nhs" in parts and typed.nhs:
        query = replace(query, identifiers=((NHS_NUMBER, typed.nhs),))
    return _with_birth(query, typed.birth, parts) if typed.birth else query


def _with_birth(query: Query, born: date, parts: set[str]) -> Query:
    if "birth" in parts:
        return replace(query, birth=born)
    if parts & {"age", "about"}:
        return replace(query, age=age_of(born), age_is_about="about" in parts)
    if "month" in parts:
        return replace(query, birth_year=born.year, birth_month=born.month)
    return replace(query, birth_year=born.year) if "year" in parts else query


def fits(person: Invented, shape: str) -> tuple[object, ...]:
    """Return what `person` is known by where only the `shape` is asked: those alike fit equally."""
    parts = set(shape.split())
    born = person.birth
    known: list[object] = [shape]
    if parts & {"name", "forename"}:
        known.append(person.forename)
    if parts & {"name", "surname"}:
        known.append(person.surname)
    for part, value in (
        ("birth", born),
        ("year", born.year),
        ("month", (born.year, born.month)),
        ("age", age_of(born)),
        ("about", age_of(born)),
        ("postcode", person.home.postcode),
        ("street", (person.home.street, person.home.house)),
        ("phone", person.phone),
        ("nhs", person.nhs),
    ):
        if part in parts:
            known.append(value)
    return tuple(known)


def age_of(born: date) -> int:
    """Return the age on the day of the bench."""
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))


def asked(people: Sequence[Invented], count: int, draw: random.Random) -> list[Asked]:
    """Return `count` queries about `people`, every kind of error equally often.

    A kind that fits hardly anybody of these people is left out.
    """
    found: list[Asked] = []
    kinds = list(ERRORS)
    while len(found) < count:
        kind = kinds[len(found) % len(kinds)]
        shape = _shape(kind, draw)
        meant = _somebody(people, kind, shape, draw)
        if meant is None:
            kinds.remove(kind)
            continue
        person, typed = meant
        query = shaped(typed, shape)
        found.append(Asked(query=query, truth=person.person, kind=kind, shape=shape, meant=person))
    return found


def _shape(kind: str, draw: random.Random) -> str:
    """Return a shape in which an error of this `kind` shows."""
    shape = draw.choices(list(_SHAPES), list(_SHAPES.values()))[0]
    if kind in _BIRTH_ERRORS and "birth" not in shape:
        shape = draw.choice(("name birth", "name birth postcode"))
    if kind in _PLACE_ERRORS and "postcode" not in shape:
        shape = draw.choice(("name postcode", "name birth postcode"))
    return "name nhs" if kind == "wrong nhs digit" else shape


def _somebody(
    people: Sequence[Invented], kind: str, shape: str, draw: random.Random
) -> tuple[Invented, Typed] | None:
    """Return somebody whom an error of this `kind` can befall, with what is typed."""
    for _ in range(min(_MOST_TRIES, 50 * len(people))):
        person = draw.choice(people)
        typed = ERRORS[kind](typed_exactly(person), person, draw)
        lacks = ("phone" in shape and not person.phone) or ("nhs" in shape and not person.nhs)
        if typed is not None and not lacks:
            return person, typed
    return None


def absent(
    people: Sequence[Invented],
    count: int,
    draw: random.Random,
    *,
    groups: tuple[NameGroup, ...] = GROUPS,
) -> list[Asked]:
    """Return `count` queries about people who are not there: strangers, brothers and sisters."""
    strangers = list(
        Town(draw=draw, size=max(count, 1_000), born=STRANGERS, groups=groups).people()
    )
    found = []
    for place in range(count):
        person = strangers[place]
        kind = "stranger"
        if place % 3 == 0:
            relative = draw.choice(people)
            kind = "relative"
            person = replace(person, surname=relative.surname, home=relative.home)
        shape = draw.choices(list(_SHAPES), list(_SHAPES.values()))[0]
        if ("nhs" in shape and not person.nhs) or ("phone" in shape and not person.phone):
            shape = "name birth"
        query = shaped(typed_exactly(person), shape)
        found.append(Asked(query=query, truth=None, kind=kind, shape=shape, meant=person))
    return found
