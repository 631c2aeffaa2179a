"""Put what is asked about somebody into the form that finding and scoring use."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from directory.search.features import identifier_word
from directory.search.identifiers import (
    IdentifierHash,
    is_nhs_number,
    nhs_numbers_near,
    normalised,
    one_slip_away,
    phone_digits,
)
from directory.search.names import words
from directory.search.people import (
    NHS_NUMBER,
    AddressKind,
    BirthPrecision,
    NameKind,
    Query,
    SearchableLine,
)
from directory.search.places import Postcode, house_code, street_code

MOST_WORDS = 6
_MOST_NAMES_OF_A_LINE = 3
_ROOM_FOR_SURNAMES = 3
_OLDEST = 130
_MONTHS, _DAYS = 12, 31
_FIRST_YEAR = 1880


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Hold one typed word of a name: in which role, and whether another of that role precedes."""

    text: str
    is_surname: bool
    is_later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Hold what is asked about one person; an unknown number is 0, an unknown age -1.

    `births_near` are the dates, as yyyymmdd, that a date in no calendar may be a slip for.
    """

    words: tuple[Word, ...] = ()
    any_order: bool = False
    year: int = 0
    month: int = 0
    day: int = 0
    births_near: tuple[int, ...] = ()
    age: int = -1
    age_margin: int = 0
    as_of: int = 0
    postcode: Postcode | None = None
    street: int = 0
    house: int = 0
    phone: int = 0
    identifiers: tuple[int, ...] = ()
    nhs_number: int = 0
    corrections: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing usable is asked."""
        named = self.words or self.postcode or self.street or self.phone
        dated = self.year or self.month or self.age >= 0
        return not (named or dated or self.identifiers or self.nhs_number or self.corrections)


def asked(query: Query, hashes: IdentifierHash) -> Question:
    """Return the question that `query` puts; whatever makes no sense in it is left out."""
    year, month, day = _known_birth(query)
    age = query.age if query.age is not None and 0 <= query.age <= _OLDEST and not year else -1
    phone = phone_digits(query.phone)
    exact, nhs, corrections = _asked_identifiers(query.identifiers, hashes)
    return Question(
        words=tuple(_words(query.forenames, query.surname)),
        any_order=query.names_in_any_order,
        year=year,
        month=month,
        day=day,
        births_near=_births_near(query),
        age=age,
        age_margin=1 if query.age_is_about else 0,
        as_of=query.as_of.year * 10_000 + query.as_of.month * 100 + query.as_of.day,
        postcode=Postcode.read(query.postcode),
        street=street_code(query.street),
        house=house_code(query.house),
        phone=hashes.value("phone", phone) if phone else 0,
        identifiers=exact,
        nhs_number=nhs,
        corrections=corrections,
    )


def asked_by_line(line: SearchableLine, hashes: IdentifierHash) -> tuple[Question, ...]:
    """Return the questions that a `line` of an extract puts: one for each name of its person."""
    exact, nhs, _ = _asked_identifiers(line.identifiers, hashes)
    phones = [digits for each in line.phones if (digits := phone_digits(each))]
    year, month, day = _line_birth(line)
    places = sorted(line.addresses, key=lambda each: each.kind is AddressKind.FORMER)
    place = places[0] if places else None
    names = sorted(line.names, key=lambda each: each.kind is not NameKind.CURRENT)
    spoken = dict.fromkeys(tuple(_words(each.forenames, each.surname)) for each in names)
    return tuple(
        Question(
            words=name,
            year=year,
            month=month,
            day=day,
            postcode=Postcode.read(place.postcode) if place else None,
            street=street_code(place.street) if place else 0,
            house=house_code(place.house) if place else 0,
            phone=hashes.value("phone", phones[0]) if phones else 0,
            identifiers=exact,
            nhs_number=nhs,
        )
        for name in (list(spoken) or [()])[:_MOST_NAMES_OF_A_LINE]
    )


def _words(forenames: str, surname: str) -> Iterator[Word]:
    """Yield the words of a name, at most MOST_WORDS, room kept for the surname."""
    last = words(surname)
    first = words(forenames)[: MOST_WORDS - min(len(last), _ROOM_FOR_SURNAMES)]
    for place, text in enumerate(first):
        yield Word(text=text, is_surname=False, is_later=place > 0)
    for place, text in enumerate(last[: MOST_WORDS - len(first)]):
        yield Word(text=text, is_surname=True, is_later=place > 0)


def _known_birth(query: Query) -> tuple[int, int, int]:
    """Return the year, month and day of birth asked for, those that cannot be as 0."""
    if query.birth is not None:
        year, month, day = query.birth.year, query.birth.month, query.birth.day
    else:
        year, month, day = query.birth_year or 0, query.birth_month or 0, query.birth_day or 0
    year = year if _FIRST_YEAR <= year <= query.as_of.year + 1 else 0
    month = month if 1 <= month <= _MONTHS else 0
    return year, month, day if month and 1 <= day <= _DAYS else 0


def _births_near(query: Query) -> tuple[int, ...]:
    """Return the dates that are one slip away from a whole date that is in no calendar.

    A slip is another digit, two neighbours exchanged, or day and month; about ten are left.
    """
    year, month, day = query.birth_year or 0, query.birth_month or 0, query.birth_day or 0
    whole = _FIRST_YEAR <= year <= query.as_of.year + 1 and min(month, day) >= 0
    typed = f"{year:04}{month:02}{day:02}"
    if query.birth or None in {query.birth_month, query.birth_day} or not whole:
        return ()
    if len(typed) != len("yyyymmdd") or _is_day(typed):
        return ()
    near = {typed[:4] + typed[6:] + typed[4:6], *one_slip_away(typed)}
    return tuple(sorted(int(each) for each in near if _is_day(each)))


def _is_day(digits: str) -> bool:
    """Return whether yyyymmdd is in the calendar, and in a year somebody may be born in."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= _FIRST_YEAR
    except ValueError:
        return False


def _line_birth(line: SearchableLine) -> tuple[int, int, int]:
    """Return the year, month and day of birth that the line knows, the others as 0."""
    born = line.birth
    if born is None:
        return 0, 0, 0
    if line.birth_precision is BirthPrecision.YEAR:
        return born.year, 0, 0
    if line.birth_precision is BirthPrecision.MONTH:
        return born.year, born.month, 0
    return born.year, born.month, born.day


def _asked_identifiers(
    identifiers: Iterable[tuple[str, str]], hashes: IdentifierHash
) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """Return the words of the other identifiers, of a valid NHS number, and of corrections."""
    exact: list[int] = []
    nhs = 0
    corrections: list[int] = []
    for kind, value in list(identifiers)[:8]:
        plain = normalised(value)
        if kind != NHS_NUMBER:
            exact += [identifier_word(kind, plain, hashes)] if plain else []
        elif is_nhs_number(plain):
            nhs = identifier_word(kind, plain, hashes)
        else:
            corrections += [identifier_word(kind, near, hashes) for near in nhs_numbers_near(plain)]
    return tuple(exact), nhs, tuple(corrections)
